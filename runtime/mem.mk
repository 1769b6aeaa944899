# SPDX-License-Identifier: BSD-2-Clause
# Memory: the objects, one a line.
runtime-mem-objs :=
runtime-mem-objs += runtime/lib/copy.o
runtime-mem-objs += runtime/lib/string.o
runtime-mem-objs += runtime/lib/printf.o
runtime-mem-objs += runtime/lib/parse.o
# Its loops must not become calls of the functions that they implement.
lib-cflags := $(if $(findstring clang,$(CC)),-fno-builtin,\
	-fno-tree-loop-distribute-patterns)
cflags-runtime/lib/copy.o := $(lib-cflags)
cflags-runtime/lib/string.o := $(lib-cflags)

runtime-mem-objs += runtime/page.o
runtime-mem-objs += runtime/kmalloc.o
runtime-mem-objs += runtime/kstack.o
runtime-mem-objs += runtime/kvmap.o
runtime-mem-objs += runtime/inject.o
runtime-mem-objs += runtime/pkey.o
runtime-mem-objs += runtime/uaccess.o
runtime-mem-objs += runtime/uaccess_copy.o
runtime-mem-objs += runtime/uio.o
runtime-mem-objs += runtime/vm.o
runtime-mem-objs += runtime/vm_advise.o
runtime-mem-objs += runtime/vm_area.o
runtime-mem-objs += runtime/vm_brk.o
runtime-mem-objs += runtime/vm_detach.o
runtime-mem-objs += runtime/vm_fault.o
runtime-mem-objs += runtime/vm_lock.o
runtime-mem-objs += runtime/vm_maps.o
runtime-mem-objs += runtime/vm_mmap.o
runtime-mem-objs += runtime/vm_object.o
runtime-mem-objs += runtime/vm_protect.o
runtime-mem-objs += runtime/vm_remap.o
runtime-mem-objs += runtime/vm_shm.o
runtime-mem-objs += runtime/vm_sync.o
runtime-mem-objs += runtime/vm_unmap.o
runtime-objs += $(runtime-mem-objs)
