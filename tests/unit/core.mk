# SPDX-License-Identifier: BSD-2-Clause
# The scheduler and what sleeps on it, with a clock that only the test moves.
unit-objs-core := $(addprefix runtime/,clock.o clock_timeout.o cputime.o futex.o futex_pi.o futex_pi_requeue.o futex_rest.o futex_robust.o klog.o kthread.o param.o sched.o \
	signal.o switch.o thread.o timer.o waitq.o lib/parse.o)
unit-src-core := $(addprefix tests/unit/core/,fakes.c)
