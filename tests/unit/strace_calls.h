/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls of strace.c: one of each shape that the tracer knows. */
#include <linux/fs.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

#define BAD ((void *)0x10)

struct kernel_sigaction {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

static void files(void)
{
	static char buf[8192], nul[100];
	struct iovec iov[2] = {{"one\t", 4}, {"\001\0022\377", 4}};
	struct iovec in[2] = {{buf, 3}, {buf + 100, 50}};
	struct timespec two[2] = {{1, UTIME_OMIT}, {0, UTIME_NOW}};
	struct flock lock = {.l_type = F_WRLCK, .l_len = 5};
	long off = 1;
	int fd, i;

	DO(mkdir, "/tmp/px-strace", 0755);
	DO(chdir, "/tmp/px-strace");
	DO(getcwd, buf, sizeof(buf));
	DO(getcwd, buf, 1);
	DO(umask, 022);
	DO(umask, 0);
	fd = DO(openat, AT_FDCWD, "f", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
		0640);
	DO(write, fd, "hello\n", 6);
	DO(write, fd, "1234567890123456789012345678901\0", 32);
	DO(write, fd, "12345678901234567890123456789012x", 33);
	DO(write, fd, BAD, 33);
	DO(write, fd, nul, 0);
	DO(writev, fd, iov, 2);
	DO(writev, fd, iov, 0);
	DO(pwritev, fd, iov, 2, 100, 0);
	DO(lseek, fd, 0, SEEK_SET);
	DO(read, fd, buf, 6);
	DO(read, fd, buf, sizeof(buf));
	DO(read, fd, buf, sizeof(buf));
	DO(read, 99, buf, sizeof(buf));
	DO(readv, fd, in, 2);
	DO(preadv, fd, in, 2, 0, 0);
	DO(pread64, fd, buf, 4, 2);
	DO(pwrite64, fd, "x", 1, 0);
	DO(fstat, fd, buf);
	DO(stat, "f", buf);
	DO(stat, "/dev/null", buf);
	DO(lstat, "missing", buf);
	DO(newfstatat, AT_FDCWD, "f", buf, AT_SYMLINK_NOFOLLOW);
	DO(newfstatat, AT_FDCWD, "/tmp", buf, 0);
	DO(statx, AT_FDCWD, "f", AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, buf);
	DO(access, "f", F_OK);
	DO(access, BAD, R_OK | W_OK);
	DO(faccessat, AT_FDCWD, "f", X_OK);
	DO(symlinkat, "target", AT_FDCWD, "l");
	DO(readlink, "l", buf, sizeof(buf));
	DO(link, "f", "g");
	DO(linkat, AT_FDCWD, "f", AT_FDCWD, "h", AT_SYMLINK_FOLLOW);
	DO(rename, "g", "h");
	DO(renameat2, AT_FDCWD, "h", AT_FDCWD, "f", RENAME_EXCHANGE);
	DO(unlinkat, AT_FDCWD, "l", 0);
	DO(unlinkat, AT_FDCWD, "d", AT_REMOVEDIR);
	DO(chmod, "f", 0600);
	DO(fchmod, fd, 04755);
	DO(chown, "f", -1, 0);
	DO(utimensat, AT_FDCWD, "f", two, 0);
	DO(utimensat, AT_FDCWD, "f", NULL, AT_SYMLINK_NOFOLLOW);
	DO(mknod, "fifo", S_IFIFO | 0644, 0);
	DO(truncate, "f", 100);
	DO(ftruncate, fd, 10);
	DO(fallocate, fd, 0, 0, 4096);
	DO(fallocate, fd, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, 0, 10);
	DO(fadvise64, fd, 0, 0, POSIX_FADV_WILLNEED);
	DO(fsync, fd);
	DO(flock, fd, LOCK_EX | LOCK_NB);
	DO(fcntl, fd, F_GETFL);
	DO(fcntl, fd, F_SETFL, O_APPEND | O_NONBLOCK);
	DO(fcntl, fd, F_GETFD);
	DO(fcntl, fd, F_SETFD, 0);
	DO(fcntl, fd, F_GETFD);
	DO(fcntl, fd, F_SETFD, FD_CLOEXEC);
	DO(fcntl, fd, F_DUPFD, 20);
	DO(fcntl, fd, F_DUPFD_CLOEXEC, 30);
	DO(fcntl, fd, F_SETLK, &lock);
	DO(fcntl, fd, F_GETLK, &lock);
	DO(dup, fd);
	DO(dup2, fd, 25);
	DO(dup3, fd, 26, O_CLOEXEC);
	DO(close_range, 24, ~0U, CLOSE_RANGE_CLOEXEC);
	DO(sendfile, 25, fd, &off, 10);
	DO(copy_file_range, fd, &off, 25, NULL, 10, 0);
	DO(close, 25);
	DO(close, 25);
	DO(statfs, "/proc", buf);
	DO(ioctl, fd, FIONREAD, &i);
	DO(ioctl, fd, TIOCGWINSZ, buf);
	fd = DO(open, "/", O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
	DO(fchdir, fd);
	DO(open, "/tmp/px-strace/none", O_WRONLY | O_TRUNC);
	DO(open, "/tmp/px-strace", O_RDWR | O_TMPFILE, 0600);
	DO(open, "/tmp/px-strace", O_PATH | O_NOFOLLOW);
	DO(open, "", 3);
	DO(pipe2, buf, O_CLOEXEC | O_NONBLOCK);
	DO(pipe, buf);
	DO(memfd_create, "name", 1);
	DO(rmdir, "/tmp/px-strace");
	DO(getrandom, buf, 5, 0);
	DO(uname, buf);
}

static void memory(void)
{
	char *p = (char *)DO(mmap, NULL, 8192, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	DO(mprotect, p, 4096, PROT_READ);
	DO(mprotect, p, 4096, PROT_NONE);
	DO(madvise, p, 8192, MADV_DONTNEED);
	DO(madvise, p, 8192, 77);
	DO(mremap, p, 8192, 4096, 0);
	DO(mremap, p, 4096, 8192, MREMAP_MAYMOVE);
	DO(mremap, p, 4096, 8192, MREMAP_MAYMOVE | MREMAP_FIXED, p + 3);
	DO(msync, p, 4096, MS_SYNC);
	DO(mlock, p, 4096);
	DO(munlock, p, 4096);
	DO(munmap, p, 8192);
	DO(munmap, 1, 8192);
	DO(mmap, 0x100, 4096, PROT_READ, MAP_SHARED | MAP_FIXED, 99, 0x3000);
	DO(brk, 0);
}

static void signals_and_time(void)
{
	uint64_t set = 1 << (SIGINT - 1) | 1 << (SIGCHLD - 1), old;
	uint64_t all = ~0ULL;
	struct kernel_sigaction sa = {SIG_IGN, 0x4000000 | SA_RESTART,
				      (void *)0x1234, 1 << (SIGTERM - 1)},
				osa;
	struct timespec ts = {0, 1000}, rem;
	struct itimerspec its = {{0, 0}, {5, 0}}, oits;
	struct timeval tv = {0, 10};
	struct rlimit rl;
	struct rusage ru;
	int fd;

	DO(rt_sigprocmask, SIG_BLOCK, &set, &old, 8);
	DO(rt_sigprocmask, SIG_SETMASK, &all, NULL, 8);
	DO(rt_sigprocmask, SIG_UNBLOCK, NULL, &old, 8);
	DO(rt_sigprocmask, SIG_SETMASK, &old, NULL, 7);
	set = 0;
	DO(rt_sigprocmask, SIG_SETMASK, &set, NULL, 8);
	DO(rt_sigaction, SIGUSR1, &sa, &osa, 8);
	DO(rt_sigaction, SIGUSR1, NULL, &osa, 8);
	DO(rt_sigaction, 34, NULL, &osa, 8);
	DO(kill, 0, 0);
	DO(kill, self, SIGUSR1);
	DO(nanosleep, &ts, NULL);
	DO(nanosleep, &ts, &rem);
	DO(clock_nanosleep, CLOCK_MONOTONIC, 0, &ts, NULL);
	DO(clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, &rem);
	DO(clock_getres, CLOCK_REALTIME, &rem);
	DO(clock_getres, 77, &rem);
	fd = DO(timerfd_create, CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	DO(timerfd_create, CLOCK_BOOTTIME, TFD_NONBLOCK);
	DO(timerfd_settime, fd, TFD_TIMER_ABSTIME, &its, NULL);
	DO(timerfd_settime, fd, 0, &its, &oits);
	DO(eventfd2, 3, EFD_CLOEXEC | EFD_NONBLOCK);
	DO(eventfd2, 3, 0);
	DO(signalfd4, -1, &set, 8, SFD_CLOEXEC);
	DO(settimeofday, BAD, NULL);
	DO(getrlimit, RLIMIT_NOFILE, &rl);
	DO(prlimit64, 0, RLIMIT_STACK, NULL, &rl);
	rl.rlim_cur = 1000;
	DO(prlimit64, 0, RLIMIT_CORE, &rl, NULL);
	DO(getrusage, 9, &ru);
	DO(select, 0, NULL, NULL, NULL, &tv);
	DO(alarm, 0);
	DO(sched_yield, 0);
	DO(sched_getscheduler, 0);
	DO(sched_get_priority_max, SCHED_FIFO);
	DO(prctl, PR_SET_NAME, "name");
	DO(setitimer, ITIMER_REAL, NULL, NULL);
}

static void waiting(void)
{
	int fds[2] = {-1, -1};
	struct pollfd p[2];
	struct epoll_event ev = {EPOLLIN | EPOLLET, {.u64 = 7}}, evs[4];
	struct timespec ts = {0, 0};
	struct timeval tv = {0, 0};
	unsigned int word = 5;
	uint64_t mask = 0;
	fd_set set;
	int ep;

	DO(pipe, fds);
	p[0] = (struct pollfd){fds[0], POLLIN, 0};
	p[1] = (struct pollfd){fds[1], POLLOUT | POLLERR, 0};
	DO(poll, p, 2, 0);
	DO(poll, p, 1, 0);
	DO(poll, NULL, 0, 0);
	DO(ppoll, p, 1, &ts, &mask, 8);
	FD_ZERO(&set);
	FD_SET(fds[1], &set);
	FD_SET(0, &set);
	ep = DO(epoll_create1, EPOLL_CLOEXEC);
	DO(epoll_create1, 0);
	DO(epoll_ctl, ep, EPOLL_CTL_ADD, fds[0], &ev);
	ev.events = EPOLLOUT;
	DO(epoll_ctl, ep, EPOLL_CTL_ADD, fds[1], &ev);
	DO(epoll_wait, ep, evs, 4, 0);
	DO(epoll_pwait, ep, evs, 4, 0, NULL, 8);
	DO(epoll_ctl, ep, EPOLL_CTL_DEL, fds[0], NULL);
	DO(epoll_wait, ep, evs, 4, 0);
	DO(futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1);
	DO(futex, &word, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 6, NULL);
	ts.tv_nsec = 1000;
	DO(futex, &word, FUTEX_WAIT, 5, &ts);
	DO(futex, &word, FUTEX_REQUEUE, 1, 2, &word);
	DO(futex, &word, FUTEX_CMP_REQUEUE, 1, 2, &word, 5);
	DO(futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 6, NULL, 0,
	   ~0U);
	DO(futex, &word, FUTEX_WAKE_BITSET, 1, NULL, 0, 3);
	DO(inotify_init1, IN_CLOEXEC);
	FD_ZERO(&set);
	FD_SET(fds[0], &set);
	DO(select, fds[0] + 1, &set, NULL, NULL, &tv);
	DO(clone, CLONE_THREAD, NULL, NULL, NULL, 0);
	DO(clone, CLONE_THREAD | CLONE_SETTLS | CLONE_CHILD_CLEARTID | SIGCHLD,
	   0x1000, &word, &word, 0x2000);
	DO(clone, CLONE_THREAD | CLONE_PARENT_SETTID, 0x1000, &word, NULL, 0);
	DO(unshare, CLONE_THREAD);
	DO(wait4, -1, NULL, WNOHANG, NULL);
	DO(execve, "/missing", ((char *[]){"a", "b", NULL}),
	   ((char *[]){"X=1", NULL}));
}

static void sockets(void)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6,
				   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct sockaddr_un un = {.sun_family = AF_UNIX,
				 .sun_path = "/missing/sock"};
	struct iovec iov = {"data", 4};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1};
	char buf[100];
	unsigned int len;
	int fd, pair[2] = {-1, -1}, one = 1;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = DO(socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	DO(setsockopt, fd, SOL_SOCKET, SO_REUSEADDR, &one, 4);
	DO(setsockopt, fd, SOL_TCP, TCP_NODELAY, &one, 4);
	len = 4;
	DO(getsockopt, fd, SOL_SOCKET, SO_ERROR, &one, &len);
	DO(bind, fd, &in, sizeof(in));
	DO(listen, fd, 5);
	len = 8;
	in.sin_port = htons(1);
	DO(connect, DO(socket, AF_INET, SOCK_DGRAM, IPPROTO_UDP), &in,
	   sizeof(in));
	fd = DO(socket, AF_UNIX, SOCK_SEQPACKET, 0);
	DO(connect, fd, &un, sizeof(un));
	DO(connect, 99, &in6, sizeof(in6));
	DO(socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
	DO(sendto, pair[0], "abc", 3, MSG_NOSIGNAL, NULL, 0);
	DO(recvfrom, pair[1], buf, sizeof(buf), MSG_DONTWAIT, NULL, NULL);
	DO(sendmsg, pair[0], &m, 0);
	iov = (struct iovec){buf, sizeof(buf)};
	DO(recvmsg, pair[1], &m, 0);
	DO(recvmsg, pair[1], &m, MSG_DONTWAIT);
	DO(shutdown, pair[0], SHUT_WR);
	len = sizeof(buf);
	DO(getsockname, pair[0], buf, &len);
}

static void make_calls(void)
{
	files();
	memory();
	signals_and_time();
	waiting();
	sockets();
}
