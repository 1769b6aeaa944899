# SPDX-License-Identifier: BSD-2-Clause
"""The server under test, as a domU of the lab, and programs around it.

Clients in Python run on this machine: in the lab's namespace when it has one,
else through --publish. wrk and others run in dom0.
"""
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tools"))

from posixenlib import tap                              # noqa: E402

RUN = os.path.join(TOP, "tools", "run-domu")
LAB = os.path.join(TOP, "tools", "lab")
CLIENTS = os.path.join(TOP, "tests", "net-lab", "clients")


def in_dom0(command, timeout=600):
    """Run a shell command in dom0: (status, both of its outputs)."""
    done = subprocess.run([LAB, "exec", command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                          timeout=timeout)
    return done.returncode, done.stdout.decode("utf-8", "replace")


class Guest:
    """A domU that serves; use with with. Its log is in .log, whole lines."""

    PORTS = (80, 443)

    def __init__(self, image, memory, files, options=(), args=()):
        self.image = image
        self.name = f"net-lab-{os.getpid()}-{os.urandom(2).hex()}"
        self.argv = [RUN, "--name", self.name, "--memory", str(memory)]
        for host, inside in files:
            self.argv += ["--file", f"{host}:{inside}"]
        self.direct = tap.why_not() is None
        if not self.direct:
            for port in self.PORTS:
                self.argv += ["--publish", f"0:{port}"]
        self.argv += [*options, image, *(["--", *args] if args else [])]
        self.log = []
        self.published = {}
        self.address = None
        self.ready = 0.0            # s from the start to the first answer

    def __enter__(self):
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        return self

    def _read(self):
        for raw in self.process.stderr:
            line = raw.decode("utf-8", "replace").rstrip()
            m = re.search(r"\beth0\b.*?\b(\d+(?:\.\d+){3})/\d+\b", line)
            if m:
                self.address = m[1]
            m = re.search(r"port (\d+) of \S+ is the guest's port (\d+)", line)
            if m:
                self.published[int(m[2])] = int(m[1])
            self.log.append(line)

    def wait(self, what, until, seconds=60):
        deadline = time.monotonic() + seconds
        while not until():
            if self.process.poll() is not None:
                self.reader.join(5)
                raise AssertionError(f"the guest ended before {what}: " +
                                     self.tail())
            if time.monotonic() > deadline:
                raise AssertionError(f"no {what} within {seconds} s: " +
                                     self.tail())
            time.sleep(0.02)

    def tail(self):
        return " | ".join(self.log[-8:])

    def url(self, path="", port=80):
        """Where clients of this machine find it."""
        scheme = "https" if port == 443 else "http"
        if self.direct:
            return f"{scheme}://{self.address}:{port}/{path}"
        return f"{scheme}://127.0.0.1:{self.published[port]}/{path}"

    def inside(self, path="", port=80):
        """Where dom0 finds it."""
        return f"http://{self.address}:{port}/{path}"

    def client(self, program, *args):
        """The command line of a program of clients/ that reaches it."""
        argv = [sys.executable, os.path.join(CLIENTS, program), *args]
        return ([LAB, "net", "exec"] if self.direct else []) + argv

    def free_pages(self):
        """(free, all) by the guest's own count."""
        seen = len(self.log)
        in_dom0(f"xl sysrq {self.name} m")
        found = []

        def there():
            found[:] = [m for line in self.log[seen:] if (
                m := re.search(r"pages: (\d+), free (\d+)", line))]
            return found
        self.wait("count of pages", there, 20)
        return int(found[-1][2]), int(found[-1][1])

    def vif(self):
        """Its interface's name in dom0."""
        return f"vif{in_dom0('xl domid ' + self.name)[1].strip()}.0"

    def stop(self):
        """xl shutdown; the program's status."""
        rc, said = in_dom0(f"xl shutdown {self.name}")
        if rc:
            raise AssertionError("xl shutdown: " + said)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            raise AssertionError("it is there 30 s after xl shutdown: " +
                                 self.tail()) from None

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()


class LinuxGuest(Guest):
    """Debian's kernel with a root directory that holds /usr/sbin/nginx.

    So that what the tests ask for is known to be what Linux does.
    """

    def __init__(self, root, memory, files):
        super().__init__(root, memory, [])
        if not self.direct:
            raise AssertionError("for the lab's namespace " + tap.why_not())
        self.address = f"10.93.0.{os.getpid() % 200 + 10}"
        self.argv = [LAB, "linux", "--memory", str(memory + 128), "--ip",
                     self.address, "--rootfs", root]
        for host, inside in files:
            self.argv += ["--file", f"{host}:{inside}"]
        self.argv += ["--", "sh", "-c", "ulimit -n 20000; exec nginx"]

    def __enter__(self):
        super().__enter__()
        self.name = f"linux-{self.process.pid}-"
        return self

    def free_pages(self):
        return 1 << 15, 1 << 15         # not ours to prove

    def vif(self):
        text = in_dom0("xl list")[1]
        m = re.search(rf"^{self.name}\S+ +(\d+)", text, re.M)
        return f"vif{m[1]}.0"

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        return 0


class Holder:
    """A client of clients/rude that holds its connections; use with with."""

    def __init__(self, guest, what, url, number, *options):
        self.argv = guest.client("rude", what, url, str(number), *options)
        self.result = None

    def __enter__(self):
        self.err = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            self.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.err)
        line = self.process.stdout.readline()
        if not line.startswith(b"ready"):
            self.err.seek(0)
            raise AssertionError(f"no connections held: {line.decode()}"
                                 f"{self.err.read().decode()[-400:]}")
        self.took = float(line.split()[1])
        return self

    def end(self):
        """What the client says in the end, as text of JSON."""
        self.process.stdin.close()
        self.result = self.process.stdout.read().decode().strip()
        self.process.wait(300)
        return self.result

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
