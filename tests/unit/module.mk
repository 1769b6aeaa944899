# SPDX-License-Identifier: BSD-2-Clause
# Unit tests: see unit.h. Each has a fragment <name>.mk beside its source.
include $(wildcard tests/unit/*/rules.mk)

unit-names := $(patsubst tests/unit/%.mk,%,\
	$(filter-out %/module.mk,$(wildcard tests/unit/*.mk)))
include $(wildcard $(unit-names:%=tests/unit/%.mk))

define unit-rule
$(O)/tests/unit/$(1): tests/unit/$(1).c $(unit-src-$(1)) tests/unit/unit.h \
		$(addprefix $(O)/obj/host/,$(unit-objs-$(1)))
	$$(call say,TEST,$$@)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(CC) -std=c11 -O1 -g -Wall -Wextra -Wno-unused-parameter \
		-fno-pie -no-pie -Iinclude $$(unit-cflags-$(1)) \
		$$(filter %.c %.o,$$^) -o $$@
endef
$(foreach t,$(unit-names),$(eval $(call unit-rule,$(t))))

# Runs each, and names those that failed.
check-unit: $(unit-names:%=$(O)/tests/unit/%)
	$(Q)p=0 f=0; for t in $^; do \
		if timeout 120 $$t; then p=$$((p + 1)); \
		else echo "FAILED: $$t"; f=$$((f + 1)); fi; \
	done; \
	echo "$$p passed, $$f failed, 0 skipped"; [ $$f = 0 ]
check-targets += check-unit
.PHONY: check-unit
