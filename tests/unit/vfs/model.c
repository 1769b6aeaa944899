/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * model.c: the same random calls to vfs/ and to this machine's Linux, on a
 * fresh tmpfs that is the root of both: results, errors and what can be seen of
 * the files must be equal.
 *
 * model [SEED [STEPS]] runs one sequence; a failure names the seed and shows
 * the calls that led to it. Needs root for the tmpfs and chroot: skips without.
 */
#include "model.h"
#include <sched.h>
#include <stdlib.h>
#include <time.h>
#include <sys/mount.h>

static void (*const ops[])(void) = {
	do_open,   do_open,	do_open,    do_open,	  do_openat2,
	do_close,  do_write,	do_write,   do_write,	  do_read,
	do_read,   do_lseek,	do_lseek,   do_truncate,  do_fallocate,
	do_mkdir,  do_mkdir,	do_mknod,   do_unlink,	  do_rename,
	do_rename, do_rename,	do_link,    do_symlink,	  do_readlink,
	do_chmod,  do_chown,	do_utimens, do_access,	  do_chdir,
	do_getcwd, do_getdents, do_become,  do_same_file, do_stat,
	do_stat,   do_fstat,	do_dup,	    do_getfl,	  do_umask,
	do_mount,  do_umount,
};

/*
 * Which times does a call change? Both files get known times first; afterwards
 * the pattern of changed ones must be the same.
 */
static void timed(void (*op)(void))
{
	static const char *const watched[] = {".", "a", "b", "c", "a/b", "l"};
	const char *w = watched[rnd(6)];
	struct timespec t[2] = {{1000, 0}, {1000 + rnd(3), 0}};
	struct stat o, h, o2, h2;
	int flags = AT_SYMLINK_NOFOLLOW, slow = !rnd(20), oc, hc;

	if (!rnd(3))
		t[0].tv_sec = time(NULL) + 10000;
	if (uid || !!sys_utimensat(AT_FDCWD, w, t, flags) |
			   !!HOST(SYS_utimensat, AT_FDCWD, w, t, flags) |
			   !!sys_newfstatat(AT_FDCWD, w, &o, flags) |
			   !!HOST(SYS_newfstatat, AT_FDCWD, w, &h, flags)) {
		op();
		return;
	}
	/* Linux's change times are only as fine as its clock tick, so without
	 * a wait one that changed may look as if it had not. */
	if (slow)
		usleep(10000);
	op();
	if (!!sys_newfstatat(AT_FDCWD, w, &o2, flags) |
	    !!HOST(SYS_newfstatat, AT_FDCWD, w, &h2, flags))
		return;
	if (o.st_ino != o2.st_ino || h.st_ino != h2.st_ino ||
	    o.st_dev != o2.st_dev || h.st_dev != h2.st_dev)
		return;
	strncat(history[step % HISTORY], " watching ", 12);
	strncat(history[step % HISTORY], w, 6);
	same("atime changed", memcmp(&o.st_atim, &o2.st_atim, 16) != 0,
	     memcmp(&h.st_atim, &h2.st_atim, 16) != 0);
	same("mtime changed", memcmp(&o.st_mtim, &o2.st_mtim, 16) != 0,
	     memcmp(&h.st_mtim, &h2.st_mtim, 16) != 0);
	oc = memcmp(&o.st_ctim, &o2.st_ctim, 16) != 0;
	hc = memcmp(&h.st_ctim, &h2.st_ctim, 16) != 0;
	if (slow || hc)
		same("ctime changed", oc, hc);
}

/* Everything below dir, which ends in a slash, is the same on both sides. */
static void compare_tree(const char *dir, int depth)
{
	static const char *const names[] = {"a", "b", "c", "d", "e", "l"};

	for (int i = 0; i < 6 && !failed; i++) {
		char p[200];
		struct stat o, h;
		long ro, rh;

		snprintf(p, sizeof(p), "%s%s", dir, names[i]);
		ro = sys_lstat(p, &o);
		rh = host(lstat(p, &h));
		snprintf(history[step % HISTORY], sizeof(history[0]),
			 "afterwards %s", p);
		same("lstat", ro, rh);
		if (ro || rh)
			continue;
		compare_stat(&o, &h);
		strcat(p, "/");
		if (S_ISDIR(o.st_mode) && depth < 12)
			compare_tree(p, depth + 1);
	}
}

static int run(uint64_t seed, unsigned long steps)
{
	reserving = seed & 1;
	rng = seed * 0x9e3779b97f4a7c15ULL + 1;
	memset(history, 0, sizeof(history));
	for (int i = 0; i < SLOTS; i++)
		ours_fd[i] = host_fd[i] = -1;
	for (step = 0; step < steps && !failed; step++) {
		history[step % HISTORY][0] = '\0';
		if (rnd(4))
			ops[rnd(sizeof(ops) / sizeof(*ops))]();
		else
			timed(ops[rnd(sizeof(ops) / sizeof(*ops))]);
		if (step % 64 || failed)
			continue;
		step++;
		become(0);
		/* Else all names end up behind a closed door. */
		sys_chmod("/", 0777);
		chmod("/", 0777);
		compare_tree("/", 0);
		become(uid);
	}
	for (int i = 0; i < SLOTS; i++)
		close_slot(i);
	if (failed)
		printf("seed %llu\n", (unsigned long long)seed);
	return failed;
}

/* A root of its own for each sequence, on both sides. */
static int enter_roots(void)
{
	if (mount("none", "/tmp", "tmpfs", 0, "size=256m,mode=755") ||
	    chroot("/tmp") || chdir("/"))
		return -1;
	umask(022);
	return 0;
}

static int enter_our_root(void)
{
	sys_chdir("/");
	if (sys_mkdir("/model", 0755) ||
	    sys_mount("none", "/model", "tmpfs", 0, "size=256m,mode=755") ||
	    sys_chroot("/model") || sys_chdir("/"))
		return -1;
	sys_umask(022);
	return 0;
}

/* Tables that only grow have their size before memory is counted. */
static void warm_up(void)
{
	char name[20];

	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "/tmp/%d", i);
		sys_mkdir(name, 0700);
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "/tmp/%d", i);
		sys_rmdir(name);
	}
}

/* All that the sequence made goes with its root; nothing may be left. */
static int leave_our_root(size_t bytes)
{
	fake_set_ids(0, 0);
	fake_stop();
	if (fake_start())
		return 1;
	/* Others may have been mounted over it. */
	while (!sys_umount2("/model", MNT_DETACH))
		;
	if (sys_rmdir("/model")) {
		printf("model: its root cannot be removed\n");
		return 1;
	}
	fake_stop();
	if (fake_bytes == bytes && !fake_pages)
		return 0;
	printf("model: %ld bytes and %zu pages are left\n",
	       (long)(fake_bytes - bytes), fake_pages);
	return 1;
}

int main(int argc, char **argv)
{
	size_t bytes;
	unsigned long steps = argc > 2 ? strtoul(argv[2], NULL, 0) : 40000;
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 0) : 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) {
		printf("model: skipped, needs root\n");
		return 77;
	}
	fake_init();
	fake_now = (uint64_t)time(NULL) * 1000000000;
	if (vfs_init())
		return 1;
	if (fake_start())
		return 1;
	warm_up();
	fake_stop();
	bytes = fake_bytes;
	if (fake_start() || enter_our_root() || enter_roots()) {
		printf("model: cannot begin\n");
		return 1;
	}
	if (run(seed, steps))
		return 1;
	if (leave_our_root(bytes))
		return 1;
	printf("model: %lu calls from seed %llu are as on Linux\n", steps,
	       (unsigned long long)seed);
	return 0;
}
