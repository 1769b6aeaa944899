# SPDX-License-Identifier: BSD-2-Clause
# Python by its own configure and make, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

python-dir := $(O)/python
python-recipe := $(addprefix ports/python/,build library config.site)

$(O)/src/python3.11-3.11.2/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source python3.11 >/dev/null

# SQLite as a library: the one file that ports/sqlite makes of its source.
$(O)/libs/lib/libsqlite3.a: $(O)/sqlite/apps/sqlite3.a | $(port-host)
	$(call say,AR,$@)
	$(Q)mkdir -p $(@D) $(O)/libs/include
	$(Q)POSIXEN_BUILD=$(abspath $(O)) tools/x86_64-posixen-cc -O2 \
		-DSQLITE_ENABLE_FTS5 -c $(sqlite-dir)/sqlite3.c \
		-o $(sqlite-dir)/library.o
	$(Q)cp $(sqlite-dir)/sqlite3.h $(O)/libs/include
	$(Q)ar rcs $@ $(sqlite-dir)/library.o

$(python-dir)/apps/python.a: $(O)/src/python3.11-3.11.2/.posixen-sha256 \
		$(python-recipe) $(O)/libs/lib/libz.a $(O)/libs/lib/libssl.a \
		$(O)/libs/lib/libsqlite3.a | $(port-host)
	$(call port-build,ports/python/build,python)

# It finds its library by the name that it is started under.
$(eval $(call port-image,python,$(python-dir),\
	$(python-dir)/rootfs ports/python/rootfs,--name python3.11))

python: $(O)/python.xen $(O)/python.host
.PHONY: python

# The package test, which no program needs.
python-tests := $(python-dir)/tests/.done
$(python-tests): ports/python/suite $(O)/src/python3.11-3.11.2/.posixen-sha256
	$(Q)ports/python/suite $(O)/src/python3.11-3.11.2/Lib $(@D)
	$(Q)touch $@

# Its build alone takes minutes.
$(eval $(call port-checks,python,,,host xen))
check-python-xen-smoke: $(O)/python.xen
	$(Q)O=$(O) ports/python/check xen --smoke $<
# More of its own tests, of what is near the system calls.
check-python-more-host check-python-more-xen: check-python-more-%: $(O)/python.%
	$(Q)O=$(O) ports/python/check $* --more $<
check-python-host check-python-xen check-python-more-host \
	check-python-more-xen: | $(python-tests)
# A server in Python, asked by curl.
check-python-web-host check-python-web-xen: check-python-web-%: $(O)/python.%
	$(Q)O=$(O) ports/python/web $* $<
python-full := check-python-web-host check-python-web-xen check-python-more-host
check-full-targets += $(python-full)
.PHONY: $(python-full) check-python-more-xen check-python-xen-smoke
