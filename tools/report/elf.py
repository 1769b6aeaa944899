# SPDX-License-Identifier: BSD-2-Clause
"""Sections, symbols and relocations of an x86-64 ELF file."""

import bisect
import struct

from .errors import ReportError

SHT_SYMTAB, SHT_RELA, SHT_DYNAMIC, SHT_NOBITS, SHT_DYNSYM = 2, 4, 6, 8, 11
SHF_ALLOC, SHF_EXECINSTR, SHF_TLS = 2, 4, 0x400
STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE, STT_TLS, STT_IFUNC = \
    0, 1, 2, 3, 4, 6, 10
STB_LOCAL = 0
ET_REL, ET_EXEC, ET_DYN = 1, 2, 3
DT_NEEDED = 1


_MACHINES = {3: "i386", 40: "32-bit ARM", 62: "x86-64", 183: "64-bit ARM",
             243: "RISC-V", 21: "64-bit PowerPC", 22: "S/390"}


def _no_elf(path, data):
    if not data:
        return "%s is empty" % path
    if data.startswith(b"#!"):
        line = data[2:130].split(b"\n")[0].decode(errors="replace").strip()
        return "%s is a script; give the program that runs it (%s)" \
            % (path, line)
    if data.startswith(b"!<arch>"):
        return "%s is an archive, which link-app --report looks at" % path
    return "%s is no ELF file; give a program or an image" % path


def _machine(data):
    order = "big" if data[5] == 2 else "little"
    number = int.from_bytes(data[18:20], order)
    name = _MACHINES.get(number, "machine %d" % number)
    if number == 62:
        name += " with 32-bit pointers (x32)" if data[4] == 1 else \
            " with bytes in the wrong order"
    return name


class Section:
    def __init__(self, index, fields, names):
        (name, self.type, self.flags, self.addr, self.offset, self.size,
         self.link, self.info, _, self.entsize) = fields
        self.index = index
        self.name = _string(names, name)

    def holds(self, address):
        return self.addr <= address < self.addr + self.size

    @property
    def executable(self):
        return bool(self.flags & SHF_EXECINSTR)

    @property
    def alloc(self):
        return bool(self.flags & SHF_ALLOC)


class Symbol:
    __slots__ = ("name", "type", "bind", "shndx", "value", "size")

    def __init__(self, name, info, shndx, value, size):
        self.name, self.type, self.bind = name, info & 15, info >> 4
        self.shndx, self.value, self.size = shndx, value, size


def _string(table, at):
    return table[at:table.index(b"\0", at)].decode(errors="replace")


class Elf:
    def __init__(self, path):
        self.path = path
        try:
            with open(path, "rb") as f:
                self.data = f.read()
        except OSError as e:
            raise ReportError("%s: %s" % (path, e.strerror.lower())) from None
        if not self.data.startswith(b"\x7fELF"):
            raise ReportError(_no_elf(path, self.data))
        if len(self.data) < 64:
            raise ReportError("%s is cut short or damaged" % path)
        if self.data[4:6] != b"\x02\x01" or self._u16(18) != 62:
            raise ReportError(
                "%s is for %s; this tool knows the system calls of x86-64 only"
                % (path, _machine(self.data)))
        try:
            self._parse()
        except (struct.error, ValueError, IndexError, OverflowError):
            raise ReportError("%s is cut short or damaged" % path) from None
        if not self.sections:
            raise ReportError("%s has no section headers, by which its code "
                              "is found; give one that is not packed"
                              % path)

    def _u16(self, at):
        return struct.unpack_from("<H", self.data, at)[0]

    def _parse(self):
        self.type = self._u16(16)
        self.entry, _, shoff = struct.unpack_from("<QQQ", self.data, 24)
        size, count, names = struct.unpack_from("<HHH", self.data, 58)
        heads = [struct.unpack_from("<IIQQQQIIQQ", self.data,
                                    shoff + i * size) for i in range(count)]
        strings = b""
        if heads:
            at, n = heads[names][4:6]
            strings = self.data[at:at + n]
        self.sections = [Section(i, h, strings) for i, h in enumerate(heads)]

    def content(self, section):
        if section.type == SHT_NOBITS:
            return b""
        return self.data[section.offset:section.offset + section.size]

    def section_at(self, address):
        for s in self.sections:
            # .tbss takes no address space.
            if s.alloc and s.holds(address) and not (
                    s.flags & SHF_TLS and s.type == SHT_NOBITS):
                return s
        return None

    def read(self, address, size):
        """Bytes of the loaded file, or b"" where there are none."""
        s = self.section_at(address)
        if s is None or s.type == SHT_NOBITS:
            return b""
        at = s.offset + address - s.addr
        return self.data[at:min(at + size, s.offset + s.size)]

    def symbols(self, kind=SHT_SYMTAB):
        """The symbols in the order of the table (index 0 is the empty one)."""
        for s in self.sections:
            if s.type != kind:
                continue
            strings = self.content(self.sections[s.link])
            return [Symbol(_string(strings, name), info, shndx, value, size)
                    for name, info, _, shndx, value, size in
                    struct.iter_unpack("<IBBHQQ", self.content(s))]
        return []

    def relocations(self):
        """(section, address, type, symbol's index, addend), as --emit-relocs
        leaves them: for sections that are loaded."""
        for s in self.sections:
            # info names the section; dynamic relocations name none.
            if s.type != SHT_RELA or not s.info or s.alloc:
                continue
            target = self.sections[s.info]
            if not target.alloc:
                continue
            for place, info, addend in struct.iter_unpack("<QQq",
                                                          self.content(s)):
                yield target, place, info & 0xffffffff, info >> 32, addend

    def has_relocations(self):
        return any(s.type == SHT_RELA and s.info and not s.alloc
                   and self.sections[s.info].alloc for s in self.sections)

    def needed(self):
        """The names of the dynamic libraries it asks for."""
        names = []
        for s in self.sections:
            if s.type == SHT_DYNAMIC:
                strings = self.content(self.sections[s.link])
                names += [_string(strings, value) for tag, value in
                          struct.iter_unpack("<QQ", self.content(s))
                          if tag == DT_NEEDED]
        return names


class Ranges:
    """What lies at an address, of (start, end, thing) that do not overlap."""

    def __init__(self, rows):
        self.rows = sorted(rows, key=lambda r: r[0])
        self.starts = [r[0] for r in self.rows]

    def at(self, address):
        i = bisect.bisect_right(self.starts, address) - 1
        if i >= 0 and address < self.rows[i][1]:
            return self.rows[i][2]
        return None

    def next(self, address):
        """(start, thing) of the first that begins behind address."""
        i = bisect.bisect_right(self.starts, address)
        return (self.rows[i][0], self.rows[i][2]) if i < len(self.rows) \
            else (None, None)
