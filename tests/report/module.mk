# SPDX-License-Identifier: BSD-2-Clause
# Tests of tools/syscall-report: about 15 seconds, and a guest's boot.
check-report: $(O)/lib/posixen-host.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib)
	$(Q)O=$(O) tests/report/run
check-report-xen: $(O)/lib/posixen-xen.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib)
	$(Q)O=$(O) tests/report/dynamic.py xen
check-targets += check-report check-report-xen
.PHONY: check-report check-report-xen
