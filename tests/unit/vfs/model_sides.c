/* SPDX-License-Identifier: BSD-2-Clause */
/* model_sides.c: what a call of the model needs: chance, the two descriptors of
 * a slot, paths, and what is said when the two sides differ. */
#include "model.h"
#include <stdarg.h>
#include <stdlib.h>
#include <sys/fsuid.h>

uint64_t rng;
unsigned long step;
char history[HISTORY][400];
int ours_fd[SLOTS], host_fd[SLOTS];
int failed;
unsigned int uid;
int reserving;
char buf_o[MAX_IO], buf_h[MAX_IO];

unsigned int rnd(unsigned int n)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	rng ^= rng << 17;
	return (unsigned int)((rng >> 20) % n);
}

void note(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(history[step % HISTORY], sizeof(history[0]), fmt, ap);
	va_end(ap);
}

void differ(const char *what, long o, long h)
{
	unsigned long i = step > HISTORY ? step - HISTORY + 1 : 0;

	if (failed++)
		return;
	for (; i <= step; i++)
		printf("%6lu %s\n", i, history[i % HISTORY]);
	printf("differs: %s: ours %ld (%s), Linux %ld (%s)\n", what, o,
	       o < 0 ? strerror((int)-o) : "", h,
	       h < 0 ? strerror((int)-h) : "");
}

void same(const char *what, long o, long h)
{
	size_t n = strlen(history[step % HISTORY]);

	snprintf(history[step % HISTORY] + n, sizeof(history[0]) - n,
		 " = %ld%s", o, o == h ? "" : " !!");
	if (o != h)
		differ(what, o, h);
}

long host(long r)
{
	return r < 0 ? -errno : r;
}

/* Paths: few names, so that calls meet. */
static char paths[4][5000];

const char *path(int which)
{
	static const char *const names[] = {"a", "b", "c", "d", "e",  "l",
					    "a", "b", "c", "d", "..", "."};
	char *p = paths[which];
	unsigned int n = 1 + rnd(3), odd = rnd(60);

	p[0] = '\0';
	if (odd == 0)
		return p;
	if (odd == 1) {
		memset(p, 'x', 256);
		p[256 - rnd(2)] = '\0';
		return p;
	}
	if (odd == 2) {
		memset(p, '/', 4097);
		p[4095 + rnd(2)] = '\0';
		return p;
	}
	if (odd < 10)
		strcpy(p, "/");
	for (unsigned int i = 0; i < n; i++) {
		if (i)
			strcat(p, rnd(12) ? "/" : "//");
		strcat(p, names[rnd(i || n > 1 ? 12 : 10)]);
	}
	if (!rnd(12))
		strcat(p, "/");
	return p;
}

/* A directory for *at calls: the working directory or a slot. */
int slot_or_cwd(int *o, int *h)
{
	int s = rnd(4) ? -1 : (int)rnd(SLOTS);

	*o = s < 0 ? AT_FDCWD : ours_fd[s];
	*h = s < 0 ? AT_FDCWD : host_fd[s];
	return s;
}

void compare_stat(const struct stat *o, const struct stat *h)
{
	same("mode", o->st_mode, h->st_mode);
	same("nlink", (long)o->st_nlink, (long)h->st_nlink);
	same("uid", o->st_uid, h->st_uid);
	same("gid", o->st_gid, h->st_gid);
	same("rdev", (long)o->st_rdev, (long)h->st_rdev);
	same("size", o->st_size, h->st_size);
	same("blocks", o->st_blocks, h->st_blocks);
	same("blksize", o->st_blksize, h->st_blksize);
}

void close_slot(int s)
{
	sys_close(ours_fd[s]);
	if (host_fd[s] >= 0)
		close(host_fd[s]);
	ours_fd[s] = host_fd[s] = -1;
}

/* Positions in directories are each one's own. */
bool is_dir(int s)
{
	struct stat h;

	return host_fd[s] >= 0 && !fstat(host_fd[s], &h) && S_ISDIR(h.st_mode);
}

void become(unsigned int id)
{
	fake_set_ids(id, id);
	/* The ids for files: the others stay root's. */
	syscall(SYS_setfsgid, id);
	syscall(SYS_setfsuid, id);
}
