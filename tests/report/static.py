#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The static report of programs whose system calls are known (reach.c)."""

import json
import os

from counted import (BUILD, CC, HERE, LINK, TOOL, check, folder, made, run,
                     same, skip, summary)


def ours(report, base):
    """{call: how} of what the program adds to an empty one."""
    return {c["name"]: c["reach"] for c in report["calls"]
            if c["name"] not in base}


def who(report, name):
    rows = [c for c in report["calls"] if c["name"] == name]
    return [(b["function"], b["through"], b["how"])
            for b in rows[0]["by"]] if rows else None


def build(tmp, name, source, *flags, link=()):
    obj, out = (os.path.join(tmp, name + e) for e in (".o", ".host"))
    made(CC, "-O2", "-fno-function-sections", *flags, "-c", source, "-o", obj)
    made(LINK, "--host", obj, "-o", out, "--malloc", "musl",
         "--report-file", os.path.join(tmp, name + ".json"), *link)
    with open(os.path.join(tmp, name + ".json")) as f:
        return obj, out, json.load(f)


KNOWN = {"umask": "direct", "getppid": "pointer", "getpgid": "pointer",
         "sync": "pointer", "getsid": "pointer", "getpriority": "pointer", "userfaultfd": "direct"}


def known(tmp, base):
    obj, out, report = build(tmp, "reach", os.path.join(HERE, "reach.c"),
                             link=["--relocs"])
    same("what the program adds", ours(report, base), KNOWN)
    same("through a chain", who(report, "umask"),
         [("inner", "umask", "direct")])
    same("from a table", who(report, "getppid"),
         [("first", "getppid", "direct")])
    same("from a section's bounds", who(report, "getsid"),
         [("registered", "getsid", "direct")])
    same("from a callback", who(report, "sync"),
         [("compare", "sync", "direct")])
    same("by its number", who(report, "userfaultfd"),
         [("absent", "syscall", "direct")])
    same("start-up is libc's own", who(report, "set_tid_address"), [])
    same("no number varies", report["variable_number"], [])
    s = report["summary"]
    same("the sum of the states", s["full"] + s["partial"] + s["stub"] +
         s["absent"], len(report["calls"]))
    same("the sum of the ways", s["direct"] + s["pointer"], s["reachable"])
    same("there was no run", (s["called"], report["run"]), (None, None))
    # The linker kept a function that nobody calls: a section is one for it.
    names = made("nm", out).stdout
    check("the linker kept chroot", "px_call_chroot" in names)
    check("chroot cannot be reached", "chroot" not in ours(report, base))
    # The same from the image itself, where names say what is libc's.
    again = os.path.join(tmp, "again.json")
    made(TOOL, out, "--json", again)
    with open(again) as f:
        same("from the image", ours(json.load(f), base), KNOWN)
    lines = made(TOOL, out, "--why", "getppid").stdout.splitlines()
    same("--why", [lines[0].strip(), lines[-2].strip(), lines[-1].strip()],
         ["main", "calls getppid", "calls system call getppid"])
    check("--why names the pointer", any("refers to" in n for n in lines),
          lines)
    return obj, out


CXX = r"""
#include <stdexcept>
#include <unistd.h>

struct base { virtual long call() = 0; };
template <typename T> struct derived : base {
	long call() override { return getppid() + sizeof(T); }
};
namespace app {
struct early { early() { sync(); } } before_main;
base *make() { return new derived<int>; }
}
int main()
{
	try {
		throw std::runtime_error("x");
	} catch (std::exception &) {
		base *volatile object = app::make();
		return object->call() == 0;
	}
}
"""


def cxx(tmp):
    """A virtual function, a constructor before main, names, and what
    libstdc++ passes to syscall()."""
    source, obj, out = (os.path.join(tmp, n)
                        for n in ("cxx.cc", "cxx.o", "cxx.json"))
    with open(source, "w") as f:
        f.write(CXX)
    if run("g++", "-O2", "-c", source, "-o", obj).returncode:
        skip("no C++ compiler is installed")
        return
    made(LINK, "--host", obj, "-lstdc++", "-o", os.path.join(tmp, "cxx.host"),
         "--report-file", out)
    with open(out) as f:
        report = json.load(f)
    how = {c["name"]: c["reach"] for c in report["calls"]}
    same("a virtual function", (how["getppid"], who(report, "getppid")),
         ("pointer", [("derived<>::call", "getppid", "direct")]))
    same("a constructor", (how["sync"], who(report, "sync")),
         ("direct", [("static constructors", "sync", "direct")]))
    same("libstdc++'s futex", (how.get("futex"), report["variable_number"]),
         ("direct", []))


def messages(tmp, obj, out):
    image = os.path.join(tmp, "required.host")
    res = run(LINK, "--host", obj, "-o", image, "--require-full")
    check("--require-full", res.returncode == 1 and res.stderr.startswith(
        "link-app: --require-full: the system call userfaultfd is absent "
        "(ENOSYS) and can be reached from absent through syscall()") and
        res.stderr.count("\n") == 1, res.stderr)
    check("--require-full leaves nothing", not os.path.exists(image) and
          not os.path.exists(image + ".tmp"))
    for name in ("x.json", "x.txt"):
        res = run(LINK, "--host", obj, "-o", image, "--report-file",
                  "/nowhere/" + name)
        check("a report that cannot be written", res.returncode == 1 and
              res.stderr.startswith("link-app: the report cannot be written "
                                    "to /nowhere/" + name) and
              res.stderr.count("\n") == 1 and
              not os.path.exists(image + ".tmp"), res.stderr)
    res = run(LINK, "--host", obj, "-o", image, "--report")
    lines = res.stdout.splitlines()
    check("--report", res.returncode == 0 and
          lines[0].startswith("required can reach ") and
          "  absent: userfaultfd, by absent through syscall()" in lines,
          res.stdout + res.stderr)
    with open(image, "rb") as f:
        reported = f.read()
    made(LINK, "--host", obj, "-o", image)
    with open(image, "rb") as f:
        check("the image is the same without a report", f.read() == reported)
    res = run(TOOL, image)
    check("without relocations: what is linked", res.returncode == 0 and
          "--relocs" in res.stdout and "chroot" in res.stdout, res.stdout)
    res = run(LINK, "--host", obj, "-o", image, "--strip", "--relocs")
    check("--strip and --relocs", res.returncode == 2 and
          res.stderr.count("\n") == 1, res.stderr)
    made("strip", image)
    for what, path in (("stripped", image), ("no ELF", HERE + "/reach.c"),
                       ("missing", tmp + "/nowhere")):
        res = run(TOOL, path)
        check("one sentence for a file that is " + what, res.returncode == 1
              and res.stderr.startswith("syscall-report: ")
              and res.stderr.count("\n") == 1, res.stderr)


def main():
    with folder() as tmp:
        empty = os.path.join(tmp, "empty.c")
        with open(empty, "w") as f:
            f.write("int main(void) { return 0; }\n")
        base = {c["name"] for c in build(tmp, "empty", empty,
                                         link=["--require-full"])[2]["calls"]}
        obj, out = known(tmp, base)
        messages(tmp, obj, out)
        cxx(tmp)
        report = build(tmp, "plain", os.path.join(HERE, "reach.c"),
                       "-U__OPTIMIZE__")[2]
        same("a constant that is passed to syscall()", ours(report, base),
             KNOWN)
        same("its function", who(report, "userfaultfd"),
             [("absent", "syscall", "direct")])
        same("and it varies nowhere", report["variable_number"], [])
        report = build(tmp, "any", os.path.join(HERE, "reach.c"),
                       "-DVARIABLE")[2]
        same("a number that varies", report["variable_number"], ["by_number"])
        same("and nothing else", ours(report, base), KNOWN)
    summary()


if __name__ == "__main__":
    main()
