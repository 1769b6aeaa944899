# SPDX-License-Identifier: BSD-2-Clause
# memcached by its own configure and make, unmodified, with
# CC=x86_64-posixen-cc.
include ports/image.mk

memcached-dir := $(O)/memcached

$(O)/src/memcached-1.6.18/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source memcached >/dev/null

$(memcached-dir)/apps/memcached.a: $(O)/src/memcached-1.6.18/.posixen-sha256 \
		ports/memcached/build $(O)/libs/lib/libevent.a | $(port-host)
	$(call port-build,ports/memcached/build,memcached)

# As root it wants to be told whom to become.
$(eval $(call port-image,memcached,$(memcached-dir),ports/memcached/rootfs,\
	--args='-u memcache -m 32'))

memcached: $(O)/memcached.xen $(O)/memcached.host
.PHONY: memcached

$(eval $(call port-checks,memcached))
