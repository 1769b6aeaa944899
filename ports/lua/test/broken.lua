-- SPDX-License-Identifier: BSD-2-Clause
-- No Lua: test/system.lua looks at the error.
this is not Lua
