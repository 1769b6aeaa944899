/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * std::ctype<char> reads the table of classes that libstdc++.a was compiled
 * for: glibc's, whose bits are told by no header of musl's. These are the
 * numbers of its <ctype.h>: classes 0 to 7 in the upper byte, 8 to 11 in the
 * lower (x86-64's order of bytes).
 */
#define _ISupper  0x0100
#define _ISlower  0x0200
#define _ISalpha  0x0400
#define _ISdigit  0x0800
#define _ISxdigit 0x1000
#define _ISspace  0x2000
#define _ISprint  0x4000
#define _ISgraph  0x8000
#define _ISblank  0x0001
#define _IScntrl  0x0002
#define _ISpunct  0x0004
#define _ISalnum  0x0008

#include_next <bits/ctype_base.h>

#undef _ISupper
#undef _ISlower
#undef _ISalpha
#undef _ISdigit
#undef _ISxdigit
#undef _ISspace
#undef _ISprint
#undef _ISgraph
#undef _ISblank
#undef _IScntrl
#undef _ISpunct
#undef _ISalnum
