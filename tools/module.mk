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
cross: $(SYSROOT)/lib/probe.o $(O)/gen/absent-functions
all: cross

# The tools and what they need, for other people's trees: make install
# PREFIX=DIR. The result may be moved.
PREFIX ?= /usr/local
install: all
	$(Q)tools/cross/install $(O) $(DESTDIR)$(PREFIX)
.PHONY: cross install
