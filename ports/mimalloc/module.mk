# SPDX-License-Identifier: BSD-2-Clause
# $(SYSROOT)/lib/libmimalloc.a: what link-app puts before libc.a for
# --malloc mimalloc. One object, so a program has all of it or nothing.
# Warnings are upstream's matter. C++'s operators are libstdc++'s own, which
# throw std::bad_alloc: mimalloc's, compiled as C, cannot.

mimalloc-src := $(O)/src/mimalloc-2.0.9
mimalloc-lib := $(O)/sysroot/lib/libmimalloc.a

$(mimalloc-src)/.posixen-sha256: sources.lock
	$(Q)O=$(O) tools/fetch-source mimalloc >/dev/null

$(mimalloc-lib): ports/mimalloc/mimalloc.c $(mimalloc-src)/.posixen-sha256 \
		$(musl-stamp) tools/x86_64-posixen-cc ports/mimalloc/module.mk
	$(call say,CC,$<)
	$(Q)POSIXEN_BUILD=$(O) POSIXEN_GCC="$(CC)" tools/x86_64-posixen-cc -O3 -g1 -w \
		-DNDEBUG -fno-builtin-malloc -fvisibility=hidden \
		-I$(mimalloc-src)/include -I$(mimalloc-src)/src \
		-fno-unwind-tables -fno-asynchronous-unwind-tables -c $< -o $(@:.a=.o)
	$(Q)objcopy --wildcard --localize-symbol='_Zn*' \
		--localize-symbol='_Zd*' $(@:.a=.o)
	$(Q)rm -f $@
	$(Q)ar rc $@ $(@:.a=.o)
	$(Q)rm $(@:.a=.o)

mimalloc: $(mimalloc-lib)
.PHONY: mimalloc
