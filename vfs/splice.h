/* SPDX-License-Identifier: BSD-2-Clause */
/* splice.h: flags of splice(2), tee(2) and vmsplice(2), which the kernel's
 * exported headers lack. */
#ifndef VFS_SPLICE_H
#define VFS_SPLICE_H

#define SPLICE_F_MOVE	  1u
#define SPLICE_F_NONBLOCK 2u
#define SPLICE_F_MORE	  4u
#define SPLICE_F_GIFT	  8u
#define SPLICE_F_ALL	  15u

#endif
