# SPDX-License-Identifier: BSD-2-Clause
# lwIP, unmodified (sources.lock): included at the end of module.mk, because it
# reads net-objs.
lwip-src := $(O)/src/lwip-2.1.3
lwip-core := $(addprefix core/,def.o inet_chksum.o init.o ip.o netif.o pbuf.o \
	raw.o stats.o tcp.o tcp_in.o tcp_out.o udp.o) \
	$(addprefix core/ipv4/,dhcp.o etharp.o icmp.o igmp.o ip4.o ip4_addr.o \
	ip4_frag.o) \
	$(addprefix core/ipv6/,ethip6.o icmp6.o inet6.o ip6.o ip6_addr.o \
	ip6_frag.o mld6.o nd6.o) netif/ethernet.o
net-objs += $(addprefix net/lwip/,$(lwip-core))

# Every file of net/ sees lwIP's headers, and those it asks its port for.
dirflags-net := -Inet/port/before -Inet/port -I$(lwip-src)/src/include

$(lwip-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source lwip >/dev/null
	$(Q)touch $@

# Upstream's source is compiled as it is: its warnings are not ours to repair.
lwip-hot := core/inet_chksum core/ip core/pbuf core/tcp core/tcp_in \
	    core/tcp_out core/ipv4/etharp core/ipv4/ip4 core/ipv6/ip6 \
	    core/ipv6/ethip6 netif/ethernet
$(foreach f,$(lwip-hot),$(eval cflags-net/lwip/$(f).o := -O2))
# What net/tcp_output.c stands before.
cflags-net/lwip/core/tcp_out.o += -Dtcp_output=lwip_tcp_output \
	-Dtcp_rexmit_rto_prepare=lwip_tcp_rexmit_rto_prepare \
	-Dtcp_eff_send_mss_netif=tcp_announced_mss \
	-Dtcp_rexmit_rto_commit=lwip_tcp_rexmit_rto_commit \
	-Dtcp_split_unsent_seg=lwip_tcp_split_unsent_seg \
	-Dip4_output_if=stack_ip4_output_if -Dip6_output_if=stack_ip6_output_if
# tcp_retries2 (tcp(7)) and one more: a connection ends when its last time-out
# is over (net/tcp_rto.c), not when its last repetition leaves.
cflags-net/lwip/core/tcp.o += -DTCP_MAXRTX=16
cflags-net/lwip/core/tcp_in.o += -DNET_TCP_IN
define lwip-rules
$(O)/obj/$(1)/net/lwip/%.o: $(lwip-src)/.posixen-sha256 $(O)/gen/uapi/.done \
		net/lwip.mk
	$$(call say,CC,lwip/$$*.c)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(CC) $$(KCPPFLAGS) $$(dirflags-net) \
		$$(filter-out -Werror -Wall -Wextra -Wstrict-prototypes \
		-Wmissing-prototypes,$$(KCFLAGS)) -w -DPOSIXEN_$(2) $(3) \
		$$(cflags-$(1)) $$(cflags-net/lwip/$$*.o) -MMD -MP \
		-c $(lwip-src)/src/$$*.c -o $$@
# A header that stands before one of lwIP's is a change that .d files miss.
$(patsubst %,$(O)/obj/$(1)/%,$(net-objs)): $(lwip-src)/.posixen-sha256 \
	net/port/before/lwip/priv/tcp_priv.h
endef
$(eval $(call lwip-rules,xen,XEN))
$(eval $(call lwip-rules,host,HOST))
$(eval $(call lwip-rules,ubsan,HOST,-DPOSIXEN_UBSAN))
