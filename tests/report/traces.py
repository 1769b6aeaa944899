#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Programs that are not ported: what strace's output says of a run."""

import os
import shutil

from counted import TOOL, TOP, check, folder, made, run, same, skip, summary
from report import strace

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
    "-r -ttt": ("1700000000.123456 (+     0.000182) close(3) = 0\n", "close",
                1, {}),
    "-n": ("1886  [  59] [00007f1c7b2d2ad7] close(3) = 0\n", "close", 1, {}),
    "-Y": ("1933<sh> close(3) = 0\n", "close", 1, {}),
    "-f -Y": ("[pid  1933<a b>] close(3) = 0\n", "close", 1, {}),
    "-k": ("close(3) = 0\n > /usr/lib/libc.so.6(close+0x7) [0x20ca3]\n",
           "close", 1, {}),
    "-y": ("close(3</etc/passwd>) = 0\n", "close", 1, {}),
    "an error that strace put in": (
        "read(3, 0x7ffc, 832) = -1 EIO (Input/output error) (INJECTED)\n",
        "read", 1, {"EIO": 1}),
    "the program's own words": ("main() failed\nclose(3) = 0\nmain() "
                                "again\n", "main", 0, {}),
    "half a line": ("close(3) = 0\nread(3, \"ab", "read", 0, {}),
    "a thread": ("clone3({flags=CLONE_VM|CLONE_FS|CLONE_THREAD, stack_size="
                 "0x7f}, 88) = 7\n", "clone3", 1, {}),
    "a process": ("clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, "
                  "child_tidptr=0x7f) = 7\n", "fork", 1, {}),
    "a process, unfinished": (
        "5 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>\n"
        "6 close(3) = 0\n5 <... clone resumed>) = -1 EAGAIN (Resource "
        "temporarily unavailable)\n", "fork", 1, {"EAGAIN": 1}),
    "posix_spawn()": ("clone3({flags=CLONE_VM|CLONE_VFORK, exit_signal="
                      "SIGCHLD}, 88) = 7\n", "vfork", 1, {}),
    "-X raw": ("clone(child_stack=NULL, flags=0x1200011) = 7\n", "fork", 1,
               {}),
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


COLUMNS = """\
syscall              calls    errors     seconds
---------------- --------- --------- -----------
read                     7              0.000000
open                     1         1    0.000000
---------------- --------- --------- -----------
total                    8         1    0.000000
"""


def text(tmp):
    for what, (lines, name, calls, errors) in LINES.items():
        runs, _ = strace.parse(lines)
        got = runs.get(name, {"calls": 0, "errors": {}})
        same("strace: " + what, (got["calls"], got["errors"]), (calls, errors))
    same("strace: a signal's end", strace.parse(
        "12 close(1) = 0\n12 +++ killed by SIGSEGV (core dumped) +++\n")[1],
        139)
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
    runs, _ = strace.parse(COLUMNS)
    same("strace -c -U", {n: r["calls"] for n, r in runs.items()},
         {"read": 7, "open": 1})
    parts = os.path.join(tmp, "parts")
    for pid, lines in ((99, "read(0, 1) = 0\n+++ exited with 4 +++\n"),
                       (100, "read(0, 1) = 0\n+++ exited with 9 +++\n")):
        with open("%s.%d" % (parts, pid), "w") as f:
            f.write(lines)
    res = made(TOOL, "--strace", parts)
    check("strace -ff: all of it", any(
        line.split()[:3] == ["read", "full", "2"]
        for line in res.stdout.splitlines()), res.stdout)
    path = os.path.join(tmp, "trace")
    with open(path, "w") as f:
        f.write("clone3({flags=CLONE_THREAD}, 8) = 3\nrseq(0) = 0\n")
    res = made(TOOL, "--strace", path)
    check("what glibc alone makes", res.stdout.endswith(
        "\nmade by glibc, not by an image: clone3, for which an image makes "
        "clone; rseq\n"), res.stdout)
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
        text(tmp)
        real(tmp)
    summary()


if __name__ == "__main__":
    main()
