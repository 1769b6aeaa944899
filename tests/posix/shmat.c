/* SPDX-License-Identifier: BSD-2-Clause */
/* shmat(id, address, flags): see shmop(2).  t: alone */
#include "sysv.h"
#include <setjmp.h>

static sigjmp_buf jump;

static void on_fault(int sig)
{
	siglongjmp(jump, sig);
}

static int try_write(char *p)
{
	int sig = sigsetjmp(jump, 1);

	if (!sig)
		*p = 'w';
	return sig;
}

static int try_read(volatile char *p)
{
	int sig = sigsetjmp(jump, 1);

	if (!sig)
		(void)*p;
	return sig;
}

static long attached(int id)
{
	struct shmid_ds d;

	return shmctl(id, IPC_STAT, &d) ? -errno : (long)d.shm_nattch;
}

int main(void)
{
	struct sigaction sa = {.sa_handler = on_fault};
	int id = shmget(0x4711, 3 * 4096 - 100, IPC_CREAT | 0644);
	char *a, *b, *r, *p, line[300];
	struct shmid_ds d;
	FILE *f;
	int n = 0;

	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	a = shmat(id, NULL, 0);
	t_is("attached", a != (void *)-1);
	b = shmat(id, NULL, 0);
	t_is("again, elsewhere", b != (void *)-1 && b != a);
	t_val("zero", a[5000]);
	a[5000] = 'x';
	a[3 * 4096 - 1] = 'y';
	t_is("the same memory", b[5000] == 'x' && b[3 * 4096 - 1] == 'y');
	t_val("two", attached(id));
	r = shmat(id, NULL, SHM_RDONLY);
	t_val("read", r[5000]);
	t_val("write", try_write(r));
	t_ret("make it writable", mprotect(r, 4096, PROT_READ | PROT_WRITE));
	t_ret("nor executable? it may",
	      mprotect(r, 4096, PROT_READ | PROT_EXEC));
	t_val("cut in two", attached(id));
	t_ret("detach", shmdt(r));
	t_val("two again", attached(id));
	t_val("nothing is there", try_read(r + 5000));

	f = fopen("/proc/self/maps", "r");
	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, "/SYSV")) {
			unsigned long ino;

			n++;
			sscanf(line, "%*s %*s %*s %*s %lu", &ino);
			t_is("number is the id", (int)ino == id);
			line[strcspn(line, "\n")] = 0;
			t_str("name", strstr(line, "/SYSV"));
			t_bytes("access", strchr(line, ' ') + 1, 4);
		}
	fclose(f);
	t_val("lines", n);

	/* Addresses. */
	p = mmap(NULL, 16 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		 0);
	t_ret("occupied", (long)shmat(id, p, 0));
	t_ret("crooked", (long)shmat(id, p + 100, 0));
	t_ret("rounded, occupied", (long)shmat(id, p + 100, SHM_RND));
	t_is("SHM_REMAP", shmat(id, p + 4096, SHM_REMAP) == p + 4096);
	t_val("there", p[4096 + 5000]);
	munmap(p, 4096);
	munmap(p + 4 * 4096, 12 * 4096);
	t_is("free", shmat(id, p + 6 * 4096, 0) == p + 6 * 4096);
	t_is("rounded",
	     shmat(id, p + 10 * 4096 + 77, SHM_RND) == p + 10 * 4096);
	t_ret("overlaps at its end", (long)shmat(id, p + 8 * 4096, 0));
	t_ret("SHM_REMAP of nowhere", (long)shmat(id, NULL, SHM_REMAP));
	t_ret("rounded to nothing",
	      (long)shmat(id, (void *)5, SHM_RND | SHM_REMAP));
	t_ret("beyond memory", (long)shmat(id, (void *)-8192, 0));
	t_val("five", attached(id));

	/* Counted whatever happens to the mapping. */
	t_ret("unmap the middle", munmap(p + 7 * 4096, 4096));
	t_val("six", attached(id));
	t_ret("unmap the end", munmap(p + 8 * 4096, 4096));
	t_val("five", attached(id));
	t_ret("detach what is left", shmdt(p + 6 * 4096));
	t_val("four", attached(id));
	r = mremap(p + 10 * 4096, 3 * 4096, 3 * 4096,
		   MREMAP_MAYMOVE | MREMAP_FIXED, p + 6 * 4096);
	t_is("moved", r == p + 6 * 4096 && r[5000] == 'x');
	t_val("four", attached(id));
	t_ret("detach where it was", shmdt(p + 10 * 4096));
	t_ret("where it is", shmdt(r));
	t_val("three", attached(id));
	t_is("mapped over",
	     mmap(p + 4096, 3 * 4096, PROT_READ,
		  MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0) == p + 4096);
	t_val("two", attached(id));
	t_val("not the segment's", p[4096 + 5000]);
	t_ret("give pages back", madvise(a, 4096 * 3, MADV_REMOVE));
	t_val("gone from the other", b[5000]);
	b[1] = 'z';
	t_val("the same memory still", a[1]);

	/* Errors and permission. */
	t_ret("bad id", (long)shmat(12345678, NULL, 0));
	t_ret("negative id", (long)shmat(-1, NULL, 0));
	be_user(1000);
	t_ret("a user", (long)shmat(id, NULL, 0));
	r = shmat(id, NULL, SHM_RDONLY);
	t_is("read only", r != (void *)-1 && r[1] == 'z');
	t_ret("executing", (long)shmat(id, NULL, SHM_RDONLY | SHM_EXEC));
	be_user(0);
	shmdt(r);
	r = shmat(id, NULL, SHM_EXEC);
	t_is("root may", r != (void *)-1);
	shmdt(r);

	/* Removed, but for those who have it. */
	t_ret("remove", shmctl(id, IPC_RMID, NULL));
	t_ret("no key any more", shmget(0x4711, 0, 0));
	t_ret("stat", shmctl(id, IPC_STAT, &d));
	t_say("mode %o, key %x, attached %ld\n", d.shm_perm.mode,
	      (unsigned int)d.shm_perm.__key, (long)d.shm_nattch);
	r = shmat(id, NULL, SHM_RDONLY);
	t_is("its id still attaches", r != (void *)-1 && r[1] == 'z');
	t_ret("remove twice", shmctl(id, IPC_RMID, NULL));
	shmdt(a);
	t_ret("detach the last but one", shmdt(b));
	t_val("one", attached(id));
	munmap(r, 4096);
	t_val("part of it", attached(id));
	munmap(r + 4096, 2 * 4096);
	t_ret("gone", shmctl(id, IPC_STAT, &d));
	return 0;
}
