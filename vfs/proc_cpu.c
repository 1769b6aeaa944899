/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_cpu.c: /proc/cpuinfo, from the cpuid instruction. Flags have Linux's
 * names (its cpufeatures.h); those that programs ask for are listed.
 */
#include <posixen/lib.h>
#include <posixen/platform.h>
#include "proc.h"

struct cpuid {
	uint32_t a, b, c, d;
};

static struct cpuid cpuid(uint32_t leaf, uint32_t sub)
{
	struct cpuid r = {.a = leaf, .c = sub};

	__asm__ volatile("cpuid" : "+a"(r.a), "=b"(r.b), "+c"(r.c), "=d"(r.d));
	return r;
}

static uint64_t rdtsc(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

/* Names in bit order, separated by spaces; "-" for a bit without a name. */
static const char leaf1_d[] =
	"fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat "
	"pse36 pn clflush - dts acpi mmx fxsr sse sse2 ss ht tm ia64 pbe";
static const char leaf1_c[] =
	"pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid sdbg "
	"fma cx16 xtpr pdcm - pcid dca sse4_1 sse4_2 x2apic movbe popcnt "
	"tsc_deadline_timer aes xsave - avx f16c rdrand hypervisor";
static const char ext_d[] =
	"- - - - - - - - - - - syscall - - - - - - - mp nx - mmxext - - "
	"fxsr_opt pdpe1gb rdtscp - lm 3dnowext 3dnow";
static const char ext_c[] =
	"lahf_lm cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse "
	"3dnowprefetch osvw ibs xop skinit wdt - lwp fma4 tce - nodeid_msr - "
	"tbm topoext";
static const char leaf7_b[] =
	"fsgsbase tsc_adjust - bmi1 hle avx2 - smep bmi2 erms invpcid rtm cqm "
	"- mpx rdt_a avx512f avx512dq rdseed adx smap avx512ifma - clflushopt "
	"clwb intel_pt avx512pf avx512er avx512cd sha_ni avx512bw avx512vl";
static const char leaf7_c[] =
	"- avx512vbmi umip pku ospke waitpkg avx512_vbmi2 - gfni vaes "
	"vpclmulqdq avx512_vnni avx512_bitalg - avx512_vpopcntdq - la57";

static void flags(struct seq *s, uint32_t bits, const char *names)
{
	for (; *names; bits >>= 1) {
		const char *end = strchr(names, ' ');
		size_t n = end ? (size_t)(end - names) : strlen(names);

		if ((bits & 1) && *names != '-') {
			seq_write(s, " ", 1);
			seq_write(s, names, n);
		}
		names += n + (end != NULL);
	}
}

/* How fast the time stamp counter runs, over the time since the first look. */
static uint64_t khz(void)
{
	static uint64_t tsc0, ns0;
	uint64_t ns = plat_monotonic_ns(), tsc = rdtsc();

	if (!ns0) {
		ns0 = ns;
		tsc0 = tsc;
		while (plat_monotonic_ns() - ns0 < 1000000)
			;
		ns = plat_monotonic_ns();
		tsc = rdtsc();
	}
	return (tsc - tsc0) / MAX((ns - ns0) / 1000000, 1u);
}

static void names(struct seq *s)
{
	struct cpuid v = cpuid(0, 0), id = cpuid(1, 0);
	unsigned int family = id.a >> 8 & 15, model = id.a >> 4 & 15;
	char vendor[13] = {0}, brand[49] = {0}, *b = brand;

	memcpy(vendor, &v.b, 4);
	memcpy(vendor + 4, &v.d, 4);
	memcpy(vendor + 8, &v.c, 4);
	if (family == 6 || family == 15)
		model |= id.a >> 12 & 0xf0;
	if (family == 15)
		family += id.a >> 20 & 255;
	for (uint32_t leaf = 0; leaf < 3; leaf++) {
		struct cpuid r = cpuid(0x80000002 + leaf, 0);

		memcpy(brand + 16 * leaf, &r, 16);
	}
	while (*b == ' ')
		b++;
	seq_printf(s,
		   "processor\t: 0\nvendor_id\t: %s\ncpu family\t: %u\n"
		   "model\t\t: %u\nmodel name\t: %s\nstepping\t: %u\n",
		   vendor, family, model, *b ? b : "unknown", id.a & 15);
}

int proc_show_cpuinfo(struct seq *s, const struct proc_inode *pi)
{
	uint32_t top = cpuid(0, 0).a, ext = cpuid(0x80000000, 0).a;
	struct cpuid one = cpuid(1, 0), seven = {0}, e1 = {0}, e8 = {0};
	uint64_t k = khz();

	if (top >= 7)
		seven = cpuid(7, 0);
	if (ext >= 0x80000001)
		e1 = cpuid(0x80000001, 0);
	if (ext >= 0x80000008)
		e8 = cpuid(0x80000008, 0);
	names(s);
	seq_printf(s,
		   "cpu MHz\t\t: %lu.%03lu\nphysical id\t: 0\nsiblings\t: 1\n"
		   "core id\t\t: 0\ncpu cores\t: 1\napicid\t\t: 0\n"
		   "initial apicid\t: 0\nfpu\t\t: yes\nfpu_exception\t: yes\n"
		   "cpuid level\t: %u\nwp\t\t: yes\nflags\t\t:",
		   k / 1000, k % 1000, top);
	flags(s, one.d, leaf1_d);
	flags(s, e1.d, ext_d);
	flags(s, one.c, leaf1_c);
	flags(s, e1.c, ext_c);
	flags(s, seven.b, leaf7_b);
	flags(s, seven.c, leaf7_c);
	seq_printf(s,
		   "\nbugs\t\t:\nbogomips\t: %lu.%02lu\nclflush size\t: %u\n"
		   "cache_alignment\t: %u\n"
		   "address sizes\t: %u bits physical, %u bits virtual\n"
		   "power management:\n\n",
		   k / 500, k / 5 % 100, (one.b >> 8 & 255) * 8,
		   (one.b >> 8 & 255) * 8, e8.a & 255, e8.a >> 8 & 255);
	return 0;
}
