# SPDX-License-Identifier: BSD-2-Clause
# What compat/glibc promises, against glibc itself and Debian's archives.

check-glibc-corpus-all: $(glibc-lib) $(musl-stamp)
	$(Q)O=$(O) tests/glibc/corpus --all

check-full-targets += check-glibc-corpus-all
.PHONY: check-glibc-corpus-all
