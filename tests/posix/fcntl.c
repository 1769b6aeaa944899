/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fcntl(fd, cmd, arg): see fcntl(2). Locks between open files, as one process
 * has them; no other process is there to hold one.
 */
#include "t.h"

static int ofd(int fd, int cmd, int type, long start, long len)
{
	struct flock l = {.l_type = type,
			  .l_whence = SEEK_SET,
			  .l_start = start,
			  .l_len = len};

	return fcntl(fd, cmd, &l);
}

int main(void)
{
	struct flock l;
	int fd, fd2, fd3, p[2];

	t_file("f", "0123456789");
	fd = open("f", O_RDWR);
	t_is("F_DUPFD", fcntl(fd, F_DUPFD, 30) == 30);
	t_is("F_DUPFD again", fcntl(fd, F_DUPFD, 30) == 31);
	t_val("close-on-exec", fcntl(30, F_GETFD));
	t_is("F_DUPFD_CLOEXEC", fcntl(fd, F_DUPFD_CLOEXEC, 30) == 32);
	t_val("close-on-exec", fcntl(32, F_GETFD));
	t_ret("F_DUPFD too far", fcntl(fd, F_DUPFD, 1 << 30));
	t_ret("F_DUPFD negative", fcntl(fd, F_DUPFD, -1));
	t_val("F_SETFD", fcntl(fd, F_SETFD, FD_CLOEXEC));
	t_val("F_GETFD", fcntl(fd, F_GETFD));
	t_val("access mode", fcntl(fd, F_GETFL) & O_ACCMODE);
	t_val("F_SETFL", fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK));
	t_val("F_GETFL", fcntl(fd, F_GETFL) & ~0100000);
	t_val("F_SETFL cannot change the mode",
	      fcntl(fd, F_SETFL, O_WRONLY | O_EXCL));
	t_val("F_GETFL", fcntl(fd, F_GETFL) & ~0100000);
	t_val("no such command", fcntl(fd, 9999, 0));
	t_val("closed", fcntl(99, F_GETFD));
	t_val("F_GETOWN", fcntl(fd, F_GETOWN));

	/* POSIX locks of one process never stand in its own way. */
	fd2 = open("f", O_RDWR);
	t_ret("F_SETLK", ofd(fd, F_SETLK, F_WRLCK, 0, 5));
	t_ret("F_SETLK by the same process", ofd(fd2, F_SETLK, F_WRLCK, 0, 5));
	l = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
	t_ret("F_GETLK", fcntl(fd2, F_GETLK, &l));
	t_is("nothing in the way", l.l_type == F_UNLCK);
	t_ret("F_SETLKW", ofd(fd2, F_SETLKW, F_RDLCK, 3, 1));
	t_ret("type", ofd(fd, F_SETLK, 7, 0, 1));
	t_ret("negative start", ofd(fd, F_SETLK, F_WRLCK, -1, 1));
	t_ret("negative length", ofd(fd, F_SETLK, F_WRLCK, 5, -3));
	t_ret("too negative", ofd(fd, F_SETLK, F_WRLCK, 2, -3));
	t_ret("bad address", fcntl(fd, F_SETLK, T_BAD));
	ofd(fd, F_SETLK, F_UNLCK, 0, 0);
	fd3 = open("f", O_RDONLY);
	t_ret("write lock, read only", ofd(fd3, F_SETLK, F_WRLCK, 0, 1));
	t_ret("read lock, read only", ofd(fd3, F_SETLK, F_RDLCK, 0, 1));
	ofd(fd3, F_SETLK, F_UNLCK, 0, 0);

	/* Locks of open file descriptions do. */
	t_ret("OFD write lock", ofd(fd, F_OFD_SETLK, F_WRLCK, 2, 4));
	t_ret("OFD overlap", ofd(fd2, F_OFD_SETLK, F_WRLCK, 5, 1));
	t_ret("OFD overlap, read", ofd(fd2, F_OFD_SETLK, F_RDLCK, 0, 3));
	t_ret("OFD before", ofd(fd2, F_OFD_SETLK, F_WRLCK, 0, 2));
	t_ret("OFD behind", ofd(fd2, F_OFD_SETLK, F_WRLCK, 6, 0));
	l = (struct flock){.l_type = F_RDLCK,
			   .l_whence = SEEK_SET,
			   .l_start = 1,
			   .l_len = 3};
	t_ret("F_OFD_GETLK", fcntl(fd2, F_OFD_GETLK, &l));
	t_say("in the way: %d from %ld, %ld, pid %d\n", l.l_type,
	      (long)l.l_start, (long)l.l_len, (int)l.l_pid);
	t_ret("unlock the middle", ofd(fd, F_OFD_SETLK, F_UNLCK, 3, 1));
	t_ret("now there", ofd(fd2, F_OFD_SETLK, F_RDLCK, 3, 1));
	t_ret("still not here", ofd(fd2, F_OFD_SETLK, F_RDLCK, 4, 1));
	l = (struct flock){.l_type = F_WRLCK, .l_pid = 1};
	t_ret("OFD with a pid", fcntl(fd, F_OFD_SETLK, &l));
	close(fd);
	t_ret("after close", ofd(fd2, F_OFD_SETLK, F_WRLCK, 2, 4));

	/* Other files. */
	pipe(p);
	t_val("pipe's flags", fcntl(p[1], F_GETFL));
	t_val("F_GETPIPE_SZ", fcntl(p[0], F_GETPIPE_SZ));
	t_val("F_SETPIPE_SZ", fcntl(p[0], F_SETPIPE_SZ, 5000));
	t_val("F_GETPIPE_SZ of a file", fcntl(fd2, F_GETPIPE_SZ));
	fd = open("f", O_PATH);
	t_val("O_PATH F_GETFD", fcntl(fd, F_GETFD));
	t_val("O_PATH F_SETFL", fcntl(fd, F_SETFL, O_APPEND));
	t_val("O_PATH lock", ofd(fd, F_SETLK, F_RDLCK, 0, 0));
	t_val("seals of a file", fcntl(fd2, F_GET_SEALS));
	return 0;
}
