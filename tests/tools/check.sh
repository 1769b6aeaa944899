#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/check: what it counts, what it runs twice and what it says of that.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/makefile" <<'EOF'
good:
	@echo "3 passed, 0 failed, 1 skipped"
silent:
	@:
bad:
	@echo "case 5: got 1, expected 2"; echo "3 passed, 1 failed"; exit 1
many:
	@echo "9 passed, 4 failed"; echo >>$(dir)/many; exit 1
dies:
	@echo "2 passed, 0 failed"; exit 1
seldom:
	@[ -e $(dir)/ran ] && echo "4 passed, 0 failed" || \
		{ touch $(dir)/ran; echo "FAILED: now and then"; exit 1; }
EOF

# run STATUS LAST-LINE TARGET...
run()
{
	status=$1 last=$2
	shift 2
	O=$tmp/build MAKE="make -f $tmp/makefile dir=$tmp" tools/check "$@" \
		>"$tmp/out" 2>&1
	got=$?
	if [ $got = "$status" ] && [ "$(tail -n 1 "$tmp/out")" = "$last" ]; then
		ok
	else
		bad "$*: status $got, expected $status and $last" "$tmp/out"
	fi
}

# says PATTERN, of the last run.
says()
{
	if grep -q "$1" "$tmp/out"; then ok; else bad "no $1" "$tmp/out"; fi
}

run 0 "4 passed, 0 failed, 1 skipped" good silent
run 1 "6 passed, 1 failed, 1 skipped" bad good
says '^bad FAILED'
says '^    case 5: got 1'
run 1 "2 passed, 1 failed, 0 skipped" dies
run 1 "9 passed, 4 failed, 0 skipped" many
if [ "$(wc -l <"$tmp/many")" = 1 ]; then
	ok
else
	bad "a target of which much fails is run twice"
fi
run 0 "4 passed, 0 failed, 0 skipped" seldom
says '^seldom is UNSTEADY'
says '^    FAILED: now and then'
rm "$tmp/ran"
POSIXEN_CHECK_ONCE=1
export POSIXEN_CHECK_ONCE
run 1 "0 passed, 1 failed, 0 skipped" seldom
summary
