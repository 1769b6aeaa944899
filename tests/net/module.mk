# SPDX-License-Identifier: BSD-2-Clause
# The network of the host platform on a tap device: see run.
net-out := $(O)/tests/net

$(net-out)/guest.host: tests/net/guest.c $(O)/lib/posixen-host.o $(musl-stamp) \
		tools/link-app
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -Wall -c $< \
		-o $(net-out)/guest.o
	$(Q)tools/link-app --build $(O) --host --malloc musl \
		$(net-out)/guest.o -o $@

check-net: $(net-out)/guest.host
	$(Q)tests/net/run $<
check-targets += check-net
.PHONY: check-net
