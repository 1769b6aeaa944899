/* SPDX-License-Identifier: BSD-2-Clause */
/* shmctl(id, cmd, buf): see shmctl(2).  t: alone */
#include "sysv.h"
#include <sys/resource.h>

static void show(const char *what, const struct shmid_ds *d)
{
	t_say("%s: key %x, %u:%u by %u:%u, mode %o, size %lu, attached %lu\n",
	      what, (unsigned int)d->shm_perm.__key, d->shm_perm.uid,
	      d->shm_perm.gid, d->shm_perm.cuid, d->shm_perm.cgid,
	      d->shm_perm.mode, (unsigned long)d->shm_segsz,
	      (unsigned long)d->shm_nattch);
	t_say("  atime %d dtime %d ctime %d cpid %d lpid %d\n",
	      d->shm_atime ? now_or_so(d->shm_atime) : 7,
	      d->shm_dtime ? now_or_so(d->shm_dtime) : 7,
	      now_or_so(d->shm_ctime), d->shm_cpid == getpid(),
	      d->shm_lpid ? d->shm_lpid == getpid() : 7);
}

/* As <sys/shm.h> has it, whose names differ between C libraries. */
struct info {
	int used;
	unsigned long tot, rss, swp, a, b;
};
struct limits {
	unsigned long max, min, mni, seg, all, unused[4];
};

int main(void)
{
	int id = shmget(0x4711, 10000, IPC_CREAT | 0640), n, at = -1;
	struct rlimit none = {0, 0}, old;
	struct shmid_ds d, e;
	struct limits l;
	struct info i;
	char *p;

	t_ret("stat", shmctl(id, IPC_STAT, &d));
	show("new", &d);
	p = shmat(id, NULL, 0);
	p[5000] = 1;
	shmctl(id, IPC_STAT, &d);
	show("attached", &d);
	n = syscall(SYS_shmctl, 0, SHM_INFO, &i);
	t_ret("SHM_INFO", n);
	t_say("%d segments, %lu pages, %lu there, %lu swapped\n", i.used, i.tot,
	      i.rss, i.swp);
	t_sysvipc("/proc/sysvipc/shm", "kxpsxxnugUGxxxrw");
	shmdt(p);
	shmctl(id, IPC_STAT, &d);
	show("detached", &d);
	p = shmat(id, NULL, SHM_RDONLY);
	munmap(p, 12288);
	shmctl(id, IPC_STAT, &d);
	show("unmapped", &d);
	t_is("the same index", syscall(SYS_shmctl, 0, IPC_INFO, &l) == n);
	t_say("limits: %lx %lu %lu %lu %lx\n", l.max, l.min, l.mni, l.seg,
	      l.all);
	for (int k = 0; k <= n; k++)
		if (shmctl(k, SHM_STAT, &e) == id)
			at = k;
	t_is("found by index", at >= 0);
	show("the same", &e);

	t_ret("lock", shmctl(id, SHM_LOCK, NULL));
	shmctl(id, IPC_STAT, &d);
	t_val("mode", d.shm_perm.mode);
	d.shm_perm.mode = 0170444;
	d.shm_perm.uid = 1000;
	d.shm_perm.gid = 1001;
	d.shm_segsz = 5;
	t_ret("set", shmctl(id, IPC_SET, &d));
	shmctl(id, IPC_STAT, &d);
	show("set", &d);
	t_ret("unlock", shmctl(id, SHM_UNLOCK, NULL));
	shmctl(id, IPC_STAT, &d);
	t_val("mode", d.shm_perm.mode);

	t_ret("bad buffer", shmctl(id, IPC_STAT, T_BAD));
	t_ret("bad buffer for set", shmctl(id, IPC_SET, T_BAD));
	t_ret("bad id", shmctl(12345678, IPC_STAT, &d));
	t_ret("negative", shmctl(-1, IPC_STAT, &d));
	t_ret("bad command", shmctl(id, 77, &d));
	t_ret("negative command", shmctl(id, -1, &d));
	getrlimit(RLIMIT_MEMLOCK, &old);
	none.rlim_max = old.rlim_max;
	be_user(1000);
	t_ret("the owner sets", shmctl(id, IPC_SET, &d));
	t_ret("and locks", shmctl(id, SHM_LOCK, NULL));
	setrlimit(RLIMIT_MEMLOCK, &none);
	t_ret("not without a limit", shmctl(id, SHM_LOCK, NULL));
	t_ret("unlocking is free", shmctl(id, SHM_UNLOCK, NULL));
	setrlimit(RLIMIT_MEMLOCK, &old);
	be_user(2000);
	d.shm_perm.mode = 0;
	t_ret("others may read", shmctl(id, IPC_STAT, &d));
	t_ret("not set", shmctl(id, IPC_SET, &d));
	t_ret("nor lock", shmctl(id, SHM_LOCK, NULL));
	t_ret("nor remove", shmctl(id, IPC_RMID, NULL));
	be_user(1000);
	d.shm_perm.mode = 0;
	shmctl(id, IPC_SET, &d);
	t_ret("not even oneself", shmctl(id, IPC_STAT, &d));
	t_ret("SHM_STAT", shmctl(at, SHM_STAT, &d));
	t_is("SHM_STAT_ANY", shmctl(at, SHM_STAT_ANY, &d) == id);
	t_ret("remove", shmctl(id, IPC_RMID, NULL));
	t_ret("gone", shmctl(id, IPC_STAT, &d));
	return 0;
}
