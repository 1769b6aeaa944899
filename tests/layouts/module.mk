# SPDX-License-Identifier: BSD-2-Clause
# Objects compiled against glibc in an image, compared with glibc itself.

layouts-parts := $(O)/lib/posixen-host.o $(O)/lib/posixen-xen.o \
		 $(musl-stamp) $(mimalloc-lib) $(glibc-lib)

check-layouts: $(layouts-parts)
	$(Q)tests/layouts/run $(O)
check-targets += check-layouts
.PHONY: check-layouts
