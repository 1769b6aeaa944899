/* SPDX-License-Identifier: BSD-2-Clause */
/* fake.h: the stand-in runtime of fake.c, as tests drive it. */
#ifndef TESTS_UNIT_VFS_FAKE_H
#define TESTS_UNIT_VFS_FAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void fake_init(void);
/* Give the process its context and descriptors; take them away. */
int fake_start(void);
void fake_stop(void);
void fake_set_ids(unsigned int uid, unsigned int gid);
void fake_set_limit(int which, unsigned long n);

extern size_t fake_bytes, fake_pages; /* in use */
extern size_t fake_pages_max;	      /* how much memory there is */
extern unsigned long fake_allocs;     /* made so far */
extern unsigned long fake_fail_at;    /* the one to fail; 0 none */
extern bool fake_fail_on;	      /* and all after it */
extern char fake_log[4096];
extern int fake_signal;
extern uint64_t fake_now;

/* Of fs.h, which cannot stand beside the C library's headers. */
int vfs_init(void);
int cpio_unpack(const void *data, size_t size);

#endif
