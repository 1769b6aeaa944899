/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads the table once.  Define
 *
 *	ROW(nr, name, state, subsystem, leaf, argc, t1, ..., t6)
 *
 * and include this file: ROW is expanded for every system call, with unused
 * types as `none`, and is undefined afterwards.  There is no include guard;
 * being included many times is the point.
 */
/* clang-format off */
#define A0()                 0, 0, none, none, none, none, none, none
#define A1(a)                0, 1, a, none, none, none, none, none
#define A2(a, b)             0, 2, a, b, none, none, none, none
#define A3(a, b, c)          0, 3, a, b, c, none, none, none
#define A4(a, b, c, d)       0, 4, a, b, c, d, none, none
#define A5(a, b, c, d, e)    0, 5, a, b, c, d, e, none
#define A6(a, b, c, d, e, f) 0, 6, a, b, c, d, e, f
#define L0()                 1, 0, none, none, none, none, none, none
#define L1(a)                1, 1, a, none, none, none, none, none
#define L2(a, b)             1, 2, a, b, none, none, none, none
#define L3(a, b, c)          1, 3, a, b, c, none, none, none
#define L4(a, b, c, d)       1, 4, a, b, c, d, none, none
#define L5(a, b, c, d, e)    1, 5, a, b, c, d, e, none
#define L6(a, b, c, d, e, f) 1, 6, a, b, c, d, e, f

/* One level of expansion turns the argument list into separate arguments. */
#define SHIM_ROW(...) ROW(__VA_ARGS__)
#define FULL(nr, name, sub, args) SHIM_ROW(nr, name, FULL, sub, args)
#define PARTIAL(nr, name, sub, args, why) SHIM_ROW(nr, name, PARTIAL, sub, args)
#define STUB(nr, name, sub, args, why) SHIM_ROW(nr, name, STUB, sub, args)
#define ABSENT(nr, name, sub, args, why) SHIM_ROW(nr, name, ABSENT, sub, args)

/* clang-format on */
#include "syscalls.def"

#undef FULL
#undef PARTIAL
#undef STUB
#undef ABSENT
#undef SHIM_ROW
#undef ROW
#undef A0
#undef A1
#undef A2
#undef A3
#undef A4
#undef A5
#undef A6
#undef L0
#undef L1
#undef L2
#undef L3
#undef L4
#undef L5
#undef L6
