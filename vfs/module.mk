# SPDX-License-Identifier: BSD-2-Clause
vfs-objs += vfs/lock_hooks.o
