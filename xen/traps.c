/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * traps.c: registers the entry points of trap_entry.S with Xen and hands what
 * arrives there to the runtime.
 */
#include <posixen/klog.h>
#include <posixen/mem.h>
#include <posixen/thread.h>
#include <posixen/trap.h>
#include "domain.h"
#include "event.h"
#include "hypercall.h"
#include "pv.h"

#define NR_VECTORS	20
#define VECTOR_PF	14
#define VECTOR_EVENT	256
#define VECTOR_SYSCALL	257
#define VECTOR_FAILSAFE 258
#define STUB_SIZE	16

/* struct trap_info flags: who may raise it by `int n`, and bit 2: events are
 * masked on entry. */
#define TRAP_MASK_EVENTS 4
#define TRAP_ANYONE	 3

void trap_dispatch(struct regs *regs);

static void register_callback(unsigned int type, const char *entry)
{
	struct callback_register cb = {
		.type = type,
		.flags = CALLBACKF_mask_events,
		.address = (unsigned long)entry,
	};
	long rc = xen_callback_op(CALLBACKOP_register, &cb);

	if (rc)
		panic("Xen refused callback %u (%ld)\n", type, rc);
}

void traps_init(void)
{
	static struct trap_info table[NR_VECTORS + 1]; /* and the sentinel */
	unsigned int n = 0;
	long rc;

	for (unsigned int v = 0; v < NR_VECTORS; v++) {
		/* NMIs have their own callback; 9 and 15 do not exist. */
		if (v == 2 || v == 9 || v == 15)
			continue;
		table[n].vector = v;
		table[n].flags = TRAP_MASK_EVENTS;
		/* int3 and into are instructions of the program's. */
		if (v == 3 || v == 4)
			table[n].flags |= TRAP_ANYONE;
		table[n].cs = FLAT_KERNEL_CS;
		table[n].address = (unsigned long)trap_stubs + v * STUB_SIZE;
		n++;
	}
	rc = xen_set_trap_table(table);
	if (rc)
		panic("Xen refused the trap table (%ld)\n", rc);
	register_callback(CALLBACKTYPE_event, event_callback);
	register_callback(CALLBACKTYPE_failsafe, failsafe_callback);
	register_callback(CALLBACKTYPE_syscall, syscall_callback);
	rc = xen_stack_switch(FLAT_KERNEL_SS,
			      (unsigned long)exception_stack_top);
	if (rc)
		panic("Xen refused the exception stack (%ld)\n", rc);
}

/*
 * A page fault whose address lies in the guard page of a stack says so: it is
 * the runtime's own overflow and nothing can go on.
 */
static void check_guards(const struct regs *regs, uintptr_t addr)
{
	uintptr_t page = PAGE_DOWN(addr);
	const struct thread *t = current();

	if (page == (uintptr_t)boot_guard) {
		dump_regs(regs);
		panic("the boot stack overflowed\n");
	}
	if (t && page == (uintptr_t)t->kstack_top - KSTACK_SIZE - PAGE_SIZE) {
		dump_regs(regs);
		panic("kernel stack of thread %d overflowed\n", t->tid);
	}
}

/* From trap_common, kernel mode, events masked. */
void trap_dispatch(struct regs *regs)
{
	uintptr_t addr;

	/* Xen keeps the former event mask in the upper half of the slot. */
	regs->cs &= 0xffff;
	switch (regs->vector) {
	case VECTOR_EVENT:
		event_note();
		time_alarm_seen();
		trap_interrupt(regs);
		break;
	case VECTOR_PF:
		addr = vcpu()->arch.cr2;
		check_guards(regs, addr);
		trap_page_fault(regs, addr);
		break;
	case VECTOR_SYSCALL:
		trap_syscall(regs);
		break;
	case VECTOR_FAILSAFE:
		dump_regs(regs);
		panic("Xen could not load the segments to return to\n");
	case 8:
		dump_regs(regs);
		panic("double fault\n");
	default:
		trap_exception(regs, regs->vector);
	}
}
