/* SPDX-License-Identifier: BSD-2-Clause */
/* sched.h: between sched.c, thread.c and the context switch in switch.S. */
#ifndef RUNTIME_SCHED_H
#define RUNTIME_SCHED_H

#include <posixen/thread.h>

/* Save the registers that a C function must preserve and the stack pointer at
 * *save (NULL: the old context is never resumed), then go on at ksp. */
void cpu_switch(void **save, void *ksp);
/* First return address of a new thread: calls entry(arg), which it finds in
 * the callee-saved registers that thread_create() laid on the stack. */
void thread_begin(void);
void sched_switched(void);

/* While others of that priority wait for what t holds, it runs with theirs; 0:
 * nobody does. */
void sched_lend(struct thread *t, int priority);
void sched_thread_init(struct thread *t); /* as SCHED_OTHER, nice 0 */
/* A new thread starts with the running one's policy, priority and niceness. */
void sched_inherit(struct thread *child);
/* Give the CPU to who has a better right to it now, if any. Blocks. */
void sched_give_way(void);

/* Take t off the queue for good; it is not the running one. */
void sched_forget(struct thread *t);
/* End the running thread: it is freed after the switch. */
void __noreturn sched_end(void);
/* Arm the platform's alarm for the end of the time slice or the next timer. */
void sched_set_alarm(void);
/* Time may have passed: run timers, end the time slice. */
void sched_tick(void);
/* The alarm came when it could not be acted upon: soon again. */
void sched_alarm_later(void);

/*
 * Who tells user from system time (cputime.c) wants to see where the CPU is:
 * NULL if nobody does. Called with the running thread, from any context.
 * sched_sample_at is the plat_monotonic_ns() when it wants that next.
 */
extern void (*sched_sample)(struct thread *t, bool system);
extern uint64_t sched_sample_at;

/* t has never run. */
bool thread_is_new(const struct thread *t);
/* Free what thread_create() made (thread.c). */
void thread_free(struct thread *t);
/* Undo thread_create() before thread_start(). */
void thread_discard(struct thread *t);
/* Give t the running thread's MXCSR and x87 control word: clone(2) copies
 * them. Before its start. */
void thread_inherit_control(struct thread *t);

#endif
