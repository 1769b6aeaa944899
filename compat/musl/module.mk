# SPDX-License-Identifier: BSD-2-Clause
# musl over the overlay: $(O)/sysroot/lib/libc.a, crt*.o, and its headers.

musl-src := $(O)/src/musl-1.2.3
musl-overlay := $(sort $(shell find compat/musl/src compat/musl/arch -type f))
musl-stamp := $(O)/musl/.done

# Where other rules find the C library; they depend on $(musl-stamp).
SYSROOT := $(O)/sysroot

# Its time stays as it is if the lock's line for musl has not changed.
$(musl-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source musl >/dev/null

# The list of calls is rewritten only if a name changes: else every change of a
# row's state would compile musl anew.
$(O)/gen/px_calls.h: shim/syscalls.def compat/musl/rows.awk \
		compat/musl/gen-calls.awk
	$(Q)mkdir -p $(@D)
	$(Q)awk -f compat/musl/rows.awk -f compat/musl/gen-calls.awk shim/syscalls.def >$@.new
	$(Q)if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(musl-stamp): $(musl-src)/.posixen-sha256 $(O)/gen/px_calls.h $(musl-overlay) \
		compat/musl/build.mk compat/musl/rows.awk \
		compat/musl/gen-syscall.awk
	$(call say,MUSL,$(O)/sysroot/lib/libc.a)
	$(Q)$(MAKE) --no-print-directory -f compat/musl/build.mk SRC=$(musl-src) \
		OVERLAY=compat/musl B=$(O)/musl SYSROOT=$(SYSROOT) CALLS=$(O)/gen \
		CC="$(CC)" MULTIARCH=$(MULTIARCH) V=$(V)
	$(Q)touch $@

musl: $(musl-stamp)
.PHONY: musl

# Its tests; those of whole images need the runtime of both platforms.
musl-image-parts := $(musl-stamp) $(O)/sysroot/lib/libmimalloc.a $(glibc-lib) \
		    $(O)/lib/posixen-host.o $(O)/lib/posixen-xen.o

check-musl: $(musl-image-parts)
	$(Q)tests/unit/musl/run $(O) $(musl-src)
check-strings:
	$(Q)tests/unit/strings/run $(O)
check-cc: $(musl-image-parts)
	$(Q)tests/unit/cc/run $(O)
check-targets += check-musl check-strings check-cc
