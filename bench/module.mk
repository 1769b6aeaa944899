# SPDX-License-Identifier: BSD-2-Clause
# Benchmarks beside a Linux domU: see README.md here. Both sides are linked from
# the same object files, Linux's with Debian's musl.

bench-dir := $(O)/bench
bench-sqlite := $(O)/sqlite
bench-cc := env POSIXEN_BUILD=$(abspath $(O)) tools/x86_64-posixen-cc
bench-images := $(patsubst %,$(bench-dir)/%.xen,hello calls inserts) \
		$(O)/sqlite3.xen $(O)/speedtest1.xen \
		$(O)/nginx-small.xen $(foreach a,musl mimalloc jemalloc,\
		$(addprefix $(bench-dir)/,$(addsuffix -$(a).xen,nginx redis \
		speedtest1 inserts)))
bench-host := $(bench-dir)/inserts.host
bench-linux := $(patsubst %,$(bench-dir)/linux/%,hello calls inserts \
	       speedtest1 sqlite3 nginx) $(bench-dir)/linux/answer

$(bench-dir)/%.o: bench/%.c | $(bench-sqlite)/apps/sqlite3.a
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(bench-cc) -O2 -Wall -Wextra -Werror -I$(bench-sqlite) -c $< -o $@

# The library without the shell, which has a main() of its own.
$(bench-dir)/sqlite3.o: $(bench-sqlite)/apps/sqlite3.a
	$(Q)rm -rf $@ $@.tmp && mkdir -p $@.tmp
	$(Q)cd $@.tmp && ar x $(abspath $<) && \
		cp $$(nm -oA *.o | sed -n 's/:.* T sqlite3_open$$//p') ../$(@F)
	$(Q)rm -r $@.tmp

$(bench-dir)/hello.xen: $(bench-dir)/hello.o
$(bench-dir)/calls.xen: $(bench-dir)/calls.o
$(bench-dir)/inserts.xen: $(bench-dir)/inserts.o $(bench-dir)/sqlite3.o
# Linked again whenever the runtime, libc or link-app changes: sqlite3.xen is.
$(bench-dir)/%.xen: $(O)/sqlite3.xen
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $(bench-link) $(filter %.o,$^) -o $@

# The same programs with each allocator.
bench-malloc := $(O)/sysroot/lib/libjemalloc.a tools/link-app
$(bench-dir)/nginx-%.xen: $(O)/nginx-small.xen $(bench-malloc)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --malloc $* --name nginx \
		$(addprefix --rootfs ,$(O)/nginx/rootfs ports/nginx/rootfs) \
		$(O)/nginx/apps/nginx-small.a \
		$$(cat $(O)/nginx/apps/nginx-small.libs) -o $@
$(bench-dir)/redis-%.xen: $(O)/redis.xen $(bench-malloc)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --malloc $* --name redis-server \
		$(addprefix --rootfs ,$(O)/redis/rootfs ports/redis/rootfs) \
		--args /etc/redis.conf $(O)/redis/apps/redis.a \
		$$(cat $(O)/redis/apps/redis.libs) -o $@
$(bench-dir)/inserts-%.xen: $(bench-dir)/inserts.o $(bench-dir)/sqlite3.o \
		$(O)/sqlite3.xen $(bench-malloc)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --malloc $* $(filter %.o,$^) -o $@
$(bench-dir)/speedtest1-%.xen: $(O)/speedtest1.xen $(bench-malloc)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --malloc $* \
		$(bench-sqlite)/apps/speedtest1.a -o $@

$(bench-host): $(bench-dir)/inserts.o $(bench-dir)/sqlite3.o $(O)/sqlite3.host
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --host $(filter %.o,$^) -o $@

$(bench-dir)/linux/hello: $(bench-dir)/hello.o
$(bench-dir)/linux/calls: $(bench-dir)/calls.o
$(bench-dir)/linux/inserts: $(bench-dir)/inserts.o $(bench-dir)/sqlite3.o
$(bench-dir)/linux/speedtest1: $(bench-sqlite)/apps/speedtest1.a
$(bench-dir)/linux/sqlite3: $(bench-sqlite)/apps/sqlite3.a
$(bench-dir)/linux/nginx: $(O)/nginx/apps/nginx-small.a \
		$(bench-dir)/libcrypt.a
# crypt(3), which Debian's musl leaves out: pure functions, so ours serve.
$(bench-dir)/libcrypt.a: $(O)/sysroot/lib/libc.a
	$(Q)rm -rf $@ $@.tmp && mkdir -p $@.tmp
	$(Q)cd $@.tmp && ar x $(abspath $<) $$(ar t $(abspath $<) | \
		grep '^crypt') && ar rc $(abspath $@) *.o
	$(Q)rm -r $@.tmp
# syscall(2) with a constant number has names of its own here (compat/musl).
$(bench-dir)/linux/nginx: bench-libs = \
	$$(cat $(O)/nginx/apps/nginx-small.libs) \
	$$(nm $< | sed -n 's/.* U \(__px_sc_.*\)/-Wl,--defsym=\1=syscall/p')
# It runs in dom0: of Debian's compiler alone.
$(bench-dir)/linux/answer: bench/answer.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(HOSTCC) -O2 -Wall -Wextra -Werror -static -o $@ $<
$(filter-out %/answer,$(bench-linux)):
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)musl-gcc -static -no-pie -s -o $@ -Wl,--start-group $^ \
		$(bench-libs) -Wl,--end-group

bench-files: $(bench-images) $(bench-linux) $(bench-host)

bench: deps
	$(Q)$(MAKE) --no-print-directory bench-files
	$(Q)bench/run --build $(O) $(BENCH)

check-bench:
	$(Q)bench/test-report
check-targets += check-bench
.PHONY: bench-files check-bench
