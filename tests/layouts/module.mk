# SPDX-License-Identifier: BSD-2-Clause
# Objects compiled against glibc in an image, compared with glibc itself.

layouts-parts := $(O)/lib/posixen-host.o $(O)/lib/posixen-xen.o \
		 $(musl-stamp) $(mimalloc-lib) $(glibc-lib)

check-layouts: $(layouts-parts)
	$(Q)tests/layouts/compare $(O)
	$(Q)O=$(O) tests/layouts/decide
	$(Q)tests/layouts/run $(O)
check-targets += check-layouts
.PHONY: check-layouts

# Sizes, offsets and constants in both sets of headers. A new version of one
# shows what moved; this writes the file anew, and its last column wants a word.
layouts-table: $(musl-stamp)
	$(Q)tests/layouts/compare $(O) --write
.PHONY: layouts-table
