# SPDX-License-Identifier: BSD-2-Clause
# LevelDB by its own CMake files, unmodified: db_bench, leveldbutil, its tests.
include ports/image.mk

leveldb-dir := $(O)/leveldb
leveldb-tests := env_test env_posix_test db_test
leveldb-programs := db_bench leveldbutil $(leveldb-tests)

define leveldb-source
$(O)/src/$(1)/.posixen-sha256: sources.lock
	$$(Q)O=$(O) tools/fetch-source $(firstword $(subst -, ,$(1))) >/dev/null
endef
leveldb-sources := leveldb-1.23 googletest-1.12.1 benchmark-1.7.1
$(foreach s,$(leveldb-sources),$(eval $(call leveldb-source,$(s))))

$(leveldb-programs:%=$(leveldb-dir)/apps/%.a) &: ports/leveldb/build \
		$(leveldb-sources:%=$(O)/src/%/.posixen-sha256) | $(port-host)
	$(call port-build,ports/leveldb/build,leveldb)

$(foreach p,db_bench leveldbutil,\
	$(eval $(call port-image,$(p),$(leveldb-dir))))
report-test-db_bench := check-leveldb-host
$(leveldb-tests:%=$(leveldb-dir)/%.xen): $(leveldb-dir)/%.xen: \
		$(leveldb-dir)/apps/%.a $(port-xen) $(port-link)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $< $$(cat $(<:.a=.libs)) -o $@
$(leveldb-tests:%=$(leveldb-dir)/%.host): $(leveldb-dir)/%.host: \
		$(leveldb-dir)/apps/%.a $(port-host) $(port-link)
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --host $< $$(cat $(<:.a=.libs)) -o $@

leveldb: $(O)/db_bench.xen $(O)/db_bench.host $(O)/leveldbutil.host \
	$(O)/leveldbutil.xen
.PHONY: leveldb

leveldb-short := env_test env_posix_test
check-leveldb-host: $(O)/db_bench.host \
		$(leveldb-tests:%=$(leveldb-dir)/%.host)
	$(Q)ports/leveldb/check host $^
check-leveldb-xen: $(O)/db_bench.xen \
		$(leveldb-short:%=$(leveldb-dir)/%.xen)
	$(Q)ports/leveldb/check xen $^
check-leveldb-xen-all: $(O)/db_bench.xen \
		$(leveldb-tests:%=$(leveldb-dir)/%.xen)
	$(Q)ports/leveldb/check xen $^
check-targets += check-leveldb-host check-leveldb-xen
check-full-targets += check-leveldb-xen-all
.PHONY: check-leveldb-host check-leveldb-xen check-leveldb-xen-all
