#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tools/new-port: what it writes builds a program as it is, in a copy of this
# tree that shares its build folder; what it cannot do it says.
. "$(dirname "$0")/lib.sh"
tree=$tmp/tree
mkdir -p "$tree" "$tmp/source/trivial-1.0" "$tmp/download"
for f in "$top"/*; do
	case ${f##*/} in
	ports|sources.lock|build*) ;;
	*) ln -s "$f" "$tree/" ;;
	esac
done
cp -r "$top/ports" "$tree/"
# Its tools are found from where they are: these must not be links.
rm "$tree/tools"
mkdir "$tree/tools"
ln -s "$top"/tools/* "$tree/tools/"
for f in new-port fetch-source; do
	rm "$tree/tools/$f"
	cp "$top/tools/$f" "$tree/tools/"
done
build=$(cd "$POSIXEN_BUILD" && pwd)
ln -s "$build" "$tree/build"
clean()
{
	rm -rf "$build/trivial" "$build"/trivial.* "$build/src/trivial-1.0" \
		"$build/src/.lock-trivial" "$build/log/port-trivial.log" "$tmp"
}
trap clean EXIT

# A program with a configure and a makefile, which names its compiler.
cat >"$tmp/source/trivial-1.0/configure" <<'END'
#!/bin/sh
echo 'int main(void) { return 0; }' >conftest.c
$CC conftest.c -o conftest && ./conftest || exit 1
echo '#define NAME "trivial"' >config.h
END
chmod +x "$tmp/source/trivial-1.0/configure"
cat >"$tmp/source/trivial-1.0/trivial.c" <<'END'
#include <stdio.h>
#include "config.h"
int main(int argc, char **argv)
{
	return argc != 2 || printf("%s 1.0 %s\n", NAME, argv[1]) < 0;
}
END
printf 'CC = cc\ntrivial: trivial.o\n\t$(CC) -o $@ trivial.o\n' \
	>"$tmp/source/trivial-1.0/Makefile"
tar -C "$tmp/source" -czf "$tmp/download/trivial_1.0.orig.tar.gz" trivial-1.0
hash=$(sha256sum <"$tmp/download/trivial_1.0.orig.tar.gz" | cut -d' ' -f1)

refused()
{
	if "$tree/tools/new-port" $2 >"$tmp/log" 2>&1 ||
			! grep -q "$3" "$tmp/log"; then
		bad "$1" "$tmp/log"
	else
		ok
	fi
}
cp "$top/sources.lock" "$tree/"
refused "no name" "" usage
refused "a path" "../x" usage
refused "a name without source" trivial sources.lock
refused "a port that is there" nginx "there already"
# sources.lock is older than what was built from it, as it was.
echo "trivial 1.0-1 1.0 trivial_1.0.orig.tar.gz $hash" >>"$tree/sources.lock"
touch -r "$top/sources.lock" "$tree/sources.lock"
"$tree/tools/new-port" trivial >"$tmp/log" 2>&1 && ok ||
	bad "new-port trivial" "$tmp/log"
refused "the same again" trivial "there already"

if POSIXEN_DOWNLOADS=$tmp/download MAKEFLAGS='' make -C "$tree" O=build \
		CC="${CC:-gcc}" trivial check-trivial-host >"$tmp/log" 2>&1 &&
		grep -q '^1 passed' "$tmp/log" &&
		[ -s "$build/trivial.xen" ]; then
	ok
else
	bad "make trivial check-trivial-host" "$tmp/log"
fi
summary
