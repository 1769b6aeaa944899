# SPDX-License-Identifier: BSD-2-Clause
# SQLite by its own configure and make, unmodified, with CC=x86_64-posixen-cc.
# Its programs' objects are left as archives, which link-app makes images of.

include ports/image.mk

sqlite-src := $(O)/src/sqlite3-3.40.1
sqlite-dir := $(O)/sqlite
sqlite-abs := $(abspath $(sqlite-dir))
sqlite-conf := --disable-shared --disable-tcl --disable-readline \
	       --disable-editline --enable-threadsafe --enable-fts5
# The shell's own extras (SHELL_OPT in SQLite's makefile) without FTS4,
# R-tree and what explains a query's workings: FTS5 is in, and the image stays small.
sqlite-shell := -DSQLITE_ENABLE_DBPAGE_VTAB
# Functions and loops that are not padded make the image 40 KB smaller, and no
# slower by what speedtest1 shows.
sqlite-cflags := -O2 -falign-functions=1 -falign-jumps=1 -falign-loops=1

# Its time stays as it is if the lock's line for it has not changed.
$(sqlite-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source sqlite3 >/dev/null

link-tools := tools/link-app tools/image.ld.in $(wildcard tools/posixenlib/*.py)

runtime-host := $(port-host)
runtime-xen := $(port-xen)

# $(call step,LOG,WHAT,COMMAND): long and talkative, so it goes to a log; a
# failure says which step it was and shows the end of the log.
define sqlite-step
	@echo "  SQLITE  $(2) (log: $(1))"
	$(Q)mkdir -p $(dir $(1)) $(sqlite-dir)
	$(Q)( $(3) ) >$(1) 2>&1 || { tail -n 20 $(1); \
		echo "sqlite: $(2) failed; the whole log is $(1)"; exit 1; }
endef

# The runtime is an order-only prerequisite: SQLite's objects do not change with
# it, only the images do.
$(sqlite-dir)/Makefile: $(sqlite-src)/.posixen-sha256 ports/sqlite/module.mk \
		| $(runtime-host)
	$(Q)rm -f $(addprefix $(sqlite-dir)/,sqlite3 speedtest1 *.lo *.o)
	$(call sqlite-step,$(O)/log/sqlite-configure.log,configure,\
		cd $(sqlite-dir) && \
		env POSIXEN_BUILD=$(abspath $(O)) CFLAGS="$(sqlite-cflags)" \
		CC=$(abspath tools/x86_64-posixen-cc) BUILD_CC=$(HOSTCC) \
		$(abspath $(sqlite-src))/configure \
		--build=x86_64-linux-gnu --host=x86_64-posixen-linux-musl \
		$(sqlite-conf))

# Our own make's variables (CC=...) must not reach SQLite's makefile.
$(sqlite-dir)/apps/sqlite3.a $(sqlite-dir)/apps/speedtest1.a &: \
		$(sqlite-dir)/Makefile
	$(call sqlite-step,$(O)/log/sqlite-make.log,make,\
		env POSIXEN_BUILD=$(abspath $(O)) \
		POSIXEN_APPS=$(sqlite-abs)/apps \
		MAKEFLAGS= $(MAKE) -j2 -C $(sqlite-dir) SHELL_OPT="$(sqlite-shell)" \
		sqlite3 speedtest1)

# The image's root: a database that the demo's script reads.
$(sqlite-dir)/rootfs/data/ships.db: ports/sqlite/demo-db.sql
	$(Q)mkdir -p $(@D)
	$(Q)rm -f $@
	$(Q)python3 -c 'import sqlite3, sys; \
		db = sqlite3.connect(sys.argv[1]); \
		db.executescript(open(sys.argv[2]).read()); db.close()' $@ $<

sqlite-rootfs := $(sqlite-dir)/rootfs/data/ships.db

$(O)/%.xen: $(sqlite-dir)/apps/%.a $(runtime-xen) $(link-tools) \
		$(sqlite-rootfs)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(sqlite-dir)/rootfs $< -o $@
$(O)/%.host: $(sqlite-dir)/apps/%.a $(runtime-host) $(link-tools) \
		$(sqlite-rootfs)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(sqlite-dir)/rootfs --host $< \
		-o $@

$(eval $(call port-report,sqlite3,$(sqlite-dir),$(sqlite-dir)/rootfs))
$(eval $(call port-report,speedtest1,$(sqlite-dir)))
report-test-sqlite3 := check-sqlite-host

sqlite: $(O)/sqlite3.xen $(O)/speedtest1.xen $(O)/sqlite3.host \
	$(O)/speedtest1.host
.PHONY: sqlite

# The same sources by the same configure and make for the build machine: the
# ground truth of the test.
sqlite-native := $(O)/sqlite-native
$(sqlite-native)/sqlite3: $(sqlite-src)/.posixen-sha256 ports/sqlite/module.mk
	$(Q)rm -rf $(@D)
	@echo "  SQLITE  native (log: $(O)/log/sqlite-native.log)"
	$(Q)mkdir -p $(@D) $(O)/log
	$(Q)( cd $(@D) && env CFLAGS="$(sqlite-cflags)" \
		$(abspath $(sqlite-src))/configure $(sqlite-conf) && \
		MAKEFLAGS= $(MAKE) SHELL_OPT="$(sqlite-shell)" sqlite3 ) \
		>$(O)/log/sqlite-native.log 2>&1 || { \
		tail -n 20 $(O)/log/sqlite-native.log; exit 1; }

check-sqlite-host: $(sqlite-native)/sqlite3 $(O)/sqlite3.host
	$(Q)ports/sqlite/compare $(sqlite-native)/sqlite3 $(O)/sqlite3.host
check-sqlite-xen: $(sqlite-native)/sqlite3 $(O)/sqlite3.xen
	$(Q)ports/sqlite/compare $(sqlite-native)/sqlite3 \
		tools/run-domu --memory 96 --timeout 600 $(O)/sqlite3.xen
# It uses no network, and must not grow by one.
sqlite-max := 1468006
check-sqlite-size: $(O)/sqlite3.xen
	$(Q)strip -o $<.stripped $<; size=$$(stat -c %s $<.stripped); \
	rm -f $<.stripped; \
	if nm $< | grep -E ' (px_socket|tcp_input|ip4_input|netif_add)$$' || \
	   [ "$$size" -gt $(sqlite-max) ]; then \
		echo "FAILED: $< holds the network, or $$size bytes" \
		     "stripped, more than $(sqlite-max)"; \
		echo "0 passed, 1 failed, 0 skipped"; exit 1; \
	fi; echo "1 passed, 0 failed, 0 skipped"
check-targets += check-sqlite-host check-sqlite-xen check-sqlite-size
.PHONY: check-sqlite-host check-sqlite-xen check-sqlite-size

demo-now: $(O)/sqlite3.xen
	$(Q)ports/sqlite/demo $(O)/sqlite3.xen
