/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What runs while one allocation of the runtime fails (tests/inject/run).
 *
 * Argument: the scenario's number; without one, how many there are. A scenario
 * is done three times and undone each time. In one of the rounds calls may
 * fail, but only with an errno that their manual pages give for want of memory
 * or space; the others must succeed: so a failure breaks nothing that comes
 * later. Prints what was wrong; status 0 if nothing was.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <dirent.h>
#include <sys/syscall.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DIR_NAME "/tmp/inject"
#define PAGE	 4096

static int failures; /* in this round */
static int wrong;
static int sockets; /* are being made: ENFILE is for want of memory, too */

/* A call's result: note a failure, and judge its errno. */
static long tried(long ret, const char *what)
{
	int e = errno;

	if (ret != -1)
		return ret;
	failures++;
	if (e != ENOMEM && e != ENOSPC && e != EAGAIN && e != ENOLCK &&
	    !(sockets && (e == ENOBUFS || e == ENFILE))) {
		printf("%s: %s\n", what, strerror(e));
		wrong = 1;
	}
	return ret;
}

#define TRY(call)                                                              \
	do {                                                                   \
		if (tried((long)(call), #call) == -1)                          \
			goto out;                                              \
	} while (0)

#define SHUT(fd)                                                               \
	do {                                                                   \
		if ((fd) >= 0)                                                 \
			close(fd);                                             \
	} while (0)

static void make_and_write(void)
{
	static char block[3 * PAGE];
	int fd = -1;

	TRY(fd = open(DIR_NAME "/file", O_RDWR | O_CREAT | O_EXCL, 0600));
	TRY(write(fd, block, sizeof(block)));
	TRY(pwrite(fd, "far", 3, 1 << 24));
	TRY(ftruncate(fd, 5000));
	TRY(fallocate(fd, 0, 0, 20 * PAGE));
	TRY(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, PAGE,
		      3 * PAGE));
out:
	SHUT(fd);
	unlink(DIR_NAME "/file");
}

static void names(void)
{
	char text[64], *cwd;
	int fd = -1;

	TRY(mkdir(DIR_NAME "/d", 0700));
	TRY(mkdir(DIR_NAME "/d/e", 0700));
	TRY(symlink("e", DIR_NAME "/d/link"));
	TRY(readlink(DIR_NAME "/d/link", text, sizeof(text)));
	TRY(fd = creat(DIR_NAME "/d/link/f", 0600));
	TRY(link(DIR_NAME "/d/e/f", DIR_NAME "/d/g"));
	TRY(rename(DIR_NAME "/d/g", DIR_NAME "/d/h"));
	TRY(rename(DIR_NAME "/d/h", DIR_NAME "/d/e/f2"));
	TRY(mknod(DIR_NAME "/d/fifo", S_IFIFO | 0600, 0));
	TRY(chdir(DIR_NAME "/d/e"));
	cwd = getcwd(text, sizeof(text));
	TRY(cwd ? 0 : -1);
out:
	SHUT(fd);
	chdir("/");
	unlink(DIR_NAME "/d/fifo");
	unlink(DIR_NAME "/d/e/f2");
	unlink(DIR_NAME "/d/h");
	unlink(DIR_NAME "/d/g");
	unlink(DIR_NAME "/d/e/f");
	unlink(DIR_NAME "/d/link");
	rmdir(DIR_NAME "/d/e");
	rmdir(DIR_NAME "/d");
}

static void directory(void)
{
	char name[64], buf[512];
	int i, fd = -1;

	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), DIR_NAME "/entry%d", i);
		TRY(mkdir(name, 0700));
	}
	TRY(fd = open(DIR_NAME, O_RDONLY | O_DIRECTORY));
	while (tried(i = syscall(SYS_getdents64, fd, buf, sizeof(buf)),
		     "getdents64") > 0)
		continue;
out:
	SHUT(fd);
	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), DIR_NAME "/entry%d", i);
		rmdir(name);
	}
}

static void descriptors(void)
{
	int fds[100], n = 0, fd = -1;

	TRY(fd = open("/dev/null", O_RDWR));
	for (; n < 100; n++)
		TRY(fds[n] = dup(fd));
	TRY(dup2(fd, 500));
	close(500);
out:
	while (n > 0)
		close(fds[--n]);
	SHUT(fd);
}

static void pipes(void)
{
	char buf[2 * PAGE] = "";
	int p[2] = {-1, -1}, q[2] = {-1, -1}, fd = -1;

	TRY(pipe2(p, O_NONBLOCK));
	TRY(pipe2(q, O_NONBLOCK));
	TRY(write(p[1], buf, sizeof(buf)));
	TRY(tee(p[0], q[1], PAGE, 0));
	TRY(fcntl(p[1], F_SETPIPE_SZ, 1 << 20));
	TRY(fd = open(DIR_NAME "/p", O_RDWR | O_CREAT, 0600));
	TRY(splice(p[0], NULL, fd, NULL, PAGE, 0));
	TRY(lseek(fd, 0, SEEK_SET));
	TRY(splice(fd, NULL, q[1], NULL, PAGE, 0));
	TRY(read(q[0], buf, sizeof(buf)));
out:
	SHUT(p[0]);
	SHUT(p[1]);
	SHUT(q[0]);
	SHUT(q[1]);
	SHUT(fd);
	unlink(DIR_NAME "/p");
}

static void copies(void)
{
	static char block[2 * PAGE];
	int a = -1, b = -1;
	off_t off = 0;

	TRY(a = open(DIR_NAME "/a", O_RDWR | O_CREAT, 0600));
	TRY(b = open(DIR_NAME "/b", O_RDWR | O_CREAT, 0600));
	TRY(write(a, block, sizeof(block)));
	TRY(sendfile(b, a, &off, sizeof(block)));
	off = 0;
	TRY(copy_file_range(a, &off, b, NULL, PAGE, 0));
	TRY(pwritev(b, (struct iovec[]){{block, 10}, {block, 20}}, 2,
		    9 * PAGE));
out:
	SHUT(a);
	SHUT(b);
	unlink(DIR_NAME "/a");
	unlink(DIR_NAME "/b");
}

static void locks(void)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int i, fd = -1;

	TRY(fd = open(DIR_NAME "/l", O_RDWR | O_CREAT, 0600));
	for (i = 0; i < 8; i++) {
		l.l_start = i * 20;
		l.l_len = 10;
		TRY(fcntl(fd, F_SETLK, &l));
	}
	l.l_type = F_UNLCK;
	l.l_start = 5;
	l.l_len = 100;
	TRY(fcntl(fd, F_SETLK, &l));
	TRY(flock(fd, LOCK_EX));
out:
	SHUT(fd);
	unlink(DIR_NAME "/l");
}

static void polling(void)
{
	struct epoll_event ev = {.events = EPOLLIN};
	struct pollfd pfd = {.events = POLLIN};
	struct itimerspec soon = {.it_value.tv_nsec = 1};
	int ep = -1, e = -1, t = -1;
	fd_set set;

	TRY(ep = epoll_create1(0));
	TRY(e = eventfd(1, 0));
	TRY(t = timerfd_create(CLOCK_MONOTONIC, 0));
	TRY(timerfd_settime(t, 0, &soon, NULL));
	TRY(epoll_ctl(ep, EPOLL_CTL_ADD, e, &ev));
	TRY(epoll_ctl(ep, EPOLL_CTL_ADD, t, &ev));
	TRY(epoll_wait(ep, &ev, 1, 0));
	pfd.fd = e;
	TRY(poll(&pfd, 1, 0));
	FD_ZERO(&set);
	FD_SET(e, &set);
	TRY(select(e + 1, &set, NULL, NULL, &(struct timeval){0}));
out:
	SHUT(t);
	SHUT(e);
	SHUT(ep);
}

static void memory(void)
{
	size_t len = 64 * PAGE;
	char *m = MAP_FAILED, *n;
	int i;

	TRY(m = mmap(NULL, len, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0));
	for (i = 1; i < 60; i += 7)
		TRY(mprotect(m + i * PAGE, PAGE, PROT_READ));
	for (i = 4; i < 60; i += 7)
		TRY(munmap(m + i * PAGE, PAGE));
	TRY(mlock(m, 2 * PAGE));
	n = mremap(m, PAGE, 128 * PAGE, MREMAP_MAYMOVE);
	TRY(n == MAP_FAILED ? -1 : 0);
	munmap(n, 128 * PAGE);
	TRY(madvise(m + 61 * PAGE, PAGE, MADV_DONTNEED));
out:
	if (m != MAP_FAILED)
		while (munmap(m, len) < 0 && failures == 0)
			continue;
}

static void shared_memory(void)
{
	char *m = MAP_FAILED, *f = MAP_FAILED;
	int fd = -1, mem = -1;

	TRY(m = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0));
	TRY(fd = open(DIR_NAME "/m", O_RDWR | O_CREAT, 0600));
	TRY(ftruncate(fd, 8 * PAGE));
	TRY(f = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_POPULATE, fd, 0));
	TRY(msync(f, 8 * PAGE, MS_SYNC));
	TRY(mem = memfd_create("inject", MFD_ALLOW_SEALING));
	TRY(write(mem, "x", 1));
	TRY(fcntl(mem, F_ADD_SEALS, F_SEAL_SHRINK));
out:
	if (m != MAP_FAILED)
		munmap(m, 8 * PAGE);
	if (f != MAP_FAILED)
		munmap(f, 8 * PAGE);
	SHUT(fd);
	SHUT(mem);
	unlink(DIR_NAME "/m");
}

static void heap(void)
{
	/* musl's brk(3) refuses to work; brk(2) returns the break it left. */
	unsigned long start = syscall(SYS_brk, 0), want = start + 40 * PAGE;

	errno = ENOMEM;
	TRY((unsigned long)syscall(SYS_brk, want) == want ? 0 : -1);
out:
	syscall(SYS_brk, start);
}

static void *thread(void *arg)
{
	return arg;
}

static void threads(void)
{
	pthread_t t[4];
	int n = 0, rc;

	for (; n < 4; n++) {
		rc = pthread_create(&t[n], NULL, thread, NULL);
		errno = rc;
		TRY(rc ? -1 : 0);
	}
out:
	while (n > 0)
		pthread_join(t[--n], NULL);
}

static void signals(void)
{
	union sigval v = {.sival_int = 7};
	sigset_t set, old;
	struct timespec none = {0};
	int i, queued = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, &old);
	for (i = 0; i < 5; i++) {
		TRY(sigqueue(getpid(), SIGRTMIN, v));
		queued++;
	}
out:
	while (queued-- > 0)
		sigtimedwait(&set, NULL, &none);
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void proc(void)
{
	static const char *const files[] = {
		"/proc/self/maps",   "/proc/self/status", "/proc/meminfo",
		"/proc/self/stat",   "/proc/mounts",	  "/proc/cpuinfo",
		"/proc/self/limits", "/proc/filesystems",
	};
	char buf[8192];
	struct stat st;
	int fd = -1;

	for (unsigned int i = 0; i < sizeof(files) / sizeof(*files); i++) {
		TRY(fd = open(files[i], O_RDONLY));
		TRY(read(fd, buf, sizeof(buf)));
		close(fd);
		fd = -1;
	}
	TRY(readlink("/proc/self/fd/1", buf, sizeof(buf)));
	TRY(stat("/proc/self/fd/1", &st));
	TRY(fd = open("/proc/self/fd", O_RDONLY | O_DIRECTORY));
	TRY(syscall(SYS_getdents64, fd, buf, sizeof(buf)));
out:
	SHUT(fd);
}

static void mounts(void)
{
	int mounted = 0, fd = -1;

	TRY(mkdir(DIR_NAME "/mnt", 0700));
	TRY(mount("none", DIR_NAME "/mnt", "tmpfs", 0, "size=64k"));
	mounted = 1;
	TRY(fd = open(DIR_NAME "/mnt/f", O_WRONLY | O_CREAT, 0600));
	TRY(write(fd, "text", 4));
out:
	SHUT(fd);
	if (mounted)
		umount(DIR_NAME "/mnt");
	rmdir(DIR_NAME "/mnt");
}

static void fifo(void)
{
	int r = -1, w = -1;

	TRY(mkfifo(DIR_NAME "/fifo", 0600));
	TRY(r = open(DIR_NAME "/fifo", O_RDONLY | O_NONBLOCK));
	TRY(w = open(DIR_NAME "/fifo", O_WRONLY | O_NONBLOCK));
	TRY(write(w, "text", 4));
out:
	SHUT(r);
	SHUT(w);
	unlink(DIR_NAME "/fifo");
}

static void nameless(void)
{
	char name[64];
	int fd = -1;

	TRY(fd = open(DIR_NAME, O_TMPFILE | O_RDWR, 0600));
	TRY(write(fd, "text", 4));
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	TRY(linkat(AT_FDCWD, name, AT_FDCWD, DIR_NAME "/named",
		   AT_SYMLINK_FOLLOW));
out:
	SHUT(fd);
	unlink(DIR_NAME "/named");
}

static int readable(int fd, int ms)
{
	struct pollfd p = {fd, POLLIN, 0};

	return poll(&p, 1, ms) > 0;
}

static void local_sockets(void)
{
	struct sockaddr_un un = {AF_UNIX, DIR_NAME "/sock"};
	char c[CMSG_SPACE(sizeof(int))] = "", b[4 * PAGE] = "";
	struct iovec v = {b, sizeof(b)};
	struct msghdr m = {.msg_iov = &v,
			   .msg_iovlen = 1,
			   .msg_control = c,
			   .msg_controllen = sizeof(c)};
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);
	int p[2] = {-1, -1}, d[2] = {-1, -1}, l = -1, s = -1, a = -1, got;

	sockets = 1;
	TRY(socketpair(AF_UNIX, SOCK_STREAM, 0, p));
	TRY(socketpair(AF_UNIX, SOCK_DGRAM, 0, d));
	TRY(write(p[0], b, sizeof(b)));
	while (readable(p[1], 0))
		TRY(read(p[1], b, sizeof(b)));
	TRY(write(d[0], b, 3 * PAGE));
	TRY(read(d[1], b, sizeof(b)));
	*h = (struct cmsghdr){CMSG_LEN(sizeof(int)), 0, SOL_SOCKET, SCM_RIGHTS};
	memcpy(CMSG_DATA(h), &d[0], sizeof(int));
	/* Two: one is received, one is lost with its socket. */
	v.iov_len = 1;
	TRY(sendmsg(p[0], &m, 0));
	TRY(sendmsg(p[0], &m, 0));
	TRY(recvmsg(p[1], &m, 0));
	memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(int));
	if (m.msg_controllen)
		close(got);
	TRY(l = socket(AF_UNIX, SOCK_STREAM, 0));
	TRY(bind(l, (void *)&un, sizeof(un)));
	TRY(listen(l, 3));
	TRY(s = socket(AF_UNIX, SOCK_STREAM, 0));
	TRY(connect(s, (void *)&un, sizeof(un)));
	TRY(a = accept(l, NULL, NULL));
	TRY(send(s, "x", 1, 0));
out:
	SHUT(p[0]);
	SHUT(p[1]);
	SHUT(d[0]);
	SHUT(d[1]);
	SHUT(l);
	SHUT(s);
	SHUT(a);
	unlink(un.sun_path);
}

static void loopback(struct sockaddr_in *a, int fd)
{
	socklen_t n = sizeof(*a);

	getsockname(fd, (void *)a, &n);
	a->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

/* A packet that finds no memory is lost: UDP never tells. */
static void udp_sockets(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	char b[3 * PAGE] = "";
	int r = -1, s = -1;

	sockets = 1;
	TRY(r = socket(AF_INET, SOCK_DGRAM, 0));
	TRY(s = socket(AF_INET, SOCK_DGRAM, 0));
	TRY(bind(r, (void *)&to, sizeof(to)));
	loopback(&to, r);
	TRY(sendto(s, b, sizeof(b), 0, (void *)&to, sizeof(to)));
	TRY(connect(s, (void *)&to, sizeof(to)));
	TRY(send(s, b, 100, 0));
	/* One that is read, one that is thrown away. */
	if (readable(r, 50))
		TRY(recv(r, b, sizeof(b), MSG_DONTWAIT));
	else
		failures++;
out:
	SHUT(r);
	SHUT(s);
}

/* TCP sends again what was lost; a connection may end all the same. */
static void tcp_sockets(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	struct timeval limit = {8, 0};
	struct linger hard = {1, 0};
	char b[3 * PAGE] = "";
	int l = -1, s = -1, a = -1;
	ssize_t n, got = 0;

	sockets = 1;
	TRY(l = socket(AF_INET, SOCK_STREAM, 0));
	TRY(bind(l, (void *)&to, sizeof(to)));
	TRY(listen(l, 3));
	loopback(&to, l);
	TRY(s = socket(AF_INET, SOCK_STREAM, 0));
	TRY(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)));
	TRY(connect(s, (void *)&to, sizeof(to)));
	if (!readable(l, 8000)) {
		failures++;
		goto out;
	}
	TRY(a = accept(l, NULL, NULL));
	TRY(setsockopt(a, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	TRY(n = write(s, b, sizeof(b)));
	while (got < n) {
		ssize_t r;

		TRY(r = read(a, b, sizeof(b)));
		if (!r) {
			failures++;
			break;
		}
		got += r;
	}
	/* No TIME-WAIT that would be counted as held. */
	setsockopt(s, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
out:
	SHUT(s);
	SHUT(a);
	SHUT(l);
}

static void posix_queues(void)
{
	struct mq_attr attr = {.mq_maxmsg = 40, .mq_msgsize = 3 * PAGE};
	struct sigevent ev = {.sigev_notify = SIGEV_NONE};
	struct epoll_event ee = {.events = EPOLLIN};
	char b[3 * PAGE] = "";
	mqd_t q = -1, r = -1;
	int ep = -1;

	TRY(q = mq_open("/inject", O_RDWR | O_CREAT | O_EXCL, 0600, &attr));
	TRY(r = mq_open("/inject", O_RDWR | O_NONBLOCK));
	TRY(mq_notify(q, &ev));
	TRY(ep = epoll_create1(0));
	TRY(epoll_ctl(ep, EPOLL_CTL_ADD, q, &ee));
	for (int i = 0; i < 20; i++)
		TRY(mq_send(r, b, i % 5 ? 10 : sizeof(b), i % 3));
	for (int i = 0; i < 10; i++)
		TRY(mq_receive(r, b, sizeof(b), NULL));
out:
	SHUT(ep);
	SHUT(q);
	SHUT(r);
	mq_unlink("/inject");
}

static void sysv_queues(void)
{
	struct {
		long type;
		char text[2 * PAGE];
	} m = {1, ""};
	struct sembuf ops[20] = {{0}};
	unsigned short vals[30] = {0};
	int q = -1, s = -1, s2 = -1;

	TRY(q = msgget(4711, IPC_CREAT | IPC_EXCL | 0600));
	TRY(msgsnd(q, &m, 5, 0));
	TRY(msgsnd(q, &m, sizeof(m.text), 0));
	TRY(msgrcv(q, &m, sizeof(m.text), 0, IPC_NOWAIT));
	TRY(s = semget(4711, 30, IPC_CREAT | 0600));
	TRY(s2 = semget(IPC_PRIVATE, 3, 0600));
	for (int i = 0; i < 20; i++)
		ops[i].sem_num = i;
	ops[0].sem_op = 1;
	TRY(semop(s, ops, 20));
	ops[1] = (struct sembuf){1, 1, SEM_UNDO};
	TRY(semop(s, ops, 2));
	TRY(semctl(s, 0, GETALL, vals));
	TRY(semctl(s, 0, SETALL, vals));
out:
	if (q >= 0)
		msgctl(q, IPC_RMID, NULL);
	if (s >= 0)
		semctl(s, 0, IPC_RMID);
	if (s2 >= 0)
		semctl(s2, 0, IPC_RMID);
}

/* Removed first: the last to detach must free it, whatever failed. */
static void sysv_memory(void)
{
	struct shmid_ds ds;
	char *a = MAP_FAILED, *b = MAP_FAILED;
	int id = -1;

	TRY(id = shmget(4711, 8 * PAGE, IPC_CREAT | IPC_EXCL | 0600));
	TRY(a = shmat(id, NULL, 0));
	TRY(shmctl(id, IPC_RMID, NULL));
	TRY(mlock(a, 3 * PAGE));
	TRY(b = shmat(id, NULL, SHM_RDONLY));
	TRY(mprotect(a + PAGE, PAGE, PROT_READ));
	TRY(munmap(b + 2 * PAGE, PAGE));
out:
	if (a != MAP_FAILED)
		shmdt(a);
	if (b != MAP_FAILED)
		shmdt(b);
	if (id >= 0 && a == MAP_FAILED)
		shmctl(id, IPC_RMID, NULL);
	if (id >= 0 && !shmctl(id, IPC_STAT, &ds)) {
		printf("the segment is there with %lu\n",
		       (unsigned long)ds.shm_nattch);
		wrong = 1;
	}
}

static void terminals(void)
{
	int m = -1, s = -1, t = -1, m2 = -1, s2 = -1, off = 0;
	char b[100] = "";

	TRY(mkdir(DIR_NAME "/pts", 0700));
	TRY(mount("devpts", DIR_NAME "/pts", "devpts", 0,
		  "mode=620,ptmxmode=666"));
	TRY(m = open(DIR_NAME "/pts/ptmx", O_RDWR | O_NOCTTY));
	TRY(ioctl(m, TIOCSPTLCK, &off));
	TRY(s = open(DIR_NAME "/pts/0", O_RDWR | O_NOCTTY));
	TRY(t = ioctl(m, TIOCGPTPEER, O_RDWR | O_NOCTTY));
	TRY(openpty(&m2, &s2, NULL, NULL, NULL));
	TRY(write(s, b, sizeof(b)));
	TRY(read(m, b, sizeof(b)));
	SHUT(m);
	m = -1;
	TRY(write(m2, "line\n", 5));
	TRY(read(s2, b, sizeof(b)));
out:
	SHUT(m);
	SHUT(s);
	SHUT(t);
	SHUT(m2);
	SHUT(s2);
	umount2(DIR_NAME "/pts", 0);
	rmdir(DIR_NAME "/pts");
}

static void (*const scenarios[])(void) = {
	make_and_write, names,	     directory,	    descriptors, pipes,
	copies,		locks,	     polling,	    memory,	 shared_memory,
	heap,		threads,     signals,	    proc,	 mounts,
	fifo,		nameless,    local_sockets, udp_sockets, tcp_sockets,
	posix_queues,	sysv_queues, sysv_memory,   terminals,
};

int main(int argc, char **argv)
{
	int count = sizeof(scenarios) / sizeof(*scenarios), i;
	int failed_rounds = 0;

	if (argc < 2) {
		printf("%d\n", count);
		return 0;
	}
	i = atoi(argv[1]);
	if (i < 0 || i >= count)
		return 2;
	while (mkdir(DIR_NAME, 0700) < 0 && errno != EEXIST)
		continue;
	for (int round = 0; round < 3; round++) {
		failures = 0;
		scenarios[i]();
		failed_rounds += failures > 0;
	}
	if (failed_rounds > 1) {
		printf("calls failed in %d rounds\n", failed_rounds);
		wrong = 1;
	}
	rmdir(DIR_NAME);
	return wrong;
}
