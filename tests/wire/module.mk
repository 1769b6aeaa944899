# SPDX-License-Identifier: BSD-2-Clause
# TCP packet by packet, on a tap device of the host platform: see README.md.
wire-out := $(O)/tests/wire

$(wire-out)/guest.host: tests/wire/guest.c $(O)/lib/posixen-host.o \
		$(musl-stamp) tools/link-app
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -Wall -c $< \
		-o $(wire-out)/guest.o
	$(Q)tools/link-app --build $(O) --host --malloc musl \
		$(wire-out)/guest.o -o $@

# The same as a program of Linux, to compare with.
$(wire-out)/guest.linux: tests/wire/guest.c
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) -O1 -Wall -pthread $< -o $@

check-wire: $(wire-out)/guest.host
	$(Q)tests/wire/run $<

# Times to look at, not part of make check.
wire-line: $(wire-out)/guest.host $(wire-out)/guest.linux
	$(Q)VERBOSE=1 tests/wire/line $^
check-targets += check-wire
.PHONY: check-wire wire-line
