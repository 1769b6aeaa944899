# SPDX-License-Identifier: BSD-2-Clause
# All of vfs/ over the stand-in runtime of fake.c, with sanitizers: fast tests
# without a guest. Leaks are counted by fake.c, over all that a test did. Each tests/unit/vfs/<name>.c but fake.c is one program;
# model has parts.

# What is left unresolved is of the runtime and not called.
vu-dir   := tests/unit/vfs
vu-out   := $(O)/tests/unit/vfs
vu-tests := $(filter-out fake model_%,$(patsubst $(vu-dir)/%.c,%,\
	$(wildcard $(vu-dir)/*.c)))
vu-san   := -fsanitize=address,undefined -fno-sanitize=alignment \
	-fno-sanitize-recover=undefined
vu-kflags = $(KCPPFLAGS) $(filter-out -O2 -mgeneral-regs-only,$(KCFLAGS)) \
	-O1 $(vu-san) -include $(vu-dir)/layout.h -DPOSIXEN_HOST
vu-objs  := $(patsubst %.c,%.o,$(wildcard vfs/*.c)) runtime/uio.o runtime/lib/parse.o $(vu-dir)/fake.o

$(vu-out)/obj/%.o: %.c $(O)/gen/uapi/.done $(vu-dir)/layout.h $(vu-dir)/fake.h
	$(call say,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(vu-kflags) -MMD -MP -c $< -o $@

$(vu-out)/%: $(vu-dir)/%.c tests/unit/unit.h $(vu-dir)/fake.h \
		$(addprefix $(vu-out)/obj/,$(vu-objs))
	$(call say,TEST,$@)
	$(Q)$(CC) -std=gnu11 -O1 -g -Wall -Wextra -Wno-unused-parameter \
		-Wno-unused-result -fno-pie -no-pie $(vu-san) -Iinclude \
		-Wl,--unresolved-symbols=ignore-all $(filter %.c %.o,$^) -o $@
$(vu-out)/model: $(wildcard $(vu-dir)/model_*.c) $(vu-dir)/model.h

check-unit-vfs: $(vu-tests:%=$(vu-out)/%)
	$(Q)p=0 f=0 s=0; for t in $^; do \
		r=0; ASAN_OPTIONS=detect_leaks=0 timeout 300 $$t || r=$$?; \
		case $$r in \
		0) p=$$((p + 1));; \
		77) s=$$((s + 1));; \
		*) echo "FAILED: $$t"; f=$$((f + 1));; \
		esac; \
	done; echo "$$p passed, $$f failed, $$s skipped"; [ $$f = 0 ]
check-targets += check-unit-vfs
.PHONY: check-unit-vfs

-include $(shell find $(vu-out)/obj -name '*.d' 2>/dev/null)
