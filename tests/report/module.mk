# SPDX-License-Identifier: BSD-2-Clause
# Tests of tools/syscall-report: about 10 seconds.
check-report: $(O)/lib/posixen-host.o $(musl-stamp) $(mimalloc-lib)
	$(Q)O=$(O) tests/report/run
check-targets += check-report
.PHONY: check-report
