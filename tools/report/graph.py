# SPDX-License-Identifier: BSD-2-Clause
"""The call graph of an image: who calls whom, and who holds whose address.

A node is a function or an object of data. Its edges come from the relocations
that `ld --emit-relocs` leaves. An assembler resolves what stays in one section
by itself and leaves no relocation; such a branch, or lea, is looked for in the
code's bytes, and counts if it meets the first byte of a function. Bytes that
look like one by chance make an edge too many, never one too few.

What is in the runtime is not followed: px_<name> is a system call.
"""

import re
import struct

from .elf import (Ranges, SHF_TLS, STB_LOCAL, STT_FUNC, STT_IFUNC, STT_NOTYPE,
                  STT_OBJECT, STT_SECTION, STT_TLS)
from .errors import ReportError

R_64, R_PC32, R_GOTPCREL, R_32, R_32S, R_PLT32 = 1, 2, 9, 10, 11, 4
R_TPOFF32, R_GOTTPOFF, R_GOTPCRELX, R_REX_GOTPCRELX = 23, 22, 41, 42
GOT = {R_GOTPCREL, R_GOTPCRELX, R_REX_GOTPCRELX}
ARRAYS = {".init_array", ".preinit_array", ".fini_array", ".ctors", ".dtors"}
# They name every function that has a frame, or is in a table for gdb.
IGNORED = {".eh_frame", ".eh_frame_hdr", ".gcc_except_table", "__ex_table",
           ".subsystems", ".debug_layout"}
# A reference to an element before the first: table[i - 1].
SLACK = 256
# call, jmp, jcc with 32 bits, jmp with 8 bits, lea REG, [rip + 32 bits].
_BRANCH = re.compile(rb"[\xe8\xe9]|\x0f[\x80-\x8f]|\xeb"
                     rb"|[\x48\x4c]\x8d[\x05\x0d\x15\x1d\x25\x2d\x35\x3d]",
                     re.DOTALL)


class Node:
    __slots__ = ("start", "end", "names", "function", "system", "runtime",
                 "file", "calls", "refs", "local")

    def __init__(self, start, end, function):
        self.start, self.end, self.function = start, end, function
        self.names, self.local = [], True
        self.system = self.runtime = False
        self.file = ""
        self.calls, self.refs = set(), set()

    @property
    def name(self):
        """The name a reader knows best: without underscores, if any is."""
        if not self.names:
            return "data" + (" in " + self.file if self.file else "")
        return min(self.names, key=lambda n: (n.startswith("_"), len(n), n))


class Graph:
    def __init__(self, elf, owners):
        self.elf = elf
        self.symbols = elf.symbols()
        if not self.symbols:
            raise ReportError("%s has no symbol table; link it without --strip"
                              % elf.path)
        by_name = {s.name: s.value for s in self.symbols if s.name}
        self.ktext = (by_name.get("__ktext_start", 0),
                      by_name.get("__ktext_end", 0))
        self._functions()
        self._data()
        for node in list(self.functions.values()):
            node.runtime = self.ktext[0] <= node.start < self.ktext[1]
            if not node.runtime:
                node.system, node.file = owners.of(node.start, node.names)
        for node in self.objects.values():
            node.system, node.file = owners.of(node.start, node.names)
        self.owners = owners
        self.always = set()         # what init_array and the like name
        self.sites = []             # (who, where) of calls of syscall()
        self._edges()
        self.by_name = {n: node for node in self.functions.values()
                        for n in node.names}

    # Nodes.

    def _functions(self):
        sections = self.elf.sections
        found, plain = {}, {}
        for s in self.symbols:
            if not 0 < s.shndx < len(sections) or \
                    not sections[s.shndx].executable or \
                    s.type not in (STT_FUNC, STT_IFUNC, STT_NOTYPE) or \
                    not s.name:
                continue
            where = plain if s.type == STT_NOTYPE else found
            node = where.setdefault(s.value,
                                    Node(s.value, s.value + s.size, True))
            node.end = max(node.end, s.value + s.size)
            node.names.append(s.name)
            node.local = node.local and s.bind == STB_LOCAL
        ranges = Ranges([(n.start, n.end, n) for n in found.values()])
        for start, node in plain.items():
            if start in found:
                found[start].names += node.names
            elif ranges.at(start) is None:
                found[start] = node
        self.functions = found
        ordered = sorted(found.values(), key=lambda n: n.start)
        for node, following in zip(ordered, ordered[1:]):
            # One runs into the next: assembler with several entries.
            if node.end > following.start:
                node.calls.add(following)
            section = self.elf.section_at(node.start)
            limit = section.addr + section.size if section else node.end
            node.end = min(following.start, limit)
        if ordered:
            section = self.elf.section_at(ordered[-1].start)
            if section:
                ordered[-1].end = section.addr + section.size
        self.code = Ranges([(n.start, n.end, n) for n in ordered])

    def _data(self):
        sections = self.elf.sections
        tls = [s.addr for s in sections if s.flags & SHF_TLS and s.alloc]
        self.tls = min(tls) if tls else 0
        found = {}
        for s in self.symbols:
            if not 0 < s.shndx < len(sections) or not s.name or not s.size or \
                    sections[s.shndx].executable or \
                    not sections[s.shndx].alloc or \
                    s.type not in (STT_OBJECT, STT_NOTYPE, STT_TLS):
                continue
            start = s.value + (self.tls if s.type == STT_TLS else 0)
            node = found.setdefault(start, Node(start, start, False))
            node.end = max(node.end, start + s.size)
            node.names.append(s.name)
        self.objects = found
        self.data = Ranges([(n.start, n.end, n) for n in found.values()])

    # Edges.

    def _target(self, symbol, kind, addend):
        """The address that a relocation means, or None."""
        if not symbol.shndx and symbol.type != STT_SECTION:
            return None
        if symbol.type == STT_TLS:
            return self.tls + symbol.value + max(addend, 0)
        if kind in GOT or kind == R_GOTTPOFF:
            return symbol.value
        if kind in (R_PC32, R_PLT32):
            return symbol.value + addend + 4
        if kind in (R_64, R_32, R_32S, R_TPOFF32):
            # The linker turns a GOT's reference into this and keeps its -4.
            if addend == -4 and symbol.type == STT_FUNC:
                addend = 0
            return symbol.value + addend
        return None

    def _branches(self, data, at):
        """Whether the four bytes at a place belong to a call or a jump."""
        return data[at - 1] in (0xe8, 0xe9) or \
            data[at - 2] == 0x0f and 0x80 <= data[at - 1] <= 0x8f

    def _edges(self):
        rows, places = [], set()
        for section, place, kind, index, addend in self.elf.relocations():
            places.add(place)
            if section.name in IGNORED or \
                    self.ktext[0] <= place < self.ktext[1] or \
                    section.name.startswith(".k"):
                continue
            symbol = self.symbols[index]
            target = self._target(symbol, kind, addend)
            if target is None:
                continue
            # Tables of a switch's labels, each counted from the table.
            if not section.executable and kind == R_PC32:
                continue
            rows.append((section, place, kind, symbol, target))
        self._name_chunks([r[4] for r in rows])
        bounds = self._bounds()
        for section, place, kind, symbol, target in rows:
            if symbol.name in bounds:
                source = self.code.at(place) if section.executable else \
                    self._data_at(place)
                if source is not None:
                    source.refs |= bounds[symbol.name]
            if section.executable:
                self._code_edge(section, place, kind, symbol, target)
            elif section.name in ARRAYS:
                node = self.functions.get(target)
                if node:
                    self.always.add(node)
            else:
                self._data_edge(place, target)
        for section in self.elf.sections:
            if section.executable and section.alloc:
                self._scan(section, places)

    def _name_chunks(self, targets):
        """Data that has no symbol: each place that is referred to begins a
        node, which goes on to the next one."""
        starts = sorted({t for t in targets if self.data.at(t) is None
                         and self.code.at(t) is None})
        chunks = []
        for i, start in enumerate(starts):
            section = self.elf.section_at(start)
            if section is None:
                continue
            end = section.addr + section.size
            if i + 1 < len(starts):
                end = min(end, starts[i + 1])
            named = self.data.next(start)[0]
            if named is not None:
                end = min(end, named)
            node = Node(start, end, False)
            node.system, node.file = self.owners.of(start, [])
            chunks.append((start, end, node))
        self.chunks = Ranges(chunks)

    def _bounds(self):
        """{__start_NAME: all data of the section NAME}: who has its first
        address goes through all of it."""
        found = {}
        for s in self.symbols:
            prefix, _, name = s.name.partition("__start_")
            if prefix or not name or not 0 < s.shndx < len(self.elf.sections):
                continue
            section = self.elf.sections[s.shndx]
            found[s.name] = {
                thing for rows in (self.data.rows, self.chunks.rows)
                for start, _, thing in rows if section.holds(start)}
        return found

    def _data_at(self, address):
        return self.data.at(address) or self.chunks.at(address)

    def _code_edge(self, section, place, kind, symbol, target):
        source = self.code.at(place)
        if source is None:
            return
        offset = section.offset + place - section.addr
        to = self.code.at(target)
        if to is not None:
            branch = kind in (R_PC32, R_PLT32) and \
                self._branches(self.elf.data, offset)
            self._add(source, to, branch)
            if branch and "syscall" in to.names:
                self.sites.append((source, place - 1))
            return
        found = self._data_at(target)
        if found is not None:
            source.refs.add(found)
        if symbol.type != STT_SECTION:
            return
        # From a section's first byte it cannot be told whether an instruction
        # goes on behind the four bytes, or an index is counted from 1.
        reach = SLACK if kind == R_32S else 4 if kind == R_PC32 else 0
        start, following = self.data.next(target)
        if start is not None and start <= target + reach:
            source.refs.add(following)

    def _data_edge(self, place, target):
        source = self._data_at(place)
        if source is None:
            return
        # The middle of a function is a label of a switch.
        to = self.functions.get(target) or self._data_at(target)
        if to is not None:
            source.refs.add(to)

    def _add(self, source, to, branch):
        if source is to:
            return
        # libc hands the address of a call's thunk to the one function that
        # makes it a cancellation point.
        if branch or to.runtime and source.system:
            source.calls.add(to)
        else:
            source.refs.add(to)

    def _scan(self, section, places):
        data, base = self.elf.data, section.addr - section.offset
        end = section.offset + section.size
        for m in _BRANCH.finditer(data, section.offset, end):
            at, first = m.end(), m.group()[0]
            if self.ktext[0] <= at + base < self.ktext[1]:
                continue
            if first == 0xeb:
                target = at + base + 1 + struct.unpack_from("<b", data, at)[0]
            elif at + base in places or at + 4 > end:
                continue
            else:
                target = at + base + 4 + struct.unpack_from("<i", data, at)[0]
            to = self.functions.get(target)
            if to is None or first == 0xeb and not to.local:
                continue
            source = self.code.at(m.start() + base)
            if source is not None and not source.runtime:
                self._add(source, to, first not in (0x48, 0x4c))
