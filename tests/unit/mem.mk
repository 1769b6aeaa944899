# SPDX-License-Identifier: BSD-2-Clause
# The memory code without its copies of C's functions, which lib.c tests.
unit-objs-mem := $(filter-out runtime/lib/%,$(runtime-mem-objs)) \
	runtime/lib/parse.o host/pagetable.o host/syscall.o
unit-src-mem := $(addprefix tests/unit/mem/,process.c fakes.c page.c heap.c \
	area.c file.c access.c)
