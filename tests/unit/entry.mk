# SPDX-License-Identifier: BSD-2-Clause
unit-objs-entry := $(addprefix shim/,entry.o thunks.o special_entry.o \
	special.o calls.o table.o absent_entry.o absent.o stats.o trace_error.o \
	trace_ipc.o trace_line.o trace_names.o trace_poll.o trace_signal.o \
	trace_socket.o trace_struct.o trace_types.o)
