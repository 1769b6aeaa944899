# SPDX-License-Identifier: BSD-2-Clause
# curl by its own configure and make, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

curl-dir := $(O)/curl

$(O)/src/curl-7.88.1/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source curl >/dev/null

$(curl-dir)/apps/curl.a: $(O)/src/curl-7.88.1/.posixen-sha256 \
		ports/curl/build $(O)/libs/lib/libz.a $(O)/libs/lib/libssl.a \
		| $(port-host)
	$(call port-build,ports/curl/build,curl)

$(eval $(call port-image,curl,$(curl-dir)))

curl: $(O)/curl.xen $(O)/curl.host
.PHONY: curl

$(eval $(call port-checks,curl))
