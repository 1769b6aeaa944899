# SPDX-License-Identifier: BSD-2-Clause
unit-objs-vfs_tty := vfs/tty_ldisc.o
