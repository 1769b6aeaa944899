# SPDX-License-Identifier: BSD-2-Clause
# Apache httpd, APR and APR-util by their own configure and make, unmodified,
# with CC=x86_64-posixen-cc: the event model, and as httpd-worker the other.
include ports/image.mk

httpd-dir := $(O)/httpd
httpd-rootfs := $(O)/httpd/rootfs ports/httpd/rootfs
httpd-recipe := ports/httpd/build ports/httpd/config.site

define httpd-source
$(O)/src/$(1)-$(2)/.posixen-sha256: sources.lock
	$$(Q)O=$(O) tools/fetch-source $(1) >/dev/null
endef
$(eval $(call httpd-source,apr,1.7.2))
$(eval $(call httpd-source,apr-util,1.6.3))
$(eval $(call httpd-source,apache2,2.4.68))

$(O)/libs/lib/libaprutil-1.a: $(O)/src/apr-1.7.2/.posixen-sha256 \
		$(O)/src/apr-util-1.6.3/.posixen-sha256 $(httpd-recipe) \
		$(O)/libs/lib/libexpat.a | $(port-host)
	$(call port-build,ports/httpd/build,apr)

$(httpd-dir)/apps/httpd.a $(httpd-dir)/apps/httpd-worker.a: \
		$(httpd-dir)/apps/%.a: $(httpd-recipe) \
		$(O)/src/apache2-2.4.68/.posixen-sha256 \
		$(addprefix $(O)/libs/lib/,libaprutil-1.a libz.a libpcre2-8.a \
			libssl.a) | $(port-host)
	$(call port-build,ports/httpd/build,$*)

$(eval $(call port-image,httpd,$(httpd-dir),$(httpd-rootfs),--args=-X))
$(eval $(call port-image,httpd-worker,$(httpd-dir),$(httpd-rootfs),\
	--args=-X --name httpd))

httpd: $(O)/httpd.xen $(O)/httpd.host
httpd-worker: $(O)/httpd-worker.xen $(O)/httpd-worker.host
.PHONY: httpd httpd-worker

$(eval $(call port-checks,httpd))
$(eval $(call port-checks,httpd-worker,httpd,worker,xen))
