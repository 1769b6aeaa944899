# SPDX-License-Identifier: BSD-2-Clause
#
# Builds musl's static library over the overlay. Run by module.mk as a make of
# its own, because the list of sources is known only once they are unpacked.
# Wants SRC (musl's tree, never written to), OVERLAY (this folder), B (where to
# build), SYSROOT, CALLS (folder of px_calls.h), CC and MULTIARCH.

ARCH := x86_64
.SUFFIXES:
.DELETE_ON_ERROR:
Q := $(if $(V),,@)

# musl's rule: src/DIR/x86_64/NAME.* stands in for src/DIR/NAME.c. Ours, by the
# same rule, stand in for both.
base := $(wildcard $(SRC)/src/*/*.c $(SRC)/src/malloc/mallocng/*.c)
arch := $(wildcard $(SRC)/src/*/$(ARCH)/*.[csS])
ours := $(wildcard $(OVERLAY)/src/*/*.[cS])
# The object that a source becomes.
object = $(B)/obj/$(basename $(subst /$(ARCH)/,/,$(patsubst $(OVERLAY)/%,%,$(patsubst $(SRC)/%,%,$(1))))).o
our_objs := $(foreach f,$(ours),$(call object,$f))
arch_objs := $(foreach f,$(arch),$(call object,$f))
arch_used := $(foreach f,$(arch),$(if $(filter $(our_objs),$(call object,$f)),,$f))
base_used := $(foreach f,$(base),$(if $(filter $(our_objs) $(arch_objs),$(call object,$f)),,$f))
sources := $(base_used) $(arch_used) $(ours)
objs := $(foreach f,$(sources),$(call object,$f))

# One of ours that replaces nothing would mean that musl has moved its own;
# helpers of our own are named px_*.
stray := $(filter-out $(arch_objs) $(foreach f,$(base),$(call object,$f)) \
	 $(filter $(B)/obj/src/string/px_%,$(our_objs)) \
	 $(B)/obj/src/thread/syscall_cp.o,$(our_objs))
$(if $(stray),$(error compat/musl: $(stray) replaces no file of musl))

crts := $(addprefix $(SYSROOT)/lib/,crt1.o crti.o crtn.o)
empty := $(patsubst %,$(SYSROOT)/lib/lib%.a,m rt pthread crypt util xnet resolv dl)

# Exceptions may pass through any function, as on Linux: qsort()'s and whatever
# else calls back, raise()'s when a signal's handler throws. An image whose
# program does not unwind is linked without these tables (link-app), so they are
# made a second time where debuggers look for them.
TABLES := -fasynchronous-unwind-tables -include $(OVERLAY)/arch/px_tables.h

# Flags that musl's configure finds for this compiler, and ours: static code
# without red zone (a PV guest's interrupts may use the stack below rsp) and
# with each function in its section, so that the link drops what is not used.
MUSL_CFLAGS := -std=c99 -nostdinc -ffreestanding -fexcess-precision=standard \
	-frounding-math -fno-strict-aliasing -Wa,--noexecstack -w -pipe \
	-Werror=implicit-function-declaration -Werror=implicit-int \
	-Werror=pointer-sign -Werror=int-conversion \
	-Werror=incompatible-pointer-types \
	-D_XOPEN_SOURCE=700 -I$(OVERLAY)/arch -I$(CALLS) \
	-I$(SRC)/arch/$(ARCH) -I$(SRC)/arch/generic -I$(B)/gen \
	-I$(SRC)/src/include -I$(SRC)/src/internal \
	-I$(B)/include -I$(SRC)/include -I$(SRC) \
	-fno-pie -mno-red-zone -ftls-model=local-exec -fno-stack-protector \
	-fcf-protection=none -fomit-frame-pointer $(TABLES) \
	-ffunction-sections -fdata-sections \
	-g1 -ffile-prefix-map=$(abspath $(SRC))=musl -ffile-prefix-map=$(SRC)=musl
# As musl's own configure has it: small, but for what programs spend time in.
fast := $(addprefix $(B)/obj/src/,internal/% malloc/% string/% thread/%)
opt = $(if $(filter $(fast),$@),-O2,-Os)
# A memcpy must not be compiled into a call of memcpy.
MEMOPS := -fno-tree-loop-distribute-patterns

all: headers $(SYSROOT)/lib/libc.a $(crts) $(empty)
headers: $(SYSROOT)/usr/include/.done

gen := $(B)/include/bits/alltypes.h $(B)/include/bits/syscall.h $(B)/gen/version.h

$(B)/include/bits/alltypes.h: $(SRC)/arch/$(ARCH)/bits/alltypes.h.in $(SRC)/include/alltypes.h.in
	$(Q)mkdir -p $(@D)
	$(Q)sed -f $(SRC)/tools/mkalltypes.sed $^ >$@
$(B)/include/bits/syscall.h: $(SRC)/arch/$(ARCH)/bits/syscall.h.in
	$(Q)mkdir -p $(@D)
	$(Q)sed 'p; s/__NR_/SYS_/; t; d' $< >$@
$(B)/gen/version.h: $(SRC)/VERSION
	$(Q)mkdir -p $(@D)
	$(Q)printf '#define VERSION "%s"\n' "$$(cat $<)" >$@

# One line for each hundredth object: a build of 1,300 files is long enough to
# ask whether it still moves.
hundreds := 100 200 300 400 500 600 700 800 900 1000 1100 1200 1300
$(foreach n,$(hundreds),$(if $(word $n,$(objs)),$(eval said-$(word $n,$(objs)) := $n)))
progress = $(if $(said-$@),@echo "  MUSL    $(said-$@) of $(words $(objs)) files")

$(foreach f,$(sources),$(eval $(call object,$f): $f))
$(objs): | $(gen) $(sort $(dir $(objs)))
	$(Q)$(CC) $(MUSL_CFLAGS) $(opt) $(if $(filter $(B)/obj/src/string/%,$@),$(MEMOPS)) -MMD -MP -c $< -o $@
	$(progress)
# Behind the sources: $< is the first. The flags stand in this file.
$(objs): $(OVERLAY)/build.mk

$(sort $(dir $(objs)) $(SYSROOT)/lib/ $(B)/crt/):
	$(Q)mkdir -p $@

# syscall(2) with a constant number: one function a call.
$(B)/gen/px_sc.S: $(OVERLAY)/rows.awk $(OVERLAY)/gen-syscall.awk $(CALLS)/px_calls.h
	$(Q)mkdir -p $(@D)
	$(Q)awk -v want=asm -f $(OVERLAY)/rows.awk -f $(OVERLAY)/gen-syscall.awk shim/syscalls.def >$@
$(B)/gen/px_sc.o: $(B)/gen/px_sc.S
	$(Q)$(CC) -c $< -o $@

$(SYSROOT)/lib/libc.a: $(objs) $(B)/gen/px_sc.o | $(SYSROOT)/lib/
	@echo "  AR      $@"
	$(Q)rm -f $@
	$(Q)ar rc $@ $(objs) $(B)/gen/px_sc.o

$(SYSROOT)/lib/crt1.o: $(SRC)/crt/crt1.c $(gen) | $(SYSROOT)/lib/
	$(Q)$(CC) $(MUSL_CFLAGS) -O2 -DCRT -c $< -o $@
$(SYSROOT)/lib/%.o: $(SRC)/crt/$(ARCH)/%.s | $(SYSROOT)/lib/
	$(Q)$(CC) $(MUSL_CFLAGS) -c $< -o $@
# What other systems keep in libraries of their own is all in libc.a.
$(empty): | $(SYSROOT)/lib/
	$(Q)ar rc $@

# Headers: musl's, by copy, and the kernel's own, by link.
$(SYSROOT)/usr/include/.done: $(gen) $(OVERLAY)/rows.awk $(OVERLAY)/gen-syscall.awk $(CALLS)/px_calls.h \
		$(wildcard $(SRC)/include/*.h $(SRC)/include/*/*.h)
	@echo "  HEADERS $(@D)"
	$(Q)rm -rf $(@D)
	$(Q)mkdir -p $(@D)/bits
	$(Q)cp -R $(SRC)/include/. $(@D)
	$(Q)rm -f $(@D)/*.in
	$(Q)cp $(SRC)/arch/generic/bits/*.h $(@D)/bits
	$(Q)cp $(SRC)/arch/$(ARCH)/bits/*.h $(B)/include/bits/*.h $(@D)/bits
	$(Q)awk -v want=header -f $(OVERLAY)/rows.awk -f $(OVERLAY)/gen-syscall.awk \
		shim/syscalls.def >$(@D)/bits/px_syscall.h
	$(Q)echo '#include <bits/px_syscall.h>' >>$(@D)/bits/syscall.h
	$(Q)for d in linux asm-generic mtd rdma video xen; do \
		if [ -d /usr/include/$$d ]; then ln -s /usr/include/$$d $(@D)/$$d; fi; done
	$(Q)ln -s $(firstword $(wildcard /usr/include/$(MULTIARCH)/asm) /usr/include/asm) $(@D)/asm
	$(Q)touch $@

.PHONY: all headers
-include $(objs:.o=.d)
