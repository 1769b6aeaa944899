/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random attachments, and random munmap, mremap, mmap and shmdt on them: each
 * call must return what it returns on Linux, the count of attachments must be
 * Linux's after each, and the contents must be the segment's. Not mprotect:
 * Linux then moves the border between two areas of a segment if it can, we
 * leave a third, and areas are what is counted.  t: alone
 */
#include "sysv.h"

#define PAGES 48
#define SEGS  3
#define STEPS 4000

static uint64_t state = 4711;

static char *region;
static int id[SEGS], size[SEGS] = {1, 4, 7};

static char *page(void)
{
	return region + t_rnd(&state, PAGES) * 4096;
}

static long step(unsigned int what)
{
	unsigned int n = 1 + t_rnd(&state, 5);
	int seg = t_rnd(&state, SEGS);
	char *p = page();
	long r;

	/* All of it within the region. */
	if (p + 8 * 4096 > region + PAGES * 4096)
		p -= 8 * 4096;
	switch (what) {
	case 0:
	case 1:
		r = (long)shmat(id[seg], p, SHM_REMAP);
		break;
	case 2:
		r = (long)shmat(id[seg], p, SHM_REMAP | SHM_RDONLY);
		break;
	case 3:
		r = (long)shmat(id[seg], p, 0);
		break;
	case 4:
	case 5:
		r = shmdt(p);
		break;
	case 6:
		r = munmap(p, n * 4096);
		break;
	case 7:
		r = (long)mmap(p, n * 4096, PROT_NONE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		break;
	default: {
		char *to = page();

		if (to + 8 * 4096 > region + PAGES * 4096)
			to -= 8 * 4096;
		/* One page, and elsewhere: since 6.17 Linux moves several areas
		 * at once, and has the errors in another order. */
		if (to == p)
			to += 4096;
		r = (long)mremap(p, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED,
				 to);
	}
	}
	if (r == -1)
		return -errno;
	return r ? (char *)r - region : 0;
}

static unsigned long hash(unsigned long h, long v)
{
	return (h ^ (unsigned long)v) * 0x100000001b3UL;
}

int main(void)
{
	unsigned long h = 1469598103934665603UL;
	unsigned int begin = 0, failed = 0;
	struct shmid_ds d;

	region = mmap(NULL, PAGES * 4096, PROT_NONE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < SEGS; i++) {
		id[i] = shmget(IPC_PRIVATE, size[i] * 4096, 0600);
		char *p = shmat(id[i], NULL, 0);

		for (int k = 0; k < size[i]; k++)
			p[k * 4096] = 'A' + 10 * i + k;
		shmdt(p);
	}
	for (int s = 1; s <= STEPS; s++) {
		long r = step(t_rnd(&state, 9));
		unsigned char there[PAGES];

		h = hash(h, r);
		failed += r < 0;
		for (int i = 0; i < SEGS; i++) {
			shmctl(id[i], IPC_STAT, &d);
			h = hash(h, d.shm_nattch);
		}
		/* Which pages are mapped: EFAULT tells. */
		for (int k = 0; k < PAGES; k++) {
			int p[2];
			char c = 0;

			if (s % 50)
				break;
			pipe(p);
			there[k] = write(p[1], region + k * 4096, 1) == 1;
			if (there[k])
				read(p[0], &c, 1);
			close(p[0]);
			close(p[1]);
			h = hash(h, there[k] * 256 + c);
		}
		if (s % 100 == 0) {
			t_say("%u to %d: %lx, %u failed\n", begin, s, h,
			      failed);
			begin = s;
		}
	}
	for (int i = 0; i < SEGS; i++)
		shmctl(id[i], IPC_RMID, NULL);
	munmap(region, PAGES * 4096);
	for (int i = 0; i < SEGS; i++)
		t_ret("gone with the last", shmctl(id[i], IPC_STAT, &d));
	return 0;
}
