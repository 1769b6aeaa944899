/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tracer against strace(1) itself.
 *
 * Each call below is made on the build machine's Linux between
 * shim_trace_enter() and shim_trace_exit(), and the whole program runs under
 * strace: both write a line about the same call, and the lines must be equal.
 * A few lines whose text is known are compared without strace, so that the
 * test says something on a machine where strace cannot run.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include "unit.h"

/* The kernel's header next to the C library's: only what is needed here. */
struct px_call {
	void (*handler)(void);
	void (*thunk)(void);
	const void *types[6];
	uint16_t nr;
	uint8_t argc;
	uint8_t state;
	char name[];
};

struct px_frame {
	long ret;
	const struct px_call *call;
	uint64_t args[6];
	uint64_t user[8];
};

struct trace;
void shim_trace_init(void);
void shim_trace_enter(struct px_frame *f, struct trace *t);
void shim_trace_exit(struct px_frame *f, struct trace *t);

/* What the tracer asks of the runtime. */
void *current_thread;
static struct {
	char pad[40];
	void *proc;
} thread;
static const char *trace_param = "1";
static char out[65536];
static size_t out_len;

void plat_log(const char *s, size_t n)
{
	if (n > sizeof(out) - 1 - out_len)
		n = sizeof(out) - 1 - out_len;
	memcpy(out + out_len, s, n);
	out_len += n;
	out[out_len] = 0;
}

void klog(const char *fmt, ...)
{
}

const char *param_get(const char *name)
{
	return strcmp(name, "trace") == 0 ? trace_param : NULL;
}

/* What stats.c asks for, which is off. */
void *kzalloc(size_t n)
{
	return NULL;
}

uint64_t plat_monotonic_ns(void)
{
	return 0;
}

void plat_metric(const char *name, uint64_t value)
{
}

long kernel_exit_work(long ret)
{
	return ret;
}

long sys_exit(int code)
{
	return 0;
}

/* Reads its own memory in a way that survives bad addresses. */
static pid_t self;

size_t copy_in_some(void *dst, const void *src, size_t n)
{
	struct iovec to = {dst, n}, from = {(void *)src, n};
	long got = process_vm_readv(self, &to, 1, &from, 1, 0);
	size_t page = 4096 - ((uintptr_t)src & 4095);

	if (got < 0 && page < n) {
		to.iov_len = from.iov_len = page;
		got = process_vm_readv(self, &to, 1, &from, 1, 0);
	}
	return got < 0 ? 0 : got;
}

int copy_in(void *dst, const void *src, size_t n)
{
	return n == 0 || copy_in_some(dst, src, n) == n ? 0 : -EFAULT;
}

/* The row of a call, by the name of its object. */
#define ROW(nr, name, ...) extern const struct px_call px_call_##name;
#include "../../shim/rows.h"

static long trace_call(const struct px_call *call, int make, long ret, ...)
{
	static uint64_t trace[100];
	struct px_frame f = {.call = call};
	va_list ap;
	int i;

	va_start(ap, ret);
	for (i = 0; i < 6; i++)
		f.args[i] = va_arg(ap, long);
	va_end(ap);
	shim_trace_enter(&f, (void *)trace);
	if (make) {
		f.ret = syscall(call->nr, f.args[0], f.args[1], f.args[2],
				f.args[3], f.args[4], f.args[5]);
		if (f.ret == -1)
			f.ret = -errno;
	} else {
		f.ret = ret;
	}
	shim_trace_exit(&f, (void *)trace);
	return f.ret;
}

#define ARGS(a, b, c, d, e, f, ...)                                            \
	(long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f)
/* Make the call and trace it; pretend that it returned ret. */
#define DO(name, ...)                                                          \
	trace_call(&px_call_##name, 1, 0,                                      \
		   ARGS(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0))
#define SAY(name, ret, ...)                                                    \
	trace_call(&px_call_##name, 0, ret,                                    \
		   ARGS(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0))

#include "strace_calls.h"

static void known_lines(void)
{
	out_len = 0;
	SAY(openat, 3, AT_FDCWD, "/x", O_RDONLY);
	SAY(openat, -ENOENT, AT_FDCWD, "/x", O_RDWR | O_CREAT | O_CLOEXEC,
	    0644);
	SAY(read, 5, 0, "a\"\n\0011", 100);
	SAY(write, 40, 1, "0123456789012345678901234567890123456789", 40);
	SAY(exit_group, 0, 3);
	SAY(lseek, -EBADF, 9, -5, 1);
	CHECK_STR(out,
		  "openat(AT_FDCWD, \"/x\", O_RDONLY) = 3\n"
		  "openat(AT_FDCWD, \"/x\", O_RDWR|O_CREAT|O_CLOEXEC, 0644)"
		  " = -1 ENOENT (No such file or directory)\n"
		  "read(0, \"a\\\"\\n\\0011\", 100) = 5\n"
		  "write(1, \"01234567890123456789012345678901\"..., 40) = 40\n"
		  "exit_group(3) = ?\n"
		  "lseek(9, -5, SEEK_CUR) = -1 EBADF (Bad file descriptor)\n");

	trace_param = "lseek,close";
	shim_trace_init();
	out_len = 0;
	SAY(openat, 3, AT_FDCWD, "/x", O_RDONLY);
	SAY(close, 0, 3);
	SAY(clone, 0, 3);
	SAY(lseek, 0, 3, 0, 2);
	CHECK_STR(out, "close(3) = 0\nlseek(3, 0, SEEK_END) = 0\n");
}

/* Nonsense in all arguments of every call, as a wild program makes it: the
 * tracer reads what it is given and must survive, and end every line. */
static void nonsense(void)
{
	static const struct px_call *const calls[] = {
#define ROW(nr, name, ...) &px_call_##name,
#include "../../shim/rows.h"
	};
	static char text[200];
	long pick[] = {0,
		       1,
		       8,
		       -1,
		       77,
		       -100,
		       4096,
		       0x7fffffff,
		       (long)text,
		       (long)&pick,
		       (long)&text[199],
		       1L << 62,
		       (long)calls};
	unsigned int seed = 1, i, n, lines = 0;
	size_t at;

	memset(text, 'x', sizeof(text));
	for (n = 0; n < 40; n++) {
		for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
			long a[6], ret = rand_r(&seed) % 3
						 ? rand_r(&seed) % 100
						 : -(rand_r(&seed) % 600);
			int k;

			for (k = 0; k < 6; k++)
				a[k] = pick[rand_r(&seed) % 13];
			out_len = 0;
			trace_call(calls[i], 0, ret, a[0], a[1], a[2], a[3],
				   a[4], a[5]);
			CHECK(out_len < sizeof(out) - 1);
			for (at = 0; at < out_len; at++)
				lines += out[at] == '\n';
		}
	}
	CHECK(lines == 40 * sizeof(calls) / sizeof(calls[0]));
}

/* Compare what strace wrote between the two getppid() with our lines. */
static void compare(const char *path)
{
	static char theirs[1 << 20], a[70000], b[70000];
	int fd = open(path, O_RDONLY), lines = 0;
	ssize_t n = read(fd, theirs, sizeof(theirs) - 1);
	char *p = NULL, *q = out;
	const char *mark;

	if (n > 0) {
		theirs[n] = 0;
		mark = strstr(theirs, "getppid()");
		p = mark ? strchr(mark, '\n') + 1 : NULL;
	}
	CHECK(p != NULL);
	while (p && *q && strncmp(p, "getppid()", 9) != 0) {
		size_t np = strcspn(p, "\n"), nq = strcspn(q, "\n");

		snprintf(a, sizeof(a), "%.*s", (int)np, p);
		snprintf(b, sizeof(b), "%.*s", (int)nq, q);
		CHECK_STR(b, a);
		lines++;
		p += np + 1;
		q += nq + !!q[nq];
	}
	CHECK(!*q && lines > 100);
	close(fd);
}

static int under_strace(const char *self, char *path)
{
	int status, fd = mkstemp(path);
	pid_t pid;

	close(fd);
	pid = fork();
	if (pid == 0) {
		/* Nothing of strace's own to the log. */
		dup2(open("/dev/null", O_WRONLY), 2);
		execlp("strace", "strace", "-a1", "-qq", "-o", path, "-e",
		       "trace=!process_vm_readv", "-e", "signal=none", self,
		       "calls", (char *)NULL);
		_exit(126);
	}
	waitpid(pid, &status, 0);
	return status;
}

int main(int argc, char **argv)
{
	char path[] = "/tmp/posixen-strace.XXXXXX";
	int status;

	current_thread = &thread;
	self = getpid();
	shim_trace_init();
	if (argc > 1) {
		syscall(SYS_getppid);
		make_calls();
		syscall(SYS_getppid);
		if (system("rm -r /tmp/px-strace") < 0)
			return 1;
		return write(1, out, out_len) < 0;
	}
	nonsense();
	known_lines();
	if (system("strace -qq -o /dev/null true 2>/dev/null") != 0) {
		printf("strace cannot run here: compared known lines only\n");
		return unit_done();
	}
	/* The child's lines come back through a pipe, strace's in a file. */
	{
		int fds[2];

		if (pipe(fds) < 0)
			return 1;
		fcntl(fds[1], F_SETPIPE_SZ, 1 << 20);
		dup2(fds[1], 9);
		close(fds[1]);
		fflush(stdout);
		status = dup(1);
		dup2(9, 1);
		close(9);
		argc = under_strace(argv[0], path);
		dup2(status, 1);
		close(status);
		CHECK(argc == 0);
		out_len = 0;
		for (;;) {
			ssize_t n = read(fds[0], out + out_len,
					 sizeof(out) - 1 - out_len);
			if (n <= 0)
				break;
			out_len += n;
		}
		out[out_len] = 0;
	}
	compare(path);
	unlink(path);
	return unit_done();
}
