/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_mounts.c: /proc/<pid>/mounts, mountinfo, and /proc/filesystems. */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <linux/mount.h>
#include "proc.h"
#include "special.h"

/* Names may hold blanks, which separate fields here: as octal, like Linux. */
static void name_out(struct seq *s, const char *name)
{
	for (; *name; name++) {
		if (strchr(" \t\n\\", *name))
			seq_printf(s, "\\%03o", *name);
		else
			seq_write(s, name, 1);
	}
}

/* Where m lies, seen from the process's root; NULL if not below it. */
static char *place_of(const struct mount *m, char *buf)
{
	struct path at = {m->parent, m->mountpoint};
	char *name;

	if (!m->mountpoint)
		return "/";
	name = path_name(&at, &current_process()->fs->root, buf, PATH_MAX);
	return is_err(name) ? NULL : name;
}

static void options(struct seq *s, const struct mount *m)
{
	static const struct {
		unsigned int flag;
		const char *text;
	} names[] = {
		{MS_NOSUID, ",nosuid"},		{MS_NODEV, ",nodev"},
		{MS_NOEXEC, ",noexec"},		{MS_NOATIME, ",noatime"},
		{MS_NODIRATIME, ",nodiratime"},
	};

	seq_printf(s, m->flags & MS_RDONLY ? "ro" : "rw");
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (m->flags & names[i].flag)
			seq_printf(s, "%s", names[i].text);
	if (!(m->flags & (MS_NOATIME | MS_STRICTATIME)))
		seq_printf(s, ",relatime");
}

static const char *source_of(const struct mount *m)
{
	return m->source && *m->source ? m->source : "none";
}

static void mounts_line(struct seq *s, const struct mount *m, const char *at)
{
	name_out(s, source_of(m));
	seq_write(s, " ", 1);
	name_out(s, at);
	seq_printf(s, " %s ", m->super->type->name);
	options(s, m);
	seq_printf(s, " 0 0\n");
}

static void mountinfo_line(struct seq *s, const struct mount *m, const char *at)
{
	uint64_t dev = m->super->dev;

	seq_printf(s, "%d %d %u:%u / ", m->id, m->parent ? m->parent->id : 1,
		   (unsigned int)(dev >> 8 & 0xfff),
		   (unsigned int)(dev & 0xff));
	name_out(s, at);
	seq_write(s, " ", 1);
	options(s, m);
	seq_printf(s, " - %s ", m->super->type->name);
	name_out(s, source_of(m));
	seq_printf(s, m->flags & MS_RDONLY ? " ro\n" : " rw\n");
}

static int each_mount(struct seq *s,
		      void (*line)(struct seq *, const struct mount *,
				   const char *))
{
	char *buf = kmalloc(PATH_MAX), *at;

	if (!buf)
		return -ENOMEM;
	list_for_each (l, &mount_list) {
		struct mount *m = list_entry(l, struct mount, link);

		at = place_of(m, buf);
		if (at)
			line(s, m, at);
	}
	kfree(buf);
	return 0;
}

int proc_show_mounts(struct seq *s, const struct proc_inode *pi)
{
	return each_mount(s, mounts_line);
}

int proc_show_mountinfo(struct seq *s, const struct proc_inode *pi)
{
	return each_mount(s, mountinfo_line);
}

static int type_out(void *arg, const struct fs_type *t)
{
	seq_printf(arg, "%s\t%s\n", t->nodev ? "nodev" : "", t->name);
	return 0;
}

int proc_show_filesystems(struct seq *s, const struct proc_inode *pi)
{
	return fs_type_each(type_out, s);
}
