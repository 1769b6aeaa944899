# SPDX-License-Identifier: BSD-2-Clause
# $(SYSROOT)/lib/libjemalloc.a: what link-app links for --malloc jemalloc.
include ports/image.mk

$(O)/src/jemalloc-5.3.0/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source jemalloc >/dev/null
$(O)/sysroot/lib/libjemalloc.a: ports/jemalloc/build ports/jemalloc/pages.c \
		$(O)/src/jemalloc-5.3.0/.posixen-sha256 | $(port-host)
	$(call port-build,ports/jemalloc/build,jemalloc)

jemalloc: $(O)/sysroot/lib/libjemalloc.a
.PHONY: jemalloc
