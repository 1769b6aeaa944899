# SPDX-License-Identifier: BSD-2-Clause
# lwIP as net/ sets it up, without devices, with a clock that the test moves.
unit-objs-net := $(addprefix net/,checksum.o config_dns.o config_param.o \
	demux.o framebuf.o gso.o isn.o lease.o loop.o memp.o netdev.o stack.o \
	tcp_cwnd.o tcp_output.o tcp_recovery.o tcp_rto.o tcp_sack.o tcp_segment.o \
	timers.o) \
	$(addprefix net/lwip/,$(lwip-core)) \
	runtime/lib/parse.o
unit-src-net := $(addprefix tests/unit/net/,fakes.c loop.c demux.c checksum.c gso.c param.c plug.c \
	recovery.c room.c segment.c timers.c)
# The C library's string.h and stdlib.h come before the port's.
unit-cflags-net := -idirafter net/port -I$(lwip-src)/src/include
