# SPDX-License-Identifier: BSD-2-Clause
# libuv's own tests, built by its own CMakeLists.txt.
include ports/image.mk

uv-out := $(O)/tests/suites/libuv
uv-src := $(O)/src/libuv1-1.44.2

$(uv-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source libuv1 >/dev/null

# A new runtime makes new images, but no new objects.
$(uv-out)/apps/uv_run_tests_a.a: $(uv-src)/.posixen-sha256 \
		$(addprefix tests/suites/libuv/,build start.c ../uptime.c) | $(port-host)
	@echo "  SUITE   libuv (log: $(O)/log/suite-libuv.log)"
	$(Q)mkdir -p $(O)/log
	$(Q)env MAKEFLAGS= POSIXEN_BUILD=$(abspath $(O)) POSIXEN_GCC="$(CC)" \
		tests/suites/libuv/build $(uv-src) $(uv-out) \
		>$(O)/log/suite-libuv.log 2>&1 || { \
		tail -n 20 $(O)/log/suite-libuv.log; exit 1; }
$(uv-out)/uv_run_tests_a.host $(uv-out)/uv_run_tests_a.xen: \
$(uv-out)/uv_run_tests_a.%: $(uv-out)/apps/uv_run_tests_a.a \
		$(O)/lib/posixen-%.o $(port-host) $(port-link)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(uv-out)/rootfs \
		$(if $(filter host,$*),--host) --name uv_run_tests_a \
		$(uv-out)/start.o $(uv-out)/uptime.o $< $$(cat $(<:.a=.libs)) -o $@

check-libuv-host: $(uv-out)/uv_run_tests_a.host
	$(Q)O=$(O) tests/suites/libuv/run --host
check-libuv-xen-sample: $(uv-out)/uv_run_tests_a.host \
		$(uv-out)/uv_run_tests_a.xen
	$(Q)O=$(O) tests/suites/libuv/run --xen --sample
check-libuv-xen: $(uv-out)/uv_run_tests_a.host $(uv-out)/uv_run_tests_a.xen
	$(Q)O=$(O) tests/suites/libuv/run --xen
check-targets += check-libuv-host check-libuv-xen-sample
check-full-targets += check-libuv-xen
.PHONY: check-libuv-host check-libuv-xen-sample check-libuv-xen
