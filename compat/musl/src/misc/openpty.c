/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * openpty(3): both sides of a new pseudo-terminal. The slave comes from its
 * master (TIOCGPTPEER, ioctl_tty(2)), not by its name.
 */
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "px_pty.h"

/* All that is wanted of the master m: the slave, or -1. */
static int open_slave(int m, char *name, const struct termios *tio,
		      const struct winsize *ws)
{
	int off = 0, nr, s;

	if (ioctl(m, TIOCSPTLCK, &off) || ioctl(m, TIOCGPTN, &nr))
		return -1;
	s = ioctl(m, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	if (s < 0)
		return -1;
	if (name)
		sprintf(name, "/dev/pts/%d", nr);
	if (tio)
		tcsetattr(s, TCSANOW, tio);
	if (ws)
		ioctl(s, TIOCSWINSZ, ws);
	return s;
}

int openpty(int *master, int *slave, char *name, const struct termios *tio,
	    const struct winsize *ws)
{
	int m, s;

	PX_NEEDS_PTY;
	m = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	if (m < 0)
		return -1;
	s = open_slave(m, name, tio, ws);
	if (s < 0) {
		close(m);
		return -1;
	}
	*master = m;
	*slave = s;
	return 0;
}
