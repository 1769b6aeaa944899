# SPDX-License-Identifier: BSD-2-Clause
"""What link-app asks of its inputs before it calls the linker."""

import os
import struct
import subprocess

ET_NAMES = {1: "object", 2: "executable", 3: "dynamic library", 4: "core file"}
EM_NAMES = {3: "32-bit x86", 40: "32-bit ARM", 183: "AArch64", 243: "RISC-V"}


def check_elf(name, head, error):
    if head[4:6] != b"\x02\x01":
        raise error("%s: a 32-bit or big-endian ELF file; Posixen runs x86-64 "
                    "code, so build it with x86_64-posixen-cc" % name)
    etype, machine = struct.unpack_from("<HH", head, 16)
    if machine != 62:
        raise error("%s: built for %s; Posixen runs x86-64 code, so build it "
                    "with x86_64-posixen-cc"
                    % (name, EM_NAMES.get(machine, "machine %d" % machine)))
    if etype == 3:
        raise error("%s: a dynamic library or position-independent program; "
                    "an image needs the static archive (.a) or the objects it "
                    "was made from" % name)
    if etype != 1:
        raise error("%s: an ELF %s, not an object or archive; give what it "
                    "was linked from" % (name, ET_NAMES.get(etype, "file")))


def first_member(path):
    """The first bytes of an archive's first object, or None if empty."""
    with open(path, "rb") as f:
        f.seek(8)
        while True:
            hdr = f.read(60)
            if len(hdr) < 60 or hdr[58:] != b"`\n":
                return None
            size = int(hdr[48:58])
            body = f.read(64)
            if not hdr.startswith((b"/ ", b"//", b"/SYM64/")):
                return body
            f.seek(size - len(body) + (size & 1), os.SEEK_CUR)


def check_input(path, error):
    """Raise error with one sentence unless path is something to link."""
    try:
        with open(path, "rb") as f:
            head = f.read(64)
    except OSError as e:
        raise error("%s: %s" % (path, e.strerror.lower()))
    if head.startswith(b"\x7fELF"):
        check_elf(path, head.ljust(64, b"\0"), error)
    elif head.startswith(b"!<thin>\n"):
        return
    elif head.startswith(b"!<arch>\n"):
        member = first_member(path)
        if member is None:
            raise error("%s: an archive with nothing in it" % path)
        if not member.startswith(b"\x7fELF"):
            raise error("%s: its members are not ELF objects (%s); build it "
                        "with x86_64-posixen-cc and without -flto"
                        % (path, "LLVM bitcode" if member[:2] == b"BC"
                           else "first bytes %s" % member[:4].hex()))
        check_elf(path, member, error)
    else:
        raise error("%s: not an ELF object and not an archive (it begins with "
                    "%s)" % (path, head[:4].hex() or "nothing: it is empty"))


def symbols(path):
    """(member, letter, name) of each symbol, as nm prints them."""
    res = subprocess.run(["nm", "-A", "-g", path], capture_output=True,
                         text=True)
    for line in res.stdout.splitlines():
        where, _, rest = line[len(path):].rpartition(":")
        fields = rest.split()
        if len(fields) >= 2:
            yield where.strip(":"), fields[-2], fields[-1]


_cache = {}


def _symbols(path):
    if path not in _cache:
        _cache[path] = list(symbols(path))
    return _cache[path]


def definers(path, name):
    """Where path defines function name: "libx.a(y.o)" or "y.o"."""
    return ["%s(%s)" % (path, m) if m else path
            for m, letter, sym in _symbols(path)
            if sym == name and letter in "TWi"]


def wants(path, prefix):
    return any(letter == "U" and sym.startswith(prefix)
               for _, letter, sym in _symbols(path))
