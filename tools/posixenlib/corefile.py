# SPDX-License-Identifier: BSD-2-Clause
"""A core file, core(5), of the program in a guest, for gdb.

The same that host/core.c writes for the host platform: every thread where its
program is, the signal, the program's areas; and the runtime's data and kernel
stacks.
"""
import os
import struct

from .machine import PAGE

NT_PRSTATUS, NT_FPREGSET, NT_PRPSINFO, NT_AUXV = 1, 2, 3, 6
NT_SIGINFO, NT_FILE = 0x53494749, 0x46494c45
PT_LOAD, PT_NOTE = 1, 4
R, W, X = 1, 2, 4                   # PROT_ bits
SIGABRT = 6
# signal(7): those whose default action is to dump core.
CORE_SIGNALS = {3, 4, 5, 6, 7, 8, 11, 24, 25, 31}
# user_regs_struct, as Linux's core files have it.
USER_REGS = """r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig
rip cs rflags rsp ss fs_base gs_base ds es fs gs""".split()
FPU_START = (struct.pack("<H", 0x37f) + bytes(22) +
             struct.pack("<I", 0x1f80)).ljust(512, b"\0")
MAX_HEADERS = 65000                 # more would need PN_XNUM, elf(5)


def note(kind, data):
    return struct.pack("<III8s", 5, len(data), kind, b"CORE") + data + \
        bytes(-len(data) % 4)


def prstatus(program, thread, regs, signal):
    """struct elf_prstatus: 336 bytes."""
    values = {**regs, "orig": thread.call & 2 ** 64 - 1,
              "fs_base": thread.fs_base}
    times = [thread.cpu_ns // 10 ** 9, thread.cpu_ns % 10 ** 9 // 1000]
    return struct.pack(
        "<iiihxxQQiiii", signal, 0, 0, signal, thread.sig_pending,
        thread.sig_mask, thread.tid, program.process_field("ppid", "<i"),
        program.process_field("pgid", "<i"),
        program.process_field("sid", "<i")) + \
        struct.pack("<8Q", *times, *[0] * 6) + \
        struct.pack("<27Q", *(values.get(n, 0) for n in USER_REGS)) + \
        struct.pack("<ixxxx", 1)


def command_line(program):
    size = min(program.process_field("cmdline_len"), 80)
    text = program.memory.read(program.process_field("cmdline"), size)
    return text.rstrip(b"\0").replace(b"\0", b" ")


def prpsinfo(program):
    """struct elf_prpsinfo: 136 bytes."""
    # gdb compares it with the name of the file that it is given.
    name = os.fsencode(os.path.basename(program.image.path))
    return struct.pack(
        "<cccbxxxxQIIiiii16s80s", b"\0", b"R", b"\0",
        program.process_field("nice", "<i"), 0,
        program.process_field("uid", "<I"), program.process_field("gid", "<I"),
        program.process_field("pid", "<i"),
        program.process_field("ppid", "<i"),
        program.process_field("pgid", "<i"),
        program.process_field("sid", "<i"), name[:15],
        command_line(program)[:79])


def files(program, areas):
    """NT_FILE: the image, whose first bytes are the file's."""
    first = next((a for a in areas if a.image and not a.name), None)
    if not first:
        return struct.pack("<QQ", 0, PAGE)
    return struct.pack("<QQQQQ", 1, PAGE, first.start, first.end, 0) + \
        os.fsencode(os.path.abspath(program.image.path)) + b"\0"


def wanted(program):
    """Why no core is to be written: None if one is.

    As on Linux: RLIMIT_CORE and PR_SET_DUMPABLE of the program decide, and
    the signal that ended it. A guest that has not ended so has failed itself,
    or somebody wants to look into it.
    """
    if not program.process_field("exiting", "<B"):
        return None
    signal = program.process_field("exit_status", "<i") & 0x7f
    if signal not in CORE_SIGNALS:
        return "the program was not ended by a signal that dumps core"
    if program.process_field("rlimit_core") == 0:
        return "the program's RLIMIT_CORE is 0"
    if program.process_field("not_dumpable", "<B"):
        return "the program has cleared PR_SET_DUMPABLE"
    return None


class Core:
    def __init__(self, program, context, kernel=False):
        """kernel: where threads are in the runtime, not in the program."""
        self.program = program
        self.threads = program.threads(context)
        self.areas = program.areas()
        ended = program.process_field("exiting", "<B")
        self.signal = program.process_field("exit_status", "<i") & 0x7f \
            if ended else SIGABRT
        self.ended = ended
        self.kernel = kernel

    def _regs(self, thread):
        """Those of the runtime where it is the runtime that failed."""
        failed = not self.ended and thread is self.threads[0]
        if thread.kernel and (self.kernel or failed):
            return {**dict.fromkeys(USER_REGS, 0), "cs": 0x33, "ss": 0x2b,
                    "rflags": 0x202, **thread.kernel}
        return thread.regs

    def _notes(self):
        p = self.program
        threads = [note(NT_PRSTATUS, prstatus(p, t, self._regs(t),
                                              self.signal)) +
                   note(NT_FPREGSET, t.fpu or FPU_START)
                   for t in self.threads]
        info = p.process_field("fatal_info") if self.ended else 0
        siginfo = p.memory.read(info, 128) if info else b""
        start, end = p.process_field("auxv_start"), p.process_field("auxv_end")
        parts = threads[:1]
        parts.append(note(NT_PRPSINFO, prpsinfo(p)))
        parts.append(note(NT_SIGINFO,
                          siginfo.ljust(128, b"\0") if siginfo else
                          struct.pack("<i", self.signal).ljust(128, b"\0")))
        if end > start:
            parts.append(note(NT_AUXV, p.memory.read(start, end - start)))
        parts.append(note(NT_FILE, files(p, self.areas)))
        return b"".join(parts + threads[1:])

    def _ranges(self):
        """(start, end, PROT_ bits, what of it to read)."""
        found = [(a.start, a.end, a.prot, not a.dont_dump)
                 for a in self.areas]
        if len(found) + 2 * len(self.threads) + 8 > MAX_HEADERS:
            return found[:MAX_HEADERS]
        p = self.program
        pages = set()
        for t, size in [(t.address, p.at["thread.size"])
                        for t in self.threads] + \
                [(p.find_process(), p.at["process.size"])]:
            pages |= {t & -PAGE, t + size - 1 & -PAGE}
        found += [(v, v + PAGE, R | W, True) for v in sorted(pages)]
        found += [(*p.kernel_stack(t), R | W, True) for t in self.threads]
        return found

    def write(self, path):
        """Write it, sparse. Bytes of memory that it holds."""
        ranges = self._ranges()
        notes = self._notes()
        head = 64 + 56 * (1 + len(ranges))
        offset = head + len(notes)
        table, written = [], 0
        with open(path, "wb") as out:
            os.chmod(path, 0o600)
            for start, end, prot, content in ranges:
                offset = -(-offset // PAGE) * PAGE
                there = False
                for va, page in (self.program.memory.pages(start, end)
                                 if content else ()):
                    there = True
                    if any(page):
                        out.seek(offset + va - start)
                        out.write(page)
                        written += PAGE
                # What nobody may touch and nobody has touched is no hole.
                size = end - start if there or (content and prot) else 0
                flags = (prot & R) << 2 | prot & W | (prot & X) >> 2
                table.append(struct.pack("<IIQQQQQQ", PT_LOAD, flags, offset,
                                         start, 0, size, end - start, PAGE))
                offset += size
            out.truncate(offset)
            out.seek(0)
            out.write(struct.pack(
                "<16sHHIQQQIHHHHHH", b"\x7fELF\2\1\1", 4, 62, 1, 0, 64, 0, 0,
                64, 56, len(table) + 1, 0, 0, 0))
            out.write(struct.pack("<IIQQQQQQ", PT_NOTE, 0, head, 0, 0,
                                  len(notes), 0, 4))
            out.write(b"".join(table) + notes)
        return written
