/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kthread.h: threads of the runtime's own (runtime/kthread.c), for work that
 * must wait: connecting a device, asking xenstore.
 *
 * They belong to no program: they have no pid that a program can see, are not
 * in /proc, take no signals, and do not keep the domain alive.
 */
#ifndef POSIXEN_KTHREAD_H
#define POSIXEN_KTHREAD_H

/* Run fn(arg) in a thread that ends when fn returns. name is shown in dumps, a
 * static string. 0 or -ENOMEM. Does not block. */
int kthread_start(const char *name, void (*fn)(void *arg), void *arg);

#endif
