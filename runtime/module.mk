# SPDX-License-Identifier: BSD-2-Clause
# One object a line: several people add to this list.
include runtime/mem.mk
runtime-objs += runtime/backtrace.o
runtime-objs += runtime/clock.o
runtime-objs += runtime/clone.o
runtime-objs += runtime/enter.o
runtime-objs += runtime/exec.o
runtime-objs += runtime/futex.o
runtime-objs += runtime/klog.o
runtime-objs += runtime/param.o
runtime-objs += runtime/process.o
runtime-objs += runtime/random.o
runtime-objs += runtime/sched.o
runtime-objs += runtime/signal.o
runtime-objs += runtime/signal_calls.o
runtime-objs += runtime/signal_frame.o
runtime-objs += runtime/start.o
runtime-objs += runtime/stdio.o
runtime-objs += runtime/switch.o
runtime-objs += runtime/thread.o
runtime-objs += runtime/timer.o
runtime-objs += runtime/trap.o
runtime-objs += runtime/waitq.o
runtime-objs += runtime/work.o
