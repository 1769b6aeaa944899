/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * event.h: event channels for the drivers of this folder (event.c).
 */
#ifndef XEN_EVENT_H
#define XEN_EVENT_H

#include <posixen/types.h>
#include "abi.h"

void event_init(void);

/* Call fn(arg) in event context (it wakes, it never blocks) after each event on
 * port, which is unmasked. 0, or -ENOSPC when the port number is too high. */
int event_bind(evtchn_port_t port, void (*fn)(void *arg), void *arg);

/* Ring the other side. */
void event_send(evtchn_port_t port);

/* Sleep until an event on port, or for ns nanoseconds. No handler runs; an
 * event that was pending already is taken and ends the wait at once. For loops
 * that look at their ring each time round, also in a crash. Any context. */
void event_wait(evtchn_port_t port, uint64_t ns);

/* Have port's handler run at the next plat_poll(), as if an event had come:
 * owed after event_wait(), which takes events away from it. */
void event_raise(evtchn_port_t port);

/* As event_bind() for a virtual interrupt of this CPU, xen/xen.h VIRQ_*: the
 * port, or -errno. */
int event_bind_virq(unsigned int virq, void (*fn)(void *arg), void *arg);

/* A new port that domain remote may bind to, with its handler: the port, or
 * -errno. event_unbind() closes it: its handler is not called any more. */
int event_alloc_unbound(domid_t remote, void (*fn)(void *arg), void *arg);
void event_unbind(evtchn_port_t port);

/* Take port's pending event away from its handler. True if there was one. Any
 * context. */
bool event_take(evtchn_port_t port);

/* Xen's upcall is being served: keep in mind what came, for plat_poll(). From
 * the entry code, events masked. */
void event_note(void);

#endif
