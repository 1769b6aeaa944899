# SPDX-License-Identifier: BSD-2-Clause
"""Where a domain runs: in the lab, or on the Xen dom0 that this machine is.

A backend gives: start(), fileno() to select on, events() after that said
readable, idle() every PAUSE seconds otherwise, write() for console bytes,
kill(), close(), way() to its ports, machine(): its memory when it has ended. Events are ("console",
bytes), ("log", text) and ("end", reason, {name: value}); reasons are those of
xen/sched.h in small letters, "gone", or "failed" when it never ran.
"""
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
import tty

from . import dial, guest, machine, peek
from .errors import UserError
from .lab import Lab


def is_dom0():
    """Whether this machine is a Xen dom0 with a working xl."""
    try:
        with open("/proc/xen/capabilities") as f:
            if "control_d" not in f.read():
                return False
    except OSError:
        return False
    return shutil.which("xl") is not None and \
        subprocess.run(["xl", "list"], capture_output=True).returncode == 0


def without_noise(text):
    """What xl said, without the line that it prints for every tsc_mode."""
    return re.sub(r"got a tsc mode string:.*\n", "", text)


class LabBackend:
    """A domain in the lab, through its agent."""

    PAUSE = 10
    HUNG = 120          # s of silence; the agent says something every 10

    def __init__(self, spec):
        self.spec = spec
        self.heard = time.monotonic()
        self.lab = Lab()
        self.channel = self.lab.connect()
        self.log_start = self.lab.xen_log_size()

    def start(self):
        try:
            self._start()
        except ConnectionError:
            raise UserError("the lab died while it was given the image; the "
                            "next run starts a new one") from None

    def _start(self):
        s, c = self.spec, self.channel
        inside = c.directory
        c.send_file("kernel", s.kernel)
        if s.ramdisk:
            c.send_file("ramdisk", s.ramdisk)
        config = guest.xl_config(
            s.name, f"{inside}/kernel",
            f"{inside}/ramdisk" if s.ramdisk else None, s.extra, s.memory,
            s.network.vifs)
        c.send_file("config", config.encode("utf-8", "surrogateescape"))
        # +: it stays when it has ended; =: until we close the connection.
        mark = "+" if s.keep else "=" if s.core else ""
        c.send(b"D", (mark + s.name).encode())

    def fileno(self):
        return self.channel.fileno()

    def idle(self):
        if time.monotonic() - self.heard > self.HUNG:
            raise EOFError("the lab hangs")
        return []

    def events(self):
        found = []
        self.heard = time.monotonic()
        for kind, data in self.channel.receive_ready():
            if kind == b"c":
                found.append(("console", data))
            elif kind == b"l":
                found.append(("log", without_noise(data.decode(
                    "utf-8", "replace"))))
            elif kind == b"x":
                words = data.decode().split()
                found.append(("end", words[0],
                              dict(w.split("=", 1) for w in words[1:])))
        return found

    def writable(self):
        return bool(select.select([], [self.channel], [], 0)[1])

    def write(self, data):
        self.channel.send(b"i", data)

    def kill(self):
        """The agent destroys the domain when the connection is closed."""
        self.channel.close()

    close = kill

    def way(self):
        """How publish.py reaches the guest."""
        return dial.lab_way(self.lab)

    def machine(self):
        """The memory of the guest that has ended (machine.py)."""
        return peek.live(self.lab.connect(), self.spec.name)

    def xen_log(self):
        return self.lab.xen_log_since(self.log_start)


class XlBackend:
    """A domain of this machine, whose console xenconsoled has on a pty."""

    PAUSE = 0.3

    def __init__(self, spec):
        self.spec = spec
        self.console = None
        self.domid = None
        self.start_time = time.monotonic()
        self.checked = 0.0

    def _xl(self, *argv):
        return subprocess.run(["xl", *argv], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)

    def start(self):
        s = self.spec
        config = guest.xl_config(s.name, os.path.abspath(s.kernel),
                                 s.ramdisk, s.extra, s.memory,
                                 s.network.vifs)
        with tempfile.NamedTemporaryFile("w", suffix=".cfg") as f:
            f.write(config)
            f.flush()
            done = self._xl("create", "-q", "-p", "-e", f.name)
        if done.returncode:
            raise UserError("xl create failed: " +
                            without_noise(done.stderr).strip())
        self.domid = self._xl("domid", s.name).stdout.strip()
        self.created = time.monotonic()
        self.console = os.open(self._tty(), os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.console)
        self._xl("unpause", self.domid)

    def _tty(self):
        path = f"/local/domain/{self.domid}/console/tty"
        for _ in range(100):
            done = subprocess.run(["xenstore-read", path],
                                  capture_output=True, text=True)
            if done.returncode == 0 and done.stdout.strip():
                return done.stdout.strip()
            time.sleep(0.05)
        self.kill()
        raise UserError(f"xenconsoled gave the console of {self.spec.name} "
                        f"no terminal within 5 s: is it running?")

    def fileno(self):
        return self.console

    def _read(self):
        try:
            return os.read(self.console, 65536)
        except OSError:
            return b""

    def events(self):
        data = self._read()
        return [("console", data)] if data else self.idle(force=True)

    def idle(self, force=False):
        """Has it ended? Asked seldom: each time is a run of xl."""
        if time.monotonic() - self.checked < (0.05 if force else self.PAUSE):
            time.sleep(0.05 if force else 0)
            return []
        self.checked = time.monotonic()
        reason = self._reason()
        if not reason:
            return []
        found = []
        # What xenconsoled still has when the domain has stopped.
        while select.select([self.console], [], [], 0.3)[0]:
            data = self._read()
            if not data:
                break
            found.append(("console", data))
        took = int((time.monotonic() - self.created) * 1e9)
        create = int((self.created - self.start_time) * 1e9)
        return found + [("end", reason, {"create_ns": str(create),
                                         "run_ns": str(took)})]

    def _reason(self):
        """Why it ended, from the states and reason codes of xl list -v."""
        done = self._xl("list", "-v", self.domid)
        lines = done.stdout.splitlines()
        if done.returncode or len(lines) < 2:
            return "gone"
        fields = lines[1][lines[1].find(self.spec.name) +
                          len(self.spec.name):].split()
        if not set(fields[3]) & set("scd"):
            return None
        codes = {"0": "poweroff", "1": "reboot", "2": "suspend", "3": "crash",
                 "4": "watchdog", "5": "soft_reset"}
        return "crash" if "c" in fields[3] else codes.get(fields[6], "gone")

    def writable(self):
        return bool(select.select([], [self.console], [], 0)[1])

    def write(self, data):
        while data:
            data = data[os.write(self.console, data):]

    def kill(self):
        if self.domid:
            self._xl("destroy", self.domid)
            self.domid = None

    def close(self):
        if self.console is not None:
            os.close(self.console)
            self.console = None
        if not self.spec.keep:
            self.kill()

    def way(self):
        return dial.Direct()

    def machine(self):
        self.dump = tempfile.NamedTemporaryFile(prefix="run-domu-",
                                                suffix=".dump")
        done = self._xl("dump-core", self.domid, self.dump.name)
        if done.returncode:
            raise UserError("xl dump-core failed: " + done.stderr.strip())
        return machine.Dump(self.dump.name)

    def xen_log(self):
        lines = self._xl("dmesg").stdout.splitlines()
        return [n for n in lines[-40:] if n.startswith("(XEN)")]


def choose(spec, in_lab):
    return LabBackend(spec) if in_lab else XlBackend(spec)
