#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Upstream tarballs: one that is there needs no network, one with a wrong hash
# stops the build and shows both hashes, an unknown name is refused.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/tools"
cp "$top/tools/fetch-source" "$tmp/tools/"
cp "$top/sources.lock" "$tmp/"
had=${POSIXEN_DOWNLOADS:-$POSIXEN_BUILD/download}
export POSIXEN_DOWNLOADS="$tmp/download" O="$tmp/build"
mkdir "$POSIXEN_DOWNLOADS"
cp "$had"/mimalloc_* "$POSIXEN_DOWNLOADS/" || exit 1

# A network namespace of its own has nothing in it, not even loopback.
offline()
{
	unshare -n "$tmp/tools/fetch-source" "$@"
}

if dir=$(offline mimalloc 2>"$tmp/log") && [ -f "$dir/LICENSE" ]; then
	ok
else
	bad "a tarball that is there wants the network" "$tmp/log"
fi

real=$(awk '$1 == "mimalloc" { print $5 }' "$tmp/sources.lock")
wrong=$(echo "$real" | tr 0-9a-f a-f0-9)
sed -i "s/$real/$wrong/" "$tmp/sources.lock"
rm -rf "$tmp/build"
if offline mimalloc >"$tmp/log" 2>&1; then
	bad "a wrong hash was taken" "$tmp/log"
elif grep -q "$real" "$tmp/log" && grep -q "$wrong" "$tmp/log"; then
	ok
else
	bad "a wrong hash: the message does not show both" "$tmp/log"
fi
[ -e "$tmp/build/src/mimalloc-2.0.9" ] && bad "a wrong hash: something was unpacked" || ok
if offline nothing >"$tmp/log" 2>&1 || ! grep -q sources.lock "$tmp/log"; then
	bad "a name that is not in the lock" "$tmp/log"
else
	ok
fi

# A line that names a suite: it is asked for in place of the machine's own.
codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
mkdir -p "$tmp/etc/sources.list.d"
echo "deb http://mirror.invalid/debian $codename main" >"$tmp/etc/sources.list"
printf 'Types: deb\nURIs: http://mirror.invalid/debian\nSuites: %s\n%s\n' \
	"$codename $codename-updates" 'Components: main' \
	>"$tmp/etc/sources.list.d/a.sources"
echo 'other 1-1 1 other_1.orig.tar.gz 0000 someday' >>"$tmp/sources.lock"
POSIXEN_APT_ETC=$tmp/etc POSIXEN_FETCH_PAUSES="0 0" offline other \
		>"$tmp/log" 2>&1 &&
	bad "what no network gives was taken" "$tmp/log"
if [ "$(grep -c 'once more in 0 s' "$tmp/log")" = 2 ]; then
	ok
else
	bad "a download that fails is not tried three times" "$tmp/log"
fi
lists=$tmp/build/apt/list.d
if grep -q '^deb-src .* someday main' "$lists/machine.list" &&
		grep -q '^Suites: someday someday-updates' \
			"$lists/machine-1.sources"; then
	ok
else
	bad "another suite is not asked for" "$tmp/log"
fi
summary
