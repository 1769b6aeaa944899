/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.h: the standard streams as files, between stdio.c (streams that are
 * pipes or files outside), tty.c (those that are a terminal), and anonfile.c.
 */
#ifndef VFS_CONSOLE_H
#define VFS_CONSOLE_H

#include <posixen/file.h>

/* True when stream 0, 1 or 2 is a terminal. */
bool stream_is_tty(int fd);
/* The file operations of stream fd, a pipe or a file outside. */
extern const struct file_ops stream_ops;
/* A file of stream fd (or, with console set, of input and output together). */
struct file *stream_file(int fd, int flags);

/* The console's terminal (tty.c). */
extern const struct file_ops tty_ops;
/* Start reading keys; called once when some stream is a terminal. */
void tty_start(void);
void tty_register(void); /* /dev/tty and /dev/console */
void mem_register(void); /* /dev/null and kin: dev_mem.c */

#endif
