# SPDX-License-Identifier: BSD-2-Clause
"""gdb's remote protocol for a guest: `target remote | tools/lab gdbserver`.

The guest is paused, read and written from outside (machine.py, program.py).
It stops by itself at breakpoints, single steps, faults and at its end
(runtime/debugger.c): it then says why and waits in its trap handler, whose
registers, on the exception stack, are those of the code that was stopped.
"GDB Remote Serial Protocol" in gdb's manual describes the packets.
"""
import os
import re
import select
import struct

from .errors import UserError
from .program import REGS

ATTACHED, STOPPED, WHY = 0, 4, 8    # px_debugger
EXIT = -1
SIGINT, SIGTRAP = 2, 5
TRAP_FLAG = 0x100
INT3 = b"\xcc"
POLL = 0.02                         # s between two looks at a running guest

GENERAL = """rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15
rip""".split()
SEGMENTS = ["cs", "ss", "ds", "es", "fs", "gs"]
# Offset and bytes in an FXSAVE area of fctrl fstat ftag fiseg fioff foseg
# fooff fop; ftag is packed there.
X87 = [(0, 2), (2, 2), (4, 1), (12, 2), (8, 4), (20, 2), (16, 4), (6, 2)]
X87_NAMES = "fctrl fstat ftag fiseg fioff foseg fooff fop".split()


def description():
    """The registers, in the order in which they are sent."""
    def reg(name, bits, kind):
        return f'<reg name="{name}" bitsize="{bits}" type="{kind}"/>'

    kinds = {"rip": "code_ptr", "rsp": "data_ptr", "rbp": "data_ptr"}
    core = "".join(reg(n, 64, kinds.get(n, "int64")) for n in GENERAL)
    core += "".join(reg(n, 32, "int32") for n in ["eflags"] + SEGMENTS)
    core += "".join(reg(f"st{i}", 80, "i387_ext") for i in range(8))
    core += "".join(reg(n, 32, "int") for n in X87_NAMES)
    sse = '<vector id="v4f" type="ieee_single" count="4"/>'
    sse += "".join(reg(f"xmm{i}", 128, "v4f") for i in range(16))
    sse += reg("mxcsr", 32, "int")
    base = reg("fs_base", 64, "int") + reg("gs_base", 64, "int")
    return ('<?xml version="1.0"?><!DOCTYPE target SYSTEM "gdb-target.dtd">'
            "<target><architecture>i386:x86-64</architecture>"
            f'<feature name="org.gnu.gdb.i386.core">{core}</feature>'
            f'<feature name="org.gnu.gdb.i386.sse">{sse}</feature>'
            f'<feature name="org.gnu.gdb.i386.segments">{base}</feature>'
            "</target>")


def unpack_tags(packed):
    """FXSAVE says of each register whether it is in use; FSAVE has 2 bits."""
    return sum((0 if packed >> i & 1 else 3) << 2 * i for i in range(8))


def register_hex(thread):
    regs = thread.regs
    parts = [struct.pack("<Q", regs[n]) if n in regs else None
             for n in GENERAL]
    parts.append(struct.pack("<I", regs.get("rflags", 0x202) & 0xffffffff))
    parts += [struct.pack("<I", regs.get(n, 0)) for n in SEGMENTS]
    fpu = thread.fpu
    for i in range(8):
        parts.append(fpu[32 + 16 * i:42 + 16 * i] if fpu else bytes(10))
    for name, (at, size) in zip(X87_NAMES, X87):
        value = int.from_bytes(fpu[at:at + size], "little") if fpu else 0
        if name == "ftag":
            value = unpack_tags(value)
        parts.append(struct.pack("<I", value))
    for i in range(16):
        parts.append(fpu[160 + 16 * i:176 + 16 * i] if fpu else bytes(16))
    parts.append(fpu[24:28] if fpu else struct.pack("<I", 0x1f80))
    parts += [struct.pack("<QQ", thread.fs_base, 0)]
    return "".join("xx" * 8 if p is None else p.hex() for p in parts)


class Detached(Exception):
    """gdb has gone, or the program has."""


class Guest:
    """The guest as a debugger sees it: stopped or running."""

    def __init__(self, source, program):
        self.source = source
        self.program = program
        self.memory = program.memory
        if "px_debugger" not in program.symbols:
            raise UserError("this image was linked without the part that "
                            "stops for debuggers: link it again")
        self.mailbox = program.symbols["px_debugger"]
        self.breakpoints = {}       # address: the byte that was there
        self.context = None
        self.threads = []
        self.stopped_itself = False

    # Stopping and going on.

    def attach(self):
        self.source.pause()
        self.program.find_process()
        self._mail(ATTACHED, 1)
        self.look()

    def _mail(self, field, value):
        self.memory.write(self.mailbox + field, struct.pack("<i", value))

    def _mailed(self, field):
        self.memory.forget()
        return self.memory.word(self.mailbox + field, "<i")

    def look(self):
        """Read where everything is; the domain is paused."""
        self.memory.forget()
        self.context = self.source.context()
        self.stopped_itself = bool(self._mailed(STOPPED))
        if self.stopped_itself:
            self._set_rflags(lambda f: f & ~TRAP_FLAG)
        self.threads = self.program.threads(self.context)

    def poll(self):
        """Has it stopped by itself? Then it is paused, and why: else None."""
        if self.source.ended():
            raise UserError("the guest has ended")
        if not self._mailed(STOPPED):
            return None
        self.source.pause()
        self.look()
        return self._mailed(WHY)

    def interrupt(self):
        self.source.pause()
        self.look()

    def resume(self, step=False, keep_signal=False):
        if step:
            self._set_rflags(lambda f: f | TRAP_FLAG)
        if self.stopped_itself:
            if not keep_signal:
                self._mail(WHY, 0)
            self._mail(STOPPED, 0)
        self.source.unpause()

    def detach(self):
        for address in list(self.breakpoints):
            self.remove(address)
        self._mail(ATTACHED, 0)
        self.resume()

    # Registers of the running thread, where they can be changed.

    def _trap_frame(self):
        """The address of struct regs on the exception stack, or 0."""
        if self.context.in_kernel and self.program.vcpu(self.context)[1]:
            return self.program.symbols["exception_stack_top"] - 8 * len(REGS)
        return 0

    def set_register(self, name, value):
        frame = self._trap_frame()
        raw = struct.pack("<Q", value)
        if frame:
            self.memory.write(frame + 8 * REGS.index(name), raw)
        elif not self.context.in_kernel:
            self.context.set(name, value)
            self.source.set_context(self.context)
        else:
            return False
        return True

    def _set_rflags(self, change):
        frame = self._trap_frame()
        flags = self.memory.word(frame + 8 * REGS.index("rflags")) if frame \
            else self.context.regs["rflags"]
        if change(flags) != flags:
            self.set_register("rflags", change(flags))

    # Breakpoints.

    def insert(self, address):
        if address in self.breakpoints:
            return True
        old = self.memory.read(address, 1)
        if not old or not self.memory.write(address, INT3):
            return False
        self.breakpoints[address] = old
        return True

    def remove(self, address):
        old = self.breakpoints.pop(address, None)
        return old is None or self.memory.write(address, old)

    def read(self, address, size):
        """Memory as it is without breakpoints."""
        data = bytearray(self.memory.read(address, size))
        for b, old in self.breakpoints.items():
            if address <= b < address + len(data):
                data[b - address] = old[0]
        return bytes(data)


class Server:
    """One session with gdb, on a pair of descriptors."""

    def __init__(self, guest, fd_in, fd_out):
        self.guest = guest
        self.fd_in, self.fd_out = fd_in, fd_out
        self.inbuf = b""
        self.acks = True
        self.selected = 0           # tid of H g
        self.final = None           # reply when the program is let go
        self.shown = 0              # the signal of the last stop

    # Packets.

    def _fill(self):
        data = os.read(self.fd_in, 65536)
        if not data:
            raise Detached
        self.inbuf += data

    def _packet(self):
        while True:
            m = re.search(rb"\$([^#]*)#(..)", self.inbuf, re.S)
            if m:
                self.inbuf = self.inbuf[m.end():]
                if self.acks:
                    os.write(self.fd_out, b"+")
                return m.group(1).decode("latin-1")
            self._fill()

    def _send(self, text):
        raw = text.encode("latin-1")
        os.write(self.fd_out, b"$" + raw + b"#%02x" % (sum(raw) & 255))

    # Threads.

    def _thread(self, tid=0):
        threads = self.guest.threads
        for t in threads:
            if t.tid == (tid or self.selected):
                return t
        return threads[0]

    def _stop_reply(self, signal):
        self.selected = self.guest.threads[0].tid
        return f"T{signal:02x}thread:{self.selected:x};"

    # Running.

    def _run(self, step=False, keep_signal=False):
        """Let the guest run until it stops; the reply."""
        if self.final:
            # The end has been shown; now it may happen.
            reply, self.final = self.final, None
            self.guest.detach()
            self._send(reply)
            raise Detached
        self.guest.resume(step, keep_signal)
        while True:
            ready = select.select([self.fd_in], [], [], POLL)[0]
            if ready:
                self._fill()
            if b"\3" in self.inbuf:
                self.inbuf = self.inbuf.replace(b"\3", b"", 1)
                self.guest.interrupt()
                return self._stop_reply(SIGINT)
            try:
                why = self.guest.poll()
            except UserError:
                self._send("X09")
                raise Detached from None
            if why == EXIT:
                return self._exits()
            if why is not None:
                self.shown = why
                return self._stop_reply(why)

    def _exits(self):
        status = self.guest.program.process_field("exit_status", "<i")
        signal = status & 0x7f
        self.final = f"X{signal:02x}" if signal else \
            f"W{status >> 8 & 255:02x}"
        # Show what a signal ends before it is gone, once.
        if signal and signal != self.shown:
            return self._stop_reply(signal)
        return self._run()

    def _continue(self, packet):
        actions = packet[len("vCont;"):].split(";")
        step = any(a[:1] in "sS" for a in actions)
        signal = any(a[:1] in "CS" for a in actions)
        return self._run(step, signal)

    # Requests.

    def _query(self, packet):
        if packet.startswith("qSupported"):
            return ("PacketSize=4000;QStartNoAckMode+;vContSupported+;"
                    "qXfer:features:read+")
        if packet.startswith("qXfer:features:read:target.xml:"):
            at, size = (int(n, 16) for n in packet.split(":")[-1].split(","))
            text = description()
            return ("m" if at + size < len(text) else "l") + text[at:at + size]
        if packet == "qfThreadInfo":
            return "m" + ",".join(f"{t.tid:x}" for t in self.guest.threads)
        if packet == "qsThreadInfo":
            return "l"
        if packet == "qC":
            return f"QC{self.guest.threads[0].tid:x}"
        if packet.startswith("qThreadExtraInfo,"):
            t = self._thread(int(packet.split(",")[1], 16))
            return f"{t.name}, {t.state}".encode().hex()
        return "1" if packet.startswith("qAttached") else ""

    def _memory(self, packet):
        head, _, data = packet[1:].partition(":")
        at, size = (int(n, 16) for n in head.split(","))
        if packet[0] == "m":
            found = self.guest.read(at, size)
            return found.hex() if found else "E14"
        return "OK" if self.guest.memory.write(at, bytes.fromhex(data)) \
            else "E14"

    def _set_register(self, packet):
        number, _, value = packet[1:].partition("=")
        number = int(number, 16)
        names = GENERAL + ["rflags"]
        if number >= len(names) or \
                self._thread() is not self.guest.threads[0]:
            return "E01"
        raw = bytes.fromhex(value)
        done = self.guest.set_register(names[number],
                                       int.from_bytes(raw, "little"))
        if done:
            self.guest.look()
        return "OK" if done else "E01"

    def _breakpoint(self, packet):
        kind, address = packet[1:].split(",")[:2]
        if kind != "0":
            return ""
        act = self.guest.insert if packet[0] == "Z" else self.guest.remove
        return "OK" if act(int(address, 16)) else "E14"

    def _answer(self, packet):
        first = packet[:1]
        if packet == "QStartNoAckMode":
            return "OK"
        if packet == "vCont?":
            return "vCont;c;C;s;S"
        if packet.startswith("vCont;"):
            return self._continue(packet)
        if first == "q":
            return self._query(packet)
        if first == "?":
            return self._stop_reply(SIGTRAP)
        if first == "g":
            return register_hex(self._thread())
        if first == "P":
            return self._set_register(packet)
        if first in ("m", "M"):
            return self._memory(packet)
        if first in ("Z", "z"):
            return self._breakpoint(packet)
        if first == "H":
            if packet[1:2] == "g":
                tid = int(packet[2:], 16)
                self.selected = max(tid, 0)
            return "OK"
        if first == "T":
            known = {t.tid for t in self.guest.threads}
            return "OK" if int(packet[1:], 16) in known else "E01"
        return ""

    def serve(self):
        """Until gdb detaches or the program ends."""
        self.guest.attach()
        try:
            while True:
                packet = self._packet()
                if packet[:1] in ("D", "k"):
                    self._send("OK")
                    break
                self._send(self._answer(packet))
                if packet == "QStartNoAckMode":
                    self.acks = False
        except Detached:
            return
        finally:
            try:
                if not self.guest.source.ended():
                    self.guest.source.pause()
                    self.guest.look()
                    self.guest.detach()
                    self.guest.source.unpause()
            except (UserError, OSError, EOFError):
                pass
