/* SPDX-License-Identifier: BSD-2-Clause */
/* lock_hooks.c: how what happens to a file reaches its locks, its epoll
 * instances, its owner and its watchers, if there ever were any. */
#include "async.h"
#include "locks.h"
#include "notify.h"
#include "special.h"

const struct lock_hooks *lock_hooks;

void (*epoll_forget)(struct file *f);

const struct async_hooks *async_hooks;

const struct notify_hooks *notify_hooks;
