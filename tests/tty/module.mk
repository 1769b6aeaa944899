# SPDX-License-Identifier: BSD-2-Clause
# The console's terminal beside Linux's, with keys typed at both.
tty-out := $(O)/tests/tty

$(tty-out)/keys.native: tests/tty/keys.c
	$(Q)mkdir -p $(@D)
	$(Q)gcc -O1 -Wall -o $@ $<
$(tty-out)/keys.host: tests/tty/keys.c $(O)/lib/posixen-host.o $(musl-stamp) \
		tools/link-app
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -c $< \
		-o $(tty-out)/keys.o
	$(Q)tools/link-app --build $(O) --host --malloc musl \
		$(tty-out)/keys.o -o $@

check-tty: $(tty-out)/keys.native $(tty-out)/keys.host
	$(Q)tests/tty/run $^
check-targets += check-tty
.PHONY: check-tty
