# SPDX-License-Identifier: BSD-2-Clause
# One object a line: several people add to this list.
net-objs += net/checksum.o
net-objs += net/config_dns.o
net-objs += net/framebuf.o
net-objs += net/isn.o
net-objs += net/loop.o
net-objs += net/memp.o
net-objs += net/message.o
net-objs += net/name.o
net-objs += net/options.o
net-objs += net/recv_calls.o
net-objs += net/send_calls.o
net-objs += net/socket.o
net-objs += net/socket_calls.o
net-objs += net/socket_ioctl.o
net-objs += net/stack.o
net-objs += net/timers.o
include net/lwip.mk
