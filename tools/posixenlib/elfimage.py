# SPDX-License-Identifier: BSD-2-Clause
"""What run-domu must know of an image before Xen sees it, and its symbols."""
import bisect
import re
import struct

from .errors import USAGE, UserError

MB = 1 << 20
EM_X86_64 = 62
PT_LOAD, PT_NOTE = 1, 4
SHT_SYMTAB = 2
STT_FUNC, STT_NOTYPE = 2, 0
MACHINES = {3: "32-bit x86", 40: "32-bit ARM", 183: "64-bit ARM",
            243: "RISC-V"}
# Xen's domain builder (tools/libs/guest/xg_dom_x86.c) puts the p2m list, eight
# bytes a page, start_info and others, page tables and the boot stack behind
# the image, keeps 512 KB free there, and maps up to the next 4 MB.
PADDING = 560 << 10
P2M_PER_MB = 2048
MAPPED = 4 * MB
NOTE_MOD_START_PFN = 16     # xen/elfnote.h: the ramdisk need not be mapped


def _notes(data):
    """(name, type) of the notes in the content of a PT_NOTE segment."""
    at = 0
    while at + 12 <= len(data):
        namesz, descsz, kind = struct.unpack_from("<III", data, at)
        yield data[at + 12:at + 12 + namesz].rstrip(b"\0"), kind
        at += 12 + (namesz + 3 & ~3) + (descsz + 3 & ~3)


class Image:
    """An ELF file that has been found fit to be a PV guest."""

    def __init__(self, path):
        self.path = path
        try:
            with open(path, "rb") as f:
                self.data = f.read()
        except OSError as e:
            raise UserError(f"{path}: {e.strerror}", USAGE) from None
        try:
            self._parse()
        except struct.error:
            raise UserError(f"{path} is cut short: link it again",
                            USAGE) from None

    def _parse(self):
        d = self.data
        if not d.startswith(b"\x7fELF"):
            raise UserError(f"{self.path} is not an ELF file; run-domu takes "
                            f"the image that tools/link-app makes", USAGE)
        machine = struct.unpack_from("<H", d, 18)[0]
        if d[4] != 2 or machine != EM_X86_64:
            raise UserError(
                f"{self.path} is for {MACHINES.get(machine, 'another machine')}"
                f"; a Posixen guest is x86-64", USAGE)
        phoff, = struct.unpack_from("<Q", d, 32)
        phentsize, phnum = struct.unpack_from("<HH", d, 54)
        notes, self.end = set(), 0
        self.loads = []             # (address, size, where in the file)
        for i in range(phnum):
            (kind, _, offset, vaddr, paddr, filesz,
             memsz) = struct.unpack_from("<IIQQQQQ", d, phoff + i * phentsize)
            if kind == PT_LOAD and memsz:
                self.loads.append((vaddr, filesz, offset))
                self.end = max(self.end, paddr + memsz)
                if offset + filesz > len(d):
                    raise UserError(f"{self.path} is cut short: link it "
                                    f"again", USAGE)
            elif kind == PT_NOTE:
                notes |= {kind for name, kind in
                          _notes(d[offset:offset + filesz])
                          if name == b"Xen"}
        self.maps_ramdisk = NOTE_MOD_START_PFN not in notes
        if not notes:
            raise UserError(
                f"{self.path} is no Xen guest (it has no Xen notes): link it "
                f"with tools/link-app, without --host", USAGE)

    def check_memory(self, megabytes, ramdisk):
        """UserError if image and ramdisk cannot fit the domain's memory."""
        mapped = self.end + PADDING + P2M_PER_MB * megabytes + \
            (ramdisk if self.maps_ramdisk else 0)
        need = -(-mapped // MAPPED) * MAPPED + \
            (0 if self.maps_ramdisk else ramdisk)
        if need > megabytes * MB:
            what = "the image and its ramdisk need" if ramdisk else \
                "the image needs"
            raise UserError(
                f"{self.path}: {what} at least {-(-need // MB)} MB and the "
                f"guest has {megabytes}: give it more with --memory", USAGE)

    def _sections(self):
        shoff, = struct.unpack_from("<Q", self.data, 40)
        shentsize, shnum = struct.unpack_from("<HH", self.data, 58)
        for i in range(shnum if shoff else 0):
            yield struct.unpack_from("<IIQQQQIIQQ", self.data,
                                     shoff + i * shentsize)

    def _string_at(self, address):
        """The text that lies there when the image has been loaded."""
        for start, size, offset in self.loads:
            if start <= address < start + size:
                at = offset + address - start
                return self.data[at:self.data.find(b"\0", at)]
        return b""

    def subsystems(self):
        """The names of what only some images hold (posixen/subsystem.h).

        Rows of .subsystems begin with the address of a name. A stripped image
        has its sections too.
        """
        sections = list(self._sections())
        index, = struct.unpack_from("<H", self.data, 62)
        if index >= len(sections):
            return set()
        names = sections[index][4]
        for s in sections:
            at = names + s[0]
            if self.data[at:self.data.find(b"\0", at)] != b".subsystems":
                continue
            return {self._string_at(address).decode("utf-8", "replace")
                    for address, _, _ in struct.iter_unpack(
                        "<QQQ", self.data[s[4]:s[4] + s[5] // 24 * 24])}
        return set()

    def section(self, name):
        """The content of a section; b"" if there is none."""
        sections = list(self._sections())
        index, = struct.unpack_from("<H", self.data, 62)
        for s in sections if index < len(sections) else ():
            at = sections[index][4] + s[0]
            if self.data[at:self.data.find(b"\0", at)] == name.encode():
                return self.data[s[4]:s[4] + s[5]]
        return b""

    def addresses(self, names):
        """{name: address} of those symbols that there are, local ones too."""
        sections = list(self._sections())
        wanted = {n.encode(): n for n in names}
        found = {}
        for s in sections:
            if s[1] != SHT_SYMTAB:
                continue
            strings = sections[s[6]]
            text = self.data[strings[4]:strings[4] + strings[5]]
            table = self.data[s[4]:s[4] + s[5] // 24 * 24]
            for name, _, _, index, value, _ in struct.iter_unpack("<IBBHQQ",
                                                                  table):
                label = text[name:text.find(b"\0", name)]
                if index and label in wanted:
                    found[wanted[label]] = value
        return found

    def symbols(self):
        """Sorted [(address, size, name)] of the code symbols in .symtab."""
        sections = list(self._sections())
        found = []
        for s in sections:
            if s[1] != SHT_SYMTAB:
                continue
            strings = sections[s[6]]
            text = self.data[strings[4]:strings[4] + strings[5]]
            table = self.data[s[4]:s[4] + s[5] // 24 * 24]
            for name, info, _, index, value, size in struct.iter_unpack(
                    "<IBBHQQ", table):
                kind = info & 15
                if index == 0 or kind not in (STT_FUNC, STT_NOTYPE):
                    continue
                label = text[name:text.find(b"\0", name)].decode(
                    "utf-8", "replace")
                if label and not label.startswith("."):
                    found.append((value, size, label))
        return sorted(found)


class Symboliser:
    """Completes the lines of a backtrace, "#3 0x0000000000123456".

    The guest writes them without names to stay small; a line that has a name
    already is left alone. Without an image there are no names.
    """

    # A question mark is a word of the stack that may be a return address.
    LINE = re.compile(rb"(#\d+ +0x([0-9a-f]{16}))(?: \?)?[ \t\r]*$")

    def __init__(self, image):
        self.image = image
        self.table = None

    def name(self, address, code=False):
        """function+0xoffset, or None; code: only what is surely a function."""
        if self.table is None:
            self.table = self.image.symbols() if self.image else []
        i = bisect.bisect_right(self.table, (address, 1 << 64, "")) - 1
        if i < 0:
            return None
        start, size, label = self.table[i]
        if code and not size:
            return None
        if address >= (start + size if size else self.image.end):
            return None
        return f"{label}+{address - start:#x}"

    def line(self, line):
        """The line (bytes, without its end), completed if it asks for it."""
        m = self.LINE.search(line)
        if not m:
            return line
        name = self.name(int(m.group(2), 16))
        if not name:
            return line
        return line[:m.end(1)] + b" " + name.encode() + line[m.end(1):]
