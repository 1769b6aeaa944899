/* SPDX-License-Identifier: BSD-2-Clause */
/* Resource limits and use: getrlimit(2), getrusage(2). */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <posixen/process.h>
#include <posixen/subsystem.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include <posixen/vm.h>
#include <linux/fs.h>
#include <linux/resource.h>
#include <linux/time.h>

static long set_limit(struct process *p, unsigned int what,
		      const struct rlimit *new)
{
	struct rlimit *lim = &p->rlim[what];

	if (new->rlim_cur > new->rlim_max)
		return -EINVAL;
	/* Linux: fs.nr_open bounds even root. */
	if (what == RLIMIT_NOFILE && new->rlim_max > 1048576)
		return -EPERM;
	if (new->rlim_max > lim->rlim_max && !cred_capable(&p->cred))
		return -EPERM;
	*lim = *new;
	return 0;
}

long sys_prlimit64(int pid, int what, const void *unew, void *uold)
{
	struct process *p = current_process();
	struct rlimit new, old;
	long err = 0;

	if (what < 0 || what >= RLIM_NLIMITS)
		return -EINVAL;
	if (unew && copy_in_obj(&new, unew))
		return -EFAULT;
	if (pid != 0 && pid != p->pid)
		return -ESRCH;
	old = p->rlim[what];
	if (unew)
		err = set_limit(p, what, &new);
	if (!err && uold && copy_out_obj((struct rlimit *)uold, &old))
		err = -EFAULT;
	return err;
}

long sys_getrlimit(int what, void *uold)
{
	struct rlimit lim;

	if (what < 0 || what >= RLIM_NLIMITS)
		return -EINVAL;
	lim = current_process()->rlim[what];
	return copy_out_obj((struct rlimit *)uold, &lim);
}

long sys_setrlimit(int what, const void *unew)
{
	struct rlimit new;

	if (copy_in_obj(&new, unew))
		return -EFAULT;
	if (what < 0 || what >= RLIM_NLIMITS)
		return -EINVAL;
	return set_limit(current_process(), what, &new);
}

static struct __kernel_old_timeval to_timeval(uint64_t ns)
{
	return (struct __kernel_old_timeval){.tv_sec = ns / NSEC_PER_SEC,
					     .tv_usec =
						     ns % NSEC_PER_SEC / 1000};
}

static void add_counts(struct rusage *ru, long nvcsw, long nivcsw, long minflt)
{
	ru->ru_nvcsw += nvcsw;
	ru->ru_nivcsw += nivcsw;
	ru->ru_minflt += minflt;
}

long sys_getrusage(int who, void *uru)
{
	struct process *p = current_process();
	struct thread *self = current();
	struct __kernel_old_timeval user, system;
	const struct cputime *had;
	struct vm_stat st = {0};
	struct rusage ru;

	SUBSYSTEM_REQUIRE(cputime);
	memset(&ru, 0, sizeof(ru));
	switch (who) {
	case RUSAGE_SELF:
		cputime_of_process(p);
		had = &p->cputime;
		add_counts(&ru, p->ended.nvcsw, p->ended.nivcsw,
			   p->ended.minflt);
		list_for_each (pos, &p->threads) {
			struct thread *t =
				list_entry(pos, struct thread, proc_link);

			add_counts(&ru, t->nvcsw, t->nivcsw, t->minflt);
		}
		break;
	case RUSAGE_THREAD:
		cputime_of_thread(self);
		had = &self->cputime;
		add_counts(&ru, self->nvcsw, self->nivcsw, self->minflt);
		break;
	case RUSAGE_CHILDREN: /* there are none */
		return copy_out_obj((struct rusage *)uru, &ru);
	default:
		return -EINVAL;
	}
	user = to_timeval(had->user);
	system = to_timeval(had->system);
	memcpy(&ru.ru_utime, &user, sizeof(user));
	memcpy(&ru.ru_stime, &system, sizeof(system));
	vm_get_stat(p->vm, &st);
	if ((long)st.resident_pages > p->max_resident)
		p->max_resident = st.resident_pages;
	ru.ru_maxrss = p->max_resident * (PAGE_SIZE / 1024);
	return copy_out_obj((struct rusage *)uru, &ru);
}
