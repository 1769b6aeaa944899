# SPDX-License-Identifier: BSD-2-Clause
# Packages of the build machine: installs those of tools/deps.list that it lacks.
deps:
	@O=$(O) tools/deps

# What x86_64-posixen-cc puts into the programs that configure tries out, and
# what it does not let them find.
$(SYSROOT)/lib/probe.o: tools/cross/probe.c $(musl-stamp) \
		tools/x86_64-posixen-cc
	$(call say,CC,$<)
	$(Q)POSIXEN_BUILD=$(O) POSIXEN_GCC="$(CC)" tools/x86_64-posixen-cc -Os \
		-Wall -Wextra -Werror -c $< -o $@
$(O)/gen/absent-functions: tools/cross/absent-functions $(O)/gen/syscalls.tsv \
		$(musl-stamp)
	$(call say,GEN,$@)
	$(Q)tools/cross/absent-functions $(O) >$@
$(O)/gen/undeclared-functions: tools/cross/undeclared-functions $(glibc-lib) \
		$(musl-stamp)
	$(call say,GEN,$@)
	$(Q)tools/cross/undeclared-functions $(O) >$@
cross: $(SYSROOT)/lib/probe.o $(O)/gen/absent-functions \
	$(O)/gen/undeclared-functions
all: cross

# The tools and what they need, for other people's trees: make install
# PREFIX=DIR. The result may be moved.
PREFIX ?= /usr/local
install: all
	$(Q)tools/cross/install $(O) $(DESTDIR)$(PREFIX)
.PHONY: cross install

# What the ports that are built can reach, on one page. Ports that were not
# built are left out: a report builds nothing but links.
report-built = $(foreach n,$(port-reports),$(if $(wildcard $(report-of-$(n))),$(n)))
report: $(O)/gen/syscalls.tsv
	$(Q)[ -n "$(report-built)" ] || { echo "report: no port is built; make" \
		"one first, for example make sqlite"; exit 1; }
	$(Q)$(MAKE) --no-print-directory $(report-built:%=$(O)/report/%.json)
	$(Q)tools/syscall-report --build $(O) --matrix \
		$(report-built:%=$(O)/report/%.json) \
		--html $(O)/report/index.html --json $(O)/report/all.json \
		--text $(O)/report/index.txt
	@echo "report: $(O)/report/index.html (index.txt, all.json)"
# The same with what the ports' own tests made each program do: minutes.
# A port's test is check-NAME-host, or what report-test-NAME says.
report-tests = $(foreach n,$(report-built),$(patsubst %,$(n):%,$(filter \
	$(or $(report-test-$(n)),check-$(n)-host),$(check-targets) \
	$(check-full-targets))))
report-runs: $(O)/gen/syscalls.tsv
	$(Q)O=$(O) MAKE="$(MAKE)" tools/report/runs $(report-tests)
	$(Q)$(MAKE) --no-print-directory report
.PHONY: report report-runs
