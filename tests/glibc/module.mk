# SPDX-License-Identifier: BSD-2-Clause
# What compat/glibc promises, against glibc itself and Debian's archives.

tglibc-out := $(O)/tests/glibc
tglibc-objs := $(patsubst tests/glibc/%.c,$(tglibc-out)/%.o,$(wildcard tests/glibc/*.c))
tglibc-etc := hosts networks protocols services passwd group

# The machine's compiler and headers: the objects are glibc's. What they do
# wrong on purpose is no reason to warn, nor to compile it away.
$(tglibc-out)/%.o: tests/glibc/%.c tests/glibc/test.h tests/glibc/module.mk
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)gcc -O2 -D_FORTIFY_SOURCE=2 -fno-builtin -fno-pie -w -c $< -o $@
$(tglibc-out)/names.native: $(tglibc-objs)
	$(call say,LINK,$@)
	$(Q)gcc -no-pie -Wl,--no-warnings $^ -lm -o $@
# Both read the same databases.
$(tglibc-out)/root/.done: $(wildcard $(tglibc-etc:%=/etc/%))
	$(Q)rm -rf $(@D)
	$(Q)mkdir -p $(@D)/etc
	$(Q)cp $^ $(@D)/etc
	$(Q)touch $@

tglibc-parts := $(tglibc-objs) $(musl-stamp) $(mimalloc-lib) $(glibc-lib) \
	tools/link-app tools/image.ld.in $(tglibc-out)/root/.done
$(tglibc-out)/names.host: $(tglibc-parts) $(O)/lib/posixen-host.o
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(tglibc-out)/root --host \
		$(tglibc-objs) -o $@
$(tglibc-out)/names.xen: $(tglibc-parts) $(O)/lib/posixen-xen.o
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(tglibc-out)/root \
		$(tglibc-objs) -o $@

check-glibc-names: $(tglibc-out)/names.native $(tglibc-out)/names.host \
		$(tglibc-out)/names.xen
	$(Q)O=$(O) tests/glibc/run host $(tglibc-out)/names.host
	$(Q)O=$(O) tests/glibc/run xen $(tglibc-out)/names.xen

# Downloads some 60 MB the first time.
check-glibc-corpus: $(glibc-lib) $(musl-stamp)
	$(Q)O=$(O) tests/glibc/corpus

check-targets += check-glibc-names check-glibc-corpus
.PHONY: check-glibc-names check-glibc-corpus
