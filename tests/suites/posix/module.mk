# SPDX-License-Identifier: BSD-2-Clause
# The Open POSIX Test Suite: all its cases in one image for each platform.

suite-posix := $(O)/tests/suites/posix
suite-posix-dir := tests/suites/posix

$(suite-posix)/cases.o: $(suite-posix-dir)/build $(suite-posix-dir)/cases \
		$(suite-posix-dir)/runner.c $(musl-stamp) sources.lock
	$(call say,SUITE,$@)
	$(Q)src=$$(O=$(O) tools/fetch-source posixtestsuite) && \
		POSIXEN_BUILD=$(abspath $(O)) $(suite-posix-dir)/build \
		"$$(realpath "$$src")" $(abspath $(suite-posix))

suite-posix-needs := $(suite-posix)/cases.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib) \
	tools/link-app $(wildcard $(suite-posix-dir)/root/etc/*)
# With the runtime that stops at undefined behaviour.
$(suite-posix)/suite.host: $(O)/lib/posixen-ubsan.o $(suite-posix-needs)
	$(call say,LINK,$@)
	$(Q)POSIXEN_HOST_RUNTIME=ubsan tools/link-app --build $(O) --host \
		--rootfs $(suite-posix-dir)/root $(suite-posix)/cases.o -o $@
$(suite-posix)/suite.xen: $(O)/lib/posixen-xen.o $(suite-posix-needs)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(suite-posix-dir)/root \
		--strip $(suite-posix)/cases.o -o $@
# To compare with: the same objects with Debian's musl (package musl-tools).
$(suite-posix)/suite.native: $(suite-posix)/cases.o
	$(call say,LINK,$@)
	$(Q)musl-gcc -static -no-pie $< -o $@

posix-suite: $(suite-posix)/suite.host $(suite-posix)/suite.xen
posix-suite-native: $(suite-posix)/suite.native
	$(Q)O=$(O) $(suite-posix-dir)/run --native
check-suite-posix-host: $(suite-posix)/suite.host
	$(Q)O=$(O) $(suite-posix-dir)/run --host
check-suite-posix-xen: $(suite-posix)/suite.xen
	$(Q)O=$(O) $(suite-posix-dir)/run --xen --sample
check-suite-posix-xen-all: $(suite-posix)/suite.xen
	$(Q)O=$(O) $(suite-posix-dir)/run --xen
check-targets += check-suite-posix-host check-suite-posix-xen
check-full-targets += check-suite-posix-xen-all
.PHONY: posix-suite posix-suite-native check-suite-posix-host \
	check-suite-posix-xen check-suite-posix-xen-all
