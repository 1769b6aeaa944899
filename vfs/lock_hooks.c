/* SPDX-License-Identifier: BSD-2-Clause */
/* lock_hooks.c: how closing a file reaches its locks, if there ever were any. */
#include "locks.h"

const struct lock_hooks *lock_hooks;
