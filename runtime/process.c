/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The process: made at boot, ended by exit_group(2), a signal or the end of its
 * last thread. Its pid is 2, below an imagined pid 1 that is the runtime: a
 * process 1 would be one that default actions of signals do not reach, and
 * programs know that. It leads a session, as a service does that init starts.
 */
#include <posixen/debug.h>
#include <posixen/entry.h>
#include <posixen/file.h>
#include <posixen/fs.h>
#include <posixen/klog.h>
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/syscalls.h>
#include <posixen/vm.h>
#include "sched.h"
#include "signal.h"
#include "start.h"

struct process *main_process;

struct process *current_process(void)
{
	const struct thread *t = current();

	return t && t->proc->pid ? t->proc : main_process;
}

/* As a login shell on Debian has them. */
static void default_limits(struct process *p)
{
	for (int i = 0; i < RLIM_NLIMITS; i++)
		p->rlim[i].rlim_cur = p->rlim[i].rlim_max = RLIM64_INFINITY;
	p->rlim[RLIMIT_STACK].rlim_cur = 8 << 20;
	/* core=: `ulimit -c unlimited` in that shell. */
	if (!param_get("core"))
		p->rlim[RLIMIT_CORE].rlim_cur = 0;
	/* nofile=N: what `ulimit -n N` in that shell would be. */
	p->rlim[RLIMIT_NOFILE].rlim_max = 1048576;
	p->rlim[RLIMIT_NOFILE].rlim_cur =
		MIN(param_u64("nofile", 1024), (uint64_t)1048576);
	p->rlim[RLIMIT_MEMLOCK].rlim_cur = 8 << 20;
	p->rlim[RLIMIT_MEMLOCK].rlim_max = 8 << 20;
	p->rlim[RLIMIT_SIGPENDING].rlim_cur = 4096;
	p->rlim[RLIMIT_SIGPENDING].rlim_max = 4096;
	p->rlim[RLIMIT_MSGQUEUE].rlim_cur = 819200;
	p->rlim[RLIMIT_MSGQUEUE].rlim_max = 819200;
	p->rlim[RLIMIT_NICE].rlim_cur = p->rlim[RLIMIT_NICE].rlim_max = 0;
	p->rlim[RLIMIT_RTPRIO].rlim_cur = p->rlim[RLIMIT_RTPRIO].rlim_max = 0;
}

struct process *process_create(void)
{
	struct process *p = kzalloc(sizeof(*p));
	uint64_t ignored = plat_signals_ignored();

	if (!p)
		return NULL;
	list_init(&p->threads);
	list_init(&p->sig_queue);
	waitq_init(&p->signal_wait);
	waitq_init(&p->stop_wait);
	p->pid = p->pgid = p->sid = 2;
	p->ppid = 1;
	p->brk_start = p->brk = BRK_BASE;
	p->start_ns = plat_monotonic_ns();
	default_limits(p);
	for (int sig = 1; sig <= NR_SIG; sig++)
		if (ignored & SIG_BIT(sig))
			p->sigact[sig - 1].handler = SIG_IGNORE;
	p->vm = vm_space_create();
	if (!p->vm) {
		kfree(p);
		return NULL;
	}
	return p;
}

void process_take_ids(struct process *p)
{
	p->cred.uid = p->cred.euid = p->cred.suid = p->cred.fsuid =
		param_u64("uid", 0);
	p->cred.gid = p->cred.egid = p->cred.sgid = p->cred.fsgid =
		param_u64("gid", 0);
}

bool cred_in_group(const struct cred *c, uint32_t gid)
{
	if (gid == c->fsgid)
		return true;
	for (uint32_t i = 0; i < c->ngroups; i++)
		if (c->groups[i] == gid)
			return true;
	return false;
}

bool cred_capable(const struct cred *c)
{
	return c->euid == 0;
}

void process_exit(int wait_status)
{
	struct thread *self = current();
	struct process *p = self->proc;

	if (p->exiting) /* closing a file led here again */
		plat_exit(p->exit_status);
	p->exiting = true;
	p->exit_status = wait_status;
	debugger_stop(DEBUG_EXIT);
	/* The others never run again, so what they hold needs no care: the
	 * machine ends with the process. */
	list_for_each (pos, &p->threads) {
		struct thread *t = list_entry(pos, struct thread, proc_link);

		if (t != self)
			sched_forget(t);
	}
	/* Nothing may interrupt the closing of files. */
	self->sig_mask = ~0ULL;
	self->work = 0;
	if (p->files)
		fd_table_destroy(p->files);
	p->files = NULL;
	stop_subsystems();
	shim_report();
	inject_report();
	plat_exit(wait_status);
}

long sys_exit(int code)
{
	thread_exit(code);
}

long sys_exit_group(int code)
{
	process_exit((code & 0xff) << 8);
}
