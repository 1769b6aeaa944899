# SPDX-License-Identifier: BSD-2-Clause
# The scheduler and what sleeps on it, with a clock that only the test moves.
unit-objs-core := $(addprefix runtime/,clock.o futex.o klog.o kthread.o param.o sched.o \
	signal.o switch.o thread.o timer.o waitq.o lib/parse.o)
unit-src-core := $(addprefix tests/unit/core/,fakes.c)
