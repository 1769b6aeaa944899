/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_root.c: the names directly below /proc. */
#include <posixen/lib.h>
#include <posixen/process.h>
#include <linux/stat.h>
#include "proc.h"

static ssize_t self_link(const struct proc_inode *pi, char *buf, size_t size)
{
	int n = snprintf(buf, size, "%d", current_process()->pid);

	return MIN((size_t)n, size);
}

static ssize_t thread_self_link(const struct proc_inode *pi, char *buf,
				size_t size)
{
	int n = snprintf(buf, size, "%d/task/%d", current_process()->pid,
			 current()->tid);

	return MIN((size_t)n, size);
}

static ssize_t mounts_link(const struct proc_inode *pi, char *buf, size_t size)
{
	size_t n = MIN(sizeof("self/mounts") - 1, size);

	memcpy(buf, "self/mounts", n);
	return n;
}

static ssize_t net_link(const struct proc_inode *pi, char *buf, size_t size)
{
	size_t n = MIN(sizeof("self/net") - 1, size);

	memcpy(buf, "self/net", n);
	return n;
}

struct proc_extra proc_net, proc_sys_net, proc_sys_mqueue, proc_sys_kernel;
struct proc_extra proc_sysvipc;

static int pid_next(const struct proc_inode *dir, int from)
{
	int pid = current_process()->pid;

	return from <= pid ? pid : -1;
}

static const struct proc_node root_entries[] = {
	PROC_FILE("cmdline", proc_show_cmdline),
	PROC_FILE("cpuinfo", proc_show_cpuinfo),
	PROC_FILE("devices", proc_show_devices),
	PROC_FILE("filesystems", proc_show_filesystems),
	PROC_FILE("loadavg", proc_show_loadavg),
	PROC_FILE("meminfo", proc_show_meminfo),
	{.name = "mounts", .mode = S_IFLNK | 0777, .readlink = mounts_link},
	{.name = "net",
	 .mode = S_IFLNK | 0777,
	 .readlink = net_link,
	 .number = PROC_EXTRA,
	 .extra = &proc_net},
	{.name = "self", .mode = S_IFLNK | 0777, .readlink = self_link},
	PROC_FILE("stat", proc_show_stat),
	PROC_DIR("sys", proc_sys_entries),
	{.name = "sysvipc",
	 .mode = S_IFDIR | 0555,
	 .number = PROC_EXTRA,
	 .extra = &proc_sysvipc},
	{.name = "thread-self",
	 .mode = S_IFLNK | 0777,
	 .readlink = thread_self_link},
	PROC_FILE("uptime", proc_show_uptime),
	PROC_FILE("version", proc_show_version),
};

const struct proc_node proc_root = {
	.name = "/",
	.mode = S_IFDIR | 0555,
	.entries = root_entries,
	.nr_entries = ARRAY_SIZE(root_entries),
	.next = pid_next,
	.numbered = &proc_pid_dir,
	.number = PROC_PID,
};
