# SPDX-License-Identifier: BSD-2-Clause
# nginx as a domU, under clients that are many, slow, rude or behind a bad line.

check-net-clients:
	$(Q)tests/net-lab/test-clients
check-targets += check-net-clients
.PHONY: check-net-clients

check-net-lab: $(O)/nginx.xen
	$(Q)tests/net-lab/run $<
check-targets += check-net-lab
.PHONY: check-net-lab

# All of it, and half an hour of mixed load.
SOAK ?= --minutes 30
soak: $(O)/nginx.xen
	$(Q)tests/net-lab/run --full $(SOAK) $<
.PHONY: soak
