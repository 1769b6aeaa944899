# SPDX-License-Identifier: BSD-2-Clause
#
# Two commands: `make demo` and `make check`. O=dir builds elsewhere, V=1 shows
# the commands. Each folder's module.mk names its objects; nothing recurses but
# the upstream projects' own builds.

O      ?= build
CC     ?= gcc
HOSTCC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

.DEFAULT_GOAL := default
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:

GCCINC := $(shell $(CC) -print-file-name=include 2>/dev/null)
MULTIARCH := $(shell $(CC) -print-multiarch 2>/dev/null)

# Runtime code: freestanding, sees gcc's own headers, Linux's UAPI headers and
# ours; never a C library's.
KCPPFLAGS := -nostdinc -isystem $(GCCINC) -Iinclude -I$(O)/gen \
	     -idirafter $(O)/gen/uapi
KCFLAGS := -std=gnu11 -Os -g -Wall -Wextra -Werror -Wstrict-prototypes \
	   -Wmissing-prototypes -Wno-unused-parameter -ffreestanding \
	   -fno-builtin-printf -fno-pie -mno-red-zone -mgeneral-regs-only \
	   -fno-stack-protector -fno-strict-aliasing -fno-common \
	   -fno-asynchronous-unwind-tables -fomit-frame-pointer \
	   -ffunction-sections -fdata-sections \
	   -fcf-protection=none
KASFLAGS := -D__ASSEMBLER__ -g -fno-pie

runtime-objs :=
shim-objs :=
vfs-objs :=
net-objs :=
ipc-objs :=
xen-objs :=
host-objs :=
check-targets :=
check-full-targets :=

include $(sort $(wildcard */module.mk compat/*/module.mk ports/*/module.mk tests/*/module.mk \
			 tests/suites/*/module.mk))

common-objs := $(runtime-objs) $(shim-objs) $(vfs-objs) $(net-objs) $(ipc-objs)

# The runtime is compiled once per platform; objects live apart.
obj-xen  := $(addprefix $(O)/obj/xen/,$(common-objs) $(xen-objs))
obj-host := $(addprefix $(O)/obj/host/,$(common-objs) $(host-objs))
# The host platform once more, with gcc's checks for undefined behaviour: each
# that fails is an ud2, which the runtime reports with registers and backtrace.
obj-ubsan := $(addprefix $(O)/obj/ubsan/,$(common-objs) $(host-objs))

# The UAPI headers alone, without the C library's that lie beside them.
$(O)/gen/uapi/.done:
	$(Q)mkdir -p $(@D)
	$(Q)ln -sfn /usr/include/linux $(@D)/linux
	$(Q)ln -sfn /usr/include/asm-generic $(@D)/asm-generic
	$(Q)ln -sfn $(firstword $(wildcard /usr/include/$(MULTIARCH)/asm) /usr/include/asm) $(@D)/asm
	$(Q)ln -sfn /usr/include/xen $(@D)/xen
	$(Q)touch $@

# Small code serves an image best, but for what most calls pass through.
hot := vfs/read_write vfs/fdtable vfs/file vfs/iov vfs/ramfs_data \
       vfs/page_index vfs/dev_mem runtime/uio runtime/uaccess runtime/page \
       runtime/kmalloc runtime/vm_fault runtime/vm_area runtime/lib/copy \
       runtime/sched runtime/waitq \
       net/tcp net/tcp_listen net/tcp_recv net/tcp_send \
       net/checksum net/framebuf net/gso net/loop net/memp \
       net/netdev net/stack
$(foreach f,$(hot),$(eval cflags-$(f).o := -O2))

define compile-rules
$(O)/obj/$(1)/%.o: %.c $(O)/gen/uapi/.done $$(gen-headers)
	$$(call say,CC,$$<)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(CC) $$(KCPPFLAGS) $$(dirflags-$$(firstword $$(subst /, ,$$*))) $$(KCFLAGS) -DPOSIXEN_$(2) $$(cflags-$(1)) $$(cflags-$$*.o) -MMD -MP -c $$< -o $$@
$(O)/obj/$(1)/%.o: %.S $(O)/gen/uapi/.done $$(gen-headers)
	$$(call say,AS,$$<)
	$$(Q)mkdir -p $$(@D)
	$$(Q)$$(CC) $$(KCPPFLAGS) $$(KASFLAGS) -DPOSIXEN_$(2) -MMD -MP -c $$< -o $$@
endef
cflags-ubsan = -fsanitize=undefined -fsanitize-undefined-trap-on-error
$(eval $(call compile-rules,xen,XEN))
$(eval $(call compile-rules,host,HOST))
$(eval $(call compile-rules,ubsan,HOST))

# One relocatable object per platform; only the entry points stay global
# (docs: names). Sections stay apart, so the final link can drop them.
$(O)/lib/posixen-%.o: tools/combine $(O)/gen/exports.txt
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)tools/combine $(O)/gen/exports.txt $@ $(obj-$*)
$(O)/lib/posixen-xen.o: $(obj-xen)
$(O)/lib/posixen-host.o: $(obj-host)
$(O)/lib/posixen-ubsan.o: $(obj-ubsan)

# What a newcomer types. The packages come first, in a make of their own: what
# this file asks of the compiler while it is read has no answer before there is
# one.
default: deps
	$(Q)$(MAKE) --no-print-directory all
demo: deps
	$(Q)$(MAKE) --no-print-directory demo-now
check: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)O=$(O) MAKE="$(MAKE)" tools/check $(check-targets)
# The long forms: whole foreign suites, every case of them on Xen too.
check-full: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)O=$(O) MAKE="$(MAKE)" tools/check $(check-targets) $(check-full-targets)

# All that link-app needs.
all: $(O)/lib/posixen-host.o $(O)/lib/posixen-xen.o $(O)/gen/syscalls.tsv \
     musl mimalloc glibc

clean:
	rm -rf $(O)/obj $(O)/lib $(O)/gen

.PHONY: default all clean check check-full demo demo-now bench deps \
	$(check-targets) $(check-full-targets)

-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)
