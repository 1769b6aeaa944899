# SPDX-License-Identifier: BSD-2-Clause
"""The program in a guest: its threads, where each is, its address space.

All is read from memory (machine.py); where the fields are, the image says
(runtime/debug_layout.c). Nothing of the guest has to work for it.
"""
import struct

from .errors import USAGE, UserError
from .machine import PAGE

VERSION = 1
# The order of runtime/debug_layout.c.
FIELDS = """kstack_size
thread.kstack_top thread.in_kernel thread.uframe thread.ksp thread.proc
thread.proc_link thread.state thread.tid thread.fs_base thread.name
thread.sig_mask thread.sig_pending thread.cpu_ns thread.size
process.pid process.ppid process.pgid process.sid process.threads process.vm
process.uid process.gid process.rlimit_core process.comm process.cmdline
process.cmdline_len process.auxv_start process.auxv_end
process.not_dumpable process.exiting process.exit_status process.fatal_ctx
process.fatal_info process.nice process.size
bounced.fpu bounced.size context.fpu frame.call frame.args frame.user call.nr
space.areas area.link area.start area.end area.prot area.flags area.file
area.name area.IMAGE area.DONTDUMP""".split()

STATES = ["ready", "running", "blocked", "ended"]
# struct regs (posixen/trap.h), struct uframe and the argument registers.
REGS = """r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi vector
error rip cs rflags rsp ss""".split()
UFRAME = "rbx rbp r12 r13 r14 r15 rsp rip".split()
ARGS = "rdi rsi rdx rcx r8 r9".split()
SWITCHED = "r15 r14 r13 r12 rbx rbp rip".split()     # behind 8 bytes of FPU
USER_CS, USER_SS = 0xe033, 0xe02b                    # xen/arch-x86
EINTR = 4


class Thread:
    """One thread: number, name, state, and its program's registers."""

    def __init__(self):
        self.regs = {}
        self.kernel = {}        # of the runtime's code that it is in, or {}
        self.fpu = None         # FXSAVE
        self.fs_base = 0
        self.call = -1          # number of the system call that it is in


class Area:
    def __init__(self, start, end, prot, flags):
        self.start, self.end, self.prot = start, end, prot
        self.flags = flags
        self.image = self.dont_dump = False
        self.name = None


class Program:
    """What an Image (elfimage.py) does in a Memory."""

    def __init__(self, image, memory):
        self.image = image
        self.memory = memory
        self.at = dict(zip(FIELDS, self._layout()))
        names = ["current_thread", "main_process", "exception_stack_top",
                 "hypercall_page", "kernel_process", "px_debugger"]
        self.symbols = image.addresses(names)
        for name in names[:4]:
            if name not in self.symbols:
                raise UserError(
                    f"{image.path} has no symbol {name}: give the image as "
                    f"tools/link-app made it, not a stripped one", USAGE)
        self.process = 0

    def _layout(self):
        raw = self.image.section(".debug_layout")
        if not raw:
            raise UserError(f"{self.image.path} does not say where its "
                            f"runtime keeps its threads: link it again", USAGE)
        version, *values = struct.unpack(f"<{len(raw) // 2}H",
                                         raw[:len(raw) // 2 * 2])
        if version != VERSION or len(values) < len(FIELDS):
            raise UserError(f"{self.image.path} was linked with another "
                            f"version of Posixen than these tools", USAGE)
        return values

    def field(self, base, name, form="<Q"):
        return self.memory.word(base + self.at[name], form)

    def process_field(self, name, form="<Q"):
        return self.field(self.find_process(), "process." + name, form)

    def find_process(self):
        if not self.process:
            self.process = self.memory.word(self.symbols["main_process"])
            if not self.process:
                raise UserError("the guest has not come as far as its program")
        return self.process

    def current(self):
        """The address of the struct thread that runs, or 0."""
        return self.memory.word(self.symbols["current_thread"])

    def _list(self, head, offset):
        """The objects of a struct list (posixen/list.h): next comes first."""
        pos, seen = self.memory.word(head), set()
        while pos != head and pos not in seen:
            seen.add(pos)
            yield pos - offset
            pos = self.memory.word(pos)

    # Registers.

    def _words(self, va, names):
        data = self.memory.read(va, 8 * len(names))
        return dict(zip(names, struct.unpack_from(
            f"<{len(data) // 8}Q", data)))

    def vcpu(self, context):
        """(registers, in a trap) where the vCPU left the guest's user mode.

        In kernel mode it is on the exception stack, whose top Xen filled: for
        a trap struct regs lies there, for a hypercall just the return, and
        the other registers are as they were.
        """
        regs = dict(context.regs)
        if not context.in_kernel:
            return regs, False
        top = self.symbols["exception_stack_top"]
        frame = self._words(top - 8 * len(REGS), REGS)
        page = self.symbols["hypercall_page"]
        if page <= frame["rip"] <= page + PAGE:
            regs.update(rip=frame["rip"], rsp=frame["rsp"],
                        rflags=frame["rflags"])
            return regs, False
        return frame, True

    def _called(self, thread, t):
        """A thread in a system call: runtime/thread_state.c."""
        uframe = self.field(t, "thread.uframe")
        regs = self._words(uframe, UFRAME)
        regs["rsp"] += 8
        regs.update(rax=2 ** 64 - EINTR, rflags=0x202, cs=USER_CS, ss=USER_SS)
        top = self.field(t, "thread.kstack_top")
        if uframe + 8 * len(UFRAME) == top:
            frame = uframe - self.at["frame.user"]
            regs.update(self._words(frame + self.at["frame.args"], ARGS))
            call = self.memory.word(frame + self.at["frame.call"])
            thread.call = self.memory.word(call + self.at["call.nr"], "<H")
        thread.regs = regs

    def _bounced(self, thread, t):
        at = self.field(t, "thread.kstack_top") - self.at["bounced.size"] & -16
        thread.regs = self._words(at, REGS)
        self._take_fpu(thread, self.memory.word(at + self.at["bounced.fpu"]))

    def _take_fpu(self, thread, at):
        data = self.memory.read(at, 512) if at else b""
        thread.fpu = data if len(data) == 512 else None

    def _switched(self, t):
        """The runtime's registers of a thread that is not running."""
        ksp = self.field(t, "thread.ksp")
        if not ksp:
            return {}
        regs = self._words(ksp + 8, SWITCHED)
        regs["rsp"] = ksp + 8 * (len(SWITCHED) + 1)
        return regs

    def thread(self, t, context=None):
        thread = Thread()
        thread.address = t
        thread.tid = self.field(t, "thread.tid", "<i")
        state = self.field(t, "thread.state", "<I")
        thread.state = STATES[state] if state < len(STATES) else str(state)
        thread.name = self.memory.text(t + self.at["thread.name"], 16).decode(
            "utf-8", "replace")
        thread.fs_base = self.field(t, "thread.fs_base")
        thread.sig_mask = self.field(t, "thread.sig_mask")
        thread.sig_pending = self.field(t, "thread.sig_pending")
        thread.cpu_ns = self.field(t, "thread.cpu_ns")
        running = t == self.current() and context is not None
        in_kernel = self.field(t, "thread.in_kernel", "<I")
        now, trapped = {}, False
        if running:
            thread.fs_base = context.fs_base
            now, trapped = self.vcpu(context)
        if not running:
            thread.kernel = self._switched(t)
        elif in_kernel:
            thread.kernel = now
        fatal = self.process_field("fatal_ctx")
        if t == self.current() and self.process_field("exiting", "<B") and \
                fatal:
            thread.regs = self._words(fatal, REGS)
            self._take_fpu(thread, self.memory.word(
                fatal + self.at["context.fpu"]))
        elif running and not in_kernel:
            thread.regs = now
            thread.fpu = context.fpu
        elif self.field(t, "thread.uframe"):
            self._called(thread, t)
        elif not running and thread.kernel.get("rsp") == self.field(
                t, "thread.kstack_top") - 8:
            thread.regs = dict(thread.kernel)       # it has never run
        else:
            self._bounced(thread, t)
        return thread

    def threads(self, context=None):
        """The program's threads; the running one first."""
        head = self.find_process() + self.at["process.threads"]
        current = self.current()
        found = [self.thread(t, context) for t in
                 self._list(head, self.at["thread.proc_link"])]
        return sorted(found, key=lambda t: t.address != current)

    def kernel_stack(self, thread):
        """[start, end) of the runtime's stack of a thread."""
        top = self.field(thread.address, "thread.kstack_top")
        return top - self.at["kstack_size"], top

    # The address space.

    def areas(self):
        space = self.process_field("vm")
        found = []
        for a in self._list(space + self.at["space.areas"],
                            self.at["area.link"]):
            area = Area(self.field(a, "area.start"), self.field(a, "area.end"),
                        self.field(a, "area.prot", "<I"),
                        self.field(a, "area.flags", "<I"))
            area.image = bool(area.flags & self.at["area.IMAGE"])
            area.dont_dump = bool(area.flags & self.at["area.DONTDUMP"])
            name = self.field(a, "area.name")
            area.name = self.memory.text(name).decode() if name else None
            found.append(area)
        return found
