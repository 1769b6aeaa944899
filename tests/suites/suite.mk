# SPDX-License-Identifier: BSD-2-Clause
# What suites that are one program share; included by their module.mk.
include ports/image.mk

# $(eval $(call suite-program,NAME,PROGRAM,SOURCE,PACKAGE,OBJECTS)): SOURCE, which
# the Debian package PACKAGE unpacks to, becomes PROGRAM by NAME/build, which also
# makes OBJECTS; all of it is linked for both platforms, and NAME/run runs it.
define suite-program
$(3)/.posixen-sha256: sources.lock
	$$(Q)O=$$(O) tools/fetch-source $(4) >/dev/null

# A new runtime makes new images, but no new objects.
$(O)/tests/suites/$(1)/apps/$(2).a: $(3)/.posixen-sha256 tests/suites/$(1)/build \
		$(wildcard tests/suites/$(1)/*.c) tests/suites/uptime.c | $(port-host)
	@echo "  SUITE   $(1) (log: $(O)/log/suite-$(1).log)"
	$$(Q)mkdir -p $(O)/log
	$$(Q)env MAKEFLAGS= POSIXEN_BUILD=$(abspath $(O)) POSIXEN_GCC="$$(CC)" \
		tests/suites/$(1)/build $(3) $(O)/tests/suites/$(1) \
		>$(O)/log/suite-$(1).log 2>&1 || { \
		tail -n 20 $(O)/log/suite-$(1).log; exit 1; }
$(addprefix $(O)/tests/suites/$(1)/$(2).,host xen): \
$(O)/tests/suites/$(1)/$(2).%: $(O)/tests/suites/$(1)/apps/$(2).a \
		$(O)/lib/posixen-%.o $(port-host) $(port-link)
	$$(call say,LINK,$$@)
	$$(Q)tools/link-app --build $(O) --rootfs $$(@D)/rootfs \
		$$(if $$(filter host,$$*),--host) --name $(2) \
		$$(addprefix $$(@D)/,$(5)) $$< $$$$(cat $$(<:.a=.libs)) -o $$@

check-$(1)-host: $(O)/tests/suites/$(1)/$(2).host
	$$(Q)O=$$(O) tests/suites/$(1)/run --host
check-$(1)-xen-sample: $(addprefix $(O)/tests/suites/$(1)/$(2).,host xen)
	$$(Q)O=$$(O) tests/suites/$(1)/run --xen --sample
check-$(1)-xen: $(addprefix $(O)/tests/suites/$(1)/$(2).,host xen)
	$$(Q)O=$$(O) tests/suites/$(1)/run --xen
check-targets += check-$(1)-host check-$(1)-xen-sample
check-full-targets += check-$(1)-xen
.PHONY: check-$(1)-host check-$(1)-xen-sample check-$(1)-xen
endef
