/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot of the host platform: an ordinary static Linux process that plays the
 * machine. Its boot parameters are in the environment variable POSIXEN.
 *
 *	mem=SIZE	memory of the machine (default 1G; only what is touched
 *			is taken from Linux)
 *	ramdisk=FILE	a cpio archive that is unpacked onto the root
 *	core=FILE	where a core file goes when a signal ends the program
 *	valgrind=1	no string instructions on the program's memory
 */
#include <posixen/layout.h>
#include <posixen/lib.h>
#include <posixen/param.h>
#include <posixen/platform.h>
#include <posixen/uaccess.h>
#include <linux/mman.h>
#include <asm/stat.h>
#include <linux/auxvec.h>
#include <linux/elf.h>
#include <linux/fcntl.h>
#include <linux/memfd.h>
#include "host.h"

#define DEFAULT_MEM (1UL << 30)
#define MIN_MEM	    (1UL << 20)
/* Frame 0 stays unused, so that it can mean "none" in a bug. */
#define FIRST_PFN 1

void __noreturn host_start(const long *stack, uint64_t tsc);

int host_memfd;
static const unsigned long *auxv;

uint64_t host_auxval(unsigned long type)
{
	for (const unsigned long *a = auxv; a[0] != AT_NULL; a += 2)
		if (a[0] == type)
			return a[1];
	return 0;
}

void host_die(const char *what, long err)
{
	char line[200];
	int n = snprintf(line, sizeof(line), "posixen: %s (error %ld)\n", what,
			 -err);

	host_syscall3(__NR_write, 2, line, n);
	host_syscall1(__NR_exit_group, 127);
	__builtin_unreachable();
}

static const char *find_cmdline(char **envp)
{
	for (; *envp; envp++)
		if (strncmp(*envp, "POSIXEN=", 8) == 0)
			return *envp + 8;
	return "";
}

static void make_memory(struct boot_info *info)
{
	size_t size = PAGE_UP(param_u64("mem", DEFAULT_MEM));
	long r;

	if (size < MIN_MEM || size > DIRECT_MAX - DIRECT_BASE)
		host_die("mem= in the variable POSIXEN must be 1M to 512G",
			 -EINVAL);
	host_memfd = host_syscall2(__NR_memfd_create, "posixen", MFD_CLOEXEC);
	if (host_memfd < 0)
		host_die("no memory file", host_memfd);
	r = host_syscall2(__NR_ftruncate, host_memfd, size);
	if (r < 0)
		host_die("cannot size the memory file", r);
	r = host_syscall6(__NR_mmap, DIRECT_BASE, size, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_FIXED_NOREPLACE | MAP_NORESERVE,
			  host_memfd, 0);
	if (r < 0)
		host_die("cannot map the machine's memory", r);
	info->max_pfn = size >> PAGE_SHIFT;
	info->free[0].first = FIRST_PFN;
	info->free[0].end = info->max_pfn;
	info->nr_free = 1;
}

static void map_ramdisk(struct boot_info *info)
{
	const char *path = param_get("ramdisk");
	struct stat st;
	long fd, r;

	if (!path)
		return;
	fd = host_syscall3(__NR_open, path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0)
		host_die("cannot open the file of ramdisk=", fd);
	r = host_syscall2(__NR_fstat, fd, &st);
	if (r == 0 && st.st_size)
		r = host_syscall6(__NR_mmap, 0, st.st_size, PROT_READ,
				  MAP_PRIVATE, fd, 0);
	if (r < 0)
		host_die("cannot map the file of ramdisk=", r);
	host_syscall1(__NR_close, fd);
	info->ramdisk = (const void *)r;
	info->ramdisk_size = st.st_size;
}

void host_start(const long *stack, uint64_t tsc)
{
	struct boot_info info = {.platform = "host", .start_tsc = tsc};
	long argc = stack[0];

	info.argv = (char **)(stack + 1);
	info.envp = info.argv + argc + 1;
	auxv = (const unsigned long *)info.envp;
	while (*auxv++)
		;
	info.cmdline = find_cmdline(info.envp);
	param_init(info.cmdline);
	uaccess_plain = param_bool("valgrind");
	host_console_init();
	host_time_init();
	make_memory(&info);
	map_ramdisk(&info);
	host_signals_init();
	runtime_start(&info);
}
