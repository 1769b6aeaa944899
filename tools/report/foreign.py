# SPDX-License-Identifier: BSD-2-Clause
"""What a program that is not ported would need: the libc functions that it and
its libraries import, and the syscall instructions in their code."""

import os
import re
import struct

from . import elf, libcmap, model, windows
from .errors import ReportError
from .reach import ANY, DIRECT

# What an image has from musl instead.
LIBC = re.compile(r"^(libc|libm|libpthread|libdl|librt|libutil|libresolv|"
                  r"libcrypt|libnsl|libanl|ld-linux-x86-64|ld-musl-x86_64)\.so|"
                  r"^libc\.musl")
FOLDERS = ("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64",
           "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib")
R_JUMP_SLOT, R_GLOB_DAT = 7, 6
STB_GLOBAL = 1
# Made by the compiler and the loader; no function that a system call is in.
_OWN = re.compile(r"^(__libc_start_main|__libc_start_call_main|__cxa_finalize|"
                  r"__gmon_start__|_ITM_\w+|__tls_get_addr|__stack_chk_fail|"
                  r"__cxa_thread_atexit_impl|__libc_single_threaded|"
                  r"__rseq_\w+|_dl_\w+|__register_atfork)$")


class Object:
    """A program or library, and what it takes from others."""

    def __init__(self, path):
        self.elf = elf.Elf(path)
        if self.elf.type == elf.ET_REL:
            raise ReportError("%s is an object file, which link-app --report "
                              "looks at" % path)
        self.name = os.path.basename(path)
        symbols = self.elf.symbols(elf.SHT_DYNSYM)
        self.dynamic = symbols
        self.imports = sorted({s.name for s in symbols if not s.shndx
                               and s.name and s.bind == STB_GLOBAL})
        self.exports = {s.name for s in symbols if s.shndx and s.name}

    def functions(self):
        """Where a place is: the functions that have a symbol."""
        rows = {s.value: (s.value, s.value + max(s.size, 1), s.name)
                for s in self.dynamic + self.elf.symbols()
                if s.type == elf.STT_FUNC and s.shndx}
        return elf.Ranges(rows.values())

    def _code(self):
        return [s for s in self.elf.sections
                if s.executable and s.type != elf.SHT_NOBITS]

    def _window(self, section, offset, mnemonic):
        low = max(section.offset, offset - windows.BEFORE)
        high = min(section.offset + section.size, offset + windows.AFTER)
        return self.elf.data[low:high], offset - low, mnemonic

    def instructions(self):
        """(address, number or None) of each syscall instruction."""
        places, found = [], []
        for s in self._code():
            for m in re.finditer(rb"\x0f\x05", self.elf.data[
                    s.offset:s.offset + s.size], re.DOTALL):
                at = s.offset + m.start()
                places.append((s.addr + m.start(),
                               self._window(s, at, "syscall")))
        if places:
            rows = windows.constants([p[1] for p in places], "eax")
            found = [(address, number) for (address, _), (there, number)
                     in zip(places, rows) if there]
        return found

    def _slots(self, name):
        """The places of the GOT that hold a function's address."""
        slots = set()
        for s in self.elf.sections:
            if s.type != elf.SHT_RELA or not s.alloc:
                continue
            for place, info, _ in struct.iter_unpack("<QQq",
                                                     self.elf.content(s)):
                if info & 0xffffffff in (R_JUMP_SLOT, R_GLOB_DAT) and \
                        info >> 32 < len(self.dynamic) and \
                        self.dynamic[info >> 32].name == name:
                    slots.add(place)
        return slots

    def numbers(self):
        """(address, number or None) of each call of syscall(3)."""
        slots, stubs, places = self._slots("syscall"), set(), []
        if not slots:
            return []
        data = self.elf.data
        # First the stubs; then who calls, or jumps as its last act.
        for opcode in (rb"\xff\x25", rb"\xff\x15", rb"[\xe8\xe9]"):
            for s in self._code():
                end = s.offset + s.size
                for m in re.finditer(opcode, data[s.offset:end], re.DOTALL):
                    at = s.offset + m.end()
                    if at + 4 > end:
                        continue
                    place = s.addr + m.start()
                    target = s.addr + m.end() + 4 + \
                        struct.unpack_from("<i", data, at)[0]
                    if opcode == rb"\xff\x25" and target in slots and \
                            s.name.startswith(".plt"):
                        # The stub's start: endbr64 and bnd may stand before.
                        stubs |= {place, place - 1, place - 4, place - 5}
                    elif target in (slots if m.group()[0] == 0xff else stubs):
                        places.append((place, self._window(
                            s, s.offset + m.start(), ("call", "jmp"))))
        if not places:
            return [(0, None)]
        rows = windows.constants([p[1] for p in places], "edi")
        return [(address, number) for (address, _), (there, number)
                in zip(places, rows) if there] or [(0, None)]


def _find(name, beside):
    for folder in (beside,) + FOLDERS:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return path
    return None


def objects_of(path):
    """The program, and the libraries that it loads but libc's."""
    objects, missing, todo, seen = [], [], [path], set()
    while todo:
        current = todo.pop(0)
        obj = Object(current)
        objects.append(obj)
        for name in obj.elf.needed():
            if name in seen or LIBC.match(name):
                continue
            seen.add(name)
            found = _find(name, os.path.dirname(path))
            if found:
                todo.append(found)
            else:
                missing.append(name)
    return objects, missing


class _Needs:
    """{call: rows of by}: the program's own before its libraries', and the
    nearest first."""

    def __init__(self, table):
        self.table = table
        self.found, self.how = {}, {}
        self.variable, self.order = [], {}

    def rows(self, call):
        return [{"function": function, "file": file, "through": through,
                 "how": how} for _, _, _, function, through, file, how
                in sorted(self.found[call])]

    def add(self, call, function, obj, through, how, steps=0):
        if call == ANY:
            return
        self.order.setdefault(obj.name, len(self.order))
        self.found.setdefault(call, set()).add(
            (self.order[obj.name], how != DIRECT, steps, function, through,
             obj.name, how))
        if self.how.get(call) != DIRECT:
            self.how[call] = how

    def by_number(self, obj, rows, through):
        functions = obj.functions()
        for address, number in rows:
            where = functions.at(address) or "code at 0x%x" % address
            if not address:
                where = obj.name
            call = self.table.by_nr.get(number)
            if number is None:
                self.variable.append("%s (%s)" % (where, obj.name))
            else:
                self.add(call.name if call else "number %d" % number, where,
                         obj, through, DIRECT)


def report_of(path, table, build, program=None):
    objects, missing = objects_of(path)
    needs, unknown = _Needs(table), set()
    libc = None
    exported = set().union(*(o.exports for o in objects))
    for obj in objects:
        if obj.imports and libc is None:
            libc = libcmap.LibcMap(table, build)
        for name in obj.imports:
            if name in exported or _OWN.match(name):
                continue
            calls = libc.calls(name)
            if calls is None:
                unknown.add(name)
            for call, (how, steps) in (calls or {}).items():
                needs.add(call, obj.name, obj, name, how, steps)
        needs.by_number(obj, obj.numbers(), "syscall")
        needs.by_number(obj, obj.instructions(), "")
    if libc is not None:
        start = libc.calls("__libc_start_main") or {}
        for call, (how, _) in start.items():
            if call not in needs.found and call != ANY:
                needs.found[call], needs.how[call] = set(), how
    report = model.empty(program or model.program_name(path), "elf")
    report["unknown"] = sorted(unknown) + ["library " + n for n in missing] + [
        "what %s opens with dlopen()" % o.name for o in objects
        if "dlopen" in o.imports]
    report["variable_number"] = sorted(set(needs.variable))
    report["calls"] = [model.call_row(table, call, needs.how[call],
                                      needs.rows(call))
                       for call in needs.found]
    if not report["calls"]:
        raise ReportError("%s imports no libc function and has no syscall "
                          "instruction" % path)
    return model.finish(report)
