# SPDX-License-Identifier: BSD-2-Clause
# Tests that need a Xen guest: see README.md.

$(O)/tests/netfront/guest.o: tests/netfront/guest.c $(musl-stamp)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O2 -Wall -Wextra \
		-Wno-unused-parameter -c $< -o $@
$(O)/tests/netfront/guest.xen: $(O)/tests/netfront/guest.o $(O)/lib/posixen-xen.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $(O)/tests/netfront/guest.o -o $@

check-netfront: $(O)/tests/netfront/guest.xen
	$(Q)tests/netfront/run $<
check-targets += check-netfront
.PHONY: check-netfront
