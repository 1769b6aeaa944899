/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions of t.h. */
#include "t.h"
#include "runner.h"

/* clang-format off */
#define E(name) [name] = #name
static const char *const names[] = {
	E(EPERM), E(ENOENT), E(ESRCH), E(EINTR), E(EIO), E(ENXIO), E(E2BIG),
	E(ENOEXEC), E(EBADF), E(ECHILD), E(EAGAIN), E(ENOMEM), E(EACCES),
	E(EFAULT), E(ENOTBLK), E(EBUSY), E(EEXIST), E(EXDEV), E(ENODEV),
	E(ENOTDIR), E(EISDIR), E(EINVAL), E(ENFILE), E(EMFILE), E(ENOTTY),
	E(ETXTBSY), E(EFBIG), E(ENOSPC), E(ESPIPE), E(EROFS), E(EMLINK),
	E(EPIPE), E(EDOM), E(ERANGE), E(EDEADLK), E(ENAMETOOLONG), E(ENOLCK),
	E(ENOSYS), E(ENOTEMPTY), E(ELOOP), E(ENOMSG), E(EIDRM), E(ENODATA),
	E(ETIME), E(EPROTO), E(EBADMSG), E(EOVERFLOW), E(EILSEQ), E(EUSERS),
	E(ENOTSOCK), E(EDESTADDRREQ), E(EMSGSIZE), E(EPROTOTYPE),
	E(ENOPROTOOPT), E(EPROTONOSUPPORT), E(ESOCKTNOSUPPORT), E(EOPNOTSUPP),
	E(EPFNOSUPPORT), E(EAFNOSUPPORT), E(EADDRINUSE), E(EADDRNOTAVAIL),
	E(ENETDOWN), E(ENETUNREACH), E(ENETRESET), E(ECONNABORTED),
	E(ECONNRESET), E(ENOBUFS), E(EISCONN), E(ENOTCONN), E(ETIMEDOUT),
	E(ECONNREFUSED), E(EHOSTUNREACH), E(EALREADY), E(EINPROGRESS),
	E(ESTALE), E(EDQUOT), E(ECANCELED), E(EOWNERDEAD), E(ENOTRECOVERABLE),
};
/* clang-format on */

const char *t_errno_name(int err)
{
	static char unknown[16];

	if (err > 0 && err < (int)(sizeof(names) / sizeof(names[0])) &&
	    names[err])
		return names[err];
	snprintf(unknown, sizeof(unknown), "E%d", err);
	return unknown;
}

void t_say(const char *fmt, ...)
{
	char line[2000];
	int saved = errno;
	size_t done = 0;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof(line))
		n = sizeof(line) - 1;
	while (done < (size_t)n) {
		ssize_t w = write(1, line + done, n - done);

		if (w < 0 && errno != EINTR)
			break;
		if (w > 0)
			done += w;
	}
	errno = saved;
}

void t_ret(const char *name, long ret)
{
	t_say("%s: %s\n", name, ret < 0 ? t_errno_name(errno) : "ok");
}

void t_val(const char *name, long ret)
{
	if (ret < 0)
		t_ret(name, ret);
	else
		t_say("%s: %ld\n", name, ret);
}

void t_is(const char *name, int cond)
{
	t_say("%s: %s\n", name, cond ? "yes" : "no");
}

void t_bytes(const char *name, const void *p, size_t n)
{
	const unsigned char *b = p;
	char out[1200];
	size_t i, o = 0;

	for (i = 0; i < n && o < sizeof(out) - 5; i++) {
		if (b[i] >= ' ' && b[i] < 0x7f)
			out[o++] = b[i];
		else
			o += snprintf(out + o, 5, "\\x%02x", b[i]);
	}
	out[o] = 0;
	t_say("%s: \"%s\"%s\n", name, out, i < n ? "..." : "");
}

void t_str(const char *name, const char *s)
{
	t_bytes(name, s, strlen(s));
}

static void broken(const char *what, const char *path)
{
	t_say("test is broken: %s %s: %s\n", what, path, t_errno_name(errno));
	runner_leave(99);
}

void t_skip(const char *why)
{
	t_say("SKIP: %s\n", why);
	runner_leave(77);
}

void t_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0)
		broken("create", path);
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		broken("write", path);
	close(fd);
}

void t_cat(const char *name, const char *path)
{
	char buf[1000];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof(buf));

	if (n < 0)
		t_ret(name, -1);
	else
		t_bytes(name, buf, n);
	if (fd >= 0)
		close(fd);
}

void t_stat(const char *name, const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0) {
		t_ret(name, -1);
		return;
	}
	t_say("%s: mode %o links %d uid %d gid %d", name, st.st_mode,
	      (int)st.st_nlink, (int)st.st_uid, (int)st.st_gid);
	/* The size of a directory is the filesystem's business. */
	if (!S_ISDIR(st.st_mode))
		t_say(" size %lld", (long long)st.st_size);
	t_say("\n");
}

unsigned int t_rnd(uint64_t *state, unsigned int n)
{
	*state = *state * 6364136223846793005 + 1442695040888963407;
	return (*state >> 33) % n;
}

static void does_nothing(int sig)
{
}

void t_catch(int sig, int flags)
{
	struct sigaction sa = {.sa_handler = does_nothing, .sa_flags = flags};

	sigaction(sig, &sa, NULL);
}

static pthread_t interrupted;

static void *interrupter(void *arg)
{
	usleep(50000);
	pthread_kill(interrupted, SIGUSR1);
	return arg;
}

pthread_t t_interrupt_soon(void)
{
	pthread_t th;

	interrupted = pthread_self();
	pthread_create(&th, NULL, interrupter, NULL);
	return th;
}
