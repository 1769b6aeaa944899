# SPDX-License-Identifier: BSD-2-Clause
# libevent's own tests, built by its own configure and make.
include ports/image.mk

event-out := $(O)/tests/suites/libevent
event-src := $(O)/src/libevent-2.1.12

$(event-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source libevent >/dev/null

# A new runtime makes new images, but no new objects.
$(event-out)/apps/regress.a: $(event-src)/.posixen-sha256 \
		$(addprefix tests/suites/libevent/,build pause.c ../uptime.c) \
		| $(port-host)
	@echo "  SUITE   libevent (log: $(O)/log/suite-libevent.log)"
	$(Q)mkdir -p $(O)/log
	$(Q)env MAKEFLAGS= POSIXEN_BUILD=$(abspath $(O)) POSIXEN_GCC="$(CC)" \
		tests/suites/libevent/build $(event-src) $(event-out) \
		>$(O)/log/suite-libevent.log 2>&1 || { \
		tail -n 20 $(O)/log/suite-libevent.log; exit 1; }
$(event-out)/regress.host $(event-out)/regress.xen: \
$(event-out)/regress.%: $(event-out)/apps/regress.a \
		$(O)/lib/posixen-%.o $(port-host) $(port-link)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(event-out)/rootfs \
		$(if $(filter host,$*),--host) --name regress \
		$(event-out)/uptime.o $(event-out)/pause.o $< \
		$$(cat $(<:.a=.libs)) -o $@

check-libevent-host: $(event-out)/regress.host
	$(Q)O=$(O) tests/suites/libevent/run --host
check-libevent-xen-sample: $(event-out)/regress.host \
		$(event-out)/regress.xen
	$(Q)O=$(O) tests/suites/libevent/run --xen --sample
check-libevent-xen: $(event-out)/regress.host $(event-out)/regress.xen
	$(Q)O=$(O) tests/suites/libevent/run --xen
check-targets += check-libevent-host check-libevent-xen-sample
check-full-targets += check-libevent-xen
.PHONY: check-libevent-host check-libevent-xen-sample check-libevent-xen
