/* SPDX-License-Identifier: BSD-2-Clause */
/* model_names.c: the model's calls on names, and on what they stand for. */
#include "model.h"
#include <stdlib.h>
#include <time.h>
#include <linux/fs.h>
#include <sys/mount.h>

static int mounts;

void do_stat(void)
{
	int od, hd, s = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	int flags = (rnd(2) ? AT_SYMLINK_NOFOLLOW : 0) |
		    (rnd(4) ? 0 : AT_EMPTY_PATH);
	struct stat o, h;
	long ro, rh;

	note("newfstatat(%d, %.40s, %#x)", s, p, flags);
	ro = sys_newfstatat(od, p, &o, flags);
	rh = HOST(SYS_newfstatat, hd, p, &h, flags);
	same("result", ro, rh);
	if (!ro && !rh)
		compare_stat(&o, &h);
}

void do_mkdir(void)
{
	int od, hd, s = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	unsigned int mode = rnd(3) ? 0777 : rnd(010000);

	note("mkdirat(%d, %.40s, %#o)", s, p, mode);
	same("result", sys_mkdirat(od, p, mode),
	     HOST(SYS_mkdirat, hd, p, mode));
}

void do_mknod(void)
{
	static const unsigned int types[] = {S_IFREG,  0,	S_IFIFO,
					     S_IFSOCK, S_IFCHR, S_IFBLK,
					     S_IFDIR,  S_IFLNK};
	const char *p = path(0);
	unsigned int mode = types[rnd(8)] | rnd(0200) | 0600;

	note("mknod(%.40s, %#o)", p, mode);
	same("result", sys_mknod(p, mode, 0x103),
	     HOST(SYS_mknod, p, mode, 0x103));
}

void do_unlink(void)
{
	int od, hd, s = slot_or_cwd(&od, &hd);
	const char *p = path(0);
	int flags = rnd(3) ? 0 : AT_REMOVEDIR;

	note("unlinkat(%d, %.40s, %#x)", s, p, flags);
	same("result", sys_unlinkat(od, p, flags),
	     HOST(SYS_unlinkat, hd, p, flags));
}

void do_rename(void)
{
	int od, hd, od2, hd2;
	int s = slot_or_cwd(&od, &hd), s2 = slot_or_cwd(&od2, &hd2);
	const char *p = path(0), *q = path(1);
	unsigned int flags = rnd(3) ? 0 : rnd(8);

	note("renameat2(%d, %.40s, %d, %.40s, %u)", s, p, s2, q, flags);
	same("result", sys_renameat2(od, p, od2, q, flags),
	     HOST(SYS_renameat2, hd, p, hd2, q, flags));
}

/* Hard links of others' files depend on a sysctl of the machine. */
void do_link(void)
{
	int od, hd, od2, hd2;
	int s = slot_or_cwd(&od, &hd), s2 = slot_or_cwd(&od2, &hd2);
	const char *p = path(0), *q = path(1);
	int flags =
		(rnd(2) ? AT_SYMLINK_FOLLOW : 0) | (rnd(4) ? 0 : AT_EMPTY_PATH);

	if (uid)
		return;
	note("linkat(%d, %.40s, %d, %.40s, %#x)", s, p, s2, q, flags);
	same("result", sys_linkat(od, p, od2, q, flags),
	     HOST(SYS_linkat, hd, p, hd2, q, flags));
}

void do_symlink(void)
{
	const char *p = path(0), *q = path(1);

	note("symlink(%.40s, %.40s)", p, q);
	same("result", sys_symlink(p, q), HOST(SYS_symlink, p, q));
}

void do_readlink(void)
{
	const char *p = path(0);
	size_t n = rnd(6) ? 5000 : rnd(4);
	long o, h;

	note("readlink(%.40s)", p);
	o = sys_readlink(p, buf_o, n);
	h = HOST(SYS_readlink, p, buf_h, n);
	same("result", o, h);
	if (o > 0 && o == h)
		same("text", memcmp(buf_o, buf_h, (size_t)o), 0);
}

void do_chmod(void)
{
	unsigned int mode = rnd(010000) | (rnd(3) ? 0 : 0700);

	if (rnd(2)) {
		const char *p = path(0);

		note("chmod(%.40s, %#o)", p, mode);
		same("result", sys_chmod(p, mode), HOST(SYS_chmod, p, mode));
	} else {
		int s = (int)rnd(SLOTS);

		note("fchmod(%d, %#o)", s, mode);
		same("result", sys_fchmod(ours_fd[s], mode),
		     HOST(SYS_fchmod, host_fd[s], mode));
	}
}

void do_chown(void)
{
	unsigned int u = rnd(3) ? rnd(4) : ~0u, g = rnd(3) ? rnd(4) : ~0u;
	int flags = rnd(2) ? AT_SYMLINK_NOFOLLOW : 0;
	const char *p = path(0);

	note("fchownat(%.40s, %d, %d, %#x)", p, (int)u, (int)g, flags);
	same("result", sys_fchownat(AT_FDCWD, p, u, g, flags),
	     HOST(SYS_fchownat, AT_FDCWD, p, u, g, flags));
}

void do_utimens(void)
{
	struct timespec t[2] = {{(long)rnd(2000), rnd(1000000000)},
				{(long)rnd(2000), rnd(1000000000)}};
	int od, hd, s = slot_or_cwd(&od, &hd), null = !rnd(5);
	const char *p = s >= 0 && rnd(2) ? NULL : path(0);
	int flags = p && rnd(2) ? AT_SYMLINK_NOFOLLOW : 0;
	struct stat o, h;

	for (int i = 0; i < 2; i++) {
		unsigned int odd = rnd(12);

		if (odd < 4)
			t[i].tv_nsec = odd & 1 ? UTIME_NOW : UTIME_OMIT;
		else if (odd == 5)
			t[i].tv_nsec = 1000000000;
	}
	note("utimensat(%d, %.40s, %ld.%ld %ld.%ld null %d, %#x)", s,
	     p ? p : "-", t[0].tv_sec, t[0].tv_nsec, t[1].tv_sec, t[1].tv_nsec,
	     null, flags);
	same("result", sys_utimensat(od, p, null ? NULL : t, flags),
	     HOST(SYS_utimensat, hd, p, null ? NULL : t, flags));
	if (!p || !!sys_newfstatat(od, p, &o, flags) |
			  !!HOST(SYS_newfstatat, hd, p, &h, flags))
		return;
	if (o.st_mtim.tv_sec < 2000)
		same("mtime", memcmp(&o.st_mtim, &h.st_mtim, sizeof(*t)), 0);
	if (o.st_atim.tv_sec < 2000)
		same("atime", memcmp(&o.st_atim, &h.st_atim, sizeof(*t)), 0);
}

void do_access(void)
{
	const char *p = path(0);
	int mode = (int)rnd(rnd(9) ? 8 : 10);
	int flags =
		(rnd(2) ? AT_EACCESS : 0) | (rnd(2) ? AT_SYMLINK_NOFOLLOW : 0);

	note("faccessat2(%.40s, %d, %#x)", p, mode, flags);
	same("result", sys_faccessat2(AT_FDCWD, p, mode, flags),
	     HOST(SYS_faccessat2, AT_FDCWD, p, mode, flags));
}

void do_chdir(void)
{
	if (rnd(2)) {
		const char *p = rnd(3) ? path(0) : "/";

		note("chdir(%.40s)", p);
		same("result", sys_chdir(p), HOST(SYS_chdir, p));
	} else {
		int s = (int)rnd(SLOTS);

		note("fchdir(%d)", s);
		same("result", sys_fchdir(ours_fd[s]),
		     HOST(SYS_fchdir, host_fd[s]));
	}
}

void do_getcwd(void)
{
	size_t n = rnd(4) ? 5000 : rnd(12);
	long o, h;

	note("getcwd(%zu)", n);
	o = sys_getcwd(buf_o, n);
	h = HOST(SYS_getcwd, buf_h, n);
	same("result", o, h);
	if (o > 0 && o == h)
		same("text", strcmp(buf_o, buf_h), 0);
}

struct entry {
	uint64_t ino;
	int64_t off;
	unsigned short len;
	unsigned char type;
	char name[];
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "type name" of each entry, sorted. */
static int list(char *buf, long n, char **out)
{
	int count = 0;

	for (long at = 0; at < n;) {
		struct entry *e = (struct entry *)(buf + at);
		char *line = malloc(300);

		sprintf(line, "%s %d", e->name, e->type);
		out[count++] = line;
		at += e->len;
	}
	qsort(out, (size_t)count, sizeof(*out), by_name);
	return count;
}

void do_getdents(void)
{
	int s = (int)rnd(SLOTS), no, nh;
	char *lo[600], *lh[600];
	long o, h;

	note("getdents64(%d)", s);
	if (is_dir(s)) {
		sys_lseek(ours_fd[s], 0, SEEK_SET);
		lseek(host_fd[s], 0, SEEK_SET);
	}
	o = sys_getdents64(ours_fd[s], buf_o, MAX_IO);
	h = HOST(SYS_getdents64, host_fd[s], buf_h, MAX_IO);
	same("result", o, h);
	if (o <= 0 || o != h)
		return;
	no = list(buf_o, o, lo);
	nh = list(buf_h, h, lh);
	same("entries", no, nh);
	for (int i = 0; i < no; i++) {
		if (i < nh)
			same(lo[i], strcmp(lo[i], lh[i]), 0);
		free(lo[i]);
		free(lh[i]);
	}
}

void do_become(void)
{
	if (rnd(5))
		return;
	uid = rnd(3) ? 0 : rnd(3);
	note("become %u", uid);
	become(uid);
}

void do_same_file(void)
{
	const char *p = path(0), *q = path(1);
	struct stat o1, o2, h1, h2;

	note("compare %.40s %.40s", p, q);
	/* All four are made, for what they do to access times. */
	if (!!sys_stat(p, &o1) | !!sys_stat(q, &o2) | !!stat(p, &h1) |
	    !!stat(q, &h2))
		return;
	same("same inode", o1.st_ino == o2.st_ino, h1.st_ino == h2.st_ino);
	same("same device", o1.st_dev == o2.st_dev, h1.st_dev == h2.st_dev);
}

void do_umask(void)
{
	unsigned int m = rnd(4) ? 022 : rnd(01000);

	note("umask(%#o)", m);
	same("result", sys_umask(m), HOST(SYS_umask, m));
}

/* Filesystems on directories, read-only ones too, and the same one twice. */
void do_mount(void)
{
	const char *p = path(0), *q = path(1);
	unsigned long flags = rnd(3) ? 0 : MS_RDONLY;
	long o, h;

	if (uid || mounts > 6)
		return;
	switch (rnd(4)) {
	case 0:
		flags |= MS_REMOUNT | (rnd(3) ? MS_BIND : 0);
		break;
	case 1:
		flags = MS_BIND;
		break;
	}
	note("mount(%.40s, %.40s, tmpfs, %#lx)", p, q, flags);
	o = sys_mount(p, q, "tmpfs", flags,
		      flags & (MS_BIND | MS_REMOUNT) ? NULL
						     : "mode=755,size=1m");
	h = HOST(SYS_mount, p, q, "tmpfs", flags,
		 flags & (MS_BIND | MS_REMOUNT) ? NULL : "mode=755,size=1m");
	same("result", o, h);
	mounts += !o && !(flags & MS_REMOUNT);
}

void do_umount(void)
{
	const char *p = path(0);
	int flags = rnd(3) ? 0 : MNT_DETACH;
	struct stat st, root;
	long o, h;

	if (uid || !mounts)
		return;
	/* The root itself is another story (umount2(2) of "/"). */
	sys_stat(p, &st);
	if (!stat(p, &st) && !stat("/", &root) && st.st_dev == root.st_dev)
		return;
	note("umount2(%.40s, %d)", p, flags);
	o = sys_umount2(p, flags);
	h = HOST(SYS_umount2, p, flags);
	same("result", o, h);
	mounts -= !o;
}
