# SPDX-License-Identifier: BSD-2-Clause
unit-objs-strace := $(addprefix shim/,trace.o trace_error.o trace_line.o \
	trace_ipc.o trace_names.o trace_poll.o trace_signal.o trace_socket.o \
	trace_struct.o trace_types.o special.o calls.o \
	thunks.o entry.o \
	absent_entry.o absent.o stats.o)
