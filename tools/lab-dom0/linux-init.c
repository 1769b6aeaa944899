/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first process of the reference Linux domU: what a Posixen guest is
 * compared with. It runs one command and speaks the framed console for it
 * (docs/console-protocol.md), so that the same run-domu code drives both.
 *
 *	init PROGRAM ARG...	from the file /.posixen/args, NUL after each
 *
 * Metrics: init_ns and exec_ns, Linux's CLOCK_BOOTTIME when this process
 * began and when it started the command; net_ns, when packets could pass.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <net/route.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define CHUNK  4096
#define WINDOW 16384
#define ARGS   1024

static int console;
static pid_t child;

static void put(const void *buf, size_t n)
{
	const char *p = buf;

	while (n > 0) {
		ssize_t r = write(console, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return;
		p += r;
		n -= r;
	}
}

static void frame(char type, const void *buf, size_t n)
{
	char head[3] = {type, (char)n, (char)(n >> 8)};

	put(head, sizeof(head));
	put(buf, n);
}

__attribute__((format(printf, 2, 3))) static void text(char type,
						       const char *fmt, ...)
{
	char buf[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	frame(type, buf, n);
}

static void metric(const char *name)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	text('m', "%s=%lld", name, ts.tv_sec * 1000000000ll + ts.tv_nsec);
}

static void set_up(void)
{
	struct termios t;
	int fd;

	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mkdir("/tmp", 01777);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	/* The console is for frames: no more messages of the kernel on it. */
	fd = open("/proc/sys/kernel/printk", O_WRONLY | O_CLOEXEC);
	(void)!write(fd, "1", 1);
	close(fd);
	console = open("/dev/hvc0", O_RDWR | O_NOCTTY | O_CLOEXEC);
	tcgetattr(console, &t);
	cfmakeraw(&t);
	tcsetattr(console, TCSANOW, &t);
}

/* Field n of ip= on the command line, as its first word has it; "" if none. */
static const char *ip_field(int n)
{
	static char line[2048], field[64];
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	ssize_t size = read(fd, line, sizeof(line) - 1);
	char *p;

	close(fd);
	line[size > 0 ? size : 0] = '\0';
	p = strstr(line, " ip=");
	if (!p)
		return "";
	for (p += 4; n > 0 && *p && *p != ' ' && *p != '\n'; p++)
		n -= *p == ':';
	size = strcspn(p, ": \n");
	snprintf(field, sizeof(field), "%.*s", n ? 0 : (int)size, p);
	return field;
}

static int address(struct sockaddr *sa, const char *text)
{
	struct sockaddr_in *in = (struct sockaddr_in *)sa;

	memset(in, 0, sizeof(*in));
	in->sin_family = AF_INET;
	return inet_pton(AF_INET, text, &in->sin_addr);
}

static void interface_up(int fd, const char *name)
{
	struct ifreq ifr = {0};

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	ioctl(fd, SIOCGIFFLAGS, &ifr);
	ifr.ifr_flags |= IFF_UP;
	ioctl(fd, SIOCSIFFLAGS, &ifr);
}

/*
 * Load the driver if it is there, and give eth0 the address of ip=
 * CLIENT:SERVER:GATEWAY:NETMASK as the kernel would, which in Debian cannot:
 * its driver is a module. Waits until packets can pass, 10 s at most.
 */
static void set_up_network(void)
{
	struct ifreq ifr = {0};
	struct rtentry route = {.rt_flags = RTF_UP | RTF_GATEWAY};
	int module = open("/lib/xen-netfront.ko", O_RDONLY | O_CLOEXEC);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	interface_up(fd, "lo");
	if (module < 0 || syscall(SYS_finit_module, module, "", 0) < 0)
		goto out;
	strcpy(ifr.ifr_name, "eth0");
	for (int i = 0; i < 1000 && ioctl(fd, SIOCGIFFLAGS, &ifr) < 0; i++)
		usleep(10000);
	if (address(&ifr.ifr_addr, ip_field(0)) == 1)
		ioctl(fd, SIOCSIFADDR, &ifr);
	if (address(&ifr.ifr_netmask, ip_field(3)) == 1)
		ioctl(fd, SIOCSIFNETMASK, &ifr);
	interface_up(fd, "eth0");
	address(&route.rt_dst, "0.0.0.0");
	address(&route.rt_genmask, "0.0.0.0");
	if (address(&route.rt_gateway, ip_field(2)) == 1)
		ioctl(fd, SIOCADDRT, &route);
	for (int i = 0; i < 1000; i++) {
		ioctl(fd, SIOCGIFFLAGS, &ifr);
		if (ifr.ifr_flags & IFF_RUNNING)
			break;
		usleep(10000);
	}
	metric("net_ns");
out:
	close(module);
	close(fd);
}

static void power_off(void)
{
	/* Wait until the other side has taken everything. */
	tcdrain(console);
	sync();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

/* The words of /.posixen/args; NULL-terminated. */
static char **arguments(void)
{
	static char buf[65536];
	static char *argv[ARGS];
	int fd = open("/.posixen/args", O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, buf, sizeof(buf) - 1);
	int argc = 0;

	close(fd);
	for (char *p = buf; n > 0 && p < buf + n && argc < ARGS - 1;
	     p += strlen(p) + 1)
		argv[argc++] = p;
	return argv;
}

static void start(char **argv, int in[2], int out[2], int err[2])
{
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) ||
	    pipe2(err, O_CLOEXEC))
		return;
	child = fork();
	if (child == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(err[1], 2);
		setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 1);
		setenv("HOME", "/", 1);
		execvp(argv[0], argv);
		dprintf(2, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	close(err[1]);
	/* A program that does not read its input must not stop its output. */
	fcntl(in[1], F_SETFL, O_NONBLOCK);
}

/* Frames from the other side: kept until the command has taken them. */
static struct {
	char buf[WINDOW + 64];
	size_t n;
	int eof;
} input;

static void take_input(void)
{
	ssize_t r =
		read(console, input.buf + input.n, sizeof(input.buf) - input.n);

	if (r > 0)
		input.n += r;
}

static void drop(size_t n)
{
	input.n -= n;
	memmove(input.buf, input.buf + n, input.n);
}

/* Act on the frame at the start of the buffer; 0 when it must wait. */
static int act(int *to)
{
	size_t len = (unsigned char)input.buf[1] | (unsigned char)input.buf[2]
							   << 8;
	char *body = input.buf + 3;
	ssize_t r;

	if (input.n < 3)
		return 0;
	if (input.buf[0] == 'i' && input.n > 3) {
		/* Pass on what has come of it and make the frame shorter. */
		size_t have = input.n - 3 < len ? input.n - 3 : len;

		r = *to < 0 ? (ssize_t)have : write(*to, body, have);
		if (r < 0 && errno == EAGAIN)
			return 0;
		if (r < 0) {
			close(*to);
			*to = -1;
			r = have;
		}
		memmove(body, body + r, input.n - 3 - r);
		input.n -= r;
		len -= r;
		input.buf[1] = len;
		input.buf[2] = len >> 8;
		text('w', "%zd", r);
		if (len == 0)
			drop(3);
		return 1;
	}
	if (input.n < 3 + len)
		return 0;
	if (input.buf[0] == 'z' && *to >= 0) {
		close(*to);
		*to = -1;
	} else if (input.buf[0] == 's') {
		char c = body[len];

		body[len] = '\0';
		kill(child, atoi(body));
		body[len] = c;
	}
	drop(3 + len);
	return 1;
}

static void forward(char type, int *fd)
{
	char buf[CHUNK];
	ssize_t n = read(*fd, buf, sizeof(buf));

	if (n > 0) {
		frame(type, buf, n);
	} else if (n == 0 || errno != EINTR) {
		close(*fd);
		*fd = -1;
	}
}

static void pump(int to, int out, int err)
{
	while (out >= 0 || err >= 0) {
		struct pollfd fds[4] = {
			{console, input.n < sizeof(input.buf) ? POLLIN : 0, 0},
			{out, POLLIN, 0},
			{err, POLLIN, 0},
			{input.n > 3 ? to : -1, POLLOUT, 0},
		};

		if (poll(fds, 4, -1) < 0)
			continue;
		if (fds[1].revents)
			forward('o', &out);
		if (fds[2].revents)
			forward('e', &err);
		if (fds[0].revents & POLLIN)
			take_input();
		while (act(&to))
			;
	}
}

int main(void)
{
	int in[2], out[2], err[2], status = 127 << 8;
	char **argv;

	set_up();
	put("\0PX1", 4);
	metric("init_ns");
	set_up_network();
	signal(SIGPIPE, SIG_IGN);
	argv = arguments();
	text('w', "%d", WINDOW);
	metric("exec_ns");
	start(argv, in, out, err);
	pump(in[1], out[0], err[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		text('x', "signal %d", WTERMSIG(status));
	else
		text('x', "exit %d", WEXITSTATUS(status));
	power_off();
}
