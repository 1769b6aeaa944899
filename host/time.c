/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Time: Linux's clocks, through the vDSO where there is one (vdso(7)), because
 * programs look at the clock often and a system call costs ten times as much.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include <linux/auxvec.h>
#include <linux/elf.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include "host.h"

typedef long vdso_clock_fn(int clock, struct __kernel_timespec *ts);
static vdso_clock_fn *vdso_clock;
static uint64_t boot_ns;

/* What of the vDSO's dynamic section is needed to look up a name. */
struct vdso_dynamic {
	const Elf64_Sym *symtab;
	const char *strtab;
	const uint32_t *hash; /* DT_HASH: nbucket, nchain, ... */
	const uint32_t *gnu_hash;
};

static void read_dynamic(const Elf64_Dyn *d, uintptr_t bias,
			 struct vdso_dynamic *out)
{
	for (; d->d_tag != DT_NULL; d++) {
		const void *p = (const void *)(bias + d->d_un.d_ptr);

		switch (d->d_tag) {
		case DT_SYMTAB:
			out->symtab = p;
			break;
		case DT_STRTAB:
			out->strtab = p;
			break;
		case DT_HASH:
			out->hash = p;
			break;
		case 0x6ffffef5:
			out->gnu_hash = p;
			break; /* DT_GNU_HASH */
		}
	}
}

/* DT_GNU_HASH does not say how many symbols there are: find the last chain's
 * end. */
static uint32_t count_symbols(const struct vdso_dynamic *d)
{
	const uint32_t *h = d->gnu_hash, *buckets, *chain;
	uint32_t last = 0;

	if (d->hash)
		return d->hash[1];
	if (!h)
		return 0;
	buckets = h + 4 + 2 * h[2];
	chain = buckets + h[0];
	for (uint32_t i = 0; i < h[0]; i++)
		last = MAX(last, buckets[i]);
	if (last < h[1])
		return 0;
	while (!(chain[last - h[1]] & 1))
		last++;
	return last + 1;
}

static void *vdso_lookup(const Elf64_Ehdr *eh, const char *name)
{
	const Elf64_Phdr *ph = (const void *)((uintptr_t)eh + eh->e_phoff);
	const Elf64_Dyn *dyn = NULL;
	struct vdso_dynamic d = {0};
	uintptr_t bias = 0;
	uint32_t n;

	for (int i = 0; i < eh->e_phnum; i++) {
		if (ph[i].p_type == PT_LOAD)
			bias = (uintptr_t)eh + ph[i].p_offset - ph[i].p_vaddr;
		else if (ph[i].p_type == PT_DYNAMIC)
			dyn = (const void *)((uintptr_t)eh + ph[i].p_offset);
	}
	if (!dyn)
		return NULL;
	read_dynamic(dyn, bias, &d);
	if (!d.symtab || !d.strtab)
		return NULL;
	n = count_symbols(&d);
	for (uint32_t i = 0; i < n; i++)
		if (d.symtab[i].st_shndx &&
		    strcmp(d.strtab + d.symtab[i].st_name, name) == 0)
			return (void *)(bias + d.symtab[i].st_value);
	return NULL;
}

static uint64_t read_clock(int clock)
{
	struct __kernel_timespec ts = {0};

	if (!vdso_clock || vdso_clock(clock, &ts) != 0)
		host_syscall2(__NR_clock_gettime, clock, &ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

void host_time_init(void)
{
	uint64_t vdso = host_auxval(AT_SYSINFO_EHDR);

	if (vdso)
		vdso_clock = (vdso_clock_fn *)vdso_lookup(
			(const void *)vdso, "__vdso_clock_gettime");
	/* Not from 0: a clock at 0 looks like an unset one. */
	boot_ns = read_clock(CLOCK_MONOTONIC) - 1000000;
}

uint64_t plat_monotonic_ns(void)
{
	return read_clock(CLOCK_MONOTONIC) - boot_ns;
}

uint64_t plat_wallclock_ns(void)
{
	return read_clock(CLOCK_REALTIME);
}

uint64_t plat_cpu_ns(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}
