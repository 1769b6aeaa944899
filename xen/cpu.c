/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu.c: the thread pointer, and entropy from the processor.
 */
#include <posixen/klog.h>
#include <posixen/lib.h>
#include <posixen/platform.h>
#include "domain.h"
#include "hypercall.h"

#define CR4_FSGSBASE	    (1UL << 16)
#define CR4_OSXSAVE	    (1UL << 18)
#define XCR0_X87_SSE	    0x3u
#define XCR0_AVX	    0x4u
#define XCR0_AVX512	    0xe0u /* needs all three of its parts */
#define CPUID_XSTATE	    0xd
#define CPUID1_ECX_XSAVE    (1u << 26)
#define CPUID7_EBX_FSGSBASE (1u << 0)
#define CPUID7_EBX_RDSEED   (1u << 18)
#define CPUID1_ECX_RDRAND   (1u << 30)

/* ud2 and "xen" before an instruction have Xen emulate it for a PV guest. */
#define XEN_EMULATE ".byte 0x0f, 0x0b, 0x78, 0x65, 0x6e; "

static bool have_fsgsbase, have_rdrand, have_rdseed;
static uint64_t fs_base;

/*
 * What Xen lets this guest see: the prefix makes Xen emulate the instruction
 * even where the processor cannot be made to trap it.
 */
static void xen_cpuid(uint32_t leaf, uint32_t sub, uint32_t out[4])
{
	__asm__ volatile(XEN_EMULATE "cpuid"
			 : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]),
			   "=d"(out[3])
			 : "a"(leaf), "c"(sub));
}

/* Xen emulates moves to and from cr4 in kernel mode, and leaves some of its
 * bits to the guest. True if the bit is on afterwards. */
static bool set_cr4(uint64_t bit)
{
	uint64_t cr4;

	__asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
	__asm__ volatile("mov %0, %%cr4" : : "r"(cr4 | bit));
	__asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
	return cr4 & bit;
}

/*
 * The program's code may look whether AVX is there with cpuid alone, which the
 * processor answers without Xen: so turn on what there is. The registers are
 * then kept over preemption by the runtime's xsave (runtime/signal_frame.c).
 */
static void enable_avx(void)
{
	uint32_t r[4], wanted;

	xen_cpuid(CPUID_XSTATE, 0, r);
	wanted = r[0] & (XCR0_X87_SSE | XCR0_AVX);
	if ((r[0] & XCR0_AVX512) == XCR0_AVX512)
		wanted |= XCR0_AVX512;
	if ((wanted & XCR0_X87_SSE) == XCR0_X87_SSE && set_cr4(CR4_OSXSAVE))
		__asm__ volatile("xsetbv" : : "a"(wanted), "d"(0), "c"(0));
}

void cpu_init(void)
{
	uint32_t r[4], max;

	xen_cpuid(0, 0, r);
	max = r[0];
	xen_cpuid(1, 0, r);
	have_rdrand = r[2] & CPUID1_ECX_RDRAND;
	if ((r[2] & CPUID1_ECX_XSAVE) && max >= CPUID_XSTATE)
		enable_avx();
	if (max < 7)
		return;
	xen_cpuid(7, 0, r);
	have_rdseed = r[1] & CPUID7_EBX_RDSEED;
	have_fsgsbase = (r[1] & CPUID7_EBX_FSGSBASE) && set_cr4(CR4_FSGSBASE);
}

void plat_set_fs(uint64_t base)
{
	if (have_fsgsbase) {
		__asm__ volatile("wrfsbase %0" : : "r"(base));
		return;
	}
	if (base != fs_base)
		xen_set_segment_base(SEGBASE_FS, base);
	fs_base = base;
}

uint64_t plat_get_fs(void)
{
	uint64_t base = fs_base;

	if (have_fsgsbase)
		__asm__ volatile("rdfsbase %0" : "=r"(base));
	return base;
}

/* One word from the processor's generator: RDSEED, else RDRAND, each of which
 * may be out of numbers for a moment. */
static bool hardware_word(uint64_t *word)
{
	bool ok = false;

	for (int i = 0; have_rdseed && !ok && i < 100; i++)
		__asm__ volatile("rdseed %0" : "=r"(*word), "=@ccc"(ok));
	for (int i = 0; have_rdrand && !ok && i < 100; i++)
		__asm__ volatile("rdrand %0" : "=r"(*word), "=@ccc"(ok));
	return ok;
}

static uint64_t rdtsc(void)
{
	uint32_t lo, hi;

	__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi));
	return (uint64_t)hi << 32 | lo;
}

/* Spread every bit of x over the word (the finaliser of SplitMix64). */
static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

/*
 * Without a generator: the low bits of how long a hypercall takes, which the
 * rest of the machine decides, many times over. Weak, and said so.
 */
static uint64_t jitter_word(void)
{
	uint64_t word = plat_wallclock_ns();

	for (int i = 0; i < 64; i++) {
		xen_sched_op(SCHEDOP_yield, NULL);
		word = mix(word + rdtsc());
	}
	return word;
}

void plat_entropy(void *buf, size_t n)
{
	static uint64_t pool;
	static bool told;

	for (size_t done = 0; done < n;) {
		size_t part = MIN(n - done, sizeof(uint64_t));
		uint64_t word;

		if (!hardware_word(&word)) {
			if (!told)
				klog("the processor has no random numbers: "
				     "seeding from timing only\n");
			told = true;
			word = jitter_word();
		}
		pool = mix(pool + rdtsc()) ^ plat_wallclock_ns();
		word ^= mix(pool);
		memcpy((char *)buf + done, &word, part);
		done += part;
	}
}
