#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Counts of a run: what counts.c does, and what the trace of the same run says.
With the word xen: as a guest, through run-domu."""

import os
import sys

from counted import (CC, HERE, LINK, TOOL, TOP, check, folder, made, run, same,
                     summary)
from report import dynamic, strace


def counts(runs):
    """Without times: {call: (calls, errors)}."""
    return {name: (r["calls"], r["errors"]) for name, r in runs.items()}


def in_known(runs, after):
    got = counts(runs)
    same("getppid of two threads", got.get("getppid"), (12, {}))
    # EEXIST or EINVAL: open(2) of a directory with O_CREAT.
    calls, errors = got.get("open", (0, {}))
    same("open's calls", calls, 5)
    same("open's errors", (errors.get("ENOENT"), errors.get("EISDIR"),
                           sum(errors.values())), (3, 1, 5))
    same("read of an empty pipe", got.get("read"), (1, {"EAGAIN": 1}))
    same("write to no descriptor", got.get("write"), (1, {"EBADF": 1}))
    ns = runs["nanosleep" if "nanosleep" in runs else "clock_nanosleep"]["ns"]
    check("a sleep's time is its call's", ns >= 20000000, ns)
    check("a call that ends the program has no time",
          runs["exit_group"]["calls"] == 1 and not runs["exit_group"]["ns"],
          runs["exit_group"])
    absent = runs["userfaultfd"]
    check("an absent call", set(absent["errors"]) == {"ENOSYS"} and
          after[0] <= absent["after"] <= after[1], absent)


def host(tmp):
    obj, image, metrics = (os.path.join(tmp, n)
                           for n in ("counts.o", "counts.host", "metrics"))
    made(CC, "-O2", "-D_GNU_SOURCE", "-c", HERE + "/counts.c", "-o", obj)
    made(LINK, "--host", "--relocs", obj, "-o", image)
    for args, status, after, sentence in (
            ([], 0, (30, 40), "went on with something else"),
            (["give up"], 3, (1, 9), "the program failed with it (status 3")):
        if os.path.exists(metrics):
            os.unlink(metrics)
        env = dict(os.environ, POSIXEN="trace=1 syscall-stats=1 metrics=" +
                   metrics)
        res = run(image, *args, env=env)
        same("the status is the program's", res.returncode, status)
        runs, _ = dynamic.read(metrics)
        in_known(runs, after)
        # The trace of the same run; its last line is of the last call.
        traced, _ = strace.parse(res.stderr)
        same("as many as the trace has", counts(runs), counts(traced))
        res = made(TOOL, image, "--stats", metrics, "--status", str(status))
        check("what became of it", any(
            line.startswith("userfaultfd is absent and was called") and
            sentence in line for line in res.stdout.splitlines()), res.stdout)
        check("what was made can be reached", not any(
            line.split()[2:3] == ["-"] for line in res.stdout.splitlines()
            if line[:1].islower()), res.stdout)
    os.unlink(metrics)
    made(image, env=dict(os.environ, POSIXEN="metrics=" + metrics))
    with open(metrics) as f:
        check("nothing is counted when it is off", "syscall." not in f.read())
    res = run(image, env=dict(os.environ, POSIXEN="syscall-stats=log"))
    same("in the log", counts(dynamic.parse(res.stderr)[0])["getppid"],
         (12, {}))
    res = run(TOOL, image, "--stats", "/dev/null")
    check("a file without counts", res.returncode == 1 and
          res.stderr.count("\n") == 1, res.stderr)


def xen(tmp):
    obj, image, stats = (os.path.join(tmp, n)
                         for n in ("counts.o", "counts.xen", "stats"))
    made(CC, "-O2", "-D_GNU_SOURCE", "-c", HERE + "/counts.c", "-o", obj)
    made(LINK, obj, "-o", image)
    res = run(os.path.join(TOP, "tools/run-domu"), "--memory", "32",
              "--timeout", "300", "--trace", "--syscall-stats", stats,
              "--stats", image, "--", "give up")
    same("the guest's status", res.returncode, 3)
    runs, status = dynamic.read(stats)
    same("the status in the file", status, 3)
    in_known(runs, (1, 9))
    same("as many as the trace has", counts(runs),
         counts(strace.parse(res.stderr)[0]))
    check("--stats shows only its own", "stat syscall." not in res.stderr and
          "stat boot_ns=" in res.stderr, res.stderr)


if __name__ == "__main__":
    with folder() as place:
        (xen if "xen" in sys.argv[1:] else host)(place)
    summary()
