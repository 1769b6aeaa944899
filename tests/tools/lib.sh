# SPDX-License-Identifier: BSD-2-Clause
# lib.sh: counting for the shell tests in this folder. Sourced.
passed=0 failed=0 skipped=0
: "${O:=build}"
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top" || exit 1
case $O in /*) ;; *) O=$top/$O ;; esac
export POSIXEN_BUILD=$O
cc=$top/tools/x86_64-posixen-cc
link=$top/tools/link-app
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

ok()
{
	passed=$((passed + 1))
}

# bad WHAT [FILE]: a failure, with the output that shows it.
bad()
{
	failed=$((failed + 1))
	echo "FAILED: $1"
	[ -z "${2:-}" ] || sed 's/^/    /' "$2" | head -n 20
}

summary()
{
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
}
