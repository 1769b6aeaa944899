# SPDX-License-Identifier: BSD-2-Clause
# The tests of system calls: one program of all for each platform.

posix-names := $(filter-out t runner,$(patsubst tests/posix/%.c,%,\
	$(sort $(wildcard tests/posix/*.c))))
posix-out := $(O)/tests/posix
posix-cflags := -O1 -g -Wall -Wextra -Wno-unused-parameter -Wno-unused-result \
	-Wno-stringop-overflow -Wno-stringop-overread -Wno-nonnull -Wno-infinite-recursion \
	-I$(posix-out)
posix-cc := POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc
posix-hdr := $(wildcard tests/posix/*.h)

$(posix-out)/table.h: $(posix-names:%=tests/posix/%.c)
	$(Q)mkdir -p $(@D)
	$(Q)for f in $(posix-names); do \
		alone=0; grep -q '^.*t: alone' tests/posix/$$f.c && alone=1; \
		echo "T($$f, $$alone)"; \
	done > $@

$(posix-out)/native/%.o: tests/posix/%.c $(posix-hdr) $(posix-out)/table.h
	$(Q)mkdir -p $(@D)
	$(Q)gcc $(posix-cflags) $(if $(filter runner t,$*),,-Dmain=t_main_$*) \
		-c $< -o $@
$(posix-out)/px/%.o: tests/posix/%.c $(posix-hdr) $(posix-out)/table.h \
		$(musl-stamp)
	$(Q)mkdir -p $(@D)
	$(Q)$(posix-cc) $(posix-cflags) \
		$(if $(filter runner t,$*),,-Dmain=t_main_$*) -c $< -o $@

# With the compiler's default, which the wrapper changes.
$(posix-out)/px/sched_yield__redzone.o $(posix-out)/native/sched_yield__redzone.o: \
	posix-cflags += -O2 -mred-zone

posix-all := runner t $(posix-names)
$(posix-out)/posix.native: $(posix-all:%=$(posix-out)/native/%.o)
	$(call say,LINK,$@)
	$(Q)gcc -static -Wl,--no-warnings $^ -o $@
# With the runtime that stops at undefined behaviour.
$(posix-out)/posix.host: $(posix-all:%=$(posix-out)/px/%.o) \
		$(O)/lib/posixen-ubsan.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib) \
		tools/link-app
	$(call say,LINK,$@)
	$(Q)POSIXEN_HOST_RUNTIME=ubsan tools/link-app --build $(O) --host $(filter \
		$(posix-out)/px/%.o,$^) -o $@
$(posix-out)/posix.xen: $(posix-all:%=$(posix-out)/px/%.o) \
		$(O)/lib/posixen-xen.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib) \
		tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $(filter \
		$(posix-out)/px/%.o,$^) -o $@

posix-tests: $(posix-out)/posix.native $(posix-out)/posix.host \
		$(posix-out)/posix.xen
check-posix-host: $(posix-out)/posix.native $(posix-out)/posix.host
	$(Q)O=$(O) tests/posix/run --host
check-posix-xen: $(posix-out)/posix.native $(posix-out)/posix.xen
	$(Q)O=$(O) tests/posix/run --xen
check-targets += check-posix-host check-posix-xen
.PHONY: posix-tests check-posix-host check-posix-xen

# The rows against the handlers of all folders and the tests here.
check-table: $(O)/gen/syscalls.tsv all
	$(Q)tests/posix/check-table $< $(obj-host)
check-targets += check-table
.PHONY: check-table

check-trace: $(O)/lib/posixen-host.o $(musl-stamp) $(mimalloc-lib) $(glibc-lib)
	$(Q)tests/posix/check-trace $(O)
check-targets += check-trace
.PHONY: check-trace

# And whether a mistake in the table would be found.
check-table-mistakes: $(O)/gen/uapi/.done
	$(Q)tests/unit/table.sh $(O)
check-targets += check-table-mistakes
.PHONY: check-table-mistakes
