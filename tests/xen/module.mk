# SPDX-License-Identifier: BSD-2-Clause
# Tests that need a Xen guest: see README.md.

$(O)/tests/xen/guest.o: tests/xen/guest.c $(musl-stamp)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O2 -Wall -Wextra \
		-Wno-unused-parameter -c $< -o $@
$(O)/tests/xen/guest.xen: $(O)/tests/xen/guest.o $(O)/lib/posixen-xen.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $(O)/tests/xen/guest.o -o $@

check-xen: $(O)/tests/xen/guest.xen
	$(Q)tests/xen/run $<
check-targets += check-xen
.PHONY: check-xen
