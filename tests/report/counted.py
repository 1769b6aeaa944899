# SPDX-License-Identifier: BSD-2-Clause
"""Counting for the tests of this folder."""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("O", os.path.join(TOP, "build")))
TOOL = os.path.join(TOP, "tools/syscall-report")
LINK = os.path.join(TOP, "tools/link-app")
CC = os.path.join(TOP, "tools/x86_64-posixen-cc")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TOP, "tools"))
os.environ["POSIXEN_BUILD"] = BUILD

_count = {"passed": 0, "failed": 0, "skipped": 0}


def check(what, good, detail=""):
    _count["passed" if good else "failed"] += 1
    if not good:
        print("FAILED: %s" % what)
        for line in str(detail).splitlines()[:20]:
            print("    " + line)
    return good


def same(what, got, want):
    return check(what, got == want, "got  %s\nwant %s" % (got, want))


def skip(what):
    _count["skipped"] += 1
    print("skipped: %s" % what)


def run(*command, **more):
    """stdout, stderr and status of a command."""
    return subprocess.run(command, capture_output=True, text=True, **more)


def made(*command, **more):
    """A command that must work for the test to make sense."""
    res = run(*command, **more)
    if res.returncode:
        check("%s ends with status %d" % (" ".join(command), res.returncode),
              False, res.stderr)
        summary()
    return res


def folder():
    """A browser that is just being ended may still write there."""
    return tempfile.TemporaryDirectory(prefix="posixen-report.",
                                       ignore_cleanup_errors=True)


def summary():
    print("%(passed)d passed, %(failed)d failed, %(skipped)d skipped" % _count)
    sys.exit(_count["failed"] > 0)
