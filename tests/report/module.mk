# SPDX-License-Identifier: BSD-2-Clause
# Tests of tools/syscall-report: about 20 seconds, a guest's boot, and links of
# nginx, SQLite and Lua.
check-report: $(O)/lib/posixen-host.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib)
	$(Q)O=$(O) tests/report/run
check-report-xen: $(O)/lib/posixen-xen.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib)
	$(Q)O=$(O) tests/report/dynamic.py xen
check-report-ports: $(O)/report/sqlite3.json $(O)/report/nginx.json \
		$(O)/report/lua.json
	$(Q)O=$(O) tests/report/ports.py $(abspath $(O))/report
# The runs of all ports that are built: minutes.
check-report-runs: report-runs
	$(Q)O=$(O) tests/report/ports.py $(abspath $(O))/report runs
check-full-targets += check-report-runs
check-targets += check-report check-report-xen check-report-ports
.PHONY: check-report check-report-xen check-report-ports check-report-runs
