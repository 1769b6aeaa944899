/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls that musl 1.2.3 has no function for (man-pages section 2). Each
 * is a function of a section of its own, so an image has those it calls.
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct statx;

int statx(int dir, const char *path, int flags, unsigned mask,
	  struct statx *result)
{
	return syscall(SYS_statx, dir, path, flags, mask, result);
}

int close_range(unsigned first, unsigned last, int flags)
{
	return syscall(SYS_close_range, first, last, flags);
}

/* closefrom(3) cannot fail; a negative descriptor means all of them. */
void closefrom(int first)
{
	syscall(SYS_close_range, first < 0 ? 0 : first, ~0U, 0);
}

int execveat(int dir, const char *path, char *const argv[], char *const envp[],
	     int flags)
{
	return syscall(SYS_execveat, dir, path, argv, envp, flags);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to,
	      unsigned flags)
{
	return syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int getcpu(unsigned *cpu, unsigned *node)
{
	return syscall(SYS_getcpu, cpu, node, NULL);
}

int tgkill(pid_t process, pid_t thread, int signal)
{
	return syscall(SYS_tgkill, process, thread, signal);
}

int pidfd_open(pid_t process, unsigned flags)
{
	return syscall(SYS_pidfd_open, process, flags);
}

int pidfd_getfd(int pidfd, int fd, unsigned flags)
{
	return syscall(SYS_pidfd_getfd, pidfd, fd, flags);
}

int pidfd_send_signal(int pidfd, int signal, siginfo_t *info, unsigned flags)
{
	return syscall(SYS_pidfd_send_signal, pidfd, signal, info, flags);
}

int epoll_pwait2(int fd, struct epoll_event *events, int max,
		 const struct timespec *timeout, const sigset_t *mask)
{
	return syscall(SYS_epoll_pwait2, fd, events, max, timeout, mask,
		       _NSIG / 8);
}

/* An offset of -1 means the file's own position, with flags or without. */
ssize_t preadv2(int fd, const struct iovec *iov, int count, off_t at, int flags)
{
	return syscall(SYS_preadv2, fd, iov, count, at, 0L, flags);
}

ssize_t pwritev2(int fd, const struct iovec *iov, int count, off_t at,
		 int flags)
{
	return syscall(SYS_pwritev2, fd, iov, count, at, 0L, flags);
}

ssize_t preadv64v2(int fd, const struct iovec *iov, int count, off_t at,
		   int flags)
{
	return preadv2(fd, iov, count, at, flags);
}

ssize_t pwritev64v2(int fd, const struct iovec *iov, int count, off_t at,
		    int flags)
{
	return pwritev2(fd, iov, count, at, flags);
}

/* A call whose arguments are passed on as they are. */
#define CALL3(name, a, b, c)                                                   \
	int name(a x, b y, c z)                                                \
	{                                                                      \
		return syscall(SYS_##name, x, y, z);                           \
	}
#define CALL5(name, a, b, c, d, e)                                             \
	int name(a x, b y, c z, d u, e v)                                      \
	{                                                                      \
		return syscall(SYS_##name, x, y, z, u, v);                     \
	}

CALL3(modify_ldt, int, void *, unsigned long)
CALL3(open_tree, int, const char *, unsigned)
CALL3(fsmount, int, unsigned, unsigned)
CALL3(fspick, int, const char *, unsigned)
CALL5(move_mount, int, const char *, int, const char *, unsigned)
CALL5(fsconfig, int, unsigned, const char *, const void *, int)
CALL5(mount_setattr, int, const char *, unsigned, void *, size_t)

int fsopen(const char *name, unsigned flags)
{
	return syscall(SYS_fsopen, name, flags);
}

int pkey_alloc(unsigned flags, unsigned rights)
{
	return syscall(SYS_pkey_alloc, flags, rights);
}

int pkey_free(int key)
{
	return syscall(SYS_pkey_free, key);
}

int pkey_mprotect(void *p, size_t n, int protection, int key)
{
	return syscall(SYS_pkey_mprotect, p, n, protection, key);
}

ssize_t process_madvise(int pidfd, const struct iovec *iov, size_t count,
			int advice, unsigned flags)
{
	return syscall(SYS_process_madvise, pidfd, iov, count, advice, flags);
}
