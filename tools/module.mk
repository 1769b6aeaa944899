# SPDX-License-Identifier: BSD-2-Clause
# Packages of the build machine. The goals that a newcomer types first install
# what is missing before anything else is read: make rebuilds an included file
# and starts over with it.

ifneq ($(filter demo check bench sqlite,$(MAKECMDGOALS)),)
include $(O)/.deps.mk
endif

$(O)/.deps.mk: tools/deps.list
	@mkdir -p $(@D)
	@O=$(O) tools/deps
	@echo '# All packages of tools/deps.list were installed.' >$@

deps:
	@O=$(O) tools/deps
