/* SPDX-License-Identifier: BSD-2-Clause */
/* shmdt(address): see shmop(2).  t: alone */
#include "sysv.h"

static long attached(int id)
{
	struct shmid_ds d;

	shmctl(id, IPC_STAT, &d);
	return d.shm_nattch;
}

int main(void)
{
	int id = shmget(IPC_PRIVATE, 4 * 4096, 0600), other;
	char *a = shmat(id, NULL, 0), *p;

	t_ret("crooked", shmdt(a + 1));
	t_ret("in its middle", shmdt(a + 4096));
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	t_ret("not a segment", shmdt(p));
	t_ret("nothing", shmdt(NULL));
	t_ret("detach", shmdt(a));
	t_ret("twice", shmdt(a));
	t_val("none", attached(id));

	/* In pieces. */
	a = shmat(id, NULL, 0);
	mprotect(a + 4096, 4096, PROT_READ);
	t_val("three pieces", attached(id));
	munmap(a + 8192, 4096);
	t_val("three still", attached(id));
	t_ret("all of them", shmdt(a));
	t_val("none", attached(id));
	a = shmat(id, NULL, 0);
	munmap(a, 4096);
	t_ret("its beginning is gone", shmdt(a));
	t_val("none", attached(id));
	/* Another segment at the same distance is not touched. */
	other = shmget(IPC_PRIVATE, 4 * 4096, 0600);
	a = shmat(id, NULL, 0);
	p = shmat(other, NULL, 0);
	mremap(p + 4096, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, a + 4096);
	t_val("one in the other", attached(id));
	t_val("and in two pieces more", attached(other));
	t_ret("detach", shmdt(a));
	t_val("all of the one", attached(id));
	t_val("none of the other", attached(other));
	t_ret("that one", shmdt(p));
	t_val("but for what was moved", attached(other));
	t_ret("which fits here", shmdt(a));
	t_val("none", attached(other));
	shmctl(id, IPC_RMID, NULL);
	shmctl(other, IPC_RMID, NULL);
	return 0;
}
