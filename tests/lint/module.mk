# SPDX-License-Identifier: BSD-2-Clause
# What machines can say about the text of the code.

lint-c = $(shell git ls-files '*.c' '*.h' 2>/dev/null || \
	 find . -path ./$(O) -prune -o -name '*.[ch]' -printf '%P\n')
# The runtime's sources with the flags that they are compiled with.
lint-runtime = $(filter runtime/% shim/% vfs/% net/% ipc/% xen/% host/%,$(filter %.c,$(lint-c)))

check-format:
	$(Q)clang-format --dry-run -Werror $(lint-c)

# Written checks only: what cppcheck cannot know of (alternative stacks,
# sections read by the linker) is named in the suppressions.
check-cppcheck: $(O)/gen/uapi/.done
	$(Q)cppcheck --quiet --error-exitcode=1 --inline-suppr -j2 \
		--enable=warning,portability --std=c11 --platform=unix64 \
		--suppressions-list=tests/lint/cppcheck.suppress \
		-D__x86_64__=1 -D__LP64__=1 -DPOSIXEN_XEN -DPOSIXEN_HOST \
		-Iinclude $(lint-runtime)

check-targets += check-format check-cppcheck
.PHONY: check-format check-cppcheck
