-- SPDX-License-Identifier: BSD-2-Clause
-- The language: closures, metatables, coroutines, errors, collection.

local function counter()
	local n = 0
	return function() n = n + 1 return n end
end
local a, b = counter(), counter()
print(a(), a(), b())

local V = {}
V.__index = V
V.__add = function(x, y) return setmetatable({ x[1] + y[1] }, V) end
V.__eq = function(x, y) return x[1] == y[1] end
V.__lt = function(x, y) return x[1] < y[1] end
V.__call = function(self, n) return self[1] * n end
V.__tostring = function(self) return "V(" .. self[1] .. ")" end
V.__close = function(self) print("closed", self[1]) end
V.__len = function() return 7 end
V.__concat = function(x, y) return tostring(x) .. "&" .. tostring(y) end
local v, w = setmetatable({ 1 }, V), setmetatable({ 2 }, V)
print(tostring(v + w), v == w, v < w, v(10), #v, v .. w, rawequal(v, v))
do
	local first <close> = v
	local second <close> = w
	local fixed <const> = 5
	print("in the block", fixed)
end

-- Coroutines: generators, yields across pcall, errors, a deep chain.
local function permutations(t, n)
	n = n or #t
	if n <= 1 then
		coroutine.yield(t)
	end
	for i = 1, n > 1 and n or 0 do
		t[n], t[i] = t[i], t[n]
		permutations(t, n - 1)
		t[n], t[i] = t[i], t[n]
	end
end
for p in coroutine.wrap(function() permutations { "x", "y", "z" } end) do
	io.write(table.concat(p), " ")
end
print()
local co = coroutine.create(function(x)
	local ok, e = pcall(function()
		local y = coroutine.yield(x + 1)
		error { code = y }
	end)
	local z = coroutine.yield(ok, e.code)
	error("at the end " .. z)
end)
print(coroutine.resume(co, 1))
print(coroutine.resume(co, "two"))
print(coroutine.resume(co, "three"))
print(coroutine.status(co), coroutine.resume(co))
local made = {}
for i = 1, 10000 do
	made[i] = coroutine.wrap(function()
		local n = i
		while true do
			n = n + coroutine.yield(n)
		end
	end)
	made[i]()
end
local sum = 0
for i = 1, #made do
	sum = sum + made[i](1)
end
print(#made, sum)
print(coroutine.close(coroutine.create(print)), coroutine.isyieldable())

-- Errors and how deep things may go: Lua's stack, C's stack, the parser.
local function deep(n) return 1 + deep(n + 1) end
local ok, e = pcall(deep, 1)
print(ok, (e:match("stack overflow")))
ok, e = pcall(function()
	local t = {}
	t.__index = setmetatable({}, t)
	local x = setmetatable({}, { __index = function(s, k) return s[k] end })
	return x.y
end)
print(ok, (e:match("C stack overflow")))
ok, e = load(("("):rep(10000))
print(ok, (e:match("overflow")))
print(select(2, xpcall(function() local x = nil; return x.y end,
	function(m) return "handled: " .. m end)))
print(pcall(error), pcall(error, nil), pcall(error, { 1 }) == false)
print(load("return 1 +"), load("x = = 1", "=name"))
print((debug.traceback("here", 1):gsub("\n%s*", " | ")))
goto done
print("not reached")
::done::

-- Collection: weak tables, finalizers, both modes.
local weak = setmetatable({}, { __mode = "v" })
weak[1], weak[2] = {}, "string"
local finalized = 0
for _ = 1, 1000 do
	setmetatable({}, { __gc = function() finalized = finalized + 1 end })
end
collectgarbage()
print(weak[1], weak[2], finalized)
collectgarbage("generational")
local t = {}
for i = 1, 200000 do
	t[i % 1000] = { i }
end
collectgarbage("incremental")
collectgarbage()
print(collectgarbage("count") < 60000)

local sorted = {}
local x = 1
for i = 1, 5000 do
	x = (x * 16807) % 2147483647
	sorted[i] = x
end
table.sort(sorted, function(p, q) return p > q end)
local good = true
for i = 2, #sorted do
	good = good and sorted[i - 1] >= sorted[i]
end
print(good, sorted[1], sorted[5000])
print(pcall(table.sort, { 3, 1, 2, 5, 4 }, function() return true end))
print(table.unpack({ 1, 2, 3 }, 2), select("#", table.unpack({}, 1, 100)))
print(table.concat({ 1, 2, 3 }, "-"), table.move({ 1, 2, 3 }, 1, 3, 2)[3],
	pcall(table.unpack, {}, 1, 1e8))

-- A function as bytes and back.
local code = string.dump(function(n) return n * 2 end, true)
print(load(code, "dumped", "b")(21), load(code, "dumped", "t"))
local env = { print = print }
load("y = 5", "chunk", "t", env)()
print(env.y, y)
local hooked = 0
debug.sethook(function() hooked = hooked + 1 end, "", 100)
for _ = 1, 10000 do end
debug.sethook()
print(hooked > 90, debug.getinfo(1, "S").short_src:match("[^/]+$"))
