/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysv_shm.c: shared memory of System V: shmget(2), shmop(2), shmctl(2).
 *
 * The pages of a segment are those of shared anonymous memory (runtime/
 * vm_shm.c). What areas map is a file before that, of which each area holds a
 * reference: so the number of attachments is right whatever munmap, mremap or
 * the end of the process do. There are two such files, because one that is
 * attached for reading must not become writable by mprotect(2). The segment
 * holds a reference on each of them until IPC_RMID: then the last area that
 * goes takes the segment with it.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <posixen/vm.h>
#include <linux/fcntl.h>
#include <linux/mman.h>
#include <asm/shmbuf.h>
#include "sysctl.h"
#include "sysv.h"

/* From Linux's <linux/shm.h>, which itself asks for a C library's header. */
#define SHMMIN	      1
#define SHMMNI	      4096
#define SHMMAX	      (ULONG_MAX - (1UL << 24))
#define SHMALL	      SHMMAX
#define SHM_HUGETLB   04000
#define SHM_NORESERVE 010000
#define SHM_RDONLY    010000
#define SHM_RND	      020000
#define SHM_REMAP     040000
#define SHM_EXEC      0100000
/* Bits of the mode that IPC_STAT shows (shmctl(2)). */
#define SHM_DEST   01000u
#define SHM_LOCKED 02000u

enum {
	SHM_LOCK = 11,
	SHM_UNLOCK = 12,
	SHM_STAT = 13,
	SHM_INFO = 14,
	SHM_STAT_ANY = 15
};

struct shm_info {
	int used_ids;
	unsigned long shm_tot; /* pages of all segments */
	unsigned long shm_rss; /* that are there */
	unsigned long shm_swp, swap_attempts, swap_successes;
};

enum { READ_WRITE, READ_ONLY, NR_MAPS };

struct segment {
	struct sysv_object obj;
	size_t size;
	long atime, dtime, ctime;
	int cpid, lpid;
	struct file *pages;
	struct file *map[NR_MAPS]; /* NULL: not there (any more) */
	char name[sizeof("/SYSV00000000 (deleted)")];
};

static struct sysv_ids ids = SYSV_IDS;
static uint64_t all_pages;
static uint64_t shm_max = SHMMAX, shm_all = SHMALL, shm_mni = SHMMNI;

static struct segment *segment_of(struct sysv_object *o)
{
	return (struct segment *)o;
}

static uint64_t pages_of(const struct segment *s)
{
	return PAGE_UP(s->size) >> PAGE_SHIFT;
}

static bool doomed(const struct segment *s)
{
	return s->obj.mode & SHM_DEST;
}

static unsigned long attachments(const struct segment *s)
{
	unsigned long n = 0;

	for (int i = 0; i < NR_MAPS; i++)
		if (s->map[i])
			n += s->map[i]->refs - (doomed(s) ? 0 : 1);
	return n;
}

static void destroy(struct segment *s)
{
	sysv_remove(&ids, &s->obj);
	all_pages -= pages_of(s);
	file_put(s->pages);
	kfree(s);
}

/* The files that are mapped. */

static int map_get_page(struct file *f, uint64_t idx, bool write, pfn_t *out)
{
	struct segment *s = f->priv;

	return s->pages->ops->vm->get_page(s->pages, idx, write, out);
}

static void map_mapped(struct file *f)
{
	struct segment *s = f->priv;

	s->atime = sysv_now();
	s->lpid = current_process()->pid;
}

static void map_unmapped(struct file *f)
{
	struct segment *s = f->priv;

	s->dtime = sysv_now();
	s->lpid = current_process()->pid;
}

static const struct vm_object_ops map_vm_ops = {
	.get_page = map_get_page,
	.mapped = map_mapped,
	.unmapped = map_unmapped,
};

/* madvise(MADV_REMOVE). */
static int map_fallocate(struct file *f, int mode, loff_t off, loff_t len)
{
	struct segment *s = f->priv;

	for (int i = 0; i < NR_MAPS; i++)
		if (s->map[i])
			vm_invalidate(s->map[i], (uint64_t)off >> PAGE_SHIFT,
				      (uint64_t)(off + len) >> PAGE_SHIFT);
	return s->pages->ops->fallocate(s->pages, mode, off, len);
}

static void map_release(struct file *f)
{
	struct segment *s = f->priv;
	bool last = true;

	for (int i = 0; i < NR_MAPS; i++) {
		if (s->map[i] == f)
			s->map[i] = NULL;
		last &= !s->map[i];
	}
	if (last)
		destroy(s);
}

static const struct file_ops map_ops = {
	.fallocate = map_fallocate,
	.release = map_release,
	.vm = &map_vm_ops,
};

/* The file of that kind with a reference for the caller; NULL: no memory. */
static struct file *map_get(struct segment *s, int kind)
{
	struct file *f = s->map[kind];

	if (!f) {
		f = file_alloc(&map_ops, kind == READ_ONLY ? O_RDONLY : O_RDWR,
			       s);
		if (!f)
			return NULL;
		f->anon_name = s->name;
		f->anon_ino = (uint64_t)s->obj.id;
		s->map[kind] = f;
		if (doomed(s))
			return f;
	}
	file_get(f);
	return f;
}

/* shmget(2). */

static long make_segment(int key, size_t size, int flags)
{
	uint64_t pages = PAGE_UP(size) >> PAGE_SHIFT;
	struct segment *s;
	long id;

	if (size < SHMMIN || size > shm_max)
		return -EINVAL;
	if (pages << PAGE_SHIFT < size || all_pages + pages > shm_all)
		return -ENOSPC;
	/* None have been set aside, as for mmap(MAP_HUGETLB). */
	if (flags & SHM_HUGETLB)
		return -ENOMEM;
	if (!(flags & SHM_NORESERVE) && pages > page_available())
		return -ENOMEM;
	s = kzalloc(sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->size = size;
	s->pages = shm_create(size);
	if (is_err(s->pages)) {
		id = ptr_err(s->pages);
		kfree(s);
		return id;
	}
	id = sysv_add(&ids, &s->obj, key, flags, (unsigned int)shm_mni);
	if (id < 0) {
		file_put(s->pages);
		kfree(s);
		return id;
	}
	all_pages += pages;
	snprintf(s->name, sizeof(s->name), "/SYSV%08x (deleted)",
		 (unsigned int)key);
	s->cpid = current_process()->pid;
	s->ctime = sysv_now();
	/* Of the two references one is the segment's own. */
	if (!map_get(s, READ_WRITE)) {
		destroy(s);
		return -ENOMEM;
	}
	file_put(s->map[READ_WRITE]);
	return id;
}

long sys_shmget(int key, size_t size, int flags)
{
	struct sysv_object *o;

	SUBSYSTEM_REQUIRE(sysv_shm);
	o = sysv_lookup(&ids, key, flags);
	if (is_err(o))
		return ptr_err(o);
	if (!o)
		return make_segment(key, size, flags);
	if (segment_of(o)->size < size)
		return -EINVAL;
	return sysv_may(o, (unsigned int)flags) ? -EACCES : o->id;
}

/* shmat(2) and shmdt(2). */

/* Where, and how it may be put there: 0 or -EINVAL. */
static int place(unsigned long *addr, int flags, int *mapflags)
{
	*mapflags = MAP_SHARED;
	if (!*addr)
		return flags & SHM_REMAP ? -EINVAL : 0;
	if (*addr % PAGE_SIZE) {
		if (!(flags & SHM_RND))
			return -EINVAL;
		*addr = PAGE_DOWN(*addr);
		if (!*addr && flags & SHM_REMAP)
			return -EINVAL;
	}
	*mapflags |= flags & SHM_REMAP ? MAP_FIXED : MAP_FIXED_NOREPLACE;
	return 0;
}

long sys_shmat(int id, unsigned long addr, int flags)
{
	int kind = flags & SHM_RDONLY ? READ_ONLY : READ_WRITE;
	int prot = PROT_READ, mapflags;
	unsigned int mode = 0444;
	struct segment *s;
	struct file *f;
	long ret;

	ret = id < 0 ? -EINVAL : place(&addr, flags, &mapflags);
	if (ret)
		return ret;
	if (kind == READ_WRITE) {
		prot |= PROT_WRITE;
		mode |= 0222;
	}
	if (flags & SHM_EXEC) {
		prot |= PROT_EXEC;
		mode |= 0111;
	}
	s = segment_of(sysv_get(&ids, id));
	if (!s)
		return -EINVAL;
	if (sysv_may(&s->obj, mode))
		return -EACCES;
	if (addr + s->size < addr)
		return -EINVAL;
	f = map_get(s, kind);
	if (!f)
		return -ENOMEM;
	ret = vm_mmap(current_process()->vm, addr, s->size, prot, mapflags, f,
		      0);
	file_put(f);
	return ret == -EEXIST ? -EINVAL : ret;
}

static size_t map_size(const struct file *f)
{
	const struct segment *s = f->priv;

	return s->size;
}

long sys_shmdt(unsigned long addr)
{
	if (addr % PAGE_SIZE)
		return -EINVAL;
	return vm_detach(current_process()->vm, addr, &map_vm_ops, map_size);
}

/* shmctl(2). */

static void remove_segment(struct segment *s)
{
	struct file *map[NR_MAPS];

	if (doomed(s))
		return;
	/* No key leads to it any more; its identifier does. */
	s->obj.key = IPC_PRIVATE;
	s->obj.mode |= SHM_DEST;
	/* The last of these may free s. */
	memcpy(map, s->map, sizeof(map));
	for (int i = 0; i < NR_MAPS; i++)
		if (map[i])
			file_put(map[i]);
}

static long limits_out(void *ubuf)
{
	struct shminfo64 si;

	memset(&si, 0, sizeof(si));
	si.shmmax = shm_max;
	si.shmmin = SHMMIN;
	si.shmmni = si.shmseg = shm_mni;
	si.shmall = shm_all;
	if (copy_out_obj((struct shminfo64 *)ubuf, &si))
		return -EFAULT;
	return sysv_max_index(&ids);
}

static long info(void *ubuf)
{
	struct shm_info si;

	memset(&si, 0, sizeof(si));
	si.used_ids = (int)ids.in_use;
	si.shm_tot = all_pages;
	for (unsigned int i = 0; i < ids.nr_slots; i++)
		if (ids.slot[i])
			si.shm_rss +=
				shm_present(segment_of(ids.slot[i])->pages);
	if (copy_out_obj((struct shm_info *)ubuf, &si))
		return -EFAULT;
	return sysv_max_index(&ids);
}

static long stat(int id, int cmd, void *ubuf)
{
	struct shmid64_ds ds;
	struct sysv_object *o =
		cmd == IPC_STAT ? sysv_get(&ids, id) : sysv_at(&ids, id);
	const struct segment *s = segment_of(o);

	if (!s)
		return -EINVAL;
	if (cmd != SHM_STAT_ANY && sysv_may(o, 0444))
		return -EACCES;
	memset(&ds, 0, sizeof(ds));
	sysv_perm_out(o, &ds.shm_perm);
	ds.shm_segsz = s->size;
	ds.shm_atime = s->atime;
	ds.shm_dtime = s->dtime;
	ds.shm_ctime = s->ctime;
	ds.shm_cpid = s->cpid;
	ds.shm_lpid = s->lpid;
	ds.shm_nattch = attachments(s);
	if (copy_out_obj((struct shmid64_ds *)ubuf, &ds))
		return -EFAULT;
	return cmd == IPC_STAT ? 0 : o->id;
}

static long change(int id, int cmd, const void *ubuf)
{
	struct sysv_object *o;
	struct shmid64_ds ds;
	struct segment *s;
	int err;

	if (cmd == IPC_SET && copy_in_obj(&ds, (struct shmid64_ds *)ubuf))
		return -EFAULT;
	o = sysv_get_to_change(&ids, id);
	if (is_err(o))
		return ptr_err(o);
	s = segment_of(o);
	if (cmd == IPC_RMID) {
		remove_segment(s);
		return 0;
	}
	err = sysv_perm_in(&s->obj, &ds.shm_perm);
	if (!err)
		s->ctime = sysv_now();
	return err;
}

/* Nothing is ever paged out; the mark is kept for IPC_STAT. */
static long lock(int id, bool on)
{
	const struct process *p = current_process();
	struct sysv_object *o = sysv_get_to_change(&ids, id);

	if (is_err(o))
		return ptr_err(o);
	if (on && !p->rlim[RLIMIT_MEMLOCK].rlim_cur && !cred_capable(&p->cred))
		return -EPERM;
	o->mode &= ~SHM_LOCKED;
	o->mode |= on ? SHM_LOCKED : 0;
	return 0;
}

long sys_shmctl(int id, int cmd, void *ubuf)
{
	if (id < 0 || cmd < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
		return limits_out(ubuf);
	case SHM_INFO:
		return info(ubuf);
	case IPC_STAT:
	case SHM_STAT:
	case SHM_STAT_ANY:
		return stat(id, cmd, ubuf);
	case IPC_SET:
	case IPC_RMID:
		return change(id, cmd, ubuf);
	case SHM_LOCK:
	case SHM_UNLOCK:
		return lock(id, cmd == SHM_LOCK);
	default:
		return -EINVAL;
	}
}

static int show(struct seq *seq, const struct proc_inode *pi)
{
	seq_printf(seq, "       key      shmid perms                  size  "
			"cpid  lpid nattch   uid   gid  cuid  cgid      atime  "
			"    dtime      ctime                   rss            "
			"      swap\n");
	for (unsigned int i = 0; i < ids.nr_slots; i++) {
		const struct sysv_object *o = ids.slot[i];
		const struct segment *s = segment_of(ids.slot[i]);

		if (!o)
			continue;
		seq_printf(seq,
			   "%10d %10d  %4o %21zu %5u %5u  %5lu %5u %5u %5u %5u "
			   "%10lu %10lu %10lu %21zu %21u\n",
			   o->key, o->id, o->mode, s->size,
			   (unsigned int)s->cpid, (unsigned int)s->lpid,
			   attachments(s), o->uid, o->gid, o->cuid, o->cgid,
			   (unsigned long)s->atime, (unsigned long)s->dtime,
			   (unsigned long)s->ctime,
			   shm_present(s->pages) * PAGE_SIZE, 0);
	}
	return 0;
}

SYSCTL(shmmax, shm_max, 0, UINT64_MAX)
SYSCTL(shmall, shm_all, 0, UINT64_MAX)
SYSCTL(shmmni, shm_mni, 0, SYSV_INDEX_MAX)

static int start(void)
{
	static const struct proc_node limits[] = {
		SYSCTL_FILE("shmall", shmall),
		SYSCTL_FILE("shmmax", shmmax),
		SYSCTL_FILE("shmmni", shmmni),
	};
	static const struct proc_node file = PROC_FILE("shm", show);

	sysv_proc_add(&file, limits, ARRAY_SIZE(limits));
	return 0;
}

SUBSYSTEM(sysv_shm, .name = "System V shared memory", .start = start);
