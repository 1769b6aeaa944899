# SPDX-License-Identifier: BSD-2-Clause
"""One run of one guest: its console on our streams, its end as our status."""
import fcntl
import os
import re
import select
import signal
import stat
import sys
import termios
import time
import tty

from . import errors, mux
from .elfimage import Symboliser

CHUNK = 16384           # most stdin bytes in one frame
GRACE = 5.0             # s between asking a guest to end and destroying it
LINGER = 10.0           # s between its exit frame and its power-off
INTERRUPTS = 3          # so many SIGINT destroy it
ESCAPE = b"\x1d"         # Ctrl-] on a terminal destroys it, as in xl console
FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def stdio_kinds():
    """The value of the boot parameter stdio=: what our three streams are."""
    kinds = ""
    for fd in range(3):
        mode = os.fstat(fd).st_mode
        kinds += "t" if os.isatty(fd) else "f" if stat.S_ISREG(mode) else "p"
    return "mux:" + kinds


class TimedOut(Exception):
    """--timeout ran out. Raised by a signal handler, so also in a write."""


class OutputGone(Exception):
    """Whoever read our stdout or stderr does no more."""


def write_all(fd, data):
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(fd, view):]
        except BlockingIOError:
            select.select([], [fd], [])
        except BrokenPipeError:
            raise OutputGone(fd) from None


class Lines:
    """The kernel's log on stderr: whole lines, backtraces with names."""

    def __init__(self, image, watch=None):
        self.watch = watch          # is shown each line
        self.symboliser = Symboliser(image)
        self.partial = b""
        self.end = b"\n"            # "\r\n" while the terminal is raw

    def write(self, data):
        *lines, self.partial = (self.partial + data).split(b"\n")
        for line in lines if self.watch else ():
            self.watch(line)
        write_all(2, b"".join(self.symboliser.line(n) + self.end
                              for n in lines))

    def flush(self):
        if self.partial:
            write_all(2, self.symboliser.line(self.partial) + self.end)
            self.partial = b""


class Stdin:
    """Our input on its way to the guest, which says how much it will take.

    A terminal is read at once, for Ctrl-] and for Ctrl-C before the guest
    listens; anything else only as far as the guest has asked, so that what it
    does not read stays with whoever reads the same file next.
    """

    def __init__(self):
        self.credit = 0
        self.buffer = b""
        self.open = True            # more may come
        self.end_sent = False
        self.terminal = os.isatty(0)

    def wanted(self):
        return self.open and (self.terminal or
                              (self.credit > 0 and not self.buffer))

    def read(self):
        """Read what there is; the bytes that were new."""
        try:
            data = os.read(0, CHUNK if self.terminal else
                           min(self.credit, CHUNK))
        except OSError:
            data = b""
        self.open = bool(data)
        self.buffer += data
        return data

    def ready(self):
        """Whether frame() has one to send."""
        return bool(self.buffer and self.credit > 0) or \
            not (self.open or self.buffer or self.end_sent)

    def frame(self):
        if not self.buffer:
            self.end_sent = True
            return mux.frame(b"z")
        n = min(self.credit, CHUNK, len(self.buffer))
        data, self.buffer = self.buffer[:n], self.buffer[n:]
        self.credit -= n
        return mux.frame(b"i", data)


class Session:
    """Runs a started backend to its end; result is an exit status."""

    def __init__(self, backend, image, timeout, watch=None):
        """watch: called with each line (bytes) of the guest's log."""
        self.backend = backend
        self.timeout = timeout
        self.decoder = mux.Decoder()
        self.lines = Lines(image, watch)
        self.stdin = Stdin()
        self.pending = []           # other frames to send
        self.status = None          # the app's, once it is known
        self.signalled = False      # a signal ended it
        self.end = None             # (reason, values)
        self.metrics = {}
        self.interrupts = 0
        self.unheard = 0            # Ctrl-C typed since the guest last wrote
        self.deadline = None        # destroy it then
        self.killed_by = 0          # the signal that made us destroy it
        self.saved_tty = None       # of our terminal, while it is raw
        self.wake_read, self.wake_write = os.pipe2(os.O_NONBLOCK |
                                                   os.O_CLOEXEC)

    # Signals.

    def _install(self):
        signal.set_wakeup_fd(self.wake_write, warn_on_full_buffer=False)
        self.arrived = []
        for n in FORWARDED:
            if signal.getsignal(n) != signal.SIG_IGN:
                signal.signal(n, lambda number, _: self.arrived.append(number))
        if self.stdin.terminal:
            signal.signal(signal.SIGWINCH, self._resize)
            self._resize()
            # The guest's own terminal does echo, lines and Ctrl-C.
            self.saved_tty = termios.tcgetattr(0)
            tty.setraw(0)
            self.lines.end = b"\r\n"
        if self.timeout:
            signal.signal(signal.SIGALRM, self._alarm)
            signal.setitimer(signal.ITIMER_REAL, self.timeout)

    def _alarm(self, *_):
        raise TimedOut

    def _resize(self, *_):
        try:
            raw = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
        except OSError:
            return
        rows = int.from_bytes(raw[:2], sys.byteorder)
        columns = int.from_bytes(raw[2:4], sys.byteorder)
        if rows and columns:
            self.pending.append(mux.frame(b"r",
                                          f"{rows} {columns}".encode()))

    def _ask(self, number):
        """Have the guest's app get a signal."""
        self.pending.append(mux.frame(b"s", b"%d" % number))

    def _take_signals(self):
        while self.arrived:
            number = self.arrived.pop(0)
            self.interrupts += number == signal.SIGINT
            if number != signal.SIGINT or self.interrupts >= INTERRUPTS or \
                    not self.decoder.framed:
                self.killed_by = number
                grace = GRACE if self.decoder.framed and \
                    self.interrupts < INTERRUPTS else 0
                self._destroy_in(grace)
            self._ask(number)

    def _destroy_in(self, seconds):
        when = time.monotonic() + seconds
        self.deadline = min(self.deadline or when, when)

    # Console.

    def _console(self, data):
        self.unheard = 0
        for kind, payload in self.decoder.feed(data):
            if kind == b"o":
                write_all(1, payload)
            elif kind == b"e":
                self.lines.flush()
                write_all(2, payload)
            elif kind in (b"k", b""):
                self.lines.write(payload)
            elif kind == b"w":
                self.stdin.credit += int(payload)
            elif kind == b"m":
                name, _, value = payload.decode("utf-8",
                                                "replace").partition("=")
                self.metrics[name] = value
            elif kind == b"x":
                self.status = mux.parse_exit(payload)
                self.signalled = payload.startswith(b"signal")
                self._destroy_in(LINGER)
            else:
                raise ValueError(f"a frame of type {kind!r}")

    # The loop.

    def _wait(self):
        """Sleep until something can be done; what is readable."""
        watch = [self.backend, self.wake_read]
        if self.stdin.wanted():
            watch.append(0)
        writers = []
        if self.decoder.framed and (self.pending or self.stdin.ready()):
            writers.append(self.backend)
        pause = self.backend.PAUSE
        if self.deadline:
            pause = min(pause, max(0, self.deadline - time.monotonic()))
        return select.select(watch, writers, [], pause)[:2]

    def _step(self):
        readable, writable = self._wait()
        if self.wake_read in readable:
            os.read(self.wake_read, 512)
        self._take_signals()
        events = self.backend.events() if self.backend in readable else \
            self.backend.idle()
        for kind, *rest in events:
            if kind == "console":
                self._console(rest[0])
            elif kind == "log":
                print("run-domu: " + rest[0].strip(), file=sys.stderr)
            else:
                self.end = rest
        if writable:
            self.backend.write(self.pending.pop(0) if self.pending else
                               self.stdin.frame())
        if 0 in readable:
            data = self.stdin.read()
            if self.stdin.terminal and (ESCAPE in data or (
                    b"\3" in data and not self.decoder.framed)):
                self.killed_by = signal.SIGINT
                self._destroy_in(0)
            self._hint(data)

    def _hint(self, data):
        """Ctrl-C again and again, and the guest is silent: tell of Ctrl-]."""
        if not self.stdin.terminal or b"\3" not in data:
            return
        self.unheard += 1
        if self.unheard == INTERRUPTS:
            print("\r\nrun-domu: Ctrl-] destroys the guest\r",
                  file=sys.stderr, flush=True)

    def _loop(self):
        while self.end is None:
            if self.deadline and time.monotonic() >= self.deadline:
                return False
            self._step()
        return True

    def run(self):
        """To the end of the guest; the exit status of run-domu."""
        try:
            try:
                self._install()
                ended = self._loop()
            finally:
                self._quiet()
        except TimedOut:
            print(f"run-domu: destroyed after {self.timeout:g} s (--timeout)",
                  file=sys.stderr)
            return errors.TIMEOUT
        except OutputGone:
            # A pipe without a reader: the end SIGPIPE gives a program.
            return 128 + signal.SIGPIPE
        except (EOFError, ConnectionError):
            raise errors.UserError("the lab died or hung during the run; the "
                                   "next run starts a new one") from None
        except ValueError as e:
            print(f"run-domu: the guest broke the console protocol: {e}",
                  file=sys.stderr)
            return errors.CRASHED
        return self._verdict(ended)

    def _quiet(self):
        """No more signals or alarms; show what is left of the log."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.set_wakeup_fd(-1)
        if self.saved_tty:
            termios.tcsetattr(0, termios.TCSADRAIN, self.saved_tty)
            self.saved_tty = None
            self.lines.end = b"\n"
        try:
            if not self.decoder.framed:
                self.lines.write(self.decoder.rest())
            self.lines.flush()
        except OutputGone:
            pass

    def _verdict(self, ended):
        if not ended:
            if self.status is not None:
                print("run-domu: the guest said how it went but did not power "
                      "off: destroyed", file=sys.stderr)
                return self.status
            print(f"run-domu: destroyed after signal {self.killed_by}",
                  file=sys.stderr)
            return 128 + self.killed_by
        reason, values = self.end
        if reason == "failed":
            return errors.LAB_FAILED
        if reason == "poweroff" and self.status is not None:
            return self.status
        if reason == "poweroff":
            text = "powered off without an exit status"
        elif reason == "crash":
            text = "crashed"
            self._show_xen_log(values.get("domid"))
        else:
            text = f"ended by {reason}"
        print(f"run-domu: the guest {text}", file=sys.stderr)
        return errors.CRASHED

    def _show_xen_log(self, domid):
        """What Xen said of the crash: registers, and the address as a name."""
        show, stack = False, []
        ours = re.compile(rf"\bd{domid}\b|\bd{domid}v|Domain {domid}\b|"
                          rf"domain {domid}\b") if domid else None
        for line in self.backend.xen_log():
            if ours and ours.search(line):
                show = True
            elif re.search(r"\bd\d+v|Domain \d+ ", line):
                show = False
            words = re.fullmatch(r"\(XEN\)((?: +[0-9a-f]{16})+)", line)
            if not (show or not ours) or words and not words[1].strip(" 0"):
                continue
            print(self._with_names(line), file=sys.stderr)
            if words:
                stack += words[1].split()
        callers = [n for n in map(self._name, stack) if n]
        if callers:
            print("run-domu: code addresses on the stack: " +
                  " ".join(callers), file=sys.stderr)

    def _name(self, word):
        return self.lines.symboliser.name(int(word, 16), code=True)

    def _with_names(self, line):
        m = re.search(r"RIP:\s+\w+:\[<([0-9a-f]{16})>\]", line)
        name = m and self.lines.symboliser.name(int(m.group(1), 16))
        return f"{line} {name}" if name else line

    def failed(self):
        """Whether the guest has stopped and may deserve a core file."""
        return self.end is not None and (self.end[0] == "crash" or
                                         self.signalled)

    def stats(self):
        """[(name, value)] for --stats."""
        values = self.end[1] if self.end else {}
        return list(self.metrics.items()) + list(values.items())
