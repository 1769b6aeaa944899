# SPDX-License-Identifier: BSD-2-Clause
# Waits until a moment of a clock that is set meanwhile: 6 seconds.
$(O)/tests/unit/clock_set.host: tests/unit/clock_set/clock_set.c \
		$(O)/lib/posixen-ubsan.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_HOST_RUNTIME=ubsan POSIXEN_BUILD=$(abspath $(O)) \
		tools/x86_64-posixen-cc -O1 -Wall $< -o $@

check-clock-set: $(O)/tests/unit/clock_set.host
	$(Q)timeout 100 $<
check-targets += check-clock-set
.PHONY: check-clock-set
