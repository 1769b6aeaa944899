# SPDX-License-Identifier: BSD-2-Clause
"""The lab: one QEMU with Xen and dom0, started once and kept.

State lives in build/lab, or in $POSIXEN_LAB_DIR, which several checkouts may
share:

    debs/           the packages, kept; tools-debs/ those of labtools.py
    boot-HASH/      what to boot from (dom0image.py)
    tools-HASH/     programs that make load (labtools.py)
    lock            held while a lab is started or stopped, not while it is used
    lab.json        the lab that runs: process, port, token, versions
    xen.log         Xen's and dom0's console since the lab was started
    qemu.log        what QEMU itself said
    monitor         the socket on which it takes orders (dial.py)

QEMU runs without hardware virtualisation on purpose: the same behaviour on
every machine. It never has more than 4 GB: MEMORY and TB_CACHE together stay
below, and the guest memory is only taken from the host as it is touched.
"""
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time

from . import dom0image, labtools, tap
from .channel import VERSION, Channel
from .cpio import Cpio
from .errors import UserError

REPO = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
QEMU = "qemu-system-x86_64"

MEMORY = 3584           # MB, of the whole machine
DOM0_MEMORY = 448       # MB
MEMORY_MAX = 3712       # MB, the most with TB_CACHE and QEMU's own below 4 GB
TB_CACHE = 256          # MB, QEMU's translated code
AGENT_PORT = 7001       # in dom0
ANSWER = 20             # s, after which a lab that says nothing is hung
BOOT = 180              # s, to be up; 5 s on an idle machine

# What TCG gets wrong for Xen or dom0 is switched off: with smap or smep dom0
# dies at once, with rdtscp or xsave PVH guests do.
CPU = "max,-smap,-smep,-rdtscp,-xsave"

# bootscrub=0: Xen would touch, and so take from the host, all its memory.
XEN_OPTIONS = ("com1=115200,8n1 console=com1 dom0_mem={0}M,max:{0}M "
               "dom0_max_vcpus=1 bootscrub=0 loglvl=all "
               "guest_loglvl=all")
DOM0_OPTIONS = "console=hvc0 panic=-1 quiet"

# Lines of xen.log, in the order in which they come.
STAGES = [("Xen version", "Xen starts"),
          ("Building a PV Dom0", "dom0's kernel"),
          ("posixen-lab: modules", "dom0's init"),
          ("posixen-lab: xenstored", "xenstored"),
          ("posixen-lab: network", "dom0's network"),
          ("posixen-lab: ready", "ready")]


def state_dir():
    return os.environ.get("POSIXEN_LAB_DIR") or os.path.join(REPO, "build",
                                                             "lab")


def qemu_path():
    path = shutil.which(QEMU)
    if not path:
        raise UserError(f"there is no {QEMU} here, and this is no Xen dom0: "
                        f"install package qemu-system-x86 (or run make deps)")
    return path


def machine_options(boot, initramfs, memory, dom0_memory):
    """QEMU's arguments that the kept lab and batch runs have in common.

    One CPU: with two, dom0 and a guest that hand data to each other wait for
    interrupts between two threads of QEMU, and on a busy host spin in Xen's
    locks while the holder is not running; console output was up to ten times
    slower then, and never faster.

    boot and initramfs are relative to QEMU's working directory, because -initrd
    cannot tell a comma or a space in a path from its own.
    """
    return ["-nodefaults", "-display", "none", "-no-reboot",
            "-cpu", CPU, "-m", str(memory), "-smp", "1",
            "-kernel", os.path.join(boot, "xen"),
            "-append", XEN_OPTIONS.format(dom0_memory),
            "-initrd", f"{os.path.join(boot, 'vmlinux')} {DOM0_OPTIONS},"
                       f"{initramfs}"]


def write_initramfs(path, boot, fill):
    """dom0.img with a second archive behind it, which fill(Cpio) makes."""
    with open(path, "wb") as out:
        os.chmod(path, 0o600)
        with open(os.path.join(boot, "dom0.img"), "rb") as f:
            shutil.copyfileobj(f, out, 1 << 20)
        archive = Cpio(out)
        fill(archive)
        archive.close()


class Progress:
    """What the lab is at, on stderr: one line that changes on a terminal."""

    def __init__(self, out=sys.stderr):
        self.out = out
        self.start = time.monotonic()
        self.tty = out.isatty()
        self.open = False

    def __call__(self, text, done=False):
        line = f"lab: {text} ... {time.monotonic() - self.start:.0f} s"
        if self.tty:
            self.out.write(f"\r{line}\033[K" + ("\n" if done else ""))
            self.open = not done
        else:
            self.out.write(line + "\n")
        self.out.flush()

    def end_line(self):
        if self.open:
            self.out.write("\n")
            self.open = False


class Lab:
    """The lab of one state directory."""

    def __init__(self, state=None, progress=None):
        self.state = os.path.abspath(state or state_dir())
        self.progress = progress or Progress()

    def path(self, *names):
        return os.path.join(self.state, *names)

    # The record of the lab that runs.

    def read(self):
        """lab.json, or None; it may name a lab that is gone."""
        try:
            with open(self.path("lab.json")) as f:
                return json.load(f)
        except (OSError, ValueError):
            return None

    def process_alive(self, info):
        """Whether the recorded process is still that QEMU."""
        try:
            with open(f"/proc/{info['pid']}/cmdline", "rb") as f:
                return self._serial().encode() in f.read().split(b"\0")
        except OSError:
            return False

    def _serial(self):
        """An argument of QEMU that no other lab's has."""
        return "file:" + self.path("xen.log")

    @contextlib.contextmanager
    def locked(self):
        os.makedirs(self.state, exist_ok=True)
        with open(self.path("lock"), "w") as f:
            try:
                fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.progress("waiting for another command that starts or "
                              "stops the lab")
                fcntl.flock(f, fcntl.LOCK_EX)
            yield

    # Using it.

    def _connect(self, timeout=ANSWER, hung=None):
        """A channel to the lab that runs, or None: absent, hung or old.

        hung is the record of one that is known not to answer.
        """
        info = self.read()
        if not info or info == hung or not self.process_alive(info):
            return None
        try:
            channel = Channel(info["port"], info["token"], timeout)
        except (OSError, EOFError):
            return None
        if channel.version != VERSION:
            channel.close()
            return None
        return channel

    def connect(self):
        """A channel to a lab that answers; starts or restarts it if need be.

        Safe to call from many processes at once.
        """
        tried = self.read()
        channel = self._connect()
        if channel:
            return channel
        with self.locked():
            channel = self._connect(hung=tried)
            if channel:
                return channel
            info = self.read()
            if info and self.process_alive(info):
                self.progress("the lab does not answer: starting a new one")
            elif info:
                self.progress("the lab is gone: starting a new one")
            self._stop()
            self._start()
            channel = self._connect()
        if not channel:
            raise UserError("the lab came up and then did not answer; see "
                            + self.path("xen.log"))
        return channel

    # Starting and stopping; the lock is held.

    def _stop(self):
        info = self.read()
        if info and self.process_alive(info):
            os.kill(info["pid"], signal.SIGKILL)
            for _ in range(100):
                if not self.process_alive(info):
                    break
                time.sleep(0.05)
        for name in ("lab.json", "dom0.img", "monitor"):
            with contextlib.suppress(OSError):
                os.unlink(self.path(name))

    def _start(self):
        qemu = qemu_path()
        boot = dom0image.build(self.state, self.progress)
        for attempt in range(3):
            if self._boot(qemu, boot):
                self.progress.end_line()
                return
        raise UserError(f"QEMU does not start; see {self.path('qemu.log')}")

    def _boot(self, qemu, boot):
        """Start QEMU and wait until dom0 serves; False: QEMU did not start."""
        token = secrets.token_hex(16)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        image = self.path("dom0.img")
        write_initramfs(image, boot, lambda archive: archive.add_bytes(
            "etc/lab/token", token.encode() + b"\n", 0o600))
        with contextlib.suppress(OSError):
            os.unlink(self.path("xen.log"))
        argv = [qemu, "-name", "posixen-lab",
                "-accel", f"tcg,thread=single,tb-size={TB_CACHE}",
                *machine_options(os.path.basename(boot), "dom0.img", MEMORY,
                                 DOM0_MEMORY),
                "-serial", self._serial(),
                "-netdev", "user,id=n0,restrict=on,hostfwd="
                f"tcp:127.0.0.1:{port}-:{AGENT_PORT}",
                "-device", "virtio-net-pci,netdev=n0,romfile=",
                "-qmp", "unix:monitor,server=on,wait=off"]
        tap_fd = tap.make()
        if tap_fd is not None:
            argv += ["-netdev", f"tap,id=n1,fd={tap_fd}",
                     "-device", "virtio-net-pci,netdev=n1,romfile="]
        with open(self.path("qemu.log"), "wb") as log:
            # Of its own session and holding none of our files, so that it
            # outlives us and nobody who waits for our output waits for it.
            process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=self.state,
                pass_fds=() if tap_fd is None else (tap_fd,))
        if tap_fd is not None:
            os.close(tap_fd)
        info = {"pid": process.pid, "port": port, "token": token,
                "boot": boot, "memory": MEMORY, "tap": tap_fd,
                "started": time.time()}
        tmp = self.path("lab.json.new")
        with open(os.open(tmp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                  "w") as f:
            json.dump(info, f)
        os.rename(tmp, self.path("lab.json"))
        return self._wait_ready(process)

    def _stage(self):
        try:
            with open(self.path("xen.log"), "rb") as f:
                log = f.read().decode("utf-8", "replace")
        except OSError:
            log = ""
        reached = [text for mark, text in STAGES if mark in log]
        return reached[-1] if reached else "booting Xen"

    def _wait_ready(self, process):
        start = time.monotonic()
        shown, since = None, 0
        while True:
            stage = self._stage()
            if stage == "ready" and self._connect_quietly():
                self.progress("ready", done=True)
                return True
            if process.poll() is not None:
                if time.monotonic() - start < 2:
                    return False
                raise UserError(f"the lab died at: {stage}; see "
                                f"{self.path('xen.log')} and qemu.log there")
            if time.monotonic() - start > BOOT:
                self._stop()
                raise UserError(f"the lab is not up after {BOOT} s, it hangs "
                                f"at: {stage}; see {self.path('xen.log')}")
            if stage not in (shown, "ready") or (self.progress.tty and
                                  time.monotonic() - since > 1):
                self.progress(stage)
                shown, since = stage, time.monotonic()
            time.sleep(0.05)

    def _connect_quietly(self):
        channel = self._connect(timeout=5)
        if channel:
            channel.close()
        return channel is not None

    # The commands.

    def boot_files(self):
        """The directory of what the lab boots from, made if need be."""
        with self.locked():
            boot = dom0image.build(self.state, self.progress)
            self.progress.end_line()
        return boot

    def tools(self):
        """The directory of the programs of labtools.py, made if need be."""
        with self.locked():
            tools = labtools.build(self.state, self.progress)
            self.progress.end_line()
        return tools

    def up(self):
        """Have a lab of this version, unless an older one has guests."""
        info = self.read()
        if info and self.process_alive(info):
            boot = self.boot_files()
            if info["boot"] != boot and not self._renew(info):
                self.progress("an older version of it is in use by guests: "
                              "left as it is", done=True)
        self.connect().close()

    def _renew(self, info):
        """Stop the lab of info if it has no guests; False if it has some."""
        channel = self._connect()
        if channel:
            channel.send(b"X", b"xenstore-list /local/domain")
            guests = b""
            while True:
                kind, data = channel.receive()
                if kind == b"x":
                    break
                guests += data
            channel.close()
            if guests.split() != [b"0"]:
                return False
        with self.locked():
            if self.read() == info:
                self._stop()
        return True

    def down(self):
        """Stop the lab; False when there was none."""
        with self.locked():
            info = self.read()
            alive = bool(info) and self.process_alive(info)
            self._stop()
        return alive

    def xen_log_size(self):
        try:
            return os.path.getsize(self.path("xen.log"))
        except OSError:
            return 0

    def xen_log_since(self, offset):
        """What Xen itself has said since xen_log_size() gave offset."""
        try:
            with open(self.path("xen.log"), "rb") as f:
                f.seek(offset)
                text = f.read().decode("utf-8", "replace")
        except OSError:
            return []
        return [line.rstrip() for line in text.splitlines()
                if line.startswith("(XEN)")]
