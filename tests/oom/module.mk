# SPDX-License-Identifier: BSD-2-Clause
# Memory that runs out: with each allocator, on the host platform. jemalloc takes
# long to build.
$(O)/tests/oom.o: tests/oom/oom.c $(musl-stamp)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -g -Wall -Wextra \
		-Wno-unused-parameter -c $< -o $@
$(O)/tests/oom-%.host: $(O)/tests/oom.o $(O)/lib/posixen-host.o \
		$(musl-stamp) $(mimalloc-lib) $(glibc-lib) tools/link-app
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --host --malloc $* $< -o $@

check-oom: $(O)/tests/oom-musl.host $(O)/tests/oom-mimalloc.host
	$(Q)tests/oom/run $^
$(O)/tests/oom-jemalloc.host: $(O)/sysroot/lib/libjemalloc.a
check-oom-jemalloc: $(O)/tests/oom-jemalloc.host
	$(Q)tests/oom/run $^
check-targets += check-oom
check-full-targets += check-oom-jemalloc
.PHONY: check-oom check-oom-jemalloc
