/* SPDX-License-Identifier: BSD-2-Clause */
/* pool.h: objects of one size from page frames, in a few instructions
 * (memp.c). Kernel context, any; nothing blocks. */
#ifndef NET_POOL_H
#define NET_POOL_H

#include <posixen/list.h>
#include <lwip/memp.h>

/* Zero but for size, a multiple of 16, at most 4 KB less 64 bytes. */
struct pool {
	size_t size;
	struct list partial; /* slabs with a free object */
	size_t used;	     /* objects out */
	size_t max;	     /* of these; 0: as memory allows */
	unsigned int spare;  /* slabs without any out */
};

void *pool_alloc(struct pool *pool); /* NULL: no memory */
void pool_free(void *p);	     /* what pool_alloc() gave */

#endif
