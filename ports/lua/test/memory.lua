-- SPDX-License-Identifier: BSD-2-Clause
-- Memory runs out, is given back, and the program goes on. Not compared with
-- Linux, which has more than this may take.
local function fill()
	local t = {}
	for i = 1, math.maxinteger do
		t[i] = string.rep(string.char(i % 256), 65536) .. i
	end
end
for turn = 1, 3 do
	local ok, e = pcall(fill)
	print(turn, ok, e)
	collectgarbage()
	print(collectgarbage("count") < 2048)
end
