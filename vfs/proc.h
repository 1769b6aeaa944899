/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.h: how /proc is made. Each name is a row of a table (struct proc_node):
 * a directory points to the table of its entries, a file has a function that
 * writes its text, a link one that reads it. Directories of numbers (processes,
 * threads, descriptors) have one row that stands for all of their entries.
 */
#ifndef VFS_PROC_H
#define VFS_PROC_H

#include <posixen/procfs.h>

struct process;
struct thread;

extern const struct proc_node proc_root;
#define PROC_NR_SYS 4
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
