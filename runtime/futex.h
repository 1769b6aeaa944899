/* SPDX-License-Identifier: BSD-2-Clause */
/* futex.h: what a thread's end needs of futexes (runtime/futex.c). */
#ifndef RUNTIME_FUTEX_H
#define RUNTIME_FUTEX_H

#include <posixen/thread.h>

/* FUTEX_WAKE, shared, as CLONE_CHILD_CLEARTID does at a thread's end. */
void futex_wake_word(uint32_t *uaddr, unsigned int n);
/* Mark and hand on the robust futexes that t still holds. */
void futex_exit_robust(struct thread *t);

#endif
