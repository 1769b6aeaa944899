/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm_maps.c: the text of /proc/<pid>/maps, to the column as Linux writes it
 * (fs/proc/task_mmu.c, show_map_vma): programs parse it.
 */
#include "vm_impl.h"
#include <posixen/debug.h>
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/limits.h>

/* Where the name begins, counted from 0. */
#define NAME_COLUMN 73u
#define MAPS_LINE   (NAME_COLUMN + PATH_MAX + 64)

static uint64_t vnode_dev(const struct file *f)
{
	return f->vnode && f->vnode->super ? f->vnode->super->dev : 1;
}

static uint64_t file_ino(const struct file *f)
{
	return f->vnode ? f->vnode->ino : f->anon_ino;
}

static unsigned int dev_major(uint64_t dev)
{
	return (dev >> 8 & 0xfff) | (dev >> 32 & ~0xfffu);
}

static unsigned int dev_minor(uint64_t dev)
{
	return (dev & 0xff) | (dev >> 12 & ~0xffu);
}

/* The name of the mapping, possibly in buf; NULL: it has none. */
static const char *area_name(const struct vm_area *a, char *buf, size_t size)
{
	const struct process *p = current_process();
	struct path path;
	char *name;

	if (a->name)
		return a->name;
	if (a->flags & VM_IMAGE)
		return p ? p->exe : NULL;
	if (!a->file)
		return NULL;
	if (!a->file->dentry)
		return a->file->anon_name;
	path.mount = a->file->mount;
	path.dentry = a->file->dentry;
	name = path_name(&path, p && p->fs ? &p->fs->root : NULL, buf, size);
	return is_err(name) ? NULL : name;
}

/* Only a newline is written differently: it would end the line. */
static size_t add_name(char *line, size_t n, const char *name)
{
	for (; *name && n < MAPS_LINE - 8; name++) {
		if (*name == '\n')
			n += (size_t)snprintf(line + n, 5, "\\012");
		else
			line[n++] = *name;
	}
	return n;
}

static int emit_area(const struct vm_area *a, char *line, char *buf,
		     int (*emit)(void *arg, const char *line, size_t n),
		     void *arg)
{
	const struct file *f = a->file;
	uint64_t dev = f ? vnode_dev(f) : 0;
	const char *name;
	size_t n;

	n = (size_t)snprintf(line, MAPS_LINE,
			     "%08lx-%08lx %c%c%c%c %08lx %02x:%02x %lu ",
			     a->start, a->end, a->prot & PROT_READ ? 'r' : '-',
			     a->prot & PROT_WRITE ? 'w' : '-',
			     a->prot & PROT_EXEC ? 'x' : '-',
			     a->flags & VM_SHARED ? 's' : 'p',
			     f ? a->pgoff << PAGE_SHIFT : 0, dev_major(dev),
			     dev_minor(dev), f ? file_ino(f) : 0);
	name = area_name(a, buf, PATH_MAX);
	if (name) {
		while (n < NAME_COLUMN)
			line[n++] = ' ';
		n = add_name(line, n, name);
	}
	line[n++] = '\n';
	return emit(arg, line, n);
}

int vm_emit_maps(struct vm_space *vm,
		 int (*emit)(void *arg, const char *line, size_t n), void *arg)
{
	/* Too large for a kernel stack. */
	char *line = kmalloc(MAPS_LINE + PATH_MAX);
	int err = 0;

	if (!line)
		return -ENOMEM;
	for_each_area (a, vm) {
		err = emit_area(a, line, line + MAPS_LINE, emit, arg);
		if (err)
			break;
	}
	kfree(line);
	return err;
}

int vm_each_extent(struct vm_space *vm, char *buf,
		   int (*fn)(void *arg, const struct vm_extent *e), void *arg)
{
	for_each_area (a, vm) {
		struct vm_extent e = {
			.start = a->start,
			.end = a->end,
			.prot = a->prot,
			.image = a->flags & VM_IMAGE,
			.dont_dump = a->flags & VM_DONTDUMP,
			.pgoff = a->pgoff,
			.name = area_name(a, buf, PATH_MAX),
		};
		int err;

		e.is_file = !a->name && (e.image || a->file);
		err = fn(arg, &e);
		if (err)
			return err;
	}
	return 0;
}
