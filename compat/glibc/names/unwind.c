/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * _dl_find_object(3): where gcc's unwinder (libgcc_eh) finds the tables of the
 * code that an exception passes through. An image is one object, so the answer
 * is the same for every address in it. Async-signal-safe; never blocks.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

/* As glibc's <dlfcn.h> has it on x86-64. */
struct dl_find_object {
	unsigned long long flags;
	void *map_start;
	void *map_end;
	void *link_map;
	void *eh_frame;
	unsigned long long reserved[7];
};

/*
 * The unwinder takes a program that has __pthread_key_create for one with
 * threads, and calls these, by references that are weak and therefore bring in
 * nothing. This one does; the table itself is not linked.
 */
__attribute__((used)) static void *const of_the_unwinder[] = {
	pthread_once,	    pthread_mutex_lock,	 pthread_mutex_unlock,
	pthread_key_create, pthread_getspecific, pthread_setspecific,
};

/* Of tools/image.ld.in; the tables are there if something unwinds at all. */
extern const char __image_start[], __image_end[];
extern const char __eh_frame_hdr_start[] __attribute__((weak));

int _dl_find_object(void *pc, struct dl_find_object *found)
{
	const char *p = pc;
	uintptr_t tables = (uintptr_t)__eh_frame_hdr_start;

	if (p < __image_start || p >= __image_end || !tables)
		return -1;
	*found = (struct dl_find_object){
		.map_start = (void *)__image_start,
		.map_end = (void *)__image_end,
		.eh_frame = (void *)tables,
	};
	return 0;
}
