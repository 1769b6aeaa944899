-- SPDX-License-Identifier: BSD-2-Clause
-- Strings, patterns, formats, packing, UTF-8.

print(("%5.2f|%-8s|%08x|%q|%a|%g"):format(math.pi, "abc", 48879, "a\n\0b",
	0.1, 1e300))
print(("%q"):format(1 / 3), ("%i %c %o %e"):format(42, 65, 8, 12345.678))
print(#string.rep("ab", 1000, ","), ("x"):byte(), string.char(80, 79))
for k, v in ("a=1, b = 22,c=333"):gmatch("(%w+)%s*=%s*(%w+)") do
	print(k, v)
end
print(("hello world"):gsub("o", { o = "0" }), ("abc"):gsub("%w", "%0%0"))
print(("THE (quick) fox"):find("%((%a+)%)"), ("  trim  "):match("^%s*(.-)%s*$"))
print(("f(a(b)c)d"):match("%b()"), ("THE fox"):find("%f[%a]%a+%f[%A]", 2))
print(pcall(string.rep, "x", 1 << 40, "y"))
print(pcall(string.format, "%d", 1.5))

local packed = string.pack("<i4 >I2 z s1 d !8 j", -2, 65534, "zero", "one",
	2.5, math.mininteger)
print(#packed, (packed:gsub(".", function(c)
	return ("%02x"):format(c:byte())
end)))
print(string.unpack("<i4 >I2 z s1 d !8 j", packed))

local text = "aß€😀"
print(#text, utf8.len(text), utf8.codepoint(text, 1, -1))
for p, c in utf8.codes(text) do
	io.write(p, ":", c, " ")
end
print(utf8.char(72, 228, 8364, 128512), utf8.offset(text, 4))
print(utf8.len("\xff"), pcall(utf8.codepoint, "\xff"))

-- A long run of a pattern, and one too complex to match.
print(#(("a"):rep(100000):gsub("a", "bb")))
print(pcall(string.match, ("x"):rep(300000), (".-"):rep(300000)))
print(os.setlocale(), os.setlocale("C"), ("ABC"):lower(), "a" < "b")
print(tostring(1e15), tostring(2 ^ 63), 10 // 3, -7 // 2, -7 % 3, 7.5 // 2)
print(0x7fffffffffffffff + 1 == math.mininteger, "0x10" + 0, "1e1" * 1)
print(pcall(function() return 1 // 0 end), 1 / 0, -1 / 0, 0 / 0 ~= 0 / 0)
print(math.tointeger(3.0), 3 | 8, ~0, 1 << 62, math.ult(1, -1), 2 ^ 0.5)
print(math.fmod(-7, 3), math.type(1), math.type(1.0), math.floor(-0.5),
	math.sin(1), math.exp(1), math.log(8, 2), math.log(100, 10))
math.randomseed(42, 7)
print(math.random(1, 1000), math.random(1, 1000), math.random(0))
