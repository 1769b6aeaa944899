# SPDX-License-Identifier: BSD-2-Clause
# HAProxy by its own make, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

haproxy-dir := $(O)/haproxy

$(O)/src/haproxy-2.6.12/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source haproxy >/dev/null

$(haproxy-dir)/apps/haproxy.a: $(O)/src/haproxy-2.6.12/.posixen-sha256 \
		ports/haproxy/build $(O)/libs/lib/libssl.a $(O)/libs/lib/libz.a \
		| $(port-host)
	$(call port-build,ports/haproxy/build,haproxy)

$(eval $(call port-image,haproxy,$(haproxy-dir),ports/haproxy/rootfs,\
	--args='-f /etc/haproxy/haproxy.cfg'))

haproxy: $(O)/haproxy.xen $(O)/haproxy.host
.PHONY: haproxy

$(eval $(call port-checks,haproxy))
check-haproxy-xen: $(O)/nginx-small.xen
