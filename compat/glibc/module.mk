# SPDX-License-Identifier: BSD-2-Clause
# $(SYSROOT)/lib/libglibc.a: what objects built against glibc ask for and musl
# lacks. link-app puts it before libc.a; a program takes the members it names.

glibc-lib := $(O)/sysroot/lib/libglibc.a
glibc-src := $(sort $(wildcard compat/glibc/names/*.[cS] compat/glibc/layouts/*.[cS]))
glibc-objs := $(patsubst %,$(O)/obj/%.o,$(basename $(glibc-src)))

# No built-ins: a memcpy_chk must not become a call of itself.
glibc-cflags := -std=gnu11 -Os -g1 -Wall -Wextra -Werror -Wno-unused-parameter \
		-D_GNU_SOURCE -U_FORTIFY_SOURCE -fno-builtin \
		-fno-stack-protector -fomit-frame-pointer -fcf-protection=none \
		-fno-strict-aliasing -Icompat/glibc -Icompat/glibc/include

glibc-compile = POSIXEN_BUILD=$(O) POSIXEN_GCC="$(CC)" tools/x86_64-posixen-cc \
		$(glibc-cflags) $(glibc-cflags-$(*F)) -MMD -MP -c $< -o $@

# These look into musl's own structures.
glibc-inside-musl = -D_XOPEN_SOURCE=700 -Icompat/musl/arch -I$(O)/gen \
		     -I$(musl-src)/src/include \
		     -I$(musl-src)/src/internal -I$(musl-src)/arch/x86_64 \
		     -I$(musl-src)/arch/generic -I$(O)/musl/gen \
		     -w
glibc-cflags-unwind_next = $(glibc-inside-musl)
glibc-cflags-backtrace := -fexceptions
glibc-cflags-once = $(glibc-inside-musl) -fexceptions
glibc-cflags-thread_end = $(glibc-inside-musl) -fexceptions

$(O)/obj/compat/glibc/%.o: compat/glibc/%.c $(O)/musl/.done \
		compat/glibc/module.mk tools/x86_64-posixen-cc
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(glibc-compile)
$(O)/obj/compat/glibc/%.o: compat/glibc/%.S $(O)/musl/.done \
		compat/glibc/module.mk tools/x86_64-posixen-cc
	$(call say,AS,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(glibc-compile)

# The list of members is a dependency too: one that is gone must leave.
$(glibc-lib): $(glibc-objs) $(sort $(dir $(glibc-src)))
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)ar rc $@ $(glibc-objs)

# What only images take that unwind: link-app puts it before the other then.
glibc-eh-lib := $(O)/sysroot/lib/libglibc_eh.a
glibc-eh-objs := $(patsubst %.c,$(O)/obj/%.o,$(wildcard compat/glibc/unwinding/*.c))
$(glibc-eh-lib): $(glibc-eh-objs)
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)ar rc $@ $^
$(glibc-lib): | $(glibc-eh-lib)

glibc: $(glibc-lib) $(glibc-eh-lib)
.PHONY: glibc
