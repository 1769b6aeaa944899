# SPDX-License-Identifier: BSD-2-Clause
unit-objs-vfs_locks := vfs/lock_range.o
