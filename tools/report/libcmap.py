# SPDX-License-Identifier: BSD-2-Clause
"""Which system calls each function of libc can lead to, by libc's own objects:
all of libc.a, and what has glibc's names, linked as one piece and looked at as
an image is."""

import os
import re
import subprocess
import tempfile

from . import elf, graph, reach
from .errors import ReportError


class _AllSystem:
    def of(self, address, names):
        return True, ""


def _thunks(table, path):
    """The system calls, for the linker: one byte of code each."""
    names = ["px_" + c.name for c in table.rows] + list(reach.SPECIAL)
    lines = [".text", ".globl __ktext_start, __ktext_end", ".balign 4096",
             "__ktext_start: nop"]
    for n in names:
        lines += [".globl %s" % n, ".type %s, @function" % n,
                  "%s: ret" % n, ".size %s, 1" % n]
    lines += ["__ktext_end: nop", '.section .note.GNU-stack,"",@progbits']
    with open(path, "w") as f:
        f.write("\n".join(lines) + "\n")


class LibcMap:
    """calls(name): {call: (how, steps)} of a libc function, or None if there
    is none of that name."""

    def __init__(self, table, build):
        lib = os.path.join(build, "sysroot/lib")
        archives = [p for p in (os.path.join(lib, "libglibc.a"),
                                os.path.join(lib, "libc.a"))
                    if os.path.exists(p)]
        if not archives:
            raise ReportError("%s is missing: run `make` first, or say with "
                              "--build where Posixen was built"
                              % os.path.join(lib, "libc.a"))
        with tempfile.TemporaryDirectory(prefix="syscall-report.") as tmp:
            source, obj, out = (os.path.join(tmp, n)
                                for n in ("px.s", "px.o", "libc"))
            _thunks(table, source)
            for command in (["as", "-o", obj, source],
                            ["ld", "-static", "--emit-relocs", "--strip-debug",
                             "-z", "muldefs", "-z", "noexecstack",
                             "--no-warn-mismatch", "--no-warn-rwx-segments",
                             "--unresolved-symbols=ignore-all", "-e", "0",
                             "-o", out, obj, "--whole-archive"] + archives):
                res = subprocess.run(command, capture_output=True, text=True)
                if res.returncode:
                    raise ReportError("libc could not be looked at: %s"
                                      % res.stderr.strip())
            self.graph = graph.Graph(elf.Elf(out), _AllSystem())
        self.cache = {}

    def calls(self, name):
        for spelled in _spellings(name):
            node = self.graph.by_name.get(spelled)
            if node is not None and not node.runtime:
                return reach.closure(node, self.cache)
        # Data of libc's: environ, stdout. It is used through functions.
        return {} if any(name in n.names
                         for n in self.graph.objects.values()) else None


def _spellings(name):
    """A name of glibc's, and how musl may call the same."""
    yield name
    plain = re.sub(r"^__isoc(?:99|23)_", "", name)
    plain = re.sub(r"^__(\w+)_chk$", r"\1", plain)
    yield plain
    yield re.sub(r"64(_r)?$", r"\1", plain)
    yield re.sub(r"^_+", "", plain)
    m = re.match(r"^__([fl]?)xstat(at)?(64)?$", name)
    if m:
        yield m[1] + "stat" + (m[2] or "")
