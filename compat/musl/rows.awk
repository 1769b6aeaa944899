# SPDX-License-Identifier: BSD-2-Clause
#
# The rows of shim/syscalls.def, for gen-calls.awk and gen-syscall.awk: names by
# number, the last number, and how many there are.

BEGIN {
	FS = "[(,]"
}

/^(FULL|PARTIAL|STUB|ABSENT) *\(/ {
	nr = $2 + 0
	name = $3
	gsub(/[ \t]/, "", name)
	names[nr] = name
	if (nr > last)
		last = nr
	count++
}
