/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hypercall.h: one typed inline function per hypercall, through the hypercall
 * page, which Xen fills with its way of making the call.
 *
 * Each works from the guest's kernel mode and from its user mode: in a PV
 * guest the page's `syscall` from user mode comes back to syscall_callback()
 * (trap_entry.S), which makes the same call from kernel mode. Arguments stand
 * in rdi, rsi, rdx, r10 and may be destroyed; the result, -errno, is rax. What
 * a call takes by pointer must be mapped: Xen does not fault pages in.
 */
#ifndef XEN_HYPERCALL_H
#define XEN_HYPERCALL_H

#include <posixen/types.h>
#include "abi.h"

extern char hypercall_page[PAGE_SIZE];

/* Each call has 32 bytes of the page. */
#define HYPERCALL_ASM "call hypercall_page + %c[off]"

static inline long hypercall1(unsigned int nr, unsigned long a)
{
	long ret;

	__asm__ volatile(HYPERCALL_ASM
			 : "=a"(ret), "+D"(a)
			 : [off] "i"(nr * 32)
			 : "memory");
	return ret;
}

static inline long hypercall2(unsigned int nr, unsigned long a, unsigned long b)
{
	long ret;

	__asm__ volatile(HYPERCALL_ASM
			 : "=a"(ret), "+D"(a), "+S"(b)
			 : [off] "i"(nr * 32)
			 : "memory");
	return ret;
}

static inline long hypercall3(unsigned int nr, unsigned long a, unsigned long b,
			      unsigned long c)
{
	long ret;

	__asm__ volatile(HYPERCALL_ASM
			 : "=a"(ret), "+D"(a), "+S"(b), "+d"(c)
			 : [off] "i"(nr * 32)
			 : "memory");
	return ret;
}

static inline long hypercall4(unsigned int nr, unsigned long a, unsigned long b,
			      unsigned long c, unsigned long d)
{
	register unsigned long r10 __asm__("r10") = d;
	long ret;

	__asm__ volatile(HYPERCALL_ASM
			 : "=a"(ret), "+D"(a), "+S"(b), "+d"(c), "+r"(r10)
			 : [off] "i"(nr * 32)
			 : "memory");
	return ret;
}

/* Calls of every kind of guest. */

static inline long xen_sched_op(unsigned int cmd, const void *arg)
{
	return hypercall2(__HYPERVISOR_sched_op, cmd, (unsigned long)arg);
}

static inline long xen_event_channel_op(unsigned int cmd, void *arg)
{
	return hypercall2(__HYPERVISOR_event_channel_op, cmd,
			  (unsigned long)arg);
}

static inline long xen_vcpu_op(unsigned int cmd, unsigned int vcpu,
			       const void *arg)
{
	return hypercall3(__HYPERVISOR_vcpu_op, cmd, vcpu, (unsigned long)arg);
}

static inline long xen_set_timer_op(uint64_t system_time)
{
	return hypercall1(__HYPERVISOR_set_timer_op, system_time);
}

static inline long xen_vm_assist(unsigned int cmd, unsigned int type)
{
	return hypercall2(__HYPERVISOR_vm_assist, cmd, type);
}

/* The result is that of the call; each operation has a status of its own. */
static inline long xen_grant_table_op(unsigned int cmd, void *ops,
				      unsigned int n)
{
	return hypercall3(__HYPERVISOR_grant_table_op, cmd, (unsigned long)ops,
			  n);
}

/* Calls of PV guests alone. */

static inline long xen_set_trap_table(const struct trap_info *table)
{
	return hypercall1(__HYPERVISOR_set_trap_table, (unsigned long)table);
}

static inline long xen_callback_op(unsigned int cmd, const void *arg)
{
	return hypercall2(__HYPERVISOR_callback_op, cmd, (unsigned long)arg);
}

static inline long xen_stack_switch(unsigned long ss, unsigned long sp)
{
	return hypercall2(__HYPERVISOR_stack_switch, ss, sp);
}

static inline long xen_set_segment_base(unsigned int which, unsigned long base)
{
	return hypercall2(__HYPERVISOR_set_segment_base, which, base);
}

static inline long xen_update_va_mapping(unsigned long va, uint64_t pte,
					 unsigned long flags)
{
	return hypercall3(__HYPERVISOR_update_va_mapping, va, pte, flags);
}

static inline long xen_mmu_update(const struct mmu_update *req, unsigned int n)
{
	return hypercall4(__HYPERVISOR_mmu_update, (unsigned long)req, n, 0,
			  DOMID_SELF);
}

static inline long xen_mmuext_op(const struct mmuext_op *op, unsigned int n)
{
	return hypercall4(__HYPERVISOR_mmuext_op, (unsigned long)op, n, 0,
			  DOMID_SELF);
}

static inline long xen_multicall(struct multicall_entry *calls, unsigned int n)
{
	return hypercall2(__HYPERVISOR_multicall, (unsigned long)calls, n);
}

#endif
