/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions of glibc's that belong to no larger theme. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <langinfo.h>
#include <pwd.h>
#include <regex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>
#include <wchar.h>

/* Mixed up, which is all that strfry(3) promises. */
char *strfry(char *s)
{
	size_t n = strlen(s);

	for (size_t i = 0; i + 1 < n; i++) {
		size_t j = i + rand() % (n - i);
		char c = s[i];

		s[i] = s[j];
		s[j] = c;
	}
	return s;
}

/* scandir(3) of a directory below another. */
int scandirat(int dir, const char *path, struct dirent ***list,
	      int (*keep)(const struct dirent *),
	      int (*compare)(const struct dirent **, const struct dirent **))
{
	int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char name[32];
	int n, err;

	if (fd < 0)
		return -1;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	n = scandir(name, list, keep, compare);
	err = errno;
	close(fd);
	errno = err;
	return n;
}

/* The entries as the system gives them; *base: where they begin. */
ssize_t getdirentries(int fd, char *to, size_t n, off_t *base)
{
	off_t at = lseek(fd, 0, SEEK_CUR);
	long got = syscall(SYS_getdents64, fd, to, n);

	if (got >= 0)
		*base = at;
	return got;
}

int isfdtype(int fd, int type)
{
	struct stat st;

	return fstat(fd, &st) ? -1 : (int)(st.st_mode & S_IFMT) == type;
}

int group_member(gid_t gid)
{
	int n = getgroups(0, NULL), found = gid == getegid();
	gid_t *list = n > 0 ? malloc(n * sizeof(*list)) : NULL;

	n = list ? getgroups(n, list) : 0;
	while (!found && n-- > 0)
		found = list[n] == gid;
	free(list);
	return found;
}

/* tmpnam(3) that insists on a buffer. */
char *tmpnam_r(char *to)
{
	return to ? tmpnam(to) : NULL;
}

/* rpmatch(3): 1 yes, 0 no, -1 neither, by the locale's expressions. */
int rpmatch(const char *answer)
{
	static const nl_item expressions[] = {YESEXPR, NOEXPR};

	for (int i = 0; i < 2; i++) {
		regex_t re;
		int hit;

		if (regcomp(&re, nl_langinfo(expressions[i]), REG_EXTENDED))
			continue;
		hit = !regexec(&re, answer, 0, NULL, 0);
		regfree(&re);
		if (hit)
			return !i;
	}
	return -1;
}

int ntp_adjtime(struct timex *tx)
{
	return adjtimex(tx);
}

/* C11's time base, and how fine it is. */
int timespec_getres(struct timespec *ts, int base)
{
	if (base != TIME_UTC)
		return 0;
	clock_getres(CLOCK_REALTIME, ts);
	return base;
}

int fcloseall(void)
{
	return fflush(NULL);
}

/* A terminal, unlocked and ready: getpt(3). */
int getpt(void)
{
	return posix_openpt(O_RDWR);
}

int getpw(uid_t uid, char *to)
{
	struct passwd *pw = getpwuid(uid);

	if (!pw) {
		errno = ENOENT;
		return -1;
	}
	return sprintf(to, "%s:%s:%lu:%lu:%s:%s:%s", pw->pw_name, pw->pw_passwd,
		       (unsigned long)pw->pw_uid, (unsigned long)pw->pw_gid,
		       pw->pw_gecos, pw->pw_dir, pw->pw_shell) < 0
		       ? -1
		       : 0;
}

/* Users that are logged in: musl keeps no such list either. */
static int nobody(struct utmpx **result)
{
	*result = NULL;
	errno = ESRCH;
	return -1;
}

int getutent_r(struct utmpx *to, struct utmpx **result)
{
	return nobody(result);
}

int getutid_r(const struct utmpx *id, struct utmpx *to, struct utmpx **result)
{
	return nobody(result);
}

int getutline_r(const struct utmpx *line, struct utmpx *to,
		struct utmpx **result)
{
	return nobody(result);
}

void login(const struct utmpx *entry)
{
}

int logout(const char *line)
{
	return 0;
}

void logwtmp(const char *line, const char *name, const char *host)
{
}

/* What Linux has no call for: glibc, too, says so. */
#define ABSENT(name, ...)                                                      \
	int name(__VA_ARGS__)                                                  \
	{                                                                      \
		errno = ENOSYS;                                                \
		return -1;                                                     \
	}

ABSENT(chflags, const char *path, unsigned long flags)
ABSENT(fchflags, int fd, unsigned long flags)
ABSENT(revoke, const char *path)
ABSENT(setlogin, const char *name)
ABSENT(sethostid, long id)
ABSENT(gtty, int fd, void *state)
ABSENT(stty, int fd, const void *state)
