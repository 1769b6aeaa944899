/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What glibc's <malloc.h> has beside allocation. Neither allocator of ours is
 * glibc's, so what is told is the process's memory, and advice is taken but
 * not followed.
 */
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* As glibc's <malloc.h> has them; the first from before memory grew large. */
struct mallinfo {
	int arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks,
		fordblks, keepcost;
};

struct mallinfo2 {
	size_t arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks,
		uordblks, fordblks, keepcost;
};

/* Bytes of data, by proc(5)'s statm; 0 if there is no /proc. */
static size_t data_size(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (!f)
		return 0;
	if (fscanf(f, "%*u %*u %*u %*u %*u %lu", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * sysconf(_SC_PAGESIZE);
}

/* All of it counts as in use: which blocks are free nobody asks here. */
struct mallinfo2 mallinfo2(void)
{
	size_t size = data_size();

	return (struct mallinfo2){.arena = size, .uordblks = size};
}

struct mallinfo mallinfo(void)
{
	int size = data_size();

	return (struct mallinfo){.arena = size, .uordblks = size};
}

/* Nothing was given back. */
int malloc_trim(size_t pad)
{
	return 0;
}

/* Parameters of glibc's own allocator, from M_ARENA_MAX to M_MXFAST. */
int mallopt(int parameter, int value)
{
	return parameter >= -8 && parameter <= 4;
}

void malloc_stats(void)
{
	fprintf(stderr, "system bytes     = %10zu\n", data_size());
}

int malloc_info(int options, FILE *f)
{
	if (options)
		return EINVAL;
	return fprintf(f,
		       "<malloc version=\"1\">\n"
		       "<system type=\"current\" size=\"%zu\"/>\n</malloc>\n",
		       data_size()) < 0
		       ? -1
		       : 0;
}

/* Checks of the heap: -1 says that there are none (mcheck(3)). */
int mcheck(void (*on_error)(int))
{
	return -1;
}

int mcheck_pedantic(void (*on_error)(int))
{
	return -1;
}

void mcheck_check_all(void)
{
}

int mprobe(void *block)
{
	return -1;
}

/* A trace of the heap, where MALLOC_TRACE asks for one: mtrace(3). */
void mtrace(void)
{
}

void muntrace(void)
{
}
