/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_task.c: stat, statm, status and limits of a process or thread, proc(5).
 * What a unikernel has no notion of (capabilities beyond root's, NUMA nodes,
 * swap) has the value that a plain Linux machine shows.
 */
#include <posixen/ktime.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include <posixen/vm.h>
#include "proc.h"
#include "special.h"

#define TICK_NS	 10000000UL /* USER_HZ is 100 */
#define KB	 (PAGE_SIZE / 1024)
#define ALL_CAPS 0x1ffffffffffULL

struct subject {
	struct process *p;
	struct thread *t;
	bool one_thread; /* a file of task/<tid> */
	const struct cputime *cputime;
	long switches;
	struct vm_stat vm;
};

static int subject_of(const struct proc_inode *pi, struct subject *sub)
{
	*sub = (struct subject){
		.p = proc_process(pi),
		.t = proc_thread(pi),
		.one_thread = pi->tid >= 0,
	};
	if (!sub->p || !sub->t)
		return -ESRCH;
	if (sub->one_thread) {
		cputime_of_thread(sub->t);
		sub->cputime = &sub->t->cputime;
	} else {
		cputime_of_process(sub->p);
		sub->cputime = &sub->p->cputime;
	}
	list_for_each (l, &sub->p->threads) {
		struct thread *t = list_entry(l, struct thread, proc_link);

		if (sub->one_thread && t != sub->t)
			continue;
		sub->switches += t->nvcsw;
	}
	if (sub->p->vm)
		vm_get_stat(sub->p->vm, &sub->vm);
	return 0;
}

static const char *name_of(const struct subject *sub)
{
	return sub->one_thread ? sub->t->name : sub->p->comm;
}

static char state_of(const struct thread *t)
{
	switch (t->state) {
	case THREAD_READY:
	case THREAD_RUNNING:
		return 'R';
	case THREAD_BLOCKED:
		return 'S';
	default:
		return 'X';
	}
}

static uint64_t handlers(const struct process *p, bool ignored)
{
	uint64_t set = 0;

	for (unsigned int i = 0; i < 64; i++) {
		uintptr_t h = (uintptr_t)p->sigact[i].handler;

		if (ignored ? h == 1 : h > 1)
			set |= 1ULL << i;
	}
	return set;
}

int proc_show_task_stat(struct seq *s, const struct proc_inode *pi)
{
	struct subject sub;
	struct process *p;
	int err = subject_of(pi, &sub);

	if (err)
		return err;
	p = sub.p;
	seq_printf(s, "%d (%s) %c %d %d %d 0 -1 4194304 0 0 0 0 ",
		   sub.one_thread ? sub.t->tid : p->pid, name_of(&sub),
		   state_of(sub.t), p->ppid, p->pgid, p->sid);
	/* Times, none of children; then priority and nice. */
	seq_printf(s, "%lu %lu 0 0 20 0 %u 0 %lu ", sub.cputime->user / TICK_NS,
		   sub.cputime->system / TICK_NS, p->nr_threads,
		   p->start_ns / TICK_NS);
	seq_printf(s, "%lu %lu %lu %lu %lu %lu 0 0 ",
		   sub.vm.total_pages * PAGE_SIZE, sub.vm.resident_pages,
		   (unsigned long)p->rlim[RLIMIT_RSS].rlim_cur,
		   (uintptr_t)__text_start, (uintptr_t)__text_end,
		   p->stack_top);
	seq_printf(s, "%lu %lu %lu %lu 0 0 0 17 0 0 0 0 0 0 ",
		   sub.t->sig_pending & INT64_MAX, sub.t->sig_mask & INT64_MAX,
		   handlers(p, true) & INT64_MAX,
		   handlers(p, false) & INT64_MAX);
	seq_printf(s, "%lu %lu %lu %lu %lu %lu %lu 0\n",
		   (uintptr_t)__data_start, (uintptr_t)__data_end, p->brk_start,
		   p->arg_start, p->arg_end, p->env_start, p->env_end);
	return 0;
}

int proc_show_task_statm(struct seq *s, const struct proc_inode *pi)
{
	struct subject sub;
	int err = subject_of(pi, &sub);

	if (err)
		return err;
	seq_printf(s, "%zu %zu 0 %zu 0 %zu 0\n", sub.vm.total_pages,
		   sub.vm.resident_pages, sub.vm.text_pages,
		   sub.vm.data_pages + sub.vm.stack_pages);
	return 0;
}

static void ids(struct seq *s, const struct subject *sub)
{
	const struct cred *c = &sub->p->cred;

	seq_printf(s,
		   "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n"
		   "FDSize:\t%d\nGroups:\t",
		   c->uid, c->euid, c->suid, c->fsuid, c->gid, c->egid, c->sgid,
		   c->fsgid, fd_table_size(sub->p->files));
	for (uint32_t i = 0; i < c->ngroups; i++)
		seq_printf(s, "%u ", c->groups[i]);
	seq_printf(s, "\nNStgid:\t%d\nNSpid:\t%d\nNSpgid:\t%d\nNSsid:\t%d\n",
		   sub->p->pid, sub->one_thread ? sub->t->tid : sub->p->pid,
		   sub->p->pgid, sub->p->sid);
}

static void vm_line(struct seq *s, const char *name, size_t pages)
{
	seq_printf(s, "%s:\t%8zu kB\n", name, pages * KB);
}

static void memory(struct seq *s, const struct vm_stat *vm)
{
	vm_line(s, "VmPeak", vm->total_pages);
	vm_line(s, "VmSize", vm->total_pages);
	vm_line(s, "VmLck", vm->locked_pages);
	vm_line(s, "VmPin", 0);
	vm_line(s, "VmHWM", vm->resident_pages);
	vm_line(s, "VmRSS", vm->resident_pages);
	vm_line(s, "RssAnon", vm->resident_pages);
	vm_line(s, "RssFile", 0);
	vm_line(s, "RssShmem", 0);
	vm_line(s, "VmData", vm->data_pages);
	vm_line(s, "VmStk", vm->stack_pages);
	vm_line(s, "VmExe", vm->text_pages);
	vm_line(s, "VmLib", 0);
	vm_line(s, "VmPTE", page_use_count(PAGE_TABLE));
	vm_line(s, "VmSwap", 0);
}

static void signals(struct seq *s, const struct subject *sub)
{
	const struct process *p = sub->p;

	seq_printf(s, "SigQ:\t0/%lu\n",
		   (unsigned long)p->rlim[RLIMIT_SIGPENDING].rlim_cur);
	seq_printf(s,
		   "SigPnd:\t%016lx\nShdPnd:\t%016lx\nSigBlk:\t%016lx\n"
		   "SigIgn:\t%016lx\nSigCgt:\t%016lx\n",
		   sub->t->sig_pending, p->sig_pending, sub->t->sig_mask,
		   handlers(p, true), handlers(p, false));
}

int proc_show_task_status(struct seq *s, const struct proc_inode *pi)
{
	struct subject sub;
	uint64_t caps;
	int err = subject_of(pi, &sub);

	if (err)
		return err;
	caps = cred_capable(&sub.p->cred) ? ALL_CAPS : 0;
	seq_printf(s, "Name:\t%s\nUmask:\t%04o\nState:\t%s\n", name_of(&sub),
		   sub.p->fs->umask,
		   state_of(sub.t) == 'R' ? "R (running)" : "S (sleeping)");
	seq_printf(s,
		   "Tgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\n"
		   "TracerPid:\t0\n",
		   sub.p->pid, sub.one_thread ? sub.t->tid : sub.p->pid,
		   sub.p->ppid);
	ids(s, &sub);
	memory(s, &sub.vm);
	seq_printf(s, "CoreDumping:\t0\nTHP_enabled:\t0\nThreads:\t%u\n",
		   sub.p->nr_threads);
	signals(s, &sub);
	seq_printf(s,
		   "CapInh:\t%016x\nCapPrm:\t%016lx\nCapEff:\t%016lx\n"
		   "CapBnd:\t%016llx\nCapAmb:\t%016x\n",
		   0, caps, caps, ALL_CAPS, 0);
	seq_printf(s,
		   "NoNewPrivs:\t0\nSeccomp:\t0\nSeccomp_filters:\t0\n"
		   "Speculation_Store_Bypass:\tvulnerable\n"
		   "SpeculationIndirectBranch:\tunknown\n"
		   "Cpus_allowed:\t1\nCpus_allowed_list:\t0\n"
		   "Mems_allowed:\t1\nMems_allowed_list:\t0\n"
		   "voluntary_ctxt_switches:\t%ld\n"
		   "nonvoluntary_ctxt_switches:\t0\n",
		   sub.switches);
	return 0;
}

static void limit(struct seq *s, uint64_t val)
{
	if (val == RLIM64_INFINITY)
		seq_printf(s, "%-20s ", "unlimited");
	else
		seq_printf(s, "%-20lu ", val);
}

int proc_show_task_limits(struct seq *s, const struct proc_inode *pi)
{
	static const struct {
		unsigned int nr;
		const char *name, *unit;
	} rows[] = {
		{RLIMIT_CPU, "Max cpu time", "seconds"},
		{RLIMIT_FSIZE, "Max file size", "bytes"},
		{RLIMIT_DATA, "Max data size", "bytes"},
		{RLIMIT_STACK, "Max stack size", "bytes"},
		{RLIMIT_CORE, "Max core file size", "bytes"},
		{RLIMIT_RSS, "Max resident set", "bytes"},
		{RLIMIT_NPROC, "Max processes", "processes"},
		{RLIMIT_NOFILE, "Max open files", "files"},
		{RLIMIT_MEMLOCK, "Max locked memory", "bytes"},
		{RLIMIT_AS, "Max address space", "bytes"},
		{RLIMIT_LOCKS, "Max file locks", "locks"},
		{RLIMIT_SIGPENDING, "Max pending signals", "signals"},
		{RLIMIT_MSGQUEUE, "Max msgqueue size", "bytes"},
		{RLIMIT_NICE, "Max nice priority", ""},
		{RLIMIT_RTPRIO, "Max realtime priority", ""},
		{RLIMIT_RTTIME, "Max realtime timeout", "us"},
	};
	struct process *p = proc_process(pi);

	if (!p)
		return -ESRCH;
	seq_printf(s, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit",
		   "Hard Limit", "Units");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct rlimit *r = &p->rlim[rows[i].nr];

		seq_printf(s, "%-25s ", rows[i].name);
		limit(s, r->rlim_cur);
		limit(s, r->rlim_max);
		if (*rows[i].unit)
			seq_printf(s, "%-10s", rows[i].unit);
		seq_write(s, "\n", 1);
	}
	return 0;
}
