/* SPDX-License-Identifier: BSD-2-Clause */
/* start.h: the steps of runtime_start() that lie in files of their own. */
#ifndef RUNTIME_START_H
#define RUNTIME_START_H

#include <posixen/platform.h>
#include <posixen/process.h>

/* A process without threads, files or program. NULL: no memory. */
struct process *process_create(void);
/* Enter the image into the process's address space. 0 or -errno. */
int exec_adopt_image(struct process *p);
/* Name the process after its program and set its arguments. 0 or -errno. */
int exec_set_args(struct process *p, const struct boot_info *info);
/* Build the main thread's stack and run the program. */
void __noreturn exec_start(const struct boot_info *info);
/* The program has ended: let each subsystem finish. May block. */
void stop_subsystems(void);

#endif
