# SPDX-License-Identifier: BSD-2-Clause
# C++: each source once by g++ against glibc and once by x86_64-posixen-c++.
# Of the second program the archive is the first's: the two meet in one image.
cxx-dir := $(O)/test/cxx
cxx-main := main exceptions callbacks threads ending text library
cxx-flags := -std=c++20 -O1 -Wall -Wextra -Werror -Wno-deprecated-declarations
cxx-link := tools/link-app tools/image.ld.in $(wildcard tools/posixenlib/*.py) \
	    $(musl-image-parts)

$(cxx-dir)/glibc/%.o: tests/cxx/%.cc tests/cxx/parts.h
	$(call say,CXX,$@)
	$(Q)mkdir -p $(@D)
	$(Q)g++ $(cxx-flags) -c $< -o $@
$(cxx-dir)/musl/%.o: tests/cxx/%.cc tests/cxx/parts.h tools/x86_64-posixen-cc \
		$(wildcard tools/cross/c++/*.h tools/cross/c++/bits/*.h) $(musl-stamp)
	$(call say,CXX,$@)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-c++ $(cxx-flags) -c $< -o $@
$(cxx-dir)/glibc/%.o: tests/cxx/%.c
	$(call say,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)gcc -O1 -Wall -Wextra -Werror -c $< -o $@
$(cxx-dir)/musl/%.o: tests/cxx/%.c tools/x86_64-posixen-cc $(musl-stamp)
	$(call say,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-cc -O1 -Wall -Wextra -Werror -c $< -o $@

cxx-glibc := $(cxx-main:%=$(cxx-dir)/glibc/%.o) $(cxx-dir)/glibc/calls.o \
	     $(cxx-dir)/libarchive.a
cxx-musl := $(cxx-main:%=$(cxx-dir)/musl/%.o) $(cxx-dir)/musl/calls.o \
	    $(cxx-dir)/libarchive.a
$(cxx-dir)/libarchive.a: $(cxx-dir)/glibc/archive.o
	$(Q)rm -f $@
	$(Q)ar rc $@ $<
$(cxx-dir)/native: $(cxx-glibc)
	$(Q)g++ $^ -pthread -o $@
$(cxx-dir)/glibc.host: $(cxx-glibc) $(cxx-link)
	$(Q)tools/link-app --build $(O) --host $(cxx-glibc) -lstdc++ -o $@
$(cxx-dir)/glibc.xen: $(cxx-glibc) $(cxx-link)
	$(Q)tools/link-app --build $(O) $(cxx-glibc) -lstdc++ -o $@
$(cxx-dir)/musl.host: $(cxx-musl) $(cxx-link)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-c++ $(cxx-musl) -o $@
$(cxx-dir)/musl.xen: $(cxx-musl) $(cxx-link)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-c++ $(cxx-musl) -o $@
$(cxx-dir)/hello.xen: $(cxx-dir)/musl/hello.o $(cxx-link)
	$(Q)POSIXEN_BUILD=$(O) tools/x86_64-posixen-c++ -s $< -o $@

check-cxx: $(addprefix $(cxx-dir)/,native glibc.host glibc.xen musl.host \
		musl.xen hello.xen)
	$(Q)tests/cxx/run $(O)
check-targets += check-cxx
.PHONY: check-cxx
