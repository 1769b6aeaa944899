# SPDX-License-Identifier: BSD-2-Clause
# What the recipes of servers share; included by their module.mk.

# configure's test programs are linked and run: they need the host runtime, and
# what keeps them from finding functions that are of no use (tools/module.mk).
port-host := $(O)/lib/posixen-host.o $(O)/musl/.done \
	     $(O)/sysroot/lib/libmimalloc.a $(glibc-lib) \
	     $(O)/sysroot/lib/probe.o $(O)/gen/absent-functions \
	     $(O)/gen/undeclared-functions
port-xen := $(O)/lib/posixen-xen.o $(filter-out %.o,$(port-host))
report-tools := $(wildcard tools/report/*.py)
port-link := tools/link-app tools/image.ld.in $(wildcard tools/posixenlib/*.py)

# $(call port-build,SCRIPT,NAME): long and talkative, so it goes to a log; a
# failure says which it was and shows the end of the log. Our own make's
# variables (CC=...) must not reach the port's makefile.
define port-build
	@echo "  PORT    $(2) (log: $(O)/log/port-$(2).log)"
	$(Q)mkdir -p $(O)/log $(O)/libs
	$(Q)env MAKEFLAGS= O=$(O) POSIXEN_BUILD=$(abspath $(O)) \
		POSIXEN_GCC="$(CC)" $(1) $(2) >$(O)/log/port-$(2).log 2>&1 || { \
		tail -n 20 $(O)/log/port-$(2).log; \
		echo "$(2): the build failed; see $(O)/log/port-$(2).log"; \
		exit 1; }
endef

# For make report: what the program can reach, and an image that counts its calls
# when it runs (make report-runs).
define port-report
port-reports += $(1)
report-of-$(1) := $(2)/apps/$(1).a
$(O)/report/$(1).host $(O)/report/$(1).json &: $(2)/apps/$(1).a $(port-host) $(port-link) \
		$(report-tools) \
		$(if $(filter ports/%,$(3)),$(shell find $(filter ports/%,$(3)) -type f))
	$$(call say,REPORT,$(1))
	$$(Q)mkdir -p $(O)/report
	$$(Q)tools/link-app --build $(O) $(addprefix --rootfs ,$(3)) --host \
		$(4) $$< $$$$(cat $$(<:.a=.libs)) -o $(O)/report/$(1).host \
		--report-file $(O)/report/$(1).json --param syscall-stats=1 \
		--param metrics=$(abspath $(O))/report/$(1).stats
endef

# $(eval $(call port-image,NAME,FOLDER,ROOTFS...)): FOLDER/apps/NAME.a and the
# libraries named beside it become NAME.xen and NAME.host.
define port-image
$(O)/$(1).xen: $(2)/apps/$(1).a $(port-xen) $(port-link) \
		$(if $(filter ports/%,$(3)),$(shell find $(filter ports/%,$(3)) -type f))
	$$(call say,LINK,$$@)
	$$(Q)tools/link-app --build $(O) $(addprefix --rootfs ,$(3)) \
		$(4) $$< $$$$(cat $$(<:.a=.libs)) -o $$@
$(O)/$(1).host: $(2)/apps/$(1).a $(port-host) $(port-link) \
		$(if $(filter ports/%,$(3)),$(shell find $(filter ports/%,$(3)) -type f))
	$$(call say,LINK,$$@)
	$$(Q)tools/link-app --build $(O) $(addprefix --rootfs ,$(3)) --host \
		$(4) $$< $$$$(cat $$(<:.a=.libs)) -o $$@
$(call port-report,$(1),$(2),$(3),$(4))
endef

# $(eval $(call port-checks,NAME,FOLDER,ARGUMENTS,LONG)): check-NAME-host and
# check-NAME-xen call ports/FOLDER/check with platform, image, what else a rule
# without a recipe has named as their prerequisites, and ARGUMENTS. FOLDER is
# NAME if it is not given. LONG: which of host and xen only make check-full runs.
define port-checks
check-$(1)-host check-$(1)-xen: check-$(1)-%: $(O)/$(1).%
	$$(Q)O=$$(O) ports/$(or $(2),$(1))/check $$* $$^ $(3)
check-targets += $(addprefix check-$(1)-,$(filter-out $(4),host xen))
check-full-targets += $(addprefix check-$(1)-,$(filter $(4),host xen))
.PHONY: check-$(1)-host check-$(1)-xen
endef
