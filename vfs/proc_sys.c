/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_sys.c: /proc/sys. The values say what the runtime does; they cannot be
 * changed here.
 */
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/random.h>
#include <posixen/sysinfo.h>
#include <linux/stat.h>
#include "proc.h"

static int show_osrelease(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%s\n", system_release());
	return 0;
}

static int show_hostname(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%s\n", system_hostname());
	return 0;
}

static int show_domainname(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%s\n", system_domainname());
	return 0;
}

/* A version 4 (random) UUID, RFC 4122 section 4.4. */
static void uuid_out(struct seq *s, const uint8_t *u)
{
	for (int i = 0; i < 16; i++) {
		uint8_t b = u[i];

		if (i == 6)
			b = (b & 0x0f) | 0x40;
		if (i == 8)
			b = (b & 0x3f) | 0x80;
		if (i == 4 || i == 6 || i == 8 || i == 10)
			seq_write(s, "-", 1);
		seq_printf(s, "%02x", b);
	}
	seq_write(s, "\n", 1);
}

static int show_uuid(struct seq *s, const struct proc_inode *pi)
{
	uint8_t u[16];

	random_bytes(u, sizeof(u));
	uuid_out(s, u);
	return 0;
}

static int show_boot_id(struct seq *s, const struct proc_inode *pi)
{
	static uint8_t id[16];
	static bool made;

	if (!made)
		random_bytes(id, sizeof(id));
	made = true;
	uuid_out(s, id);
	return 0;
}

static int show_threads_max(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%zu\n", page_total() / 8);
	return 0;
}

static size_t file_max(void)
{
	return MAX(page_total() * (PAGE_SIZE / 1024) / 10, 8192u);
}

static int show_file_max(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "%zu\n", file_max());
	return 0;
}

static const struct proc_node random_entries[] = {
	PROC_FILE("boot_id", show_boot_id),
	PROC_TEXT("entropy_avail", "256\n"),
	PROC_TEXT("poolsize", "256\n"),
	PROC_FILE("uuid", show_uuid),
};

static const struct proc_node kernel_entries[] = {
	PROC_TEXT("cap_last_cap", "40\n"),
	PROC_TEXT("core_pattern", "core\n"),
	PROC_FILE("domainname", show_domainname),
	PROC_FILE("hostname", show_hostname),
	PROC_TEXT("ngroups_max", "65536\n"),
	PROC_FILE("osrelease", show_osrelease),
	PROC_TEXT("ostype", "Linux\n"),
	PROC_TEXT("overflowgid", "65534\n"),
	PROC_TEXT("overflowuid", "65534\n"),
	PROC_TEXT("pid_max", "32768\n"),
	PROC_DIR("random", random_entries),
	PROC_TEXT("randomize_va_space", "0\n"),
	PROC_TEXT("sched_rr_timeslice_ms", "100\n"),
	PROC_TEXT("tainted", "0\n"),
	PROC_FILE("threads-max", show_threads_max),
	PROC_TEXT("version", "#1 Posixen\n"),
};

static const struct proc_node vm_entries[] = {
	PROC_TEXT("max_map_count", "65530\n"),
	PROC_TEXT("mmap_min_addr", "65536\n"),
	PROC_TEXT("nr_hugepages", "0\n"),
	PROC_TEXT("overcommit_memory", "0\n"),
	PROC_TEXT("overcommit_ratio", "50\n"),
	PROC_TEXT("swappiness", "60\n"),
};

static const struct proc_node epoll_entries[] = {
	PROC_TEXT("max_user_watches", "1048576\n"),
};

static const struct proc_node fs_entries[] = {
	PROC_DIR("epoll", epoll_entries),
	PROC_FILE("file-max", show_file_max),
	PROC_TEXT("lease-break-time", "45\n"),
	PROC_TEXT("leases-enable", "0\n"),
	{.name = "mqueue",
	 .mode = S_IFDIR | 0555,
	 .number = PROC_EXTRA,
	 .extra = &proc_sys_mqueue},
	PROC_TEXT("nr_open", "1048576\n"),
	PROC_TEXT("overflowgid", "65534\n"),
	PROC_TEXT("overflowuid", "65534\n"),
	PROC_TEXT("pipe-max-size", "1048576\n"),
	PROC_TEXT("protected_hardlinks", "0\n"),
	PROC_TEXT("protected_symlinks", "0\n"),
};

const struct proc_node proc_sys_entries[PROC_NR_SYS] = {
	PROC_DIR("fs", fs_entries),
	{.name = "kernel",
	 .mode = S_IFDIR | 0555,
	 .entries = kernel_entries,
	 .nr_entries = ARRAY_SIZE(kernel_entries),
	 .number = PROC_EXTRA,
	 .extra = &proc_sys_kernel},
	{.name = "net",
	 .mode = S_IFDIR | 0555,
	 .number = PROC_EXTRA,
	 .extra = &proc_sys_net},
	PROC_DIR("vm", vm_entries),
};
