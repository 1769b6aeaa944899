/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysctl.h: files of /proc/sys that hold numbers (sysctl.c). SYSCTL() makes the
 * functions of one, SYSCTL_FILE() its row.
 */
#ifndef IPC_SYSCTL_H
#define IPC_SYSCTL_H

#include <posixen/procfs.h>

/* Read n numbers between min and max from a text into val[], fewer if the text
 * has fewer; blanks lie between them. The whole text's length, or -EINVAL, and
 * then nothing is changed (proc(5): /proc/sys). */
ssize_t sysctl_read(const char *text, size_t len, uint64_t *val, unsigned int n,
		    uint64_t min, uint64_t max);

#define SYSCTL(id, var, min, max)                                              \
	static int show_##id(struct seq *s, const struct proc_inode *pi)       \
	{                                                                      \
		seq_printf(s, "%llu\n", (unsigned long long)(var));            \
		return 0;                                                      \
	}                                                                      \
	static ssize_t store_##id(const struct proc_inode *pi,                 \
				  const char *text, size_t n)                  \
	{                                                                      \
		uint64_t val = (var);                                          \
		ssize_t ret = sysctl_read(text, n, &val, 1, (min), (max));     \
                                                                               \
		if (ret >= 0)                                                  \
			(var) = (__typeof__(var))val;                          \
		return ret;                                                    \
	}
#define SYSCTL_FILE(n, id)                                                     \
	{                                                                      \
		.name = n, .mode = S_IFREG | 0644, .show = show_##id,          \
		.write = store_##id                                            \
	}

#endif
