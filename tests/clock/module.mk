# SPDX-License-Identifier: BSD-2-Clause
# Setting the wall clock: see README.md.
clock-out := $(O)/tests/clock

$(clock-out)/guest.o: tests/clock/guest.c $(musl-stamp)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -g -Wall -Wextra \
		-Wno-unused-parameter -c $< -o $@
$(clock-out)/guest.host: $(clock-out)/guest.o $(O)/lib/posixen-ubsan.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)POSIXEN_HOST_RUNTIME=ubsan tools/link-app --build $(O) --host $< \
		-o $@
$(clock-out)/guest.xen: $(clock-out)/guest.o $(O)/lib/posixen-xen.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $< -o $@
$(clock-out)/guest.linux: $(clock-out)/guest.o
	$(call say,LINK,$@)
	$(Q)musl-gcc -static -no-pie $< -o $@

check-clock: $(clock-out)/guest.host $(clock-out)/guest.xen
	$(Q)tests/clock/run --host $(clock-out)/guest.host
	$(Q)tests/clock/run --xen $(clock-out)/guest.xen
	$(Q)echo "2 passed, 0 failed"
# What Linux says, asked anew: in a Linux domU, whose clock is its own.
clock-expected: $(clock-out)/guest.linux
	$(Q)tests/clock/run --linux $<
check-targets += check-clock
.PHONY: check-clock clock-expected
