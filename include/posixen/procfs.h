/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs.h: what a row of /proc is (vfs/procfs.c), for those outside vfs/ who
 * have something to show there.
 */
#ifndef POSIXEN_PROCFS_H
#define POSIXEN_PROCFS_H

#include <posixen/fs.h>
#include <linux/stat.h>

struct proc_node;
struct proc_extra;

/* One file of /proc: its row, and the numbers on the way to it. */
struct proc_inode {
	const struct proc_node *node;
	int pid, tid, fd; /* -1 where the path has none */
};

enum proc_number { PROC_NONE, PROC_PID, PROC_TID, PROC_FD, PROC_EXTRA };

/* A file, a link or a directory, by its mode: so these share their places, for
 * there are many rows and most images have them. */
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
		/* PROC_EXTRA, directories and links: more entries, once
		 * somebody has filled that in. What has no entries of its own
		 * is not there before. */
		const struct proc_extra *extra;
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

/* Of subsystems (proc_root.c): empty until net/ or ipc/ writes to them at its
 * start, which it does before the program's first instruction. */
struct proc_extra {
	const struct proc_node *entries;
	unsigned int nr;
};
extern struct proc_extra proc_net;	  /* /proc/<pid>/net */
extern struct proc_extra proc_sys_net;	  /* /proc/sys/net */
extern struct proc_extra proc_sys_mqueue; /* /proc/sys/fs/mqueue */
extern struct proc_extra proc_sys_kernel; /* more of /proc/sys/kernel */
extern struct proc_extra proc_sysvipc;	  /* /proc/sysvipc */

#endif
