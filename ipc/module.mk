# SPDX-License-Identifier: BSD-2-Clause
# One object a line: several people add to this list.
ipc-objs += ipc/message.o
ipc-objs += ipc/mqueue.o
ipc-objs += ipc/mqueue_calls.o
ipc-objs += ipc/mqueue_fs.o
ipc-objs += ipc/mqueue_notify.o
ipc-objs += ipc/mqueue_sysctl.o
ipc-objs += ipc/sysctl.o
ipc-objs += ipc/sysv.o
ipc-objs += ipc/sysv_msg.o
ipc-objs += ipc/sysv_sem.o
ipc-objs += ipc/sysv_shm.o
