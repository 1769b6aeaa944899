/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_system.c: the files of /proc about the whole machine, proc(5). */
#include <posixen/ktime.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/sysinfo.h>
#include "proc.h"
#include "special.h"

#define TICK_NS 10000000UL /* USER_HZ is 100 */

static void kb(struct seq *s, const char *name, size_t pages)
{
	seq_printf(s, "%-16s%8zu kB\n", name, pages * (PAGE_SIZE / 1024));
}

int proc_show_meminfo(struct seq *s, const struct proc_inode *pi)
{
	size_t total = page_total(), free = page_free_count();
	size_t file = page_use_count(PAGE_FILE);
	size_t anon = page_use_count(PAGE_ANON);
	size_t kernel = page_use_count(PAGE_KERNEL);

	kb(s, "MemTotal:", total);
	kb(s, "MemFree:", free);
	kb(s, "MemAvailable:", free);
	kb(s, "Buffers:", 0);
	kb(s, "Cached:", file);
	kb(s, "SwapCached:", 0);
	kb(s, "Active:", anon);
	kb(s, "Inactive:", file);
	kb(s, "Active(anon):", anon);
	kb(s, "Inactive(anon):", file);
	kb(s, "Active(file):", 0);
	kb(s, "Inactive(file):", 0);
	kb(s, "Unevictable:", 0);
	kb(s, "Mlocked:", 0);
	kb(s, "SwapTotal:", 0);
	kb(s, "SwapFree:", 0);
	kb(s, "Dirty:", 0);
	kb(s, "Writeback:", 0);
	kb(s, "AnonPages:", anon);
	kb(s, "Mapped:", 0);
	kb(s, "Shmem:", file);
	kb(s, "KReclaimable:", 0);
	kb(s, "Slab:", kernel);
	kb(s, "SReclaimable:", 0);
	kb(s, "SUnreclaim:", kernel);
	kb(s, "KernelStack:", 0);
	kb(s, "PageTables:", page_use_count(PAGE_TABLE));
	kb(s, "CommitLimit:", total);
	kb(s, "Committed_AS:", anon);
	kb(s, "VmallocTotal:", 0);
	kb(s, "VmallocUsed:", 0);
	kb(s, "HugePages_Total:", 0);
	return 0;
}

int proc_show_uptime(struct seq *s, const struct proc_inode *pi)
{
	uint64_t up = plat_monotonic_ns(), busy = plat_cpu_ns();
	uint64_t idle = up > busy ? up - busy : 0;

	up /= TICK_NS;
	idle /= TICK_NS;
	seq_printf(s, "%lu.%02lu %lu.%02lu\n", up / 100, up % 100, idle / 100,
		   idle % 100);
	return 0;
}

static unsigned int runnable(const struct process *p)
{
	unsigned int n = 0;

	list_for_each (l, &p->threads)
		n += list_entry(l, struct thread, proc_link)->state <=
		     THREAD_RUNNING;
	return n;
}

int proc_show_loadavg(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = current_process();
	unsigned long load[3];

	system_loads(load);
	for (int i = 0; i < 3; i++) {
		/* Rounded to two places. */
		unsigned long hundredths = (load[i] * 100 + 0x8000) >> 16;

		seq_printf(s, "%lu.%02lu ", hundredths / 100, hundredths % 100);
	}
	seq_printf(s, "%u/%u %d\n", runnable(p), p->nr_threads, p->pid);
	return 0;
}

static void cpu_line(struct seq *s, const char *name)
{
	struct process *p = current_process();
	uint64_t up = plat_monotonic_ns(), busy, user;

	cputime_of_process(p);
	busy = plat_cpu_ns();
	user = p->cputime.user;
	seq_printf(s, "%s %lu 0 %lu %lu 0 0 0 0 0 0\n", name, user / TICK_NS,
		   (busy - user) / TICK_NS,
		   (up > busy ? up - busy : 0) / TICK_NS);
}

int proc_show_stat(struct seq *s, const struct proc_inode *pi)
{
	struct process *p = current_process();
	uint64_t boot = clock_realtime_ns() - plat_monotonic_ns();
	uint64_t switches = 0;

	list_for_each (l, &p->threads)
		switches += list_entry(l, struct thread, proc_link)->nvcsw;
	cpu_line(s, "cpu ");
	cpu_line(s, "cpu0");
	seq_printf(s,
		   "intr 0\nctxt %lu\nbtime %lu\nprocesses %u\n"
		   "procs_running %u\nprocs_blocked 0\n"
		   "softirq 0 0 0 0 0 0 0 0 0 0 0\n",
		   switches, (unsigned long)(boot / NSEC_PER_SEC),
		   p->nr_threads, runnable(p));
	return 0;
}

int proc_show_version(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "Linux version %s (posixen) (gcc %s) #1 Posixen\n",
		   system_release(), __VERSION__);
	return 0;
}

static void param_out(void *arg, const char *name, const char *value)
{
	struct seq *s = arg;

	seq_printf(s, *value ? "%s%s=%s" : "%s%s", s->len ? " " : "", name,
		   value);
}

int proc_show_cmdline(struct seq *s, const struct proc_inode *pi)
{
	param_each("", param_out, s);
	seq_write(s, "\n", 1);
	return 0;
}

static int device_out(void *arg, struct chardev *c)
{
	static const char *const mem = "mem";
	unsigned int major = c->rdev >> 8 & 0xfff;

	/* The memory devices are one driver; its first one stands for all. */
	if (major == 1 && strcmp(c->name, "null"))
		return 0;
	seq_printf(arg, "%3u %s%s\n", major, major == 1 ? "" : "/dev/",
		   major == 1 ? mem : c->name);
	return 0;
}

int proc_show_devices(struct seq *s, const struct proc_inode *pi)
{
	seq_printf(s, "Character devices:\n");
	chardev_each(device_out, s);
	seq_printf(s, "\nBlock devices:\n");
	return 0;
}
