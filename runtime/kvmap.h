/* SPDX-License-Identifier: BSD-2-Clause */
/* kvmap.h: between kmalloc.c and kvmap.c. */
#ifndef RUNTIME_KVMAP_H
#define RUNTIME_KVMAP_H

#include <posixen/types.h>

/* n bytes, page aligned, contents undefined; NULL: no memory. */
void *kvmap_alloc(size_t n);
void kvmap_free(void *p);
size_t kvmap_size(const void *p); /* rounded up to pages */
bool is_kvmap(const void *p);

#endif
