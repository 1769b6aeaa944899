# SPDX-License-Identifier: BSD-2-Clause
# lighttpd by its own make, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

lighttpd-dir := $(O)/lighttpd

$(O)/src/lighttpd-1.4.69/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source lighttpd >/dev/null

$(lighttpd-dir)/apps/lighttpd.a: $(O)/src/lighttpd-1.4.69/.posixen-sha256 \
		ports/lighttpd/build $(O)/libs/lib/libssl.a $(O)/libs/lib/libz.a \
		$(O)/libs/lib/libpcre2-8.a | $(port-host)
	$(call port-build,ports/lighttpd/build,lighttpd)

$(eval $(call port-image,lighttpd,$(lighttpd-dir),ports/lighttpd/rootfs,\
	--args='-D -f /etc/lighttpd/lighttpd.conf'))

lighttpd: $(O)/lighttpd.xen $(O)/lighttpd.host
.PHONY: lighttpd

$(eval $(call port-checks,lighttpd))
