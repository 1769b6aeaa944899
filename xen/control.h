/* SPDX-License-Identifier: BSD-2-Clause */
/* control.h: between shutdown.c and sysrq.c. */
#ifndef XEN_CONTROL_H
#define XEN_CONTROL_H

/* Kernel context, any. */
void send_to_program(int sig);

/* Do what the key value[0] stands for; may not return. Event context. */
void sysrq(const char *value);

#endif
