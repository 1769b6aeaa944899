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
	$(glibc-eh-lib) \
	tools/link-app tools/image.ld.in $(tglibc-out)/root/.done
$(tglibc-out)/names.host: $(tglibc-parts) $(O)/lib/posixen-host.o
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(tglibc-out)/root --host \
		$(tglibc-objs) -o $@
$(tglibc-out)/names.xen: $(tglibc-parts) $(O)/lib/posixen-xen.o
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --rootfs $(tglibc-out)/root \
		$(tglibc-objs) -o $@

# The corpus is looked through when one of the libraries changes; Debian's
# archives at work are taken out of it.
tglibc-archives := $(addprefix $(O)/corpus/,$(foreach a,\
	libsqlite3-dev/libsqlite3 libssl-dev/libcrypto zlib1g-dev/libz \
	libpcre2-dev/libpcre2-8 libexpat1-dev/libexpat \
	liblua5.4-dev/liblua5.4 libevent-dev/libevent_core,\
	$(dir $(a))usr/lib/$(MULTIARCH)/$(notdir $(a)).a))
$(tglibc-archives): $(O)/corpus/.done
$(O)/corpus/.done: tests/glibc/corpus tests/glibc/corpus.packages \
		tests/glibc/names.list $(glibc-lib) $(musl-stamp)
	$(Q)mkdir -p $(@D)
	$(Q)O=$(O) tests/glibc/corpus
	$(Q)touch $@
$(tglibc-out)/archives.o: tests/glibc/archives/main.c tests/glibc/module.mk
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)gcc -O2 -D_FORTIFY_SOURCE=2 -fno-builtin -fno-pie -w -c $< -o $@
$(tglibc-out)/archives.native: $(tglibc-out)/archives.o $(tglibc-archives)
	$(call say,LINK,$@)
	$(Q)gcc -no-pie -Wl,--no-warnings $^ -lm -o $@
$(tglibc-out)/archives.host: $(tglibc-out)/archives.o $(tglibc-archives) \
		$(tglibc-parts) $(O)/lib/posixen-host.o
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) --host $< $(tglibc-archives) -o $@
$(tglibc-out)/archives.xen: $(tglibc-out)/archives.o $(tglibc-archives) \
		$(tglibc-parts) $(O)/lib/posixen-xen.o
	$(call say,LINK,$@)
	$(Q)tools/link-app --build $(O) $< $(tglibc-archives) -o $@

check-glibc-names: $(tglibc-out)/names.native $(tglibc-out)/names.host \
		$(tglibc-out)/names.xen
	$(Q)O=$(O) tests/glibc/run host names
	$(Q)O=$(O) tests/glibc/run xen names
	$(Q)O=$(O) tests/glibc/run host names die
	$(Q)O=$(O) tests/glibc/run xen names die

# Downloads some 60 MB the first time.
check-glibc-corpus: $(O)/corpus/.done $(tglibc-out)/archives.native \
		$(tglibc-out)/archives.host $(tglibc-out)/archives.xen
	$(Q)O=$(O) tests/glibc/run host archives
	$(Q)O=$(O) tests/glibc/run xen archives

check-targets += check-glibc-names check-glibc-corpus
.PHONY: check-glibc-names check-glibc-corpus
