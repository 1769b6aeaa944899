# SPDX-License-Identifier: BSD-2-Clause
"""Names the objects that hold instructions which go past the runtime.

A program calls the runtime by libc's functions; an instruction that enters the
system by itself does not reach it. Code with a red zone needs no care (see
docs/DECISIONS.md), and hlt, cli, in and the like fault as they do on Linux.

Disassembling a whole image takes as long as linking it. So the bytes of the
instructions are looked for first, in what was linked of the program's
objects, and only the functions where they occur are disassembled, all by one
objdump: often the bytes are part of a constant or of a displacement.
"""

import bisect
import os
import re
import struct
import subprocess

# The Intel SDM's encodings: syscall, sysenter, int $0x80, and wrgsbase, whose
# REX prefix stands behind the F3.
_BYTES = re.compile(rb"\x0f[\x05\x34]|\xcd\x80"
                    rb"|\xf3[\x40-\x4f]?\x0f\xae[\xd8-\xdf]", re.DOTALL)
_DECODED = re.compile(r"^ *([0-9a-f]+):\t(?:rex\S* )?"
                      r"(syscall|sysenter|int +\$0x80|wrgsbase)", re.MULTILINE)
# A row of the map; a long name of a section has a line of its own. Sections that
# are not loaded are counted from address 0 and would lie over the code.
_ROW = re.compile(r"^ \.(?!debug|comment|stab)\S+\s+"
                  r"0x([0-9a-f]+) +0x([0-9a-f]+) (\S.*)$", re.MULTILINE)
_MAP_BEGINS = "\nLinker script and memory map\n"

_LINUX = "; that call goes past the runtime to the Linux beneath"
_XEN = "; that call does not reach the runtime and ends in "
_GS = "; all threads have one gs base here"
HAPPENS = {
    True: {"syscall": _LINUX, "int $0x80": _LINUX, "wrgsbase": _GS,
           "sysenter": "; it ends in SIGILL or SIGSEGV, as on Linux"},
    False: {"syscall": _XEN + "SIGSYS", "int $0x80": _XEN + "SIGSEGV",
            "sysenter": _XEN + "SIGILL or SIGSEGV", "wrgsbase": _GS},
}

SHF_EXECINSTR, SHT_PROGBITS, SHT_SYMTAB = 4, 1, 2
STT_OBJECT, STT_FUNC = 1, 2
LONGEST = 15        # bytes of an instruction
NOP = b"\x90"


class _Image:
    """The code of a linked image, and who it belongs to."""

    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = f.read()
        shoff, = struct.unpack_from("<Q", self.data, 40)
        size, count = struct.unpack_from("<HH", self.data, 58)
        sections = [struct.unpack_from("<IIQQQQIIQQ", self.data,
                                       shoff + i * size) for i in range(count)]
        self.code = [s[3:6] for s in sections
                     if s[1] == SHT_PROGBITS and s[2] & SHF_EXECINSTR]
        self.names = sorted(n for s in sections if s[1] == SHT_SYMTAB
                            for n in self._symbols(s, sections[s[6]]))

    def _symbols(self, table, strings):
        rows = self.data[table[4]:table[4] + table[5]]
        for name, info, _, index, value, _ in struct.iter_unpack("<IBBHQQ",
                                                                 rows):
            if name and index and info & 15 <= STT_FUNC:
                yield value, info & 15, strings[4] + name

    def offset(self, address):
        """Where the byte is in the file, or None if it is not code."""
        for start, offset, size in self.code:
            if start <= address < start + size:
                return offset + address - start
        return None

    def symbol(self, address, lowest):
        """(address, type, name) of what the byte is part of."""
        i = bisect.bisect(self.names, (address, 255)) - 1
        if i < 0 or self.names[i][0] < lowest:
            return lowest, STT_FUNC, ""
        value, kind, at = self.names[i]
        return value, kind, self.data[at:self.data.index(b"\0", at)].decode()


def _programs_code(map_path, ours):
    """(address, size, object) of what was linked of other files than ours.

    The map has no name of a thin archive, only those of its members' files, so
    it is not asked what is one of the program's inputs.
    """
    with open(map_path, errors="replace") as f:
        text = f.read()
    whole, archives = set(ours), tuple(p + "(" for p in ours)
    for row in _ROW.finditer(text, text.index(_MAP_BEGINS)):
        address, size, where = row.groups()
        if where not in whole and not where.startswith(archives):
            yield int(address, 16), int(size, 16), where


def _suspects(image, rows):
    """{(first byte, function, object): last place} of what to disassemble."""
    found = {}
    for address, size, where in rows:
        at = image.offset(address) if size else None
        if at is None:
            continue
        for m in _BYTES.finditer(image.data, at, at + size):
            place = address + m.start() - at
            first, kind, name = image.symbol(place, address)
            if kind == STT_OBJECT:
                continue
            found[first, name, where] = place
    return found


def _disassemble(image, suspects, blob_path):
    """(object, function, instruction) of those that are what they look like."""
    blob, starts, keys = b"", [], list(suspects)
    for key in keys:
        starts.append(len(blob))
        at = image.offset(key[0])
        size = suspects[key] - key[0] + LONGEST
        # What is cut off must not swallow the next one's first bytes.
        blob += image.data[at:at + size] + NOP * LONGEST
    with open(blob_path, "wb") as f:
        f.write(blob)
    out = subprocess.run(
        ["objdump", "-D", "--no-show-raw-insn", "-b", "binary", "-m",
         "i386:x86-64", blob_path], capture_output=True, text=True, check=True)
    for m in _DECODED.finditer(out.stdout):
        at = int(m.group(1), 16)
        i = bisect.bisect(starts, at) - 1
        first, name, where = keys[i]
        if first + at - starts[i] <= suspects[keys[i]]:
            yield where, name, " ".join(m.group(2).split())


def _short(where):
    path, paren, member = where.partition("(")
    return os.path.basename(path) + paren + member


def warnings(image_path, map_path, ours, host, tmp):
    """A sentence for each object but ours, and instruction, that needs care.

    ours: the files that link-app adds to those it was given. tmp: a folder.
    """
    image = _Image(image_path)
    suspects = _suspects(image, _programs_code(map_path, ours))
    if not suspects:
        return
    found = {}
    for where, name, insn in _disassemble(image, suspects,
                                          os.path.join(tmp, "care.bin")):
        names = found.setdefault(where, {}).setdefault(insn, [])
        if name and name not in names:
            names.append(name)
    for where, insns in found.items():
        for insn, names in insns.items():
            yield "%s: %sexecutes the instruction %s itself%s" % (
                _short(where), "%s: " % ", ".join(names) if names else "",
                insn, HAPPENS[host][insn])
