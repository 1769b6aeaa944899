-- SPDX-License-Identifier: BSD-2-Clause
-- What test/system.lua requires.
local M = { count = (loaded_before or 0) + 1 }
loaded_before = M.count
function M.answer() return 42 end
return M
