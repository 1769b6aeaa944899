# SPDX-License-Identifier: BSD-2-Clause
unit-objs-xen_store := $(addprefix xen/,store.o store_calls.o store_watch.o \
	store_wire.o) runtime/lib/parse.o
