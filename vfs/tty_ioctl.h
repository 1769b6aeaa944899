/* SPDX-License-Identifier: BSD-2-Clause */
/* tty_ioctl.h: between the terminal (tty.c) and its ioctls (tty_ioctl.c). */
#ifndef VFS_TTY_IOCTL_H
#define VFS_TTY_IOCTL_H

struct file;
struct tty;

long tty_ioctl(struct file *f, unsigned int cmd, unsigned long arg);
struct tty *tty_console(void);
void tty_pump(void);   /* take the keys that wait, echo, wake */
int tty_drain(void);   /* 0 or -EINTR */
void tty_resume(void); /* `stopped` was changed: wake writers */

#endif
