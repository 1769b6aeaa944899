# SPDX-License-Identifier: BSD-2-Clause
# The lab and run-domu, tried with a small guest of their own (tests/lab/mini.c).

$(O)/tests/lab/mini.xen: tests/lab/mini.S tests/lab/mini.c tests/lab/mini.ld
	$(call say,GUEST,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -O2 -Wall -Wextra -Werror -ffreestanding -fno-builtin -fno-pie \
		-no-pie -mno-red-zone -mgeneral-regs-only -fno-stack-protector \
		-fcf-protection=none -static -nostdlib -Wl,-T,tests/lab/mini.ld \
		-Wl,--build-id=none -Wl,--no-warn-rwx-segments \
		-o $@ tests/lab/mini.S tests/lab/mini.c

# The programs of dom0 are compiled by tools/lab, which is no place for
# warnings; here they are errors.
$(O)/tests/lab/dom0.ok: $(wildcard tools/lab-dom0/*.[ch])
	$(call say,CC,tools/lab-dom0)
	$(Q)mkdir -p $(@D)
	$(Q)for f in tools/lab-dom0/*.c; do \
		$(CC) -O2 -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror \
			-c $$f -o $@.o || exit 1; done
	$(Q)touch $@

check-lab: $(O)/tests/lab/mini.xen $(O)/tests/lab/dom0.ok
	$(Q)tests/lab/run $<
check-targets += check-lab
.PHONY: check-lab
