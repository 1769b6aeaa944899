# SPDX-License-Identifier: BSD-2-Clause
"""Whose a function of an image is: the program's, or the system's (libc and
what else link-app adds, whose functions a reader knows by their names)."""

import os
import re
import subprocess

from .elf import Ranges

SYSTEM = {"libc.a", "libglibc.a", "libmimalloc.a", "libjemalloc.a",
          "libgcc.a", "libgcc_eh.a", "libstdc++.a", "libsupc++.a",
          "crt1.o", "crti.o", "crtn.o", "image.o"}
# A row of the linker's map; a long name of a section has a line of its own.
_ROW = re.compile(r"^ \.(?!debug|comment|stab)\S+\s+"
                  r"0x([0-9a-f]+) +0x([0-9a-f]+) (\S.*)$", re.MULTILINE)
_MAP_BEGINS = "\nLinker script and memory map\n"


def _archive(where):
    return os.path.basename(where.split("(")[0])


def _short(where):
    path, paren, member = where.partition("(")
    return os.path.basename(path) + paren + member


class ByMap:
    """What the linker's map says; exact."""

    def __init__(self, path):
        with open(path, errors="replace") as f:
            text = f.read()
        rows = []
        for m in _ROW.finditer(text, text.index(_MAP_BEGINS)):
            start, size = int(m[1], 16), int(m[2], 16)
            if start and size:
                rows.append((start, start + size, m[3]))
        self.ranges = Ranges(rows)

    def of(self, address, names):
        """(is it the system's?, file) of what lies at an address."""
        where = self.ranges.at(address)
        if where is None:
            return False, ""
        return _archive(where) in SYSTEM, _short(where)


class ByNames:
    """Without a map: what has a name that the system's archives define."""

    def __init__(self, build):
        lib = os.path.join(build, "sysroot/lib")
        files = [os.path.join(lib, n) for n in sorted(SYSTEM)
                 if os.path.exists(os.path.join(lib, n))]
        for name in ("libgcc.a", "libgcc_eh.a", "libstdc++.a"):
            path = subprocess.run(["gcc", "-print-file-name=" + name],
                                  capture_output=True, text=True).stdout
            if os.path.isabs(path.strip()):
                files.append(path.strip())
        res = subprocess.run(["nm", "--defined-only"] + files,
                             capture_output=True, text=True)
        self.names = {line.split()[2] for line in res.stdout.splitlines()
                      if len(line.split()) == 3}

    def of(self, address, names):
        # Data without a name is seldom anybody's but the compiler's.
        return not names or any(n in self.names for n in names), ""
