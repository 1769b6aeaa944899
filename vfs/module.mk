# SPDX-License-Identifier: BSD-2-Clause
vfs-objs += vfs/lock_hooks.o
vfs-objs += vfs/pipe.o
vfs-objs += vfs/pipe_size.o
vfs-objs += vfs/fifo.o
vfs-objs += vfs/anonfile.o
