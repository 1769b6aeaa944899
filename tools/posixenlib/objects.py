# SPDX-License-Identifier: BSD-2-Clause
"""Archives and ELF objects, read without a process for each of them.

An archive of OpenSSL has 700 members; link-app looks at the symbols of each
and changes names in a few.
"""

import os
import struct

SHT_SYMTAB = 2
STB_GLOBAL, STB_WEAK = 1, 2
SECTION = "<IIQQQQIIQQ"     # name type flags address offset size link ...
SYMBOL = struct.Struct("<IBBHQQ")
MAGIC, THIN = b"!<arch>\n", b"!<thin>\n"
INDEXES = (b"/ ", b"/SYM64/ ")


class Member:
    """One member: where its header began, its name, its bytes."""

    def __init__(self, at, header, name, data):
        self.at, self.header, self.name = at, header, name
        self.data = data


class Archive:
    """The members of an archive; data of a thin one is read from its files."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as f:
            self.raw = f.read()
        self.thin = self.raw.startswith(THIN)
        self.special, self.members = {}, []
        self._read()

    def _read(self):
        at, raw = 8, self.raw
        while at + 60 <= len(raw):
            header = raw[at:at + 60]
            size = int(header[48:58])
            kind = header[:16]
            inside = kind.startswith(INDEXES) or kind.startswith(b"// ")
            if inside or not self.thin:
                data = raw[at + 60:at + 60 + size]
                end = at + 60 + size + (size & 1)
            else:
                data, end = None, at + 60
            if inside:
                self.special[kind.rstrip()] = (header, data)
            else:
                self.members.append(self._member(at, header, data))
            at = end

    def _member(self, at, header, data):
        name = header[:16].rstrip()
        if name[:1] == b"/":
            long_names = self.special[b"//"][1]
            start = int(name[1:].split(b":")[0])
            name = long_names[start:long_names.index(b"\n", start)]
        name = name.rstrip(b"/").decode("utf-8", "replace")
        if data is None:
            where = os.path.join(os.path.dirname(self.path), name)
            with open(where, "rb") as f:
                data = f.read()
        return Member(at, header, name, data)

    def write(self, path, changed):
        """The archive anew, with other data for some of its members.

        changed: {Member: bytes}. The index keeps its symbols; only where the
        members lie is another. A thin archive becomes an ordinary one.
        """
        head = MAGIC
        index = next((k for k in (b"/", b"/SYM64/") if k in self.special), None)
        keep = [k for k in (index, b"//") if k in self.special]
        size = len(head) + sum(_padded(self.special[k][1]) + 60 for k in keep)
        moved, parts = {}, []
        for m in self.members:
            data = changed.get(m, m.data)
            moved[m.at] = size
            parts.append(_with_size(m.header, len(data)) + data +
                         b"\n" * (len(data) & 1))
            size += len(parts[-1])
        with open(path, "wb") as f:
            f.write(head)
            for k in keep:
                header, data = self.special[k]
                if k == index:
                    data = _move_index(k, data, moved)
                f.write(header + data + b"\n" * (len(data) & 1))
            f.writelines(parts)


def _padded(data):
    return len(data) + (len(data) & 1)


def _with_size(header, size):
    return header[:48] + b"%-10d" % size + header[58:]


def _move_index(kind, data, moved):
    """The System V index: how many symbols, where the member of each, names."""
    word = ">%dI" if kind == b"/" else ">%dQ"
    width = 4 if kind == b"/" else 8
    count, = struct.unpack_from(word % 1, data)
    places = struct.unpack_from(word % count, data, width)
    return (data[:width] +
            struct.pack(word % count, *(moved[p] for p in places)) +
            data[width * (count + 1):])


class Object:
    """The symbol table of one ELF object."""

    def __init__(self, data):
        self.data = data
        self.table = None
        if data[:6] != b"\x7fELF\x02\x01":
            return
        self.shoff, = struct.unpack_from("<Q", data, 40)
        self.shsize, count = struct.unpack_from("<HH", data, 58)
        if not self.shoff:
            return
        if not count:           # more than 65,279 sections
            count = struct.unpack_from(SECTION, data, self.shoff)[5]
        # Assemblers put it behind the code's sections, often thousands.
        for i in reversed(range(count)):
            kind, = struct.unpack_from("<I", data, self._header(i) + 4)
            if kind == SHT_SYMTAB:
                s = struct.unpack_from(SECTION, data, self._header(i))
                self.table = s
                self.strings = struct.unpack_from(SECTION, data,
                                                  self._header(s[6]))
                break

    def _header(self, index):
        return self.shoff + index * self.shsize

    def names(self):
        """The bytes of all symbols' names."""
        if not self.table:
            return b""
        return self.data[self.strings[4]:self.strings[4] + self.strings[5]]

    def symbols(self):
        """(index, name, binding, section's index) of the global symbols."""
        if not self.table:
            return
        names = self.names()
        at, size, first = self.table[4], self.table[5], self.table[7]
        rows = memoryview(self.data)[at + 24 * first:at + size]
        for i, row in enumerate(SYMBOL.iter_unpack(rows), first):
            name, info, _, section, _, _ = row
            yield (i, names[name:names.index(b"\0", name)].decode(
                "latin-1"), info >> 4, section)

    def chooses(self):
        """Whether it has a function that is chosen when the program starts.

        Its symbol's type is STT_GNU_IFUNC, and the assembler writes down in
        the header that this is GNU's (ELFOSABI_GNU).
        """
        if not self.table or self.data[7] != 3:
            return False
        at, size = self.table[4], self.table[5]
        return any(info & 15 == 10
                   for info in self.data[at + 4:at + size:24])

    def mentions(self, words):
        """Whether a name ends with one of the words (bytes, null-terminated).

        A name's end may serve as another name. Much faster than symbols().
        """
        names = self.names()
        return any(word in names for word in words)

    def renamed(self, names):
        """The object with other names for undefined symbols: {old: new}.

        The table of names gets a copy with the new ones behind, at the end.
        """
        out = bytearray(self.data)
        table = bytearray(self.names())
        places = {}
        for i, name, _, section in self.symbols():
            if section or name not in names:
                continue
            if name not in places:
                places[name] = len(table)
                table += names[name].encode() + b"\0"
            struct.pack_into("<I", out, self.table[4] + 24 * i, places[name])
        header = self._header(self.table[6])
        struct.pack_into("<QQ", out, header + 24, len(out), len(table))
        return bytes(out + table)
