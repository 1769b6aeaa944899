/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminal of this process is in raw mode while the program runs, as
 * platform.h asks: the runtime's line discipline (vfs/tty.c) does the rest.
 */
#include <posixen/platform.h>
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <asm/termios.h>
#include "host.h"

static struct termios before;
static bool raw;

/* A terminal that belongs to other processes now must not be touched: the
 * kernel would stop this one (SIGTTOU). */
static bool in_foreground(void)
{
	int group;

	return host_syscall3(__NR_ioctl, 0, TIOCGPGRP, &group) == 0 &&
	       group == host_syscall1(__NR_getpgid, 0);
}

void host_tty_init(void)
{
	struct termios t;

	if (plat_stdio_kind(0) != 't' || !in_foreground())
		return;
	if (host_syscall3(__NR_ioctl, 0, TCGETS, &before) != 0)
		return;
	/* cfmakeraw(3) */
	t = before;
	t.c_iflag &= ~(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR |
		       ICRNL | IXON);
	t.c_oflag &= ~OPOST;
	t.c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	t.c_cflag = (t.c_cflag & ~(CSIZE | PARENB)) | CS8;
	raw = host_syscall3(__NR_ioctl, 0, TCSETSW, &t) == 0;
}

bool host_tty_is_raw(void)
{
	return raw;
}

void host_console_restore(void)
{
	if (raw)
		host_syscall3(__NR_ioctl, 0, TCSETSW, &before);
	raw = false;
}
