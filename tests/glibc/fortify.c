/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fortified functions, called by their own names so that the compiler has
 * no say: each with room enough, and those that can overflow with too little.
 */
#define _GNU_SOURCE
#include "test.h"
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <syslog.h>
#include <unistd.h>

#define UNKNOWN ((size_t)-1)

void *__memcpy_chk(void *, const void *, size_t, size_t);
void *__mempcpy_chk(void *, const void *, size_t, size_t);
void *__memmove_chk(void *, const void *, size_t, size_t);
void *__memset_chk(void *, int, size_t, size_t);
void __explicit_bzero_chk(void *, size_t, size_t);
char *__strcpy_chk(char *, const char *, size_t);
char *__stpcpy_chk(char *, const char *, size_t);
char *__strncpy_chk(char *, const char *, size_t, size_t);
char *__stpncpy_chk(char *, const char *, size_t, size_t);
char *__strcat_chk(char *, const char *, size_t);
char *__strncat_chk(char *, const char *, size_t, size_t);
int __sprintf_chk(char *, int, size_t, const char *, ...);
int __snprintf_chk(char *, size_t, int, size_t, const char *, ...);
int __printf_chk(int, const char *, ...);
int __fprintf_chk(FILE *, int, const char *, ...);
int __dprintf_chk(int, int, const char *, ...);
int __asprintf_chk(char **, int, const char *, ...);
int __vprintf_chk(int, const char *, va_list);
void __syslog_chk(int, int, const char *, ...);
char *__fgets_chk(char *, size_t, int, FILE *);
char *__fgets_unlocked_chk(char *, size_t, int, FILE *);
char *__gets_chk(char *, size_t);
size_t __fread_chk(void *, size_t, size_t, size_t, FILE *);
size_t __fread_unlocked_chk(void *, size_t, size_t, size_t, FILE *);
ssize_t __read_chk(int, void *, size_t, size_t);
ssize_t __pread_chk(int, void *, size_t, off_t, size_t);
ssize_t __pread64_chk(int, void *, size_t, off_t, size_t);
ssize_t __recv_chk(int, void *, size_t, size_t, int);
ssize_t __recvfrom_chk(int, void *, size_t, size_t, int, struct sockaddr *,
		       socklen_t *);
ssize_t __readlink_chk(const char *, char *, size_t, size_t);
ssize_t __readlinkat_chk(int, const char *, char *, size_t, size_t);
char *__realpath_chk(const char *, char *, size_t);
char *__getcwd_chk(char *, size_t, size_t);
char *__getwd_chk(char *, size_t);
size_t __confstr_chk(int, char *, size_t, size_t);
int __gethostname_chk(char *, size_t, size_t);
int __getdomainname_chk(char *, size_t, size_t);
int __getlogin_r_chk(char *, size_t, size_t);
int __ttyname_r_chk(int, char *, size_t, size_t);
int __ptsname_r_chk(int, char *, size_t, size_t);
int __getgroups_chk(int, gid_t *, size_t);
int __poll_chk(struct pollfd *, nfds_t, int, size_t);
int __ppoll_chk(struct pollfd *, nfds_t, const struct timespec *,
		const sigset_t *, size_t);
long __fdelt_chk(long);
int __open_2(const char *, int);
int __open64_2(const char *, int);
int __openat_2(int, const char *, int);
int __openat64_2(int, const char *, int);
void __longjmp_chk(sigjmp_buf, int);
void __stack_chk_fail(void);
void __chk_fail(void);

static char to[64];

static void memory(void)
{
	TRY(__memcpy_chk(to, "abcdefg", 8, 8));
	SHOW_STRING(to);
	TRY(__memcpy_chk(to, "abcdefg", 8, 7));
	TRY(SHOW((char *)__mempcpy_chk(to, "ab", 3, UNKNOWN) - to));
	TRY(__mempcpy_chk(to, "ab", 3, 2));
	TRY(SHOW((char *)__memmove_chk(to + 1, to, 3, 63) - to));
	SHOW_STRING(to);
	TRY(__memmove_chk(to + 1, to, 3, 2));
	TRY(__memset_chk(to, 'x', 4, 4));
	SHOW_STRING(to);
	TRY(__memset_chk(to, 'x', 4, 3));
	TRY(__explicit_bzero_chk(to, 4, 4));
	SHOW(to[0]);
	TRY(__explicit_bzero_chk(to, 4, 3));
}

static void strings(void)
{
	TRY(SHOW_STRING(__strcpy_chk(to, "1234", 5)));
	TRY(__strcpy_chk(to, "1234", 4));
	TRY(SHOW(__stpcpy_chk(to, "1234", 5) - to));
	TRY(__stpcpy_chk(to, "1234", 4));
	TRY(SHOW_STRING(__strncpy_chk(to, "ab", 6, 6)));
	TRY(__strncpy_chk(to, "ab", 6, 5));
	TRY(SHOW(__stpncpy_chk(to, "ab", 6, 6) - to));
	TRY(__stpncpy_chk(to, "ab", 6, 5));
	strcpy(to, "12");
	TRY(SHOW_STRING(__strcat_chk(to, "34", 5)));
	strcpy(to, "12");
	TRY(__strcat_chk(to, "34", 4));
	strcpy(to, "1234");
	TRY(__strcat_chk(to, "", 3));
	strcpy(to, "12");
	TRY(SHOW_STRING(__strncat_chk(to, "3456", 2, 5)));
	strcpy(to, "12");
	TRY(__strncat_chk(to, "3456", 2, 4));
	strcpy(to, "12");
	TRY(SHOW_STRING(__strncat_chk(to, "", 9, 3)));
}

static void formats(void)
{
	char writable[16] = "%n\n", plain[] = "%%n %d\n";
	char *made = NULL;
	int n = 0;

	TRY(SHOW(__sprintf_chk(to, 1, 5, "%d", 1234)));
	TRY(__sprintf_chk(to, 1, 4, "%d", 1234));
	TRY(__sprintf_chk(to, 1, 0, "%s", ""));
	TRY(SHOW(__sprintf_chk(to, 1, UNKNOWN, "%d", 1234)));
	TRY(SHOW(__snprintf_chk(to, 3, 1, 4, "%d", 1234)));
	SHOW_STRING(to);
	TRY(__snprintf_chk(to, 5, 1, 4, "%d", 1));
	TRY(SHOW(__asprintf_chk(&made, 1, "%s-%d", "x", 7)));
	SHOW_STRING(made);
	free(made);
	TRY(SHOW(__printf_chk(1, "%s\n", "printf")));
	TRY(SHOW(__fprintf_chk(stdout, 1, "%s\n", "fprintf")));
	fflush(stdout);
	TRY(SHOW(__dprintf_chk(1, 1, "%s\n", "dprintf")));
	/* A constant format may hold %n, one that can be written may not. */
	TRY(__printf_chk(1, "abc%n\n", &n));
	SHOW(n);
	TRY(__printf_chk(1, writable, &n));
	TRY(__printf_chk(0, writable, &n));
	SHOW(n);
	TRY(__printf_chk(1, plain, 5));
	TRY(__sprintf_chk(to, 1, 64, writable, &n));
	TRY(__printf_chk(1, "%2$d %1$d\n", 1, 2));
	TRY(__printf_chk(1, "%1$d %3$d\n", 1, 2, 3));
	TRY(__syslog_chk(LOG_INFO, 1, writable, &n));
}

static void streams(void)
{
	static const char text[] = "first\nsecond line\nthird";
	FILE *f = fmemopen((void *)text, sizeof(text) - 1, "r");

	TRY(SHOW_STRING(__fgets_chk(to, 64, 64, f)));
	TRY(SHOW_STRING(__fgets_chk(to, 16, 100, f)));
	TRY(SHOW_STRING(__fgets_unlocked_chk(to, 64, 4, f)));
	TRY(SHOW_STRING(__fgets_chk(to, 64, 100, f)));
	TRY(SHOW_STRING(__fgets_chk(to, 64, 100, f)));
	rewind(f);
	TRY(SHOW_STRING(__fgets_chk(to, 6, 100, f)));
	rewind(f);
	TRY(SHOW_STRING(__fgets_chk(to, 7, 100, f)));
	TRY(__fgets_unlocked_chk(to, 3, 100, f));
	rewind(f);
	TRY(SHOW(__fread_chk(to, 10, 2, 5, f)));
	TRY(SHOW(__fread_unlocked_chk(to, 10, 5, 1, f)));
	TRY(__fread_chk(to, 9, 2, 5, f));
	TRY(__fread_unlocked_chk(to, 4, 5, 1, f));
	TRY(__fread_chk(to, 10, UNKNOWN / 2, 3, f));
	fclose(f);
}

static void from_stdin(void)
{
	int fds[2], before = dup(0);

	if (pipe(fds) || dup2(fds[0], 0) < 0 ||
	    write(fds[1], "one\ntwo long\n", 13) != 13)
		return;
	close(fds[1]);
	TRY(SHOW_STRING(__gets_chk(to, 4)));
	TRY(__gets_chk(to, 8));
	dup2(before, 0);
	close(before);
	close(fds[0]);
}

static void descriptors(void)
{
	struct pollfd polled[2] = {{-1, 0, 0}, {-1, 0, 0}};
	struct timespec none = {0, 0};
	int fds[2];
	int file = open("/tmp/fortify", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) ||
	    write(file, "0123456789", 10) != 10)
		return;
	TRY(SHOW(__pread_chk(file, to, 4, 2, 4)));
	TRY(__pread_chk(file, to, 4, 2, 3));
	TRY(SHOW(__pread64_chk(file, to, 4, 8, 4)));
	TRY(__pread64_chk(file, to, 4, 8, 3));
	lseek(file, 0, SEEK_SET);
	TRY(SHOW(__read_chk(file, to, 10, 10)));
	TRY(__read_chk(file, to, 10, 9));
	SHOW(send(fds[0], "abcd", 4, 0));
	TRY(SHOW(__recv_chk(fds[1], to, 2, 2, 0)));
	TRY(SHOW(__recvfrom_chk(fds[1], to, 2, 2, 0, NULL, NULL)));
	TRY(__recv_chk(fds[1], to, 2, 1, 0));
	TRY(__recvfrom_chk(fds[1], to, 2, 1, 0, NULL, NULL));
	TRY(SHOW(__poll_chk(polled, 2, 0, sizeof(polled))));
	TRY(__poll_chk(polled, 2, 0, sizeof(polled) - 1));
	TRY(SHOW(__ppoll_chk(polled, 2, &none, NULL, sizeof(polled))));
	TRY(__ppoll_chk(polled, 3, &none, NULL, sizeof(polled)));
	TRY(SHOW(__fdelt_chk(64)));
	TRY(SHOW(__fdelt_chk(1023)));
	TRY(__fdelt_chk(1024));
	TRY(__fdelt_chk(-1));
	close(fds[0]);
	close(fds[1]);
	close(file);
	unlink("/tmp/fortify");
}

static void names(void)
{
	char path[PATH_MAX];
	gid_t groups[64];

	SHOW(symlink("/tmp", "/tmp/fortify-link"));
	TRY(SHOW(__readlink_chk("/tmp/fortify-link", to, 9, 9)));
	TRY(__readlink_chk("/tmp/fortify-link", to, 9, 8));
	TRY(SHOW(__readlinkat_chk(AT_FDCWD, "/tmp/fortify-link", to, 9, 9)));
	TRY(__readlinkat_chk(AT_FDCWD, "/tmp/fortify-link", to, 9, 8));
	TRY(SHOW_STRING(__realpath_chk("/tmp/fortify-link", path, PATH_MAX)));
	TRY(__realpath_chk("/tmp/fortify-link", to, 64));
	unlink("/tmp/fortify-link");
	SHOW(chdir("/tmp"));
	TRY(SHOW_STRING(__getcwd_chk(to, 5, 5)));
	TRY(__getcwd_chk(to, 5, 4));
	TRY(SHOW_STRING(__getwd_chk(to, 5)));
	TRY(__getwd_chk(to, 4));
	TRY(SHOW(__confstr_chk(_CS_PATH, path, 100, 100)));
	TRY(__confstr_chk(_CS_PATH, path, 100, 99));
	TRY(SHOW(__gethostname_chk(to, 64, 64)));
	TRY(__gethostname_chk(to, 64, 63));
	TRY(SHOW(__getdomainname_chk(to, 64, 64)));
	TRY(__getdomainname_chk(to, 64, 63));
	TRY(__getlogin_r_chk(to, 64, 63));
	TRY(SHOW(__ttyname_r_chk(-1, to, 64, 64)));
	TRY(__ttyname_r_chk(-1, to, 64, 63));
	TRY(SHOW(__ptsname_r_chk(-1, to, 64, 64)));
	TRY(__ptsname_r_chk(-1, to, 64, 63));
	TRY(SHOW(__getgroups_chk(64, groups, sizeof(groups)) >= 0));
	TRY(__getgroups_chk(64, groups, sizeof(groups) - 1));
	TRY(SHOW_ERRNO(__getgroups_chk(-1, groups, sizeof(groups))));
}

static void opens(void)
{
	TRY(SHOW(close(__open_2("/dev/null", O_RDWR))));
	TRY(SHOW(close(__open64_2("/dev/null", O_RDWR))));
	TRY(SHOW(close(__openat_2(AT_FDCWD, "/dev/null", O_RDWR))));
	TRY(SHOW(close(__openat64_2(AT_FDCWD, "/dev/null", O_RDWR))));
	TRY(SHOW_ERRNO(__open_2("/none", O_RDONLY)));
	TRY(__open_2("/none", O_RDWR | O_CREAT));
	TRY(__open64_2("/none", O_RDWR | O_CREAT));
	TRY(__openat_2(AT_FDCWD, "/none", O_RDWR | O_CREAT));
	TRY(__openat64_2(AT_FDCWD, "/tmp", O_RDWR | O_TMPFILE));
	TRY(SHOW(close(__open_2("/tmp", O_RDONLY | O_DIRECTORY))));
}

static sigjmp_buf frame;

static __attribute__((noinline)) int leave_a_frame(int deep)
{
	volatile char room[4096];

	room[0] = deep;
	if (deep)
		return leave_a_frame(deep - 1) + room[0];
	return sigsetjmp(frame, 1);
}

static void jumps(void)
{
	volatile int times = 0;

	if (sigsetjmp(frame, 0) < 3) {
		times++;
		__longjmp_chk(frame, times);
	}
	SHOW(times);
	/* That frame is gone when it is jumped to. */
	SHOW(leave_a_frame(4));
	TRY(__longjmp_chk(frame, 1));
}

/* A handler on the alternative stack may jump to the one it came upon. */
static void on_signal(int signal)
{
	__longjmp_chk(frame, 7);
}

static void jump_from_signal_stack(void)
{
	/* Above the program's frames, as far as a comparison can tell. */
	static char stack[65536];
	stack_t ss = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_handler = on_signal,
				   .sa_flags = SA_ONSTACK};
	int value;

	SHOW(sigaltstack(&ss, NULL));
	SHOW(sigaction(SIGUSR1, &action, NULL));
	value = sigsetjmp(frame, 1);
	if (!value)
		raise(SIGUSR1);
	SHOW(value);
	ss.ss_flags = SS_DISABLE;
	SHOW(sigaltstack(&ss, NULL));
}

void test_fortify(void)
{
	memory();
	strings();
	formats();
	streams();
	from_stdin();
	descriptors();
	names();
	opens();
	jumps();
	jump_from_signal_stack();
	TRY(__stack_chk_fail());
	TRY(__chk_fail());
}
