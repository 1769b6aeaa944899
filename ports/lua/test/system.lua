-- SPDX-License-Identifier: BSD-2-Clause
-- What Lua asks of the system: files, time, the environment, modules.

-- Its own folder: where it runs does not show in what it prints.
local here = arg[0]:match("(.*)/") or "."
local name = os.tmpname()
print(name:match("^/tmp/lua_%w+$") ~= nil)

local f = assert(io.open(name, "w+"))
print(io.type(f), f:write("line 1\n", 2, "\n", 3.5,
	"\nlast without newline") == f)
print(f:seek("cur"), f:seek("set", 7), f:read("n", "n", "l", "L"))
print(f:seek("end"), f:read("a"), f:read("l"), f:seek("set"), #f:read("a"))
f:close()
print(io.type(f), pcall(f.read, f))
for l in io.lines(name) do
	io.write("[", l, "] ")
end
print()
print(#table.pack(io.lines(name, 5, "l", "n")()))
print(io.open(name, "rb"):read(6), io.open("/no/such/file"))
-- Not its message: musl sets no errno where glibc says EBADF.
print((io.open(name, "r"):write("x")))
print(pcall(io.open, name, "bad mode"), pcall(io.lines, "/no/such"))

-- Each buffering; many files; a large one.
f = io.open(name, "w")
for _, mode in ipairs { "no", "line", "full" } do
	f:setvbuf(mode, 1024)
	for i = 1, 1000 do
		f:write(mode, i, "\n")
	end
end
f:close()
local n, bytes = 0, 0
for l in io.lines(name, "L") do
	n, bytes = n + 1, bytes + #l
end
print(n, bytes)
f = io.open(name, "wb")
local block = string.rep("0123456789abcdef", 65536)
for _ = 1, 8 do
	assert(f:write(block))
end
print(f:seek("end"), f:close())
f = io.open(name, "rb")
f:seek("set", 5 * #block + 3)
print(f:read(10), f:seek("cur"))
f:close()
local open = {}
for i = 1, 200 do
	open[i] = assert(io.open(name))
end
for i = 1, 200 do
	open[i]:close()
end
local t = io.tmpfile()
t:write("temporary")
t:seek("set")
print(t:read("a"), t:close())

print(os.rename(name, name .. ".new"), io.open(name) == nil,
	os.remove(name .. ".new"), select("#", os.remove(name)))
print((select(2, os.remove("/no/such/file"))), select(3, os.remove("/no")))
print(os.rename("/no/such", "/no/other"))

print(os.getenv("LUA_TEST"), os.getenv("NOT_SET"))
print(os.date("!%Y-%m-%d %H:%M:%S %j %a %B", 1700000000))
print(os.date("!*t", 86400 * 365).year, os.time { year = 2001, month = 14,
	day = -3, hour = 12, isdst = false } % 60)
print(os.difftime(10, 4), os.time() > 1700000000, pcall(os.date, "%Ez", 0))
local c, w = os.clock(), os.time()
while os.clock() - c < 0.05 do end
print(os.clock() - c >= 0.05, os.time() - w <= 60)

-- Modules: found by path, loaded once, with a loader's error that says where.
package.path = here .. "/?.lua;" .. package.path
local m = require("module")
print(m.answer(), require("module") == m, m.count)
local ok, e = pcall(require, "no.such.module")
print(ok, e:match("^module 'no.such.module' not found"))
print(package.loadlib("/no/such.so", "*") == nil, package.config:sub(1, 1))
print(pcall(dofile, here .. "/broken.lua") == false, #arg, arg[1], arg[2])
io.stderr:write("to stderr\n")
io.stdout:setvbuf("full")
print(io.read("l"), io.read("n"), io.read("l"), io.read("a"))
os.exit(7, true)
