/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * debug_layout.c: where a tool outside finds what it wants to know of a guest.
 *
 * A crashed or paused guest is read through its page tables, without its help
 * (tools/posixenlib/program.py): this says where the fields are. It lies in the
 * image itself, so that tool and image need not be of one version, and is kept
 * by the linker script. The order is part of it: append, and count up VERSION
 * when a meaning changes.
 */
#include <posixen/entry.h>
#include <posixen/lib.h>
#include <posixen/mem.h>
#include <posixen/process.h>
#include "bounced.h"
#include "signal.h"
#include "vm_impl.h"

#define VERSION 1

#define T(f) offsetof(struct thread, f)
#define P(f) offsetof(struct process, f)
#define A(f) offsetof(struct vm_area, f)

static const uint16_t px_debug_layout[] __used __section(".debug_layout") = {
	VERSION,
	KSTACK_SIZE,
	T(kstack_top),
	T(in_kernel),
	T(uframe),
	T(ksp),
	T(proc),
	T(proc_link),
	T(state),
	T(tid),
	T(fs_base),
	T(name),
	T(sig_mask),
	T(sig_pending),
	T(cpu_ns),
	sizeof(struct thread),
	P(pid),
	P(ppid),
	P(pgid),
	P(sid),
	P(threads),
	P(vm),
	P(cred.uid),
	P(cred.gid),
	P(rlim[RLIMIT_CORE]),
	P(comm),
	P(cmdline),
	P(cmdline_len),
	P(auxv_start),
	P(auxv_end),
	P(not_dumpable),
	P(exiting),
	P(exit_status),
	P(fatal_ctx),
	P(fatal_info),
	P(nice),
	sizeof(struct process),
	offsetof(struct bounced, fpu),
	sizeof(struct bounced),
	offsetof(struct user_context, fpu),
	offsetof(struct px_frame, call),
	offsetof(struct px_frame, args),
	offsetof(struct px_frame, user),
	offsetof(struct px_call, nr),
	offsetof(struct vm_space, areas),
	A(link),
	A(start),
	A(end),
	A(prot),
	A(flags),
	A(file),
	A(name),
	VM_IMAGE,
	VM_DONTDUMP,
};
