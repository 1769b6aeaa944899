/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdio.h: the program's standard streams between the platform, which moves the
 * bytes (plat_stdio_*), and vfs/, which makes files of them.
 */
#ifndef POSIXEN_STDIO_H
#define POSIXEN_STDIO_H

#include <posixen/waitq.h>

/* What readers of stream 0 and writers of streams 1 and 2 sleep on; woken by
 * the platform's stdio_readable() and stdio_writable() (runtime/stdio.c). */
extern struct waitq stdin_waitq;
extern struct waitq stdout_waitq;

/* Open descriptors 0, 1 and 2 of the current process on the streams. Called
 * once, before the program starts (vfs/). 0 or -errno. */
int stdio_open(void);

#endif
