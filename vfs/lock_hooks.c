/* SPDX-License-Identifier: BSD-2-Clause */
/* lock_hooks.c: how closing a file reaches its locks and its epoll instances,
 * if there ever were any. */
#include "locks.h"
#include "special.h"

const struct lock_hooks *lock_hooks;

void (*epoll_forget)(struct file *f);
