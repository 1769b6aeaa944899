/* SPDX-License-Identifier: BSD-2-Clause */
/* lock_wait.h: what fcntl's locks and flock(2) share (vfs/lock_wait.c). */
#ifndef VFS_LOCK_WAIT_H
#define VFS_LOCK_WAIT_H

#include "lock_range.h"

struct vnode;

/*
 * Take req on v's locks; F_UNLCK releases. -EAGAIN if it conflicts and !wait,
 * -EDEADLK if waiting would never end, -ERESTARTSYS on a signal, -ENOLCK.
 */
int lock_set(struct vnode *v, const struct lock *req, bool wait);

#endif
