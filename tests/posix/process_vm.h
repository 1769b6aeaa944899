/* SPDX-License-Identifier: BSD-2-Clause */
/* process_vm.h: what process_vm_readv(2) and process_vm_writev(2) do alike, for
 * both sides are this process: in which direction the bytes go is all that
 * differs. */
#ifndef TESTS_POSIX_PROCESS_VM_H
#define TESTS_POSIX_PROCESS_VM_H

#include "t.h"
#include <sys/uio.h>

#define TRY(what, ...) t_val(what, syscall(call, __VA_ARGS__))

static inline int process_vm(long call)
{
	char here[16] = "0123456789", there[16] = "abcdefghij";
	char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec l[2] = {{here, 4}, {here + 6, 4}};
	struct iovec r[2] = {{there, 2}, {there + 3, 7}};
	struct iovec bad = {T_BAD, 4}, large = {p, 8192}, edge = {p + 4090, 16};

	TRY("vectors", getpid(), l, 2UL, r, 2UL, 0UL);
	t_str("here", here);
	t_str("there", there);
	TRY("less there", getpid(), l, 2UL, r, 1UL, 0UL);
	TRY("nothing here", getpid(), l, 0UL, r, 1UL, 0UL);
	TRY("nothing there", getpid(), l, 1UL, r, 0UL, 0UL);
	TRY("pages", getpid(), &large, 1UL, &large, 1UL, 0UL);
	TRY("flags", getpid(), l, 1UL, r, 1UL, 1UL);
	TRY("nobody", 4194303, l, 1UL, r, 1UL, 0UL);
	TRY("too many", getpid(), l, 1025UL, r, 1UL, 0UL);
	TRY("bad vector", getpid(), T_BAD, 1UL, r, 1UL, 0UL);
	TRY("bad vector there", getpid(), l, 1UL, T_BAD, 1UL, 0UL);
	TRY("bad here", getpid(), &bad, 1UL, r, 1UL, 0UL);
	TRY("bad there", getpid(), l, 1UL, &bad, 1UL, 0UL);
	munmap(p + 4096, 4096);
	memset(p, 'x', 4096);
	t_is("up to the edge",
	     syscall(call, getpid(), &edge, 1UL, &large, 1UL, 0UL) < 16);
	return 0;
}

#undef TRY
#endif
