#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What is in an image, and what must not be: trap instructions, handlers that
# hello-world cannot reach, the runtime's names.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1

cat >hello.c <<'END'
#include <stdio.h>
int main(void) { puts("Hello, world"); return 0; }
END
cat >syscall.c <<'END'
#define _GNU_SOURCE
#include <unistd.h>
int main(int argc, char **argv) { (void)argv; return syscall(38 + argc) >= 0; }
END
cat >trap.c <<'END'
int main(void) { long r; __asm__ volatile("syscall" : "=a"(r) : "a"(39) : "rcx", "r11"); return r < 0; }
END
for f in hello syscall trap; do
	"$cc" -O2 -c $f.c || exit 1
	"$link" $f.o -o $f.xen && "$link" --host $f.o -o $f.host || exit 1
done

# traps FILE: functions that hold a syscall, sysenter or int $0x80.
traps()
{
	objdump -d --no-show-raw-insn "$1" | awk '
		/^[0-9a-f]+ <.*>:$/ { fn = $2; gsub(/[<>:]/, "", fn) }
		/\t(syscall|sysenter|int +\$0x80)/ { print fn }' | sort -u
}

traps "$O/sysroot/lib/libc.a" >got
[ -s got ] && bad "libc.a traps" got || ok
for f in hello syscall; do
	traps $f.xen | grep -v '^hypercall_page' >got
	[ -s got ] && bad "$f.xen traps outside the hypercall page" got || ok
	traps $f.host | grep -vE '^host_' >got
	[ -s got ] && bad "$f.host traps outside the host's entry" got || ok
done
# The check can fail.
traps trap.xen | grep -q '^main$' && ok || bad "a trap in main() was not seen"

# The linker drops what hello-world cannot reach.
nm hello.xen | awk '{ print $3 }' | grep -E '^(sys|px)_(rename|pipe|flock|socket|connect|link|symlink|mkdir|truncate|futex_|open|poll)|^proc_root$' >got
[ -s got ] && bad "hello.xen holds handlers it cannot reach" got || ok
nm hello.xen | grep -q ' px_writev$' && ok || bad "hello.xen has no writev"
# The whole table is there for syscall(2) with a variable number, and only then.
nm syscall.xen | grep -q ' px_rename$' && ok || bad "syscall.xen lacks rename"
nm syscall.xen | grep -q ' proc_root$' && ok || bad "syscall.xen lacks /proc"

# Nothing of the network, and no more than the limits of the first release.
lim()
{
	strip -o "$1.stripped" "$1" && size=$(stat -c %s "$1.stripped")
	[ "$size" -le "$2" ] && ok || bad "$1 has $size bytes stripped, more than $2"
}
# Names that only the network has: its calls, lwIP, the driver.
network()
{
	nm "$1" | awk '{ print $3 }' |
		grep -E '^(px_(socket|connect|sendmsg)|tcp_input|ip4_input|udp_sendto|stack_flush|netif_add|netdev_[a-z]+|netfront_[a-z]+)$'
}
cat >printf.c <<'END'
#include <stdio.h>
int main(int argc, char **argv) { return printf("%s %d %g\n", argv[0], argc, argc / 3.0) < 0; }
END
cat >net.c <<'END'
#include <sys/socket.h>
int main(void) { return socket(AF_INET, SOCK_STREAM, 0) < 0; }
END
for f in printf net; do
	"$cc" -O2 -c $f.c && "$link" $f.o -o $f.xen || exit 1
done
for f in hello printf; do
	network $f.xen >got
	[ -s got ] && bad "$f.xen holds parts of the network" got || ok
	lim $f.xen 153600
done
network net.xen >got
[ -s got ] && ok || bad "the network in net.xen was not seen"

# Only entry points of the runtime are global.
nm -g --defined-only "$O/lib/posixen-xen.o" | awk '{ print $3 }' |
	grep -vE '^px_|^hypercall_page$' >got
[ -s got ] && bad "the runtime shows other names than its entry points" got || ok
# And it wants nothing but the image's own symbols.
nm -u "$O/lib/posixen-xen.o" | awk '{ print $2 }' |
	grep -vE '^(_start|px_.*|__(image|text|ktext|rodata|data|kdata|kernel|rootfs|ex_table|subsystems)_(start|end))$' >got
[ -s got ] && bad "the runtime wants names from outside" got || ok
summary
