# SPDX-License-Identifier: BSD-2-Clause
# Tests of the tools that people call, and of what a linked image contains.

tools-need := $(O)/lib/posixen-host.o $(O)/lib/posixen-xen.o \
	      $(musl-stamp) $(mimalloc-lib) $(glibc-lib) $(O)/gen/syscalls.tsv

check-link-app: $(tools-need)
	$(Q)O=$(O) tests/tools/link-app.sh
check-image: $(tools-need)
	$(Q)O=$(O) tests/tools/image.sh
check-new-port: $(tools-need)
	$(Q)O=$(O) CC="$(CC)" tests/tools/new-port.sh
check-layers:
	$(Q)tools/check-layers
check-check:
	$(Q)tests/tools/check.sh

check-targets += check-layers check-check check-link-app check-image \
	check-new-port
.PHONY: check-link-app check-image check-new-port check-layers check-check

check-fetch: $(mimalloc-src)/.posixen-sha256
	$(Q)O=$(O) tests/tools/fetch-source.sh
check-targets += check-fetch
.PHONY: check-fetch
