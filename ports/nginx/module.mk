# SPDX-License-Identifier: BSD-2-Clause
# nginx by its own configure and make, unmodified, with CC=x86_64-posixen-cc:
# with all modules that are of use here, and a small one without OpenSSL.
include ports/image.mk

nginx-dir := $(O)/nginx
nginx-rootfs := $(O)/nginx/rootfs ports/nginx/rootfs

$(O)/src/nginx-1.22.1/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source nginx >/dev/null

$(nginx-dir)/apps/nginx.a: $(O)/libs/lib/libssl.a
$(nginx-dir)/apps/nginx-small.a: $(O)/libs/small/libpcre2-8.a
$(nginx-dir)/apps/nginx.a $(nginx-dir)/apps/nginx-small.a: \
		$(nginx-dir)/apps/%.a: \
		$(O)/src/nginx-1.22.1/.posixen-sha256 ports/nginx/build \
		$(O)/libs/lib/libz.a $(O)/libs/lib/libpcre2-8.a | $(port-host)
	$(call port-build,ports/nginx/build,$*)

$(eval $(call port-image,nginx,$(nginx-dir),$(nginx-rootfs)))
$(eval $(call port-image,nginx-small,$(nginx-dir),$(nginx-rootfs),--name nginx))

nginx: $(O)/nginx.xen $(O)/nginx.host $(O)/nginx-small.xen \
	$(O)/nginx-small.host
.PHONY: nginx

$(eval $(call port-checks,nginx))
$(eval $(call port-checks,nginx-small,nginx,small))

demo-now: demo-nginx
demo-nginx: $(O)/nginx-small.xen
	$(Q)ports/nginx/demo $(O)/nginx-small.xen
.PHONY: demo-nginx
