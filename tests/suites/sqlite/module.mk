# SPDX-License-Identifier: BSD-2-Clause
# SQLite's own tests: testfixture, with Tcl in it, threadtest3 and fuzzcheck.

tcl-src := $(O)/src/tcl8.6-8.6.13
tcl-dir := $(O)/tcl
sqsuite := tests/suites/sqlite
sqsuite-dir := $(O)/sqlite-suite
# As the whole suite wants it: every extension is in. zlib.h is Tcl's.
sqsuite-conf := --disable-shared --disable-readline --enable-threadsafe \
		--enable-all
sqsuite-cflags := -O2 -I$(abspath $(tcl-src))/compat/zlib

$(tcl-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source tcl8.6 >/dev/null

# Programs that Tcl's configure builds run here, so it is no cross compilation.
# $(call sqsuite-tcl,FOLDER,LOG,CC)
define sqsuite-tcl
	$(call sqlite-step,$(O)/log/$(2).log,Tcl,\
		rm -rf $(1) && mkdir -p $(1) && cd $(1) && \
		env POSIXEN_BUILD=$(abspath $(O)) CFLAGS=-O2 CC="$(3)" \
		$(abspath $(tcl-src))/unix/configure --disable-shared \
		--prefix=$(abspath $(1))/root && \
		env POSIXEN_BUILD=$(abspath $(O)) MAKEFLAGS= \
		$(MAKE) -j2 libtcl8.6.a install-headers)
endef
# $(call sqsuite-configure,FOLDER,TCL,LOG,CC,FLAGS)
define sqsuite-configure
	$(call sqlite-step,$(O)/log/$(3).log,configure for its tests,\
		rm -rf $(1) && mkdir -p $(1) && cd $(1) && \
		env POSIXEN_BUILD=$(abspath $(O)) CC="$(strip $(4))" \
		CFLAGS="$(sqsuite-cflags)" BUILD_CC=$(HOSTCC) \
		$(abspath $(sqlite-src))/configure $(5) \
		--with-tcl=$(abspath $(2)) $(sqsuite-conf))
endef

$(tcl-dir)/libtcl8.6.a: $(tcl-src)/.posixen-sha256 $(sqsuite)/module.mk \
		| $(runtime-host)
	$(call sqsuite-tcl,$(tcl-dir),tcl,$(abspath tools/x86_64-posixen-cc))
$(sqsuite-dir)/Makefile: $(sqlite-src)/.posixen-sha256 $(tcl-dir)/libtcl8.6.a \
		| $(runtime-host)
	$(call sqsuite-configure,$(sqsuite-dir),$(tcl-dir),sqsuite-configure,\
		$(abspath tools/x86_64-posixen-cc),\
		--build=x86_64-linux-gnu --host=x86_64-posixen-linux-musl)
# Two of them at once would make SQLite's one source twice.
$(sqsuite-dir)/sqlite3.c: $(sqsuite-dir)/Makefile
	$(call sqlite-step,$(O)/log/sqsuite-source.log,source of its tests,\
		MAKEFLAGS= $(MAKE) -C $(sqsuite-dir) sqlite3.c)
$(sqsuite-dir)/apps/%.a: $(sqsuite-dir)/sqlite3.c
	$(call sqlite-step,$(O)/log/sqsuite-$*.log,$*,\
		env POSIXEN_BUILD=$(abspath $(O)) \
		POSIXEN_APPS=$(abspath $(@D)) \
		MAKEFLAGS= $(MAKE) -C $(sqsuite-dir) $*)

define sqsuite-link
	$(call say,LINK,$@)
	$(Q)$(2) tools/link-app --build $(O) $(1) $< $$(cat $(<:.a=.libs)) -o $@
endef
$(sqsuite-dir)/%.ubsan: $(sqsuite-dir)/apps/%.a $(O)/lib/posixen-ubsan.o \
		$(runtime-host) $(link-tools)
	$(call sqsuite-link,--host,POSIXEN_HOST_RUNTIME=ubsan)
$(sqsuite-dir)/%.host: $(sqsuite-dir)/apps/%.a $(runtime-host) $(link-tools)
	$(call sqsuite-link,--host)
$(sqsuite-dir)/%.xen: $(sqsuite-dir)/apps/%.a $(runtime-xen) $(link-tools)
	$(call sqsuite-link)

$(sqsuite-dir)/root.cpio: $(sqsuite)/run $(sqsuite)/suite.tcl \
		$(tcl-src)/.posixen-sha256 $(sqsuite-dir)/Makefile
	$(call say,CPIO,$@)
	$(Q)O=$(O) $(sqsuite)/run root $@

# A sample of the suite, in few seconds.
check-sqlite-suite: $(sqsuite-dir)/testfixture.ubsan $(sqsuite-dir)/root.cpio
	$(Q)O=$(O) $(sqsuite)/run tcl sample $<
check-targets += check-sqlite-suite

# All of it.
check-sqlite-veryquick: $(sqsuite-dir)/testfixture.ubsan \
		$(sqsuite-dir)/root.cpio
	$(Q)O=$(O) $(sqsuite)/run tcl veryquick $<
# The same with all files mapped.
check-sqlite-mmap: $(sqsuite-dir)/testfixture.ubsan $(sqsuite-dir)/root.cpio
	$(Q)O=$(O) $(sqsuite)/run tcl mmap $<
check-sqlite-threads: $(sqsuite-dir)/testfixture.ubsan \
		$(sqsuite-dir)/root.cpio
	$(Q)O=$(O) $(sqsuite)/run tcl threads $<
check-sqlite-suite-xen: $(sqsuite-dir)/testfixture.xen
	$(Q)O=$(O) $(sqsuite)/run tcl sample $<
check-sqlite-threadtest3: $(sqsuite-dir)/threadtest3.ubsan
	$(Q)POSIXEN=mem=2G $(sqsuite)/run threadtest3 $<

# fuzzcheck and the eight databases with what fuzzers found, as its makefile
# gives them to it; a domain gets the newest of them.
sqsuite-fuzz := $(foreach n,1 2 3 4 5 6 7 8,fuzzdata$(n).db)
check-sqlite-fuzz: $(sqsuite-dir)/fuzzcheck.host
	$(Q)$(sqsuite)/run files $(sqsuite-dir)/fuzz.cpio $(sqsuite-fuzz)
	$(Q)POSIXEN="mem=2G ramdisk=$(sqsuite-dir)/fuzz.cpio" \
		$(sqsuite)/run fuzzcheck $< $(sqsuite-fuzz)
check-sqlite-fuzz-xen: $(sqsuite-dir)/fuzzcheck.xen
	$(Q)COUNT=575 $(sqsuite)/run fuzzcheck tools/run-domu \
		--memory 512 --timeout 1800 \
		--file $(sqlite-src)/test/fuzzdata8.db:/fuzzdata8.db $< -- \
		fuzzdata8.db
check-sqlite-threadtest3-xen: $(sqsuite-dir)/threadtest3.xen
	$(Q)COUNT=3 $(sqsuite)/run threadtest3 tools/run-domu --memory 512 \
		--timeout 900 $< -- walthread5 cgt_pager_1 lookaside1
check-full-targets += check-sqlite-veryquick check-sqlite-mmap \
	check-sqlite-threads check-sqlite-suite-xen \
	check-sqlite-threadtest3 check-sqlite-threadtest3-xen \
	check-sqlite-fuzz check-sqlite-fuzz-xen
.PHONY: check-sqlite-suite check-sqlite-suite-xen check-sqlite-veryquick \
	check-sqlite-mmap check-sqlite-threads check-sqlite-threadtest3 \
	check-sqlite-threadtest3-xen check-sqlite-fuzz check-sqlite-fuzz-xen \
	sqlite-suite-native

# The same on Linux, the ground truth: `make sqlite-suite-native`, as root,
# with musl-gcc (package musl-tools). Not a part of any check.
sqsuite-native := $(O)/sqlite-suite-native
$(sqsuite-native)/testfixture: $(sqlite-src)/.posixen-sha256 \
		$(tcl-src)/.posixen-sha256 $(O)/gen/uapi/.done
	$(call sqsuite-tcl,$(O)/tcl-native,tcl-native,musl-gcc -static)
	$(call sqsuite-configure,$(sqsuite-native),$(O)/tcl-native,\
		sqsuite-native-configure,\
		musl-gcc -static -idirafter $(abspath $(O)/gen/uapi))
	$(call sqlite-step,$(O)/log/sqsuite-native.log,testfixture on Linux,\
		MAKEFLAGS= $(MAKE) -C $(sqsuite-native) testfixture)
sqlite-suite-native: $(sqsuite-native)/testfixture
	$(Q)O=$(O) $(sqsuite)/run --native tcl veryquick $<
