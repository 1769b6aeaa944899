# SPDX-License-Identifier: BSD-2-Clause
unit-objs-sched := runtime/sched.o runtime/timer.o
