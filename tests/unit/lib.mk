# SPDX-License-Identifier: BSD-2-Clause
unit-objs-lib := $(addprefix runtime/lib/,copy.o string.o printf.o parse.o)
unit-cflags-lib := -fno-builtin -Wno-format
