#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Programs that are not ported: what their ELF file says."""

import json
import os
import shutil

from counted import BUILD, TOOL, check, folder, made, run, same, skip, summary
from report import foreign, glibc, strace, table

NATIVE = r"""
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

__attribute__((noinline)) long raw(void)
{
	long r;

	__asm__ volatile("syscall" : "=a"(r) : "a"(SYS_sched_yield)
			 : "rcx", "r11", "memory");
	return r;
}

__attribute__((noinline)) long raw_any(long n)
{
	long r;

	__asm__ volatile("syscall" : "=a"(r) : "a"(n) : "rcx", "r11", "memory");
	return r;
}

__attribute__((noinline)) long by_number(void)
{
	return syscall(SYS_gettid);
}

__attribute__((noinline)) long by_any(long n)
{
	return syscall(n, 0);
}

int main(int argc, char **argv)
{
	/* Bytes that are no instruction. */
	static volatile const unsigned char data[] = {0x0f, 0x05};
	volatile unsigned int constant = 0x050fb800u + argc;

	printf("%d %s\n", socket(AF_UNIX, SOCK_STREAM, data[0] + constant),
	       realpath("/", NULL));
	return raw() + raw_any(argc) + by_number() + by_any(argc);
}
"""

NOTHING = r"""
__asm__(".globl _start\n_start: mov $60, %eax\nxor %edi, %edi\nsyscall\nhlt\n");
"""


def who(report, name):
    rows = [c for c in report["calls"] if c["name"] == name]
    return [(b["function"], b["through"]) for b in rows[0]["by"]] \
        if rows else None


def elf(tmp):
    source, program = os.path.join(tmp, "native.c"), os.path.join(tmp, "native")
    with open(source, "w") as f:
        f.write(NATIVE)
    made("gcc", "-O2", "-o", program, source)
    report = foreign.report_of(program, table.load(), BUILD)
    same("a syscall instruction", ("raw", "") in who(report, "sched_yield"),
         True)
    same("syscall(3) with a constant", who(report, "gettid")[0],
         ("by_number", "syscall"))
    same("with any number", report["variable_number"],
         ["by_any (native)", "raw_any (native)"])
    check("an imported function", ("native", "socket") in who(report, "socket"),
          who(report, "socket"))
    check("through libc's own", ("native", "realpath") in
          who(report, "readlink"), who(report, "readlink"))
    same("what is not imported", who(report, "listen"), None)
    same("nothing unknown", report["unknown"], [])
    # Position-dependent, and without a symbol table.
    for flags in (["-no-pie"], ["-s"], ["-fcf-protection=none", "-Wl,-z,now"]):
        made("gcc", "-O2", "-o", program, source, *flags)
        again = foreign.report_of(program, table.load(), BUILD)
        same("linked with %s" % flags, {c["name"] for c in again["calls"]},
             {c["name"] for c in report["calls"]})
    with open(source, "w") as f:
        f.write(NOTHING)
    made("gcc", "-nostdlib", "-static", "-o", program, source)
    report = foreign.report_of(program, table.load(), BUILD)
    same("a static program", [(c["name"], c["reach"])
                              for c in report["calls"]], [("exit", "direct")])
    out = os.path.join(tmp, "sh.json")
    res = made(TOOL, "--elf", "/bin/sh", "--json", out)
    with open(out) as f:
        names = {c["name"] for c in json.load(f)["calls"]}
    check("a shell", {"fork", "execve", "pipe", "wait4", "dup2"} <= names and
          " can reach " in res.stdout, names)


def damaged(tmp):
    """Files that are no program of x86-64, and what is said of them."""
    with open("/bin/sh", "rb") as f:
        good = f.read()

    def patched(*changes):
        data = bytearray(good)
        for at, content in changes:
            data[at:at + len(content)] = content
        return bytes(data)
    obj = os.path.join(tmp, "object.o")
    made("gcc", "-c", "-x", "c", "/dev/null", "-o", obj)
    with open(obj, "rb") as f:
        unlinked = f.read()
    for what, data, sentence in (
            ("empty", b"", "is empty"),
            ("text", b"hello\n", "is no ELF file"),
            ("a script", b"#!/usr/bin/env python3\n",
             "is a script; give the program that runs it (/usr/bin/env "
             "python3)"),
            ("an archive", b"!<arch>\n", "is an archive"),
            ("an object", unlinked, "is an object file"),
            ("four bytes", good[:4], "is cut short or damaged"),
            ("thirty bytes", good[:30], "is cut short or damaged"),
            ("half of it", good[:len(good) // 2], "is cut short or damaged"),
            ("sections nowhere", patched((40, b"\xff" * 7)),
             "is cut short or damaged"),
            ("no sections", patched((40, bytes(8)), (58, bytes(6))),
             "has no section headers"),
            ("i386", patched((4, b"\x01"), (18, b"\x03")), "is for i386"),
            ("ARM", patched((18, b"\xb7")), "is for 64-bit ARM")):
        path = os.path.join(tmp, "damaged")
        with open(path, "wb") as f:
            f.write(data)
        res = run(TOOL, "--elf", path)
        check("one sentence for " + what, res.returncode == 1 and
              not res.stdout and res.stderr.count("\n") == 1 and
              res.stderr.startswith("syscall-report: %s %s"
                                    % (path, sentence)), res.stderr)
    for path, sentence in (("/nowhere", "no such file"),
                           (tmp, "is a directory")):
        for option in ("--elf", "--strace"):
            res = run(TOOL, option, path)
            check("%s %s" % (option, sentence), res.returncode == 1 and
                  res.stderr.count("\n") == 1 and sentence in res.stderr,
                  res.stderr)


def traced(tmp):
    """What strace shows of a run of a program of glibc's is in its list: by its
    own name, or by what this libc makes for the same."""
    trace = os.path.join(tmp, "trace")
    for path, args in (
            ("/bin/ls", ["-a", "/"]), ("/bin/sh", ["-c", "echo $(id) | wc"]),
            ("/usr/bin/python3", ["-ISc", "import threading, socket\n"
             "t = threading.Thread(target=socket.socket)\n"
             "t.start(); t.join(); open('/dev/null', 'w').close()"])):
        if not os.path.exists(path):
            continue
        # Not -f: programs that it starts have lists of their own.
        res = run("strace", "-o", trace, path, *args) \
            if shutil.which("strace") else None
        if res is None or res.returncode or not os.path.exists(trace):
            skip("strace is not installed, or may not trace here")
            return
        need = foreign.report_of(path, table.load(), BUILD)
        names = {c["name"] for c in need["calls"]}
        names |= set(glibc.others(names))
        with open(trace) as f:
            seen = set(strace.parse(f.read())[0])
        check("what %s calls is in its list" % path, len(seen) > 10 and
              seen <= names, sorted(seen - names))


def main():
    with folder() as tmp:
        elf(tmp)
        damaged(tmp)
        traced(tmp)
    summary()


if __name__ == "__main__":
    main()
