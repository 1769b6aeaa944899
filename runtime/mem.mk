# SPDX-License-Identifier: BSD-2-Clause
# Memory: the objects, one a line.
runtime-objs += runtime/lib/copy.o
runtime-objs += runtime/lib/string.o
runtime-objs += runtime/lib/printf.o
runtime-objs += runtime/lib/parse.o
# Its loops must not become calls of the functions that they implement.
cflags-runtime/lib/copy.o := -fno-tree-loop-distribute-patterns
cflags-runtime/lib/string.o := -fno-tree-loop-distribute-patterns

runtime-objs += runtime/page.o
runtime-objs += runtime/kmalloc.o
runtime-objs += runtime/kstack.o
runtime-objs += runtime/inject.o
runtime-objs += runtime/uaccess.o
runtime-objs += runtime/uaccess_copy.o
runtime-objs += runtime/uio.o
runtime-objs += runtime/vm.o
runtime-objs += runtime/vm_area.o
runtime-objs += runtime/vm_brk.o
runtime-objs += runtime/vm_fault.o
runtime-objs += runtime/vm_mmap.o
runtime-objs += runtime/vm_object.o
runtime-objs += runtime/vm_protect.o
runtime-objs += runtime/vm_shm.o
runtime-objs += runtime/vm_unmap.o
