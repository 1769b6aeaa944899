/* SPDX-License-Identifier: BSD-2-Clause */
/* sysinfo.h: names that uname(2) and /proc/sys/kernel show
 * (runtime/sysinfo.c). */
#ifndef POSIXEN_SYSINFO_H
#define POSIXEN_SYSINFO_H

const char *system_hostname(void);
/* Before the program starts: what the network's configuration says. */
void system_set_hostname(const char *name);
const char *system_domainname(void);
const char *system_release(void);
/* Load averages over 1, 5 and 15 minutes, 16 bits of them behind the point
 * (runtime/loadavg.c). */
void system_loads(unsigned long loads[3]);

#endif
