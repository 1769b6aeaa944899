/* SPDX-License-Identifier: BSD-2-Clause */
/* area.c: the address space against a model of one entry a page. */
#include "mem.h"
#include <posixen/file.h>
#include <stdlib.h>

#define WINDOW 200u
#define BASE   0x3000000000UL

/* What each page of the window should be: value is that of its bytes. */
struct model {
	bool mapped;
	int prot, value;
};
static struct model model[WINDOW];

static uintptr_t at(unsigned int page)
{
	return BASE + page * PAGE_SIZE;
}

static bool all_mapped(unsigned int first, unsigned int n)
{
	for (; n; n--, first++) {
		if (!model[first].mapped)
			return false;
	}
	return true;
}

static void do_mmap(unsigned int first, unsigned int n, int prot)
{
	long ret = vm_mmap(vm, at(first), n * PAGE_SIZE, prot, ANON | MAP_FIXED,
			   NULL, 0);

	CHECK(ret == (long)at(first));
	while (n--)
		model[first++] = (struct model){true, prot, 0};
}

static void do_munmap(unsigned int first, unsigned int n)
{
	CHECK(vm_munmap(vm, at(first), n * PAGE_SIZE) == 0);
	while (n--)
		model[first++].mapped = false;
}

static void do_mprotect(unsigned int first, unsigned int n, int prot)
{
	long ret = vm_mprotect(vm, at(first), n * PAGE_SIZE, prot);

	CHECK(ret == (all_mapped(first, n) ? 0 : -ENOMEM));
	/* Pages before the first hole are changed nevertheless. */
	for (; n && model[first].mapped; n--, first++)
		model[first].prot = prot;
}

static void do_write(unsigned int page, int value)
{
	struct model *m = &model[page];
	bool ok = m->mapped && m->prot & PROT_WRITE;

	CHECK(poke(at(page) + rnd(PAGE_SIZE), 0) == (ok ? 0 : -EFAULT));
	if (!ok)
		return;
	memset((void *)at(page), value, PAGE_SIZE);
	m->value = value;
}

static void check_page(unsigned int page)
{
	struct model *m = &model[page];
	int want = m->mapped && m->prot ? m->value : -1;

	CHECK(peek(at(page)) == want);
	CHECK(peek(at(page) + PAGE_SIZE - 1) == want);
}

static bool same_area(unsigned int first, unsigned int n)
{
	for (unsigned int i = first; i < first + n; i++) {
		if (!model[i].mapped || model[i].prot != model[first].prot)
			return false;
	}
	return true;
}

/* Move or resize; only cases whose outcome the model knows. */
static void do_mremap(unsigned int first, unsigned int n)
{
	unsigned int to = rnd(WINDOW - 40), new_n = 1 + rnd(20);
	struct model old[64];
	long ret;

	if (!same_area(first, n))
		return;
	ret = vm_mremap(vm, at(first), n * PAGE_SIZE, new_n * PAGE_SIZE,
			MREMAP_MAYMOVE | MREMAP_FIXED, at(to));
	if (to < first + n && first < to + new_n) {
		CHECK(ret == -EINVAL);
		return;
	}
	CHECK(ret == (long)at(to));
	memcpy(old, model + first, n * sizeof(*old));
	for (unsigned int i = 0; i < n; i++)
		model[first + i].mapped = false;
	for (unsigned int i = 0; i < new_n; i++)
		model[to + i] =
			i < n ? old[i] : (struct model){true, old[0].prot, 0};
}

static void do_dontneed(unsigned int first, unsigned int n)
{
	long ret = vm_madvise(vm, at(first), n * PAGE_SIZE, MADV_DONTNEED);

	CHECK(ret == (all_mapped(first, n) ? 0 : -ENOMEM));
	for (; n; n--)
		model[first++].value = 0;
}

void test_space_model(void)
{
	static const int prots[] = {PROT_NONE, PROT_READ, RW, RW, RW};
	struct vm_stat st;
	size_t mapped = 0;

	boot(1, 4000);
	for (int round = 0; round < 30000; round++) {
		unsigned int first = rnd(WINDOW - 20), n = 1 + rnd(20);

		switch (rnd(10)) {
		case 0:
			do_mmap(first, n, prots[rnd(5)]);
			break;
		case 1:
			do_munmap(first, n);
			break;
		case 2:
			do_mprotect(first, n, prots[rnd(5)]);
			break;
		case 3:
			do_mremap(first, n);
			break;
		case 4:
			do_dontneed(first, n);
			break;
		default:
			do_write(rnd(WINDOW), 1 + (int)rnd(250));
		}
		check_page(rnd(WINDOW));
		if (round % 100 == 0) {
			for (unsigned int i = 0; i < WINDOW; i++)
				check_page(i);
		}
	}
	for (unsigned int i = 0; i < WINDOW; i++)
		mapped += model[i].mapped;
	vm_get_stat(vm, &st);
	CHECK(st.total_pages == mapped);
	CHECK(page_use_count(PAGE_ANON) == st.resident_pages);
	CHECK(vm_munmap(vm, at(0), WINDOW * PAGE_SIZE) == 0);
	vm_get_stat(vm, &st);
	CHECK(st.total_pages == 0 && st.data_pages == 0);
	CHECK(page_use_count(PAGE_ANON) == 0);
	vm_space_destroy(vm);
	CHECK(kmalloc_in_use() == 0);
	exit(unit_done());
}

/* Without an address: mappings never overlap, and the highest hole is taken. */
void test_space_placement(void)
{
	static struct {
		uintptr_t at;
		size_t len;
	} m[500];
	unsigned int n = 0;

	boot(1, 4000);
	for (int round = 0; round < 5000; round++) {
		if (n == 500 || (n && rnd(3) == 0)) {
			unsigned int i = rnd(n);

			CHECK(!vm_munmap(vm, m[i].at, m[i].len));
			m[i] = m[--n];
			continue;
		}
		size_t len = (1 + rnd(64)) * PAGE_SIZE;
		/* Different access, so that neighbours stay apart. */
		long a = vm_mmap(vm, 0, len, rnd(2) ? PROT_READ : PROT_NONE,
				 ANON, NULL, 0);

		CHECK(a > 0 && (uintptr_t)a + len <= MMAP_MAX);
		for (unsigned int i = 0; i < n; i++)
			CHECK((uintptr_t)a + len <= m[i].at ||
			      m[i].at + m[i].len <= (uintptr_t)a);
		/* No hole above that it would fit into. */
		for (unsigned int i = 0; i < n; i++) {
			uintptr_t lo = m[i].at + m[i].len, hi = MMAP_MAX;

			for (unsigned int k = 0; k < n; k++) {
				if (m[k].at >= lo)
					hi = MIN(hi, m[k].at);
			}
			if (lo > (uintptr_t)a)
				CHECK(hi - lo < len);
		}
		m[n].at = (uintptr_t)a;
		m[n++].len = len;
	}
	/* A hint is taken where it is free, passed over where not. */
	long a = vm_mmap(vm, BASE + 123, PAGE_SIZE, RW, ANON, NULL, 0);

	CHECK(a == (long)BASE);
	a = vm_mmap(vm, BASE, PAGE_SIZE, RW, ANON, NULL, 0);
	CHECK(a > 0 && a != (long)BASE);
	a = vm_mmap(vm, BASE, PAGE_SIZE, RW, ANON | MAP_FIXED_NOREPLACE, NULL,
		    0);
	CHECK(a == -EEXIST);
	a = vm_mmap(vm, 0, PAGE_SIZE, RW, ANON | MAP_32BIT, NULL, 0);
	CHECK(a >= 0x40000000 && a < 0x80000000L);
	exit(unit_done());
}

void test_space_exhausted(void)
{
	uintptr_t a, end;
	size_t free;

	boot(600, 1600);
	free = page_available();
	CHECK(vm_mmap(vm, 0, 2000 * PAGE_SIZE, RW, ANON, NULL, 0) == -ENOMEM);
	CHECK(vm_mmap(vm, 0, 2000 * PAGE_SIZE, RW,
		      ANON | MAP_POPULATE | MAP_NORESERVE, NULL, 0) == -ENOMEM);
	CHECK(page_use_count(PAGE_ANON) == 0);
	a = (uintptr_t)vm_mmap(vm, 0, 2000 * PAGE_SIZE, RW,
			       ANON | MAP_NORESERVE, NULL, 0);
	for (end = a; !poke(end, 1); end += PAGE_SIZE)
		;
	CHECK(last_signal == 9);
	CHECK((end - a) / PAGE_SIZE > free - 20);
	/* What is there still is, and all works again after some is freed. */
	CHECK(peek(a) == 1 && peek(end - PAGE_SIZE) == 1);
	CHECK(!vm_madvise(vm, a, 50 * PAGE_SIZE, MADV_DONTNEED));
	CHECK(!poke(end, 1));
	CHECK(vm_munmap(vm, a, 2000 * PAGE_SIZE) == 0);
	CHECK(page_use_count(PAGE_ANON) == 0);
	CHECK(page_available() + 8 >= free);
	exit(unit_done());
}

static long make_and_use(void)
{
	long a = vm_mmap(vm, BASE, 20 * PAGE_SIZE, RW,
			 ANON | MAP_FIXED | MAP_POPULATE, NULL, 0);
	long b, err;

	if (a < 0)
		return a;
	b = vm_mmap(vm, BASE + 40 * PAGE_SIZE, 20 * PAGE_SIZE, RW,
		    MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, NULL, 0);
	if (b < 0)
		return b;
	err = vm_mprotect(vm, BASE + 5 * PAGE_SIZE, PAGE_SIZE, PROT_READ);
	if (!err)
		err = vm_munmap(vm, BASE + 10 * PAGE_SIZE, PAGE_SIZE);
	if (!err)
		err = vm_mremap(vm, BASE, PAGE_SIZE, 30 * PAGE_SIZE,
				MREMAP_MAYMOVE, 0);
	if (err > 0) {
		vm_munmap(vm, (uintptr_t)err, 30 * PAGE_SIZE);
		err = 0;
	}
	return err;
}

/* Each allocation fails once: -ENOMEM and nothing lost. */
void test_space_inject(void)
{
	char text[20];
	unsigned int refused = 0;
	size_t heap;

	boot(1, 4000);
	heap = kmalloc_in_use();
	inject_param = text;
	for (uint64_t n = 1;; n++) {
		uint64_t before;
		long ret;

		snprintf(text, sizeof(text), "%lu",
			 (unsigned long)(inject_count() + n));
		inject_arm();
		before = inject_count() + n;
		ret = make_and_use();
		if (inject_count() < before) {
			CHECK(ret == 0 && n > 15 && refused > n / 2);
			break;
		}
		/* A cluster of pages that cannot be had is no failure yet. */
		CHECK(ret == -ENOMEM || ret == 0);
		refused += ret == -ENOMEM;
		CHECK(!vm_munmap(vm, BASE, 60 * PAGE_SIZE));
		CHECK(page_use_count(PAGE_ANON) == 0);
		CHECK(kmalloc_in_use() == heap && fake_files_open == 0);
	}
	exit(unit_done());
}

void test_space_limits(void)
{
	boot(1, 4000);
	proc.rlim[RLIMIT_AS].rlim_cur = 100 * PAGE_SIZE;
	CHECK(vm_mmap(vm, 0, 101 * PAGE_SIZE, RW, ANON, NULL, 0) == -ENOMEM);
	CHECK(vm_mmap(vm, BASE, 100 * PAGE_SIZE, RW, ANON | MAP_FIXED, NULL,
		      0) == (long)BASE);
	CHECK(vm_mmap(vm, 0, PAGE_SIZE, PROT_NONE, ANON, NULL, 0) == -ENOMEM);
	proc.rlim[RLIMIT_AS].rlim_cur = RLIM_INFINITY;
	proc.rlim[RLIMIT_DATA].rlim_cur = 110 * PAGE_SIZE;
	CHECK(vm_mmap(vm, 0, 11 * PAGE_SIZE, RW, ANON, NULL, 0) == -ENOMEM);
	CHECK(vm_mmap(vm, 0, 11 * PAGE_SIZE, PROT_READ, ANON, NULL, 0) > 0);
	/* Joined and cut areas are counted once. */
	CHECK(vm_mprotect(vm, BASE, 50 * PAGE_SIZE, PROT_READ) == 0);
	CHECK(vm_mmap(vm, 0, 60 * PAGE_SIZE, RW, ANON, NULL, 0) > 0);
	CHECK(vm_mprotect(vm, BASE, 50 * PAGE_SIZE, RW) == -ENOMEM);
	exit(unit_done());
}

static char maps[2000];

static int append(void *arg, const char *line, size_t n)
{
	strncat(maps, line, n);
	return 0;
}

/* The text of /proc/self/maps, to the column. */
void test_space_maps(void)
{
	struct file *f;

	boot(1, 4000);
	f = fake_file(4, 2);
	f->anon_name = "/a\nb";
	f->anon_ino = 1234;
	vm_mmap(vm, 0x10000, PAGE_SIZE, PROT_NONE, ANON | MAP_FIXED, NULL, 0);
	vm_mmap(vm, BASE, 2 * PAGE_SIZE, RW, ANON | MAP_FIXED, NULL, 0);
	vm_set_name(vm, BASE, "[heap]");
	vm_mmap(vm, BASE + 2 * PAGE_SIZE, PAGE_SIZE, RW, ANON | MAP_FIXED, NULL,
		0);
	vm_mmap(vm, BASE + 3 * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_EXEC,
		MAP_SHARED | MAP_FIXED, f, 2);
	vm_mmap(vm, BASE + 4 * PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_EXEC,
		MAP_SHARED | MAP_FIXED, f, 3);
	CHECK(vm_emit_maps(vm, append, NULL) == 0);
	CHECK_STR(maps, "00010000-00011000 ---p 00000000 00:00 0 \n"
			"3000000000-3000002000 rw-p 00000000 00:00 0"
			"                              [heap]\n"
			"3000002000-3000003000 rw-p 00000000 00:00 0 \n"
			"3000003000-3000005000 r-xs 00002000 00:01 1234"
			"                           /a\\012b\n");
	exit(unit_done());
}
