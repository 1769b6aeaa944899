# SPDX-License-Identifier: BSD-2-Clause
"""The memory of a PV guest, read without its help.

Two sources of machine frames, Live (dom0's peek, tools/lab-dom0/peek.c) and
Dump (a file that `xl dump-core` wrote), and Memory, which walks the guest's
page tables over either. A source gives: frames(mfns) -> [bytes or None], and
context(), the vCPU's registers.
"""
import mmap
import struct

from .errors import UserError

PAGE = 4096
ZEROS = bytes(PAGE)
PRESENT, WRITE, HELD, NX = 1, 2, 1 << 9, 1 << 63    # xen/pte.h
ADDRESS = 0x000ffffffffff000
DIRECT_BASE = 0x8000000000                          # posixen/layout.h
BATCH = 256         # frames asked for at once

# struct vcpu_guest_context of xen/arch-x86/xen.h, as far as it is used.
CONTEXT_SIZE = 5168
FLAGS, USER_REGS, CR3, FS_BASE = 512, 520, 5008, 5144
IN_KERNEL = 1 << 2                                  # VGCF_in_kernel
REGISTERS = ("r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi "
             "codes rip cs rflags rsp ss es ds fs gs").split()


class Context:
    """The vCPU as Xen has it."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.fpu = bytes(data[:512])                # FXSAVE
        self.in_kernel = bool(struct.unpack_from("<Q", data, FLAGS)[0] &
                              IN_KERNEL)
        self.regs = dict(zip(REGISTERS, struct.unpack_from(
            f"<{len(REGISTERS)}Q", data, USER_REGS)))
        for name in ("cs", "ss", "es", "ds", "fs", "gs"):
            self.regs[name] &= 0xffff
        self.cr3 = struct.unpack_from("<Q", data, CR3)[0]
        self.fs_base = struct.unpack_from("<Q", data, FS_BASE)[0]

    def set(self, name, value):
        """Change a register, for Live.set_context()."""
        struct.pack_into("<Q", self.data,
                         USER_REGS + 8 * REGISTERS.index(name), value)
        self.regs[name] = value


class Live:
    """A domain, through a pair of files to a peek that runs in its dom0."""

    def __init__(self, requests, answers):
        self.requests = requests
        self.answers = answers

    def _take(self, n):
        data = self.answers.read(n)
        if len(data) != n:
            raise UserError("the domain is gone, or dom0 is")
        return data

    def _ask(self, request):
        self.requests.write(request)
        self.requests.flush()
        return struct.unpack("<I", self._take(4))[0]

    def _order(self, request, what):
        error = self._ask(request)
        if error:
            raise UserError(f"Xen refused to {what} (error {error})")

    def frames(self, mfns):
        found = []
        if not mfns:
            return found
        self._ask(b"r" + struct.pack(f"<I{len(mfns)}Q", len(mfns), *mfns))
        for _ in mfns:
            kind = self._take(1)[0]
            found.append(self._take(PAGE) if kind == 2 else
                         ZEROS if kind == 1 else None)
        return found

    def write(self, mfn, at, data):
        self._order(b"w" + struct.pack("<QII", mfn, at, len(data)) + data,
                    "write to the guest's memory")

    def context(self):
        self._order(b"c", "give the registers")
        return Context(self._take(CONTEXT_SIZE))

    def set_context(self, context):
        self._order(b"S" + bytes(context.data), "set the registers")

    def pause(self):
        self._order(b"p", "pause the domain")

    def unpause(self):
        self._order(b"u", "unpause the domain")

    def ended(self):
        """Whether it is shut down, dying or gone."""
        self._ask(b"s")
        flags = struct.unpack("<I", self._take(4))[0]
        return flags == 0xffffffff or bool(flags & 0x5)


class Dump:
    """What `xl dump-core` wrote: docs/misc/dump-core-format.txt of Xen."""

    def __init__(self, path):
        try:
            self.file = open(path, "rb")
            self.data = mmap.mmap(self.file.fileno(), 0,
                                  access=mmap.ACCESS_READ)
            sections = self._sections()
        except (OSError, ValueError, struct.error) as e:
            raise UserError(f"{path}: {e}") from None
        for name in (".xen_prstatus", ".xen_p2m", ".xen_pages"):
            if name not in sections:
                raise UserError(f"{path} has no {name}: it is no dump of a "
                                f"PV guest by xl dump-core")
        self.prstatus = sections[".xen_prstatus"]
        self.pages = sections[".xen_pages"][0]
        at, size = sections[".xen_p2m"]
        self.index = {mfn: i for i, (_, mfn) in enumerate(
            struct.iter_unpack("<QQ", self.data[at:at + size // 16 * 16]))}

    def _sections(self):
        d = self.data
        if d[:4] != b"\x7fELF":
            raise ValueError("not an ELF file")
        shoff, = struct.unpack_from("<Q", d, 40)
        entry, count, names = struct.unpack_from("<HHH", d, 58)
        rows = [struct.unpack_from("<IIQQQQ", d, shoff + i * entry)
                for i in range(count)]
        text = rows[names][4]
        return {d[text + r[0]:d.find(b"\0", text + r[0])].decode():
                (r[4], r[5]) for r in rows}

    def frames(self, mfns):
        found = []
        for mfn in mfns:
            i = self.index.get(mfn)
            at = self.pages + (i or 0) * PAGE
            found.append(None if i is None else self.data[at:at + PAGE])
        return found

    def context(self):
        at = self.prstatus[0]
        return Context(self.data[at:at + CONTEXT_SIZE])


class Memory:
    """The guest's address space: what is at an address."""

    CACHED = 4096       # frames

    def __init__(self, source, root=None):
        self.source = source
        self.root = (root or source.context().cr3) >> 12
        self.cache = {}

    def forget(self):
        """The guest has run since: nothing is known any more."""
        self.cache.clear()

    def _frame(self, mfn):
        frame = self.cache.get(mfn)
        if frame is None:
            frame = self.source.frames([mfn])[0]
            if len(self.cache) >= self.CACHED:
                self.cache.clear()
            self.cache[mfn] = frame
        return frame

    def _entry(self, mfn, index):
        table = self._frame(mfn)
        return struct.unpack_from("<Q", table, index * 8)[0] if table else 0

    def lookup(self, va):
        """The machine frame at va, or None."""
        mfn = self.root
        for shift in (39, 30, 21, 12):
            entry = self._entry(mfn, va >> shift & 511)
            if shift == 12 and not entry & PRESENT and entry & HELD:
                # No access, but there: it keeps the frame's own number.
                return self.lookup(DIRECT_BASE + (~entry & ADDRESS))
            if not entry & PRESENT:
                return None
            mfn = (entry & ADDRESS) >> 12
        return mfn

    def mapped(self, start, end, shift=39, table=None):
        """(va, mfn) of the pages that are there, in order."""
        table = self._frame(self.root if table is None else table)
        span = 1 << shift
        va = start & -span
        while table and va < end:
            entry, = struct.unpack_from("<Q", table, (va >> shift & 511) * 8)
            if shift > 12 and entry & PRESENT:
                yield from self.mapped(max(va, start), min(va + span, end),
                                       shift - 9, (entry & ADDRESS) >> 12)
            elif shift == 12 and entry & PRESENT:
                yield va, (entry & ADDRESS) >> 12
            elif shift == 12 and entry & HELD:
                mfn = self.lookup(DIRECT_BASE + (~entry & ADDRESS))
                if mfn is not None:
                    yield va, mfn
            va += span

    def pages(self, start, end):
        """(va, content) of the pages that are there, many at a time."""
        batch = []
        for item in self.mapped(start, end):
            batch.append(item)
            if len(batch) == BATCH:
                yield from self._contents(batch)
                batch = []
        yield from self._contents(batch)

    def _contents(self, batch):
        frames = self.source.frames([mfn for _, mfn in batch])
        for (va, _), frame in zip(batch, frames):
            if frame is not None:
                yield va, frame

    def read(self, va, size):
        """Up to size bytes: fewer where no page is."""
        found = bytearray()
        while size:
            mfn = self.lookup(va)
            frame = self._frame(mfn) if mfn is not None else None
            if frame is None:
                break
            part = frame[va % PAGE:va % PAGE + size]
            found += part
            va += len(part)
            size -= len(part)
        return bytes(found)

    def write(self, va, data):
        """False if a page is not there; what is before it is written."""
        while data:
            mfn = self.lookup(va)
            if mfn is None:
                return False
            part = data[:PAGE - va % PAGE]
            self.source.write(mfn, va % PAGE, part)
            self.cache.pop(mfn, None)
            va, data = va + len(part), data[len(part):]
        return True

    def word(self, va, form="<Q"):
        """A number in memory; UserError if nothing is there."""
        size = struct.calcsize(form)
        data = self.read(va, size)
        if len(data) != size:
            raise UserError(f"the guest's memory is broken: nothing is mapped "
                            f"at {va:#x}")
        return struct.unpack(form, data)[0]

    def text(self, va, size=256):
        """A string that ends in NUL or after size bytes."""
        return self.read(va, size).split(b"\0")[0] if va else b""
