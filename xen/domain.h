/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * domain.h: what the drivers of this folder know of the domain, however it was
 * entered. start.c fills it from a PV guest's start_info; a PVH entry will fill
 * it from hypercalls. Drivers include this and event.h, never pv.h.
 */
#ifndef XEN_DOMAIN_H
#define XEN_DOMAIN_H

#include <posixen/types.h>
#include "abi.h"

struct domain {
	struct shared_info *shared; /* mapped, read and write */
	struct xencons_interface *console;
	evtchn_port_t console_port;
	void *store; /* the page shared with xenstore */
	evtchn_port_t store_port;
};

extern struct domain domain;

static inline struct vcpu_info *vcpu(void)
{
	return &domain.shared->vcpu_info[0];
}

/* console.c. console_init() makes logging work, before anything else does;
 * console_start() takes input and needs event_init(). */
void console_init(const char *cmdline);
void console_start(void);
/* Give up the CPU until the other side has taken all output, or takes none for
 * some seconds. */
void console_drain(void);
/* Tell whoever started us how it ended: by sig, or if that is 0 with an exit
 * status. A plain console is told of failure only. */
void console_report_exit(int sig, int code);

/* time.c. time_init() makes the clocks work; time_start() the alarm, and needs
 * event_init(). */
void time_init(void);
void time_start(void);
/*
 * An upcall is being served. If it was the alarm's, its event is taken here and
 * not left pending as others are: the runtime may set the next alarm before it
 * polls, and an event that is pending already makes no second upcall.
 */
void time_alarm_seen(void);
/* Xen's system time for a plat_monotonic_ns() value, as hypercalls take it; as
 * late as they take when it is later than that. */
uint64_t time_to_system(uint64_t monotonic_ns);

/* exit.c: plat_exit() is a reboot: the tools asked for it. */
extern bool exit_reboots;

/* shutdown.c: do what the tools ask for, from a little later on; needs
 * store_init(). */
void shutdown_init(void);

/* cpu.c */
void cpu_init(void);

#endif
