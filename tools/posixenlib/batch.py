# SPDX-License-Identifier: BSD-2-Clause
"""A lab for one job, with a clock that counts instructions.

QEMU's -icount makes time in the machine the number of instructions that its
one CPU has executed (2 ns each), so two runs of one job take the same time to
within a fraction of a percent, whatever else the host does. There is nothing
outside for the job to talk to: its files lie in dom0's initramfs, and what it
writes comes back over two virtio-serial ports.
"""
import os
import select
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time

from . import labtools
from .errors import CRASHED, TIMEOUT, UserError
from .lab import machine_options, qemu_path, write_initramfs

END = b"posixen-lab end "
ICOUNT = "shift=1,sleep=off"


def _listen(path):
    s = socket.socket(socket.AF_UNIX)
    s.bind(path)
    s.listen(1)
    return s


class Batch:
    """One run of directory/run in dom0; use as: status = Batch(...).run()."""

    def __init__(self, boot, directory, files, out, log, memory=2048,
                 dom0_memory=512, timeout=1800, tools=None, options=()):
        self.boot = boot
        self.directory = directory
        self.files = files              # further files, HOST:NAME
        self.tools = tools              # directory of labtools.py, or None
        self.out = out                  # directory for what it leaves
        self.log = log                  # binary file for what it prints
        self.memory = memory
        self.dom0_memory = dom0_memory
        self.timeout = timeout
        self.options = options          # further ones of QEMU's
        self.tail = b""

    def _fill(self, archive):
        if self.tools:
            labtools.fill(archive, self.tools)
        archive.add_dir("batch")
        archive.add_tree(self.directory, "batch")
        for spec in self.files:
            host, _, name = spec.rpartition(":")
            archive.add_file("batch/" + (name if host else
                                         os.path.basename(spec)),
                             host or spec)

    def _argv(self, tmp):
        ports = []
        for name in ("log", "out"):
            ports += ["-chardev", f"socket,id={name},path={tmp}/{name}",
                      "-device", f"virtserialport,chardev={name},name={name}"]
        return [qemu_path(), "-name", "posixen-batch",
                "-accel", "tcg,thread=single,tb-size=256",
                "-icount", ICOUNT, "-rtc", "clock=vm",
                *machine_options("boot", "dom0.img", self.memory,
                                 self.dom0_memory),
                "-serial", f"file:{tmp}/xen.log",
                "-device", "virtio-serial-pci", *ports, *self.options]

    def run(self):
        """The job's exit status. UserError when the lab does not come up."""
        if not os.access(os.path.join(self.directory, "run"), os.X_OK):
            raise UserError(f"{self.directory} holds no executable file run, "
                            f"which is the job")
        with tempfile.TemporaryDirectory(prefix="posixen-batch-") as tmp:
            os.symlink(self.boot, f"{tmp}/boot")
            write_initramfs(f"{tmp}/dom0.img", self.boot, self._fill)
            return self._run(tmp)

    def _run(self, tmp):
        listeners = [_listen(f"{tmp}/{n}") for n in ("log", "out")]
        with open(f"{tmp}/qemu.log", "wb") as log:
            process = subprocess.Popen(self._argv(tmp), stdout=log,
                                       stderr=log, stdin=subprocess.DEVNULL,
                                       cwd=tmp)
        try:
            for s in listeners:
                s.settimeout(20)
            try:
                log_end, out_end = [s.accept()[0] for s in listeners]
            except TimeoutError:
                with open(f"{tmp}/qemu.log", errors="replace") as f:
                    raise UserError("QEMU does not start: " +
                                    f.read().strip()) from None
            with open(f"{tmp}/out.tar", "wb+") as tar:
                status = self._pump(process, log_end, out_end, tar)
                if status is None:
                    return self._failed(tmp, process)
                self._unpack(tar)
            return status
        finally:
            self._end(process)

    @staticmethod
    def _end(process):
        """Let a plugin write what it counted."""
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _pump(self, process, log_end, out_end, tar):
        """Pass on what comes until the end mark; None: it never came."""
        start = time.monotonic()
        status = None
        while True:
            # After the mark take what is still on its way, then stop.
            ready = select.select([log_end, out_end], [], [],
                                  1 if status is None else 0.2)[0]
            if out_end in ready:
                tar.write(out_end.recv(1 << 20))
            if log_end in ready:
                data = log_end.recv(65536)
                if not data:
                    return status
                status = self._log(data)
            if not ready and status is not None:
                return status
            if process.poll() is not None and not ready:
                return status
            if time.monotonic() - start > self.timeout:
                return None

    def _log(self, data):
        """Log whole lines; the status when the end mark is among them."""
        *lines, self.tail = (self.tail + data).split(b"\n")
        for line in lines:
            if line.startswith(END):
                return int(line[len(END):])
            self.log.write(line + b"\n")
        self.log.flush()
        return None

    def _unpack(self, tar):
        tar.seek(0)
        os.makedirs(self.out, exist_ok=True)
        with tarfile.open(fileobj=tar) as archive:
            for member in archive:
                name = os.path.normpath(member.name)
                if name.startswith(("/", "..")):
                    continue
                path = os.path.join(self.out, name)
                if member.isdir():
                    os.makedirs(path, exist_ok=True)
                elif member.isfile():
                    with open(path, "wb") as f:
                        shutil.copyfileobj(archive.extractfile(member), f)

    def _failed(self, tmp, process):
        os.makedirs(self.out, exist_ok=True)
        kept = os.path.join(self.out, "xen.log")
        with open(f"{tmp}/xen.log", "rb") as f, open(kept, "wb") as g:
            g.write(f.read())
        died = process.poll() is not None
        what = "died" if died else f"took more than {self.timeout:g} s"
        self.log.write(f"lab: the batch run {what}; see {kept}\n".encode())
        self.log.flush()
        return CRASHED if died else TIMEOUT
