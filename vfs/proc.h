/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.h: how /proc is made. Each name is a row of a table (struct proc_node):
 * a directory points to the table of its entries, a file has a function that
 * writes its text, a link one that reads it. Directories of numbers (processes,
 * threads, descriptors) have one row that stands for all of their entries.
 */
#ifndef VFS_PROC_H
#define VFS_PROC_H

#include <posixen/fs.h>

struct process;
struct thread;
struct proc_node;

/* One file of /proc: its row, and the numbers on the way to it. */
struct proc_inode {
	const struct proc_node *node;
	int pid, tid, fd; /* -1 where the path has none */
};

enum proc_number { PROC_NONE, PROC_PID, PROC_TID, PROC_FD };

/* A file, a link or a directory, by its mode: so these share their places, for
 * there are many rows and every image has them. */
struct proc_node {
	const char *name;
	uint32_t mode; /* with the file type */
	uint16_t nr_entries;
	enum proc_number number : 8;
	union {
		/* Files: the whole text; 0 or -errno. */
		int (*show)(struct seq *s, const struct proc_inode *pi);
		/* Links: see vnode_ops. */
		int (*follow)(const struct proc_inode *pi, struct mount **m,
			      struct dentry **d, struct file **f);
		/* Directories: entries that are numbers: the lowest one >=
		 * from, or -1. */
		int (*next)(const struct proc_inode *dir, int from);
	};
	union {
		/* Files: take a text, NUL-terminated; bytes or -errno. */
		ssize_t (*write)(const struct proc_inode *pi, const char *text,
				 size_t n);
		/* Links: see vnode_ops. */
		ssize_t (*readlink)(const struct proc_inode *pi, char *buf,
				    size_t size);
		/* Directories: entries with names. */
		const struct proc_node *entries;
	};
	union {
		/* Files: a text that never changes, in place of show. */
		const char *text;
		/* Directories: the row of the entries that are numbers. */
		const struct proc_node *numbered;
	};
};

#define PROC_FILE(n, fn)                                                       \
	{                                                                      \
		.name = n, .mode = S_IFREG | 0444, .show = fn                  \
	}
#define PROC_TEXT(n, t)                                                        \
	{                                                                      \
		.name = n, .mode = S_IFREG | 0444, .text = t                   \
	}
#define PROC_DIR(n, e)                                                         \
	{                                                                      \
		.name = n, .mode = S_IFDIR | 0555, .entries = e,               \
		.nr_entries = ARRAY_SIZE(e)                                    \
	}

extern const struct proc_node proc_root;
#define PROC_NR_SYS 3
extern const struct proc_node proc_sys_entries[PROC_NR_SYS]; /* proc_sys.c */
extern const struct proc_node proc_pid_dir;		     /* proc_pid.c */

/* Whom a file of /proc/<pid> is about; NULL if it is gone (-ESRCH). */
struct process *proc_process(const struct proc_inode *pi);
/* The thread: of task/<tid>, else the process's first. */
struct thread *proc_thread(const struct proc_inode *pi);

/* proc_system.c */
int proc_show_meminfo(struct seq *s, const struct proc_inode *pi);
int proc_show_uptime(struct seq *s, const struct proc_inode *pi);
int proc_show_loadavg(struct seq *s, const struct proc_inode *pi);
int proc_show_stat(struct seq *s, const struct proc_inode *pi);
int proc_show_version(struct seq *s, const struct proc_inode *pi);
int proc_show_cmdline(struct seq *s, const struct proc_inode *pi);
int proc_show_devices(struct seq *s, const struct proc_inode *pi);
int proc_show_cpuinfo(struct seq *s, const struct proc_inode *pi);
/* proc_mounts.c */
int proc_show_mounts(struct seq *s, const struct proc_inode *pi);
int proc_show_mountinfo(struct seq *s, const struct proc_inode *pi);
int proc_show_filesystems(struct seq *s, const struct proc_inode *pi);
/* proc_task.c */
int proc_show_task_stat(struct seq *s, const struct proc_inode *pi);
int proc_show_task_statm(struct seq *s, const struct proc_inode *pi);
int proc_show_task_status(struct seq *s, const struct proc_inode *pi);
int proc_show_task_limits(struct seq *s, const struct proc_inode *pi);
/* proc_fd.c */
int proc_fd_next(const struct proc_inode *dir, int from);
extern const struct proc_node proc_fd_link, proc_fdinfo_file;
ssize_t proc_path_text(const struct path *p, char *buf, size_t size);

#endif
