# SPDX-License-Identifier: BSD-2-Clause
# Build systems with an installed tree of the tools: tools/cross/README.md.
hello-src := $(O)/src/hello-2.10
$(hello-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source hello >/dev/null

check-cross: $(hello-src)/.posixen-sha256 $(musl-image-parts) cross
	$(Q)tests/cc/run $(O) $(hello-src)
check-targets += check-cross
.PHONY: check-cross
