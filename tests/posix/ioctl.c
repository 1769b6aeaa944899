/* SPDX-License-Identifier: BSD-2-Clause */
/* ioctl(fd, request, arg): see ioctl(2); what concerns any file. */
#include "t.h"
#include <sys/ioctl.h>
#include <termios.h>

int main(void)
{
	int fd, p[2], n = 1;
	struct winsize ws;
	struct termios t;

	t_file("file", "0123456789");
	fd = open("file", O_RDWR);
	pipe(p);
	t_ret("FIOCLEX", ioctl(fd, FIOCLEX));
	t_val("flag", fcntl(fd, F_GETFD));
	t_ret("FIONCLEX", ioctl(fd, FIONCLEX));
	t_val("flag", fcntl(fd, F_GETFD));
	t_ret("FIONBIO on", ioctl(p[0], FIONBIO, &n));
	t_val("flags", fcntl(p[0], F_GETFL));
	n = 0;
	t_ret("FIONBIO off", ioctl(p[0], FIONBIO, &n));
	t_val("flags", fcntl(p[0], F_GETFL));
	t_ret("FIONBIO nowhere", ioctl(p[0], FIONBIO, T_BAD));
	t_ret("FIOASYNC off", ioctl(fd, FIOASYNC, &n));
	t_ret("FIONREAD of a file", ioctl(fd, FIONREAD, &n));
	t_val("bytes", n);
	lseek(fd, 7, SEEK_SET);
	ioctl(fd, FIONREAD, &n);
	t_val("from there", n);
	write(p[1], "12345", 5);
	t_ret("FIONREAD of a pipe", ioctl(p[0], FIONREAD, &n));
	t_val("bytes", n);
	t_ret("nowhere", ioctl(p[0], FIONREAD, T_BAD));
	t_ret("TCGETS of a file", ioctl(fd, TCGETS, &t));
	t_ret("TIOCGWINSZ of a pipe", ioctl(p[0], TIOCGWINSZ, &ws));
	t_ret("unknown", ioctl(fd, 0xdeadbeef, 0));
	t_ret("closed", ioctl(99, FIONREAD, &n));
	t_ret("O_PATH", ioctl(open("file", O_PATH), FIONREAD, &n));
	t_ret("/dev/null", ioctl(open("/dev/null", O_RDWR), TCGETS, &t));
	t_ret("/dev/null, FIONREAD",
	      ioctl(open("/dev/null", O_RDWR), FIONREAD, &n));
	t_ret("directory", ioctl(open(".", O_RDONLY), FIONREAD, &n));
	return 0;
}
