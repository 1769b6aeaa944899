# SPDX-License-Identifier: BSD-2-Clause
# Lua by its own makefile, unmodified, with CC=x86_64-posixen-cc.
include ports/image.mk

lua-dir := $(O)/lua
lua-src := $(O)/src/lua5.4-5.4.4/.posixen-sha256

$(lua-src): sources.lock
	$(Q)O=$(O) tools/fetch-source lua5.4 >/dev/null

$(lua-dir)/apps/lua.a $(lua-dir)/apps/luac.a &: $(lua-src) ports/lua/build \
		| $(port-host)
	$(call port-build,ports/lua/build,lua)
# The ground truth of the test.
$(lua-dir)/native/src/lua: $(lua-src) ports/lua/build
	$(call port-build,ports/lua/build,native)

$(eval $(call port-image,lua,$(lua-dir)))
$(eval $(call port-image,luac,$(lua-dir)))

lua: $(O)/lua.xen $(O)/lua.host $(O)/luac.host
.PHONY: lua

$(eval $(call port-checks,lua))
check-lua-host check-lua-xen: $(lua-dir)/native/src/lua
# It finds luac beside lua.
check-lua-host: | $(O)/luac.host
