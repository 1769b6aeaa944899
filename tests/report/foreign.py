#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Programs that are not ported: what their ELF file and strace's output say."""

import json
import os
import shutil

from counted import BUILD, TOOL, TOP, check, folder, made, run, same, skip, summary
from report import foreign, strace, table

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
    for path in ("/nowhere", __file__):
        res = run(TOOL, "--elf", path)
        check("one sentence for " + path, res.returncode == 1 and
              res.stderr.count("\n") == 1 and
              res.stderr.startswith("syscall-report: "), res.stderr)


LINES = {
    "plain": ('read(3, "x) = 1", 10) = 7\n', "read", 1, {}),
    "an error": ('open("a", O_RDONLY) = -1 ENOENT (No such file or '
                 'directory)\n', "open", 1, {"ENOENT": 1}),
    "a hex result": ("mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = "
                     "0x7f0000000000\n", "mmap", 1, {}),
    "flags behind the result": ("fcntl(3, F_GETFL) = 0x8002 (flags O_RDWR)\n",
                                "fcntl", 1, {}),
    "-f": ("[pid  1234] close(3) = -1 EBADF (Bad file descriptor)\n", "close",
           1, {"EBADF": 1}),
    "-f -o": ("1234  close(3)                         = 0\n", "close", 1, {}),
    "-tt": ("12:00:01.123456 close(3) = 0\n", "close", 1, {}),
    "-ttt -f -o": ("99 1700000000.123456 close(3) = 0\n", "close", 1, {}),
    "-r": ("     0.000123 close(3) = 0\n", "close", 1, {}),
    "-i": ("[00007f1234567890] close(3) = 0\n", "close", 1, {}),
    "begun again": ("nanosleep({tv_sec=1}, NULL) = ? ERESTART_RESTARTBLOCK "
                    "(Interrupted by signal)\n", "nanosleep", 1,
                    {"ERESTART_RESTARTBLOCK": 1}),
    "does not return": ("exit_group(0) = ?\n", "exit_group", 1, {}),
    "without a name": ("syscall_0x1c9(0, 0) = -1 ENOSYS (Function not "
                       "implemented)\n", "syscall_0x1c9", 1, {"ENOSYS": 1}),
    "interrupted by another": (
        "7 read(3,  <unfinished ...>\n8 close(4) = 0\n"
        '7 <... read resumed>"", 10) = -1 EIO (Input/output error)\n',
        "read", 1, {"EIO": 1}),
    "poll's answer": ('poll([{fd=3}], 1, 5) = 0 (Timeout)\n', "poll", 1, {}),
}

TABLE = """\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ------------------
 60.00    0.000300          10        30         2 openat
 40.00    0.000200          20        10           read
  0.00    0.000000           0         1           execve
  0.00    0.000000           0 123456789         1 futex
------ ----------- ----------- --------- --------- ------------------
100.00    0.000500                    41         2 total
"""


def text(tmp):
    for what, (lines, name, calls, errors) in LINES.items():
        runs, _ = strace.parse(lines)
        got = runs.get(name, {"calls": 0, "errors": {}})
        same("strace: " + what, (got["calls"], got["errors"]), (calls, errors))
    runs, status = strace.parse(
        'execve("/bin/x", ["x"], 0x7ffd /* 9 vars */) = 0\n'
        "read(0, \"\", 1) = 0 <0.000123>\nread(0, \"\", 1) = 0 <1.000000>\n"
        "--- SIGCHLD {si_signo=SIGCHLD} ---\nwrote something = 3\n"
        "+++ exited with 5 +++\n")
    same("strace: not its own execve", sorted(runs), ["read"])
    same("strace: -T", runs["read"]["ns"], 1000123000)
    same("strace: the status", status, 5)
    same("strace: the first process's status", strace.parse(
        "12 close(1) = 0\n13 +++ exited with 9 +++\n"
        "12 +++ exited with 1 +++\n")[1], 1)
    runs, _ = strace.parse(TABLE)
    same("strace -c", {n: (r["calls"], sum(r["errors"].values()), r["ns"])
                       for n, r in runs.items()},
         {"openat": (30, 2, 300000), "read": (10, 0, 200000),
          "futex": (123456789, 1, 0)})
    path = os.path.join(tmp, "trace")
    with open(path, "w") as f:
        f.write("userfaultfd(0) = 3\nread(0, \"\", 1) = 0\n")
    res = made(TOOL, "--strace", path)
    check("what a traced program needs", res.stdout.startswith(
        "trace made 2 different system calls: 1 full, 0 partial, 0 stub, "
        "1 absent"), res.stdout)
    res = run(TOOL, "--strace", os.path.join(TOP, "LICENSE"))
    check("no trace", res.returncode == 1 and res.stderr.count("\n") == 1,
          res.stderr)


def real(tmp):
    """strace itself, where it is installed and may trace."""
    if not shutil.which("strace"):
        skip("strace is not installed")
        return
    full, short = os.path.join(tmp, "full"), os.path.join(tmp, "short")
    if run("strace", "-f", "-T", "-o", full, "ls", "/nowhere").returncode != 2:
        skip("strace may not trace here")
        return
    res = run("strace", "-f", "-c", "-o", short, "ls", "/nowhere")
    if not check("strace -c counts", os.path.exists(short), res.stderr):
        return
    got = []
    for path in (full, short):
        with open(path) as f:
            runs, _ = strace.parse(f.read())
        # -c does not count what does not return.
        runs.pop("exit_group", None)
        got.append({n: (r["calls"], sum(r["errors"].values()))
                    for n, r in runs.items()})
    same("strace's lines and its table", *got)


def main():
    with folder() as tmp:
        elf(tmp)
        text(tmp)
        real(tmp)
    summary()


if __name__ == "__main__":
    main()
