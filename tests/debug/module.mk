# SPDX-License-Identifier: BSD-2-Clause
# Core files and debuggers: see README.md.

debug-out := $(O)/tests/debug

$(debug-out)/crash.o: tests/debug/crash.c $(musl-stamp) tools/x86_64-posixen-cc
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -g -Wall -Wextra -c $< -o $@
$(debug-out)/crash.host: $(debug-out)/crash.o $(O)/lib/posixen-host.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --host $(debug-out)/crash.o -o $@
$(debug-out)/crash.xen: $(debug-out)/crash.o $(O)/lib/posixen-xen.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $(debug-out)/crash.o -o $@

check-debug: $(debug-out)/crash.host
	$(Q)tests/debug/run $(O) --host
check-debug-xen: $(debug-out)/crash.xen
	$(Q)tests/debug/run $(O) --xen
check-targets += check-debug check-debug-xen
.PHONY: check-debug check-debug-xen
