# SPDX-License-Identifier: BSD-2-Clause
# Redis by its own make, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

redis-dir := $(O)/redis
redis-rootfs := $(O)/redis/rootfs ports/redis/rootfs

$(O)/src/redis-7.0.15/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source redis >/dev/null

# The image is called redis, the program in it redis-server.
$(redis-dir)/apps/redis.a: $(O)/src/redis-7.0.15/.posixen-sha256 \
		ports/redis/build | $(port-host)
	$(call port-build,ports/redis/build,redis)

$(eval $(call port-image,redis,$(redis-dir),$(redis-rootfs),\
	--name redis-server --args /etc/redis.conf))

redis: $(O)/redis.xen $(O)/redis.host
.PHONY: redis

$(eval $(call port-checks,redis))

# The same with the allocator that link-app has to be told.
$(O)/redis-jemalloc.host: $(redis-dir)/apps/redis.a $(port-host) $(port-link) \
		$(O)/sysroot/lib/libjemalloc.a
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $(addprefix --rootfs ,$(redis-rootfs)) \
		--host --malloc jemalloc --name redis-server $< \
		$$(cat $(<:.a=.libs)) -o $@
check-redis-jemalloc: $(O)/redis-jemalloc.host
	$(Q)ports/redis/check host $<
# Redis's own tests, on a server that runs.
check-redis-suite: $(O)/redis.host
	$(Q)ports/redis/suite host $< $(redis-dir)/build
redis-full := check-redis-jemalloc check-redis-suite
check-full-targets += $(redis-full)
.PHONY: $(redis-full)
