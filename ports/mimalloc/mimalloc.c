/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mimalloc for images: upstream's sources, compiled as one file, with what the
 * operating system is to them changed around them.
 *
 * mimalloc asks which system it runs on with __linux__ and the like, and then
 * looks for NUMA nodes, the overcommit policy and random numbers in /proc,
 * /sys and /dev, partly through syscall(2): an image would contain every
 * handler for it. The answers are known here, so it is told less.
 *
 * The names that it overrides are those of musl's malloc family. link-app puts
 * the archive before libc.a: a program that refers to malloc(), free() or their
 * kin gets all of them from here; one in which only the C library allocates
 * (fopen() without a malloc() of its own) gets musl's, which is smaller.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#undef __linux__
/* Asks mimalloc for aligned_alloc() too: musl's would use musl's heap. */
#define __USE_ISOC11	   1
#define MI_MALLOC_OVERRIDE 1

#include "mimalloc.h"
#include "mimalloc-internal.h"

/*
 * What is made usable is about to be used: the runtime looks whether there is
 * memory for it at that moment, and only then. By the megabyte, as upstream
 * does it to save system calls, others are promised the same memory before it
 * is touched.
 */
#undef MI_MINIMAL_COMMIT_SIZE
#define MI_MINIMAL_COMMIT_SIZE MI_COMMIT_SIZE

/* Only mbind(2), after huge pages were asked for, is left of its system calls:
 * there is one memory node. */
#define syscall(...) (-1L)

#include "stats.c"

/* Where it would call BSD's arc4random_buf(), a getrandom(2) will do. */
#define __sun 1
static void px_random(void *buf, size_t len)
{
	if (getentropy(buf, len))
		memset(buf, 0, len);
}
#define arc4random_buf px_random
#include "random.c"
#undef __sun

/*
 * Where a part of a segment cannot be made usable because memory is out,
 * mimalloc asks for another segment and tries the same again, for ever or until
 * the segments' own headers have used up the rest. So no segment is had while
 * what was last refused would be refused still.
 */
static size_t refused;

static int px_mprotect(void *addr, size_t size, int prot)
{
	int ret = mprotect(addr, size, prot);

	refused = ret ? size : 0;
	return ret;
}

/* What is given back is no longer promised either. (What mimalloc means to use
 * again as it is, it gives back by MADV_FREE.) */
static int px_madvise(void *addr, size_t size, int advice)
{
	int ret = madvise(addr, size, advice);

	if (!ret && advice == MADV_DONTNEED)
		ret = mprotect(addr, size, PROT_NONE);
	return ret;
}

static bool still_refused(void)
{
	void *p;

	if (!refused)
		return false;
	p = mmap(NULL, refused, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return true;
	munmap(p, refused);
	refused = 0;
	return false;
}

/*
 * A segment is 32 MB on a 32 MB border. mimalloc hints at addresses above 2 TB
 * to get that at once; a program's addresses end at 512 GB here, so its hint,
 * random in the beginning and then counting up, is moved to 160 .. 224 GB.
 * Taken or not, a hint is no more than that.
 */
#define HINT_BASE ((uintptr_t)160 << 30)
#define HINT_SIZE ((uintptr_t)64 << 30)
static void *px_mmap(void *addr, size_t size, int prot, int flags, int fd,
		     off_t off)
{
	if (still_refused()) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	if (addr)
		addr = (void *)(HINT_BASE + (uintptr_t)addr % HINT_SIZE);
	/* What will be used should be refused if it is not there. */
	if (prot != PROT_NONE)
		flags &= ~MAP_NORESERVE;
	return mmap(addr, size, prot, flags, fd, off);
}
#define mmap	 px_mmap
#define mprotect px_mprotect
#define madvise	 px_madvise
#include "os.c"
#undef mmap
#undef mprotect
#undef madvise

/* A product that is too large for a size_t has no memory either, says
 * calloc(3), but mimalloc forgets to. */
static bool px_count_size_overflow(size_t count, size_t size, size_t *total)
{
	bool overflow = mi_count_size_overflow(count, size, total);

	if (overflow)
		errno = ENOMEM;
	return overflow;
}
#define mi_count_size_overflow px_count_size_overflow

#include "bitmap.c"
#include "arena.c"
#include "segment-cache.c"
#include "segment.c"
#include "page.c"
#include "heap.c"
#include "alloc.c"
#include "alloc-aligned.c"
#include "alloc-posix.c"

/* Its memory ends with the program; freeing it before would cost time. */
#define MI_SKIP_COLLECT_ON_EXIT 1

static void px_os_init(void);
#define _mi_os_init px_os_init
#include "init.c"
#undef _mi_os_init
#include "options.c"

/*
 * Before it gives up, mimalloc collects what is free, but not the parts of
 * segments in use that it has put off giving back. They may be all there is.
 */
static void px_give_back(bool force, unsigned long long beat, void *arg)
{
	mi_heap_t *heap = mi_get_default_heap();
	mi_segments_tld_t *tld;
	mi_collect_t how = MI_FORCE;

	/* A thread that ends has no heap of its own any more, but the empty
	 * one, which nobody may change. */
	if (!force || !mi_heap_is_initialized(heap))
		return;
	tld = &heap->tld->segments;
	_mi_heap_collect_retired(heap, true);
	mi_heap_visit_pages(heap, &mi_heap_page_collect, &how, NULL);
	for (size_t i = 0; i <= MI_SEGMENT_BIN_MAX; i++)
		for (mi_slice_t *s = tld->spans[i].first; s; s = s->next)
			mi_segment_delayed_decommit(_mi_ptr_segment(s), true,
						    tld->stats);
}

/* A request that is too large by itself has found no memory either. */
static void px_error(int err, void *arg)
{
	if (err == ENOMEM || err == EOVERFLOW)
		errno = ENOMEM;
}

static void px_os_init(void)
{
	_mi_os_init();
	mi_register_error(px_error, NULL);
	/* A segment of 32 MB is reserved without access and made usable by
	 * the megabyte: so a small guest can have one, and malloc() returns
	 * NULL when memory is out, where a touch would end the program. */
	mi_option_set_default(mi_option_eager_commit, 0);
	mi_register_deferred_free(px_give_back, NULL);
}
