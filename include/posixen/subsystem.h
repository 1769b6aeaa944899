/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * subsystem.h: parts that only images that need them contain (runtime/start.c).
 *
 * SUBSYSTEM() puts a row into a section that the linker keeps only when
 * something reachable requires it. So an image whose program never opens a
 * socket has no network: sys_socket() requires it, and nobody else does.
 */
#ifndef POSIXEN_SUBSYSTEM_H
#define POSIXEN_SUBSYSTEM_H

#include <posixen/types.h>

struct subsystem {
	const char *name; /* "network": for the message when start fails */
	/* In the first thread, after the root filesystem is unpacked and before
	 * the program's first instruction. May block. 0, or -errno: the program
	 * does not start. May be NULL. */
	int (*start)(void);
	/* The program has ended and its files are closed; the domain goes down
	 * next. In its last thread; may block, but not for ever. May be NULL.
	 */
	void (*stop)(void);
};

#define SUBSYSTEM(id, ...)                                                     \
	const struct subsystem subsystem_##id __attribute__((                  \
		section(".subsystem." #id), aligned(8))) = {__VA_ARGS__}

/* Whoever contains this line needs the subsystem: a relocation that changes
 * nothing and is a reference for the linker. */
#define SUBSYSTEM_REQUIRE(id)                                                  \
	__asm__ volatile(".reloc ., R_X86_64_NONE, subsystem_" #id)

#endif
