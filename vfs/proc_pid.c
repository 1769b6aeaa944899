/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_pid.c: the names in /proc/<pid> and in its task/<tid>. */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/vm.h>
#include <linux/stat.h>
#include "proc.h"
#include "special.h"

static int maps_line(void *arg, const char *line, size_t n)
{
	struct seq *s = arg;

	seq_write(s, line, n);
	return s->err;
}

static int show_maps(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);

	if (!p)
		return -ESRCH;
	return p->vm ? vm_emit_maps(p->vm, maps_line, s) : 0;
}

/* Bytes of the program's memory, as far as they are there. */
static int user_bytes(struct seq *s, uintptr_t from, uintptr_t to)
{
	char buf[256];

	while (from < to) {
		size_t n = MIN(to - from, sizeof(buf));

		if (copy_in(buf, (const void *)from, n))
			break;
		seq_write(s, buf, n);
		from += n;
	}
	return 0;
}

/* The arguments as they stand in memory now: a program may write a title over
 * them (setproctitle). Until they are set up, as they were given. */
static int show_cmdline(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);

	if (!p)
		return -ESRCH;
	if (p->arg_end > p->arg_start)
		return user_bytes(s, p->arg_start, p->arg_end);
	seq_write(s, p->cmdline, p->cmdline_len);
	return 0;
}

static int show_environ(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);

	return p ? user_bytes(s, p->env_start, p->env_end) : -ESRCH;
}

static int show_auxv(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);

	return p ? user_bytes(s, p->auxv_start, p->auxv_end) : -ESRCH;
}

static int show_comm(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);
	struct thread *t = proc_thread(pi);

	if (!p || !t)
		return -ESRCH;
	seq_printf(s, "%s\n", pi->tid >= 0 ? t->name : p->comm);
	return 0;
}

static ssize_t write_comm(const struct proc_inode *pi, const char *text,
			  size_t n)
{
	struct process *p = proc_process(pi);
	struct thread *t = proc_thread(pi);

	if (!p || !t)
		return -ESRCH;
	strlcpy(t->name, text, sizeof(t->name));
	if (t == p->leader)
		strlcpy(p->comm, text, sizeof(p->comm));
	return n;
}

/* Never more or less likely to be killed: nothing kills for memory. */
static ssize_t write_nothing(const struct proc_inode *pi, const char *text,
			     size_t n)
{
	return n;
}

static ssize_t exe_link(const struct proc_inode *pi, char *buf, size_t size)
{
	struct process *p = proc_process(pi);
	size_t n;

	if (!p || !p->exe)
		return -ENOENT;
	n = MIN(strlen(p->exe), size);
	memcpy(buf, p->exe, n);
	return n;
}

static const struct path *dir_of(const struct proc_inode *pi)
{
	struct process *p = proc_process(pi);

	if (!p || !p->fs)
		return NULL;
	return strcmp(pi->node->name, "cwd") ? &p->fs->root : &p->fs->cwd;
}

static ssize_t dir_link(const struct proc_inode *pi, char *buf, size_t size)
{
	const struct path *at = dir_of(pi);

	return at ? proc_path_text(at, buf, size) : -ENOENT;
}

static int dir_follow(const struct proc_inode *pi, struct mount **m,
		      struct dentry **d, struct file **f)
{
	const struct path *at = dir_of(pi);

	if (!at)
		return -ENOENT;
	path_get(at);
	*m = at->mount;
	*d = at->dentry;
	return 0;
}

/* The lowest tid >= from. */
static int task_next(const struct proc_inode *dir, int from)
{
	struct process *p = proc_process(dir);
	int best = -1;

	if (!p)
		return -1;
	list_for_each (l, &p->threads) {
		int tid = list_entry(l, struct thread, proc_link)->tid;

		if (tid >= from && (best < 0 || tid < best))
			best = tid;
	}
	return best;
}

#define FD_DIR(n, row)                                                         \
	{                                                                      \
		.name = n, .mode = S_IFDIR | 0500, .next = proc_fd_next,       \
		.numbered = row, .number = PROC_FD                             \
	}
/* The last row is for processes alone. */
static const struct proc_node thread_dir;
static const struct proc_node entries[] = {
	PROC_FILE("auxv", show_auxv),
	PROC_FILE("cmdline", show_cmdline),
	{.name = "comm",
	 .mode = S_IFREG | 0644,
	 .show = show_comm,
	 .write = write_comm},
	{.name = "cwd",
	 .mode = S_IFLNK | 0777,
	 .readlink = dir_link,
	 .follow = dir_follow},
	{.name = "environ", .mode = S_IFREG | 0400, .show = show_environ},
	{.name = "exe", .mode = S_IFLNK | 0777, .readlink = exe_link},
	FD_DIR("fd", &proc_fd_link),
	FD_DIR("fdinfo", &proc_fdinfo_file),
	PROC_FILE("limits", proc_show_task_limits),
	PROC_FILE("maps", show_maps),
	PROC_FILE("mountinfo", proc_show_mountinfo),
	PROC_FILE("mounts", proc_show_mounts),
	{.name = "net",
	 .mode = S_IFDIR | 0555,
	 .number = PROC_EXTRA,
	 .extra = &proc_net},
	{.name = "oom_score_adj",
	 .mode = S_IFREG | 0644,
	 .text = "0\n",
	 .write = write_nothing},
	{.name = "root",
	 .mode = S_IFLNK | 0777,
	 .readlink = dir_link,
	 .follow = dir_follow},
	PROC_FILE("stat", proc_show_task_stat),
	PROC_FILE("statm", proc_show_task_statm),
	PROC_FILE("status", proc_show_task_status),
	{.name = "task",
	 .mode = S_IFDIR | 0555,
	 .next = task_next,
	 .numbered = &thread_dir,
	 .number = PROC_TID},
};

static const struct proc_node thread_dir = {
	.name = "tid",
	.mode = S_IFDIR | 0555,
	.entries = entries,
	.nr_entries = ARRAY_SIZE(entries) - 1,
};

const struct proc_node proc_pid_dir = PROC_DIR("pid", entries);
