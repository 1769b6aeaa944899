/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Futexes of threads that end: set_robust_list(2), and the words that threads
 * hold with priority inheritance.
 *
 * The robust list is the program's, so it may be anything: every step is
 * checked, and their number is limited. As in Linux's kernel/futex/core.c.
 */
#include <posixen/lib.h>
#include <posixen/syscalls.h>
#include <posixen/uaccess.h>
#include "futex.h"

#define ROBUST_LIST_LIMIT 2048 /* as in Linux's include/linux/futex.h */
#define PI_BIT		  1UL  /* of a link: the futex is a PI lock */

void futex_wake_word(uint32_t *uaddr, unsigned int n)
{
	struct futex_key key;

	if (futex_key(uaddr, true, &key) == 0)
		futex_wake_key(&key, n, FUTEX_BITSET_MATCH_ANY);
}

static void died(const struct thread *t, uintptr_t entry, long offset,
		 bool pending)
{
	uint32_t *uaddr = (uint32_t *)((entry & ~PI_BIT) + offset);
	bool pi = entry & PI_BIT;
	uint32_t val, found;

	if ((uintptr_t)uaddr % sizeof(uint32_t) || get_user_u32(&val, uaddr))
		return;
	/* It died between giving the lock away and waking the next. */
	if (pending && !pi && !(val & FUTEX_TID_MASK)) {
		futex_wake_word(uaddr, 1);
		return;
	}
	if ((val & FUTEX_TID_MASK) != (uint32_t)t->tid)
		return;
	if (cmpxchg_user_u32(uaddr, val,
			     (val & FUTEX_WAITERS) | FUTEX_OWNER_DIED, &found))
		return;
	/* A PI lock is handed on below, in futex_exit(). */
	if (!pi && (val & FUTEX_WAITERS))
		futex_wake_word(uaddr, 1);
}

static void walk_robust_list(struct thread *t)
{
	struct robust_list_head head;
	uintptr_t uhead = (uintptr_t)t->robust_list, at, next, pending;

	if (!uhead || copy_in_obj(&head, (void *)uhead))
		return;
	pending = (uintptr_t)head.list_op_pending;
	at = (uintptr_t)head.list.next;
	for (int i = 0; i < ROBUST_LIST_LIMIT; i++) {
		struct robust_list *entry = (void *)(at & ~PI_BIT);

		if ((uintptr_t)entry == uhead)
			break;
		/* Read the link first: who gets the lock may change it. */
		if (copy_in_obj(&next, (void *)&entry->next))
			break;
		if (((at ^ pending) & ~PI_BIT) != 0)
			died(t, at, head.futex_offset, false);
		at = next;
	}
	if (pending & ~PI_BIT)
		died(t, pending, head.futex_offset, true);
}

void futex_exit(struct thread *t)
{
	walk_robust_list(t);
	if (futex_rest)
		futex_rest->owner_exits(t);
}

long sys_set_robust_list(void *head, size_t len)
{
	if (len != sizeof(struct robust_list_head))
		return -EINVAL;
	current()->robust_list = head;
	current()->robust_len = len;
	return 0;
}

long sys_get_robust_list(int pid, void *uhead, void *ulen)
{
	struct thread *t = pid ? thread_by_tid(pid) : current();
	size_t len = sizeof(struct robust_list_head);

	if (!t)
		return -ESRCH;
	if (copy_out_obj((size_t *)ulen, &len) ||
	    copy_out_obj((void **)uhead, &t->robust_list))
		return -EFAULT;
	return 0;
}
