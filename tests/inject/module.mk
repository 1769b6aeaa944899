# SPDX-License-Identifier: BSD-2-Clause
# Every allocation made to fail once: tests/inject/run.

# With the runtime that stops at undefined behaviour.
$(O)/tests/inject.host: tests/inject/work.c $(O)/lib/posixen-ubsan.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) $(link-tools)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_HOST_RUNTIME=ubsan POSIXEN_BUILD=$(abspath $(O)) tools/x86_64-posixen-cc -O2 -w $< -o $@

check-inject: $(O)/tests/inject.host
	$(Q)tests/inject/run $<
check-targets += check-inject
.PHONY: check-inject
