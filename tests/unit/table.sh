#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# table.sh BUILD: mistakes in the system call table are found, each by the
# compiler or by check-table. Works on a copy of shim/.
set -eu
build=$1
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

fresh()
{
	rm -rf "$tmp/shim" "$tmp/include"
	cp -r shim include "$tmp"
}

# compile FILE: as the build does, but from the copy.
compile()
{
	gcc -nostdinc -isystem "$(gcc -print-file-name=include)" \
		-I"$tmp/include" -idirafter "$build/gen/uapi" -std=gnu11 \
		-Wall -Wextra -Werror -Wno-unused-parameter -ffreestanding \
		-c "$1" -o "$tmp/out.o" >"$tmp/log" 2>&1
}

# finds WHAT TEXT COMMAND...: the command fails and says TEXT.
finds()
{
	what=$1 text=$2
	shift 2
	if "$@" >"$tmp/said" 2>&1; then
		echo "FAILED: $what is not found"
	elif ! cat "$tmp/said" "$tmp/log" 2>/dev/null | grep -q "$text"; then
		echo "FAILED: $what is found, but not as \"$text\":"
		sed 's/^/    /' "$tmp/said" "$tmp/log" | head -n 5
	else
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
}

edit()
{
	fresh
	sed -i "$1" "$tmp/shim/syscalls.def"
	if cmp -s shim/syscalls.def "$tmp/shim/syscalls.def"; then
		echo "FAILED: the edit $1 changes nothing"
		failed=$((failed + 1))
	fi
}

rows()
{
	awk -v form=tsv -f shim/table.awk "$tmp/shim/syscalls.def" >"$tmp/tsv"
}

fresh
for f in calls table; do
	if compile "$tmp/shim/$f.c"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $f.c as it is does not compile:"
		sed 's/^/    /' "$tmp/log" | head -n 5
	fi
done

edit 's/( *3, close,/(2, close,/'
finds "a wrong number" "close has another number" compile "$tmp/shim/calls.c"
finds "a number twice" "initiali[sz]e" compile "$tmp/shim/table.c"
edit 's/close, VFS, A1(px_fd)/close, VFS, A1(px_nonsense)/'
finds "an unknown type" "px_nonsense" compile "$tmp/shim/calls.c"
edit 's/close, VFS, A1(px_fd)/close, VFS, A2(px_fd)/'
finds "a wrong count of arguments" "requires 2 arg" compile "$tmp/shim/calls.c"
fresh
printf '%s\n' '#include <posixen/syscalls.h>' \
	'long sys_close(long fd) { return fd; }' >"$tmp/wrong.c"
finds "a handler of another type" "conflicting types" compile "$tmp/wrong.c"

# A handler, and one row in each state.
echo 'long sys_close(int fd); long sys_close(int fd) { return fd; }' >"$tmp/h.c"
gcc -c "$tmp/h.c" -o "$tmp/h.o"
table()
{
	printf '%s' "$1" >"$tmp/shim/syscalls.def"
	rows
	tests/posix/check-table "$tmp/tsv" "$tmp/h.o" | grep -E "table: $2 "
}
lie()
{
	! table "$1" "$2"
}
row='(  3, close, VFS, A1(px_fd)'
finds "an absent row with a handler" "absent in the table, but" \
	lie "ABSENT $row, \"no\")" close
finds "a row without a handler" "nothing defines sys_dup" \
	lie 'FULL   ( 32, dup, VFS, A1(px_fd))' dup
finds "a row without a test" "there is no tests/posix/afs_syscall.c" \
	lie 'FULL   (183, afs_syscall, VFS, A0())' afs_syscall
finds "a row without a reason" "does not say why" \
	lie 'PARTIAL(  3, close, VFS, A1(px_fd), "")' close
if table "FULL   $row)" close; then
	failed=$((failed + 1))
	echo "FAILED: a good row is refused"
else
	passed=$((passed + 1))
fi

echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
