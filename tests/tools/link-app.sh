#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each mistake that a user of link-app can make gets one clear sentence and a
# non-zero status, and leaves no output behind.
. "$(dirname "$0")/lib.sh"
cd "$tmp" || exit 1

# refuses WHAT PATTERN ARGS...: link-app fails, says PATTERN, writes nothing.
refuses()
{
	what=$1 pattern=$2
	shift 2
	rm -f out.xen
	if "$link" "$@" -o out.xen >log 2>&1; then
		bad "$what: link-app took it" log
	elif ! grep -q -- "$pattern" log; then
		bad "$what: the message does not say '$pattern'" log
	elif grep -q Traceback log; then
		bad "$what: a Python traceback" log
	elif [ -e out.xen ] || [ -e out.xen.tmp ]; then
		bad "$what: left an output behind"
	else
		ok
	fi
}

echo 'int main(void) { return 0; }' >main.c
echo 'int main(void) { return 1; }' >main2.c
echo 'int helper(void) { return 2; }' >helper.c
echo 'int nowhere(void), neither(void); int main(void) { return nowhere() + neither(); }' >undef.c
echo 'int helper(void) { return 3; }' >helper2.c
echo 'int helper(void); int main(void) { return helper(); }' >user.c
for f in main main2 helper helper2 undef user; do
	"$cc" -c $f.c -o $f.o || exit 1
done
ar rc libundef.a undef.o
ar rc libempty.a
ar rc libmain.a main.o
gcc -shared -fPIC helper.c -o libhelper.so
gcc main.c -o program
gcc -m32 -c helper.c -o helper32.o 2>/dev/null ||
	printf '\177ELF\001\001\001\000%048d' 0 >helper32.o
# An AArch64 object: the machine field of a header is enough.
cp helper.o arm.o && printf '\267\000' | dd of=arm.o bs=1 seek=18 conv=notrunc 2>/dev/null
head -c 100 helper.o >short.o
echo 'not an object' >text.o
: >empty.o

refuses "no main" "no main()" helper.o
refuses "two mains" "2 main() functions: in main.o and main2.o" main.o main2.o
refuses "undefined symbols" "nowhere, wanted by libundef.a(undef.o)" libundef.a
refuses "undefined symbols are counted" "2 undefined symbols" undef.o
refuses "defined twice" "defined twice: helper" user.o helper.o helper2.o
refuses "a text file" "not an ELF object and not an archive" text.o
refuses "an empty file" "it is empty" empty.o
refuses "an empty archive" "nothing in it" main.o libempty.a
refuses "another architecture" "built for AArch64" main.o arm.o
refuses "32 bits" "32-bit" main.o helper32.o
refuses "a dynamic library" "dynamic library" main.o libhelper.so
refuses "a program" "static archive\|not an object" program
refuses "only a dynamic library for -l" "only the dynamic library" main.o -L. -lhelper
refuses "no such library" "no libmissing.a" main.o -L. -lmissing
refuses "no such file" "missing.o: no such file" main.o missing.o
refuses "a truncated object" "short.o" main.o short.o
refuses "no such rootfs" "not a directory" main.o --rootfs nowhere
refuses "a runtime that is not built" "run .make. first" main.o --build nowhere

# What is right works, with no other argument than the archive.
if "$link" libmain.a -o app.xen 2>log && [ -s app.xen ]; then ok; else bad "libmain.a alone" log; fi
# An archive's main() is taken where no object has one, as ld does.
if "$link" --host main2.o libmain.a -o app.host 2>log && ! ./app.host; then
	ok
else
	bad "an object's main() beside an archive's" log
fi
for malloc in musl mimalloc; do
	if "$link" --host --malloc $malloc libmain.a -o app.host 2>log && ./app.host; then
		ok
	else
		bad "--malloc $malloc" log
	fi
done
# An allocator of the program's own: malloc() is recognised wherever it is, and
# none of ours is linked; one that is not whole is refused.
cat >heap.c <<'END'
#include <stddef.h>
#include <string.h>
#ifdef REST
void *malloc(size_t);
#else
static char heap[1 << 16] __attribute__((aligned(16)));
static size_t used;
int own_blocks;
void *malloc(size_t n)
{
	char *p = heap + used;
	used += 16 + (n + 15 & -16ul);
	own_blocks++;
	*(size_t *)p = n;
	return used < sizeof(heap) ? p + 16 : 0;
}
void free(void *p) { (void)p; own_blocks--; }
#endif
#ifndef PARTIAL
void *calloc(size_t n, size_t m) { return malloc(n * m); }
void *realloc(void *old, size_t n)
{
	void *p = malloc(n);
	return old ? memcpy(p, old, n) : p;
}
#endif
END
cat >allocates.c <<'END'
#include <stdlib.h>
extern int own_blocks;
int main(void)
{
	char *p = malloc(10), *q = calloc(2, 3);
#ifdef ALIGNED
	return aligned_alloc(64, 64) == 0;
#endif
	return !p || !q || q[5] || own_blocks != 2;
}
END
"$cc" -c heap.c && ar rc libheap.a heap.o && "$cc" -c allocates.c &&
	"$cc" -DPARTIAL -c heap.c -o partial.o &&
	"$cc" -DALIGNED -c allocates.c -o aligned.o || exit 1
if "$link" --host allocates.o libheap.a -o own.host 2>log && ./own.host &&
		! nm own.host | grep -q ' mi_malloc'; then
	ok
else
	bad "an archive that defines malloc()" log
fi
if "$link" --host libmain.a libheap.a -o own.host 2>log && ./own.host; then
	ok
else
	bad "an archive that defines malloc(), which nobody wants" log
fi
# --malloc FILE: for all of the image, and whether the program asks or not.
"$cc" -DPARTIAL -c heap.c -o malloc.o && "$cc" -DREST -c heap.c -o rest.o &&
	ar rc libparts.a malloc.o rest.o || exit 1
if "$link" --host --malloc libparts.a allocates.o -o own.host 2>log &&
		./own.host && ! nm own.host | grep -q ' mi_malloc'; then
	ok
else
	bad "--malloc FILE.a" log
fi
cat >opens.c <<'END'
#include <stdio.h>
extern int own_blocks;
int main(void) { return !fopen("/dev/null", "r") || !own_blocks; }
END
"$cc" -c opens.c || exit 1
if "$link" --host --malloc ./libparts.a opens.o -o own.host 2>log &&
		./own.host; then
	ok
else
	bad "--malloc FILE.a where only the C library allocates" log
fi
refuses "--malloc with a file that is none" "it does not define malloc()" --malloc ./helper.o allocates.o
refuses "--malloc with a name that is none" "hoard is none of mimalloc, jemalloc, musl, and no archive" --malloc hoard allocates.o
refuses "--malloc and an allocator of the program's" "libheap.a(heap.o) defines malloc() itself" --malloc libparts.a allocates.o libheap.a
refuses "two allocators" "libheap.a(heap.o) defines malloc() itself" --malloc musl allocates.o libheap.a
refuses "an allocator without calloc()" "partial.o defines malloc() but not calloc(), which allocates.o wants" allocates.o partial.o
refuses "an allocator without aligned_alloc()" "not aligned_alloc(), which aligned.o wants" aligned.o libheap.a
echo 'int puts(const char *); int main(int c, char **v) { while (*v) puts(*v++); }' >args.c
"$cc" -c args.c && "$link" --host --args "a 'b c'" args.o -o prog.host 2>log
./prog.host >got
printf './prog.host\na\nb c\n' | cmp -s - got && ok || bad "--args" got
mkdir -p root/etc && echo content >root/etc/file
cat >cat.c <<'END'
#include <stdio.h>
int main(void) { char b[64]; FILE *f = fopen("/etc/file", "r"); if (!f) return 3; fputs(fgets(b, 64, f), stdout); }
END
"$cc" -c cat.c && "$link" --host --rootfs root cat.o -o cat.host 2>log && ./cat.host >got
echo content | cmp -s - got && ok || bad "--rootfs" got
# The files are root's, and laid down, whoever the program runs as.
cat >who.c <<'END'
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) { struct stat s; if (stat("/etc/file", &s)) return 3; printf("%d %d %d %d\n", (int)s.st_uid, getuid(), getegid(), access("/etc", W_OK)); }
END
"$cc" -c who.c && "$link" --host --rootfs root who.o -o who.host 2>log && POSIXEN="uid=65534 gid=65533" ./who.host >got 2>&1
echo 0 65534 65533 -1 | cmp -s - got && ok || bad "uid= and gid=" got
# A program may use names that the runtime uses too.
cat >names.c <<'END'
#include <stdio.h>
int panic(void) { return 1; } int list_add(void) { return 2; } int kmalloc(void) { return 3; }
int vm_fault, current, tcp_write;
int main(void) { printf("%d\n", panic() + list_add() + kmalloc()); }
END
"$cc" -c names.c && "$link" --host names.o -o names.host 2>log && ./names.host >got
echo 6 | cmp -s - got && ok || bad "the runtime's names are its own" log
"$link" --host libmain.a -o app.host --report-file calls && grep -q '^exit_group *full' calls && ok || bad "--report-file" calls

# Objects that enter the system by themselves are named, one line for each
# instruction, if they were linked: not what lies unused in the archive or was
# dropped as unreachable, not a table or a constant that has the same bytes.
cat >raw.c <<'END'
long do_call(void) { long r; __asm__ volatile("syscall" : "=a"(r) : "a"(39) : "rcx", "r11", "memory"); return r; }
long do_wide(void) { long r; __asm__ volatile("rex.W syscall" : "=a"(r) : "a"(39) : "rcx", "r11", "memory"); return r; }
void do_int(void) { __asm__ volatile("int $0x80" : : "a"(20) : "memory"); }
void do_enter(void) { __asm__ volatile("sysenter"); }
void do_gs(unsigned long v) { __asm__ volatile("wrgsbase %0" : : "r"(v)); }
void do_gs8(unsigned long v) { __asm__ volatile("mov %0, %%r8; wrgsbase %%r8" : : "r"(v) : "r8"); }
END
sed 's/do_/unused_/' raw.c >unused.c
cat >innocent.c <<'END'
int constant(void) { int r; __asm__ volatile("mov $0x340f050f, %0; add $0x80cd, %0" : "=r"(r)); return r; }
void faults(void) { __asm__ volatile("hlt; cli; inb $1, %%al" : : : "rax"); }
void do_fs(unsigned long v) { __asm__ volatile("wrfsbase %0" : : "r"(v)); }
__asm__(".text\n.globl table\n.type table, @object\n.size table, 6\n"
	"table: .byte 0x0f, 0x05, 0x0f, 0x34, 0xcd, 0x80\n");
END
cat >calls.c <<'END'
long do_call(void), do_wide(void);
void do_int(void), do_enter(void), do_gs(long), do_gs8(long), do_fs(long), faults(void);
int constant(void);
extern char table[];
int main(int c, char **v)
{
	(void)v;
	if (c > 5) {
		do_wide(); do_int(); do_enter(); do_gs(c); do_gs8(c); do_fs(c); faults();
		return table[0] + constant();
	}
	return do_call() <= 0;
}
END
echo 'long do_call(void); int dropped(void) { return do_call(); } int main(void) { return 0; }' >dropped.c
for f in raw unused innocent calls dropped; do "$cc" -O2 -c $f.c || exit 1; done
ar rc libraw.a raw.o unused.o innocent.o
ar rcT libthin.a raw.o unused.o innocent.o

# names OUT LIBRARY OBJECT CALL INT ENTER ARGS...: what happens to a syscall, int $0x80
# and sysenter is printed, and no more.
names()
{
	out=$1 lib=$2 obj=$3
	cat >want <<END
link-app: $obj: do_call, do_wide: executes the instruction syscall itself; $4
link-app: $obj: do_enter: executes the instruction sysenter itself; $6
link-app: $obj: do_gs, do_gs8: executes the instruction wrgsbase itself; all threads have one gs base here
link-app: $obj: do_int: executes the instruction int \$0x80 itself; $5
END
	shift 6
	"$link" calls.o "$lib" -o "$out" "$@" 2>log || bad "$out: not linked" log
	LC_ALL=C sort log | diff want - >got && ok || bad "$out: the objects that need care" got
}
lost="that call does not reach the runtime and ends in"
past="that call goes past the runtime to the Linux beneath"
names calls.xen libraw.a 'libraw.a(raw.o)' "$lost SIGSYS" "$lost SIGSEGV" "$lost SIGILL or SIGSEGV"
names calls.xen libthin.a raw.o "$lost SIGSYS" "$lost SIGSEGV" "$lost SIGILL or SIGSEGV" --strip
names calls.host libraw.a 'libraw.a(raw.o)' "$past" "$past" "it ends in SIGILL or SIGSEGV, as on Linux" --host --map map
./calls.host && ok || bad "a syscall instruction did not reach Linux" log
# What a debugger reads is no code, however much of it there is.
much='__asm__(".section .debug_much,\"\",@progbits; .zero 0x401000; .text");'
echo "$much int other(void); int main(void) { return other(); }" >debug1.c
echo "$much int other(void) { return 0; }" >debug2.c
"$cc" -O2 -c debug1.c && "$cc" -O2 -c debug2.c && "$link" debug1.o debug2.o -o debug.host --host 2>log &&
	[ ! -s log ] && ok || bad "the runtime's instructions are said to be the program's" log
"$link" dropped.o libraw.a -o dropped.xen 2>log && [ ! -s log ] && ok || bad "code that was dropped is named" log

# nohup and a shell's "&" start a program with signals ignored; it may still
# catch them, and one that does not is not ended by them: execve(2).
cat >quit.c <<'END'
#include <signal.h>
#include <unistd.h>
static void on_quit(int sig) { _exit(7); }
int main(int c, char **v)
{
	if (c > 1)
		signal(SIGQUIT, on_quit);
	write(1, "\n", 1);
	sleep(c > 1 ? 20 : 1);
	return 0;
}
END
quit() # quit WANT [ARG]: its status is WANT after SIGQUIT
{
	want=$1
	shift
	mkfifo began
	(trap '' QUIT; exec ./quit.host "$@" >began) &
	read -r _ <began
	rm began
	kill -QUIT $!
	wait $!
	[ $? = "$want" ] && ok || bad "SIGQUIT ignored at the start ($*)" log
}
"$cc" -O2 -c quit.c && "$link" quit.o -o quit.host --host 2>log || bad "quit.host: not linked" log
quit 7 catch
quit 0
summary
