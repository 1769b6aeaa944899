# SPDX-License-Identifier: BSD-2-Clause
shim-objs += $(addprefix shim/,entry.o entry_check.o thunks.o special_entry.o \
	special.o calls.o table.o absent_entry.o absent.o stats.o trace.o \
	trace_error.o trace_ipc.o trace_line.o trace_names.o trace_poll.o \
	trace_signal.o trace_socket.o trace_struct.o trace_types.o)

# A folder's file `exports` lists what of it must be visible besides the entry
# points of the table: a name a line.
$(O)/gen/exports.txt: shim/table.awk shim/syscalls.def $(wildcard */exports)
	$(Q)mkdir -p $(@D)
	$(Q)awk -v form=exports -f shim/table.awk shim/syscalls.def > $@
	$(Q)cat $(filter %/exports,$^) >> $@

$(O)/gen/syscalls.tsv: shim/table.awk shim/syscalls.def
	$(Q)mkdir -p $(@D)
	$(Q)awk -v form=tsv -f shim/table.awk shim/syscalls.def > $@

# docs/SYSCALLS.md is committed, so that it can be read without a build; `make
# check` compares.
docs: docs/SYSCALLS.md
docs/SYSCALLS.md: shim/table.awk shim/syscalls.def
	$(Q)mkdir -p $(@D)
	$(Q)awk -v form=doc -f shim/table.awk shim/syscalls.def > $@.tmp
	$(Q)mv $@.tmp $@

check-doc:
	$(Q)awk -v form=doc -f shim/table.awk shim/syscalls.def | \
		cmp -s - docs/SYSCALLS.md || { echo "docs/SYSCALLS.md is" \
		"older than shim/syscalls.def: run make docs"; exit 1; }
check-targets += check-doc
.PHONY: docs check-doc
