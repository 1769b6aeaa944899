# SPDX-License-Identifier: BSD-2-Clause
"""Start a server's image and ask it things: what the servers' tests share.

A test is `check host IMAGE` or `check xen IMAGE`. On the host platform image
and test are in a network namespace of their own, with a tap device between
them; a Xen guest is reached through run-domu --publish.
"""
import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

TOP = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
GUEST, HERE = "10.73.0.2", "10.73.0.1"
passed = failed = 0


def check(ok, what, *more):
    global passed, failed
    if ok:
        passed += 1
        print("ok  ", what, flush=True)
    else:
        failed += 1
        print("FAILED:", what, *more, flush=True)
    return ok


def equal(have, want, what):
    return check(have == want, what, f"\n    have {have!r}\n    want {want!r}")


def count():
    print(f"{passed} passed, {failed} failed, 0 skipped", flush=True)


def finish():
    count()
    sys.exit(1 if failed or not passed else 0)


def died(*what):
    """A test that ends by an exception counts what it did and one failure."""
    global failed
    traceback.print_exception(*what, file=sys.stdout)
    for server in Server.started:
        server.show()
    failed += 1
    count()


sys.excepthook = died


def enter_namespace():
    """Go on in a network namespace of our own, which has the tap device."""
    if os.environ.get("POSIXEN_IN_NAMESPACE"):
        for command in ("ip link set lo up",
                        "ip tuntap add dev px0 mode tap",
                        f"ip addr add {HERE}/24 dev px0",
                        "ip link set px0 up"):
            subprocess.run(command.split(), check=True)
        return
    env = dict(os.environ, POSIXEN_IN_NAMESPACE="1")
    flags = ["-n"] if os.geteuid() == 0 else ["-rn"]
    os.execvpe("unshare", ["unshare", *flags, sys.executable, *sys.argv], env)


def is_dom0():
    """Whether this machine's Xen is the one that run-domu uses."""
    try:
        with open("/proc/xen/capabilities") as f:
            return "control_d" in f.read()
    except OSError:
        return False


class Server:
    """A running image. ports are the guest's that the test wants to reach."""
    started = []

    def __init__(self, platform, image, ports, files, args=(), memory=64,
                 boot=()):
        self.started.append(self)
        self.platform = platform
        self.lines = []
        self.name = f"check-{os.getpid()}"
        self.tmp = tempfile.TemporaryDirectory(prefix="posixen-serving.")
        env = dict(os.environ)
        if platform == "host":
            self.where = {p: (GUEST, p) for p in ports}
            root = self._ramdisk(files)
            env["POSIXEN"] = " ".join(
                [f"tap=px0 ip={GUEST}::{HERE}:255.255.255.0::eth0:off",
                 f"mem={memory}M", f"ramdisk={root}", *boot])
            command = [image, *args]
        else:
            self.where = {}
            command = [os.path.join(TOP, "tools/run-domu"), "--name",
                       self.name, "--memory", str(memory),
                       "--timeout", "300"]
            for p in ports:
                command += ["--publish", f"0:{p}"]
            for source, dest in files:
                command += ["--file", f"{source}:{dest}"]
            for b in boot:
                command += ["--boot", b]
            command += [image, "--", *args]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=env)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _ramdisk(self, files):
        sys.path.insert(0, os.path.join(TOP, "tools"))
        from posixenlib import guest
        path = os.path.join(self.tmp.name, "root.cpio")
        with open(path, "wb") as f:
            guest.write_ramdisk(f, [f"{a}:{b}" for a, b in files], None, None)
        return path

    def _read(self):
        for line in self.process.stdout:
            line = line.decode(errors="replace").rstrip("\n")
            m = re.match(r"run-domu: port (\d+) of (\S+) is the guest's port "
                         r"(\d+)", line)
            if m:
                self.where[int(m[3])] = (m[2], int(m[1]))
            self.lines.append(line)

    def url(self, path, port=80, scheme="http"):
        """Where path is, for a program outside the guest."""
        end = time.monotonic() + 120
        while port not in self.where and time.monotonic() < end:
            time.sleep(0.05)
        host, number = self.where.get(port, ("127.0.0.1", 9))
        return f"{scheme}://{host}:{number}{path}"

    def wait(self, port=80, seconds=240):
        """Until the server answers: seconds, or None."""
        start = time.monotonic()
        while time.monotonic() < start + seconds:
            if curl(self.url("/", port)).status:
                return time.monotonic() - start
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        return None

    def said(self, pattern):
        return any(re.search(pattern, line) for line in self.lines)

    def stop(self, how=signal.SIGTERM, seconds=60):
        """End it as an administrator would; its exit status."""
        if self.process.poll() is None:
            if self.platform == "host":
                self.process.send_signal(how)
            else:
                xl = ["xl"] if is_dom0() else \
                    [os.path.join(TOP, "tools/lab"), "exec", "xl"]
                subprocess.run([*xl, "shutdown", self.name],
                               capture_output=True, check=False)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.thread.join(5)
        self.tmp.cleanup()
        return status

    def show(self):
        print("--- what the server said:", *self.lines[-40:], sep="\n    ")


class Answer:
    """What curl got."""

    def __init__(self, result, head, body):
        self.body = body
        self.head = head
        self.error = result.stderr.decode(errors="replace").strip()
        words = result.stdout.decode().split()
        self.status = int(words[0]) if words else 0
        self.version = words[1] if len(words) > 1 else ""
        self.connects = int(words[2]) if len(words) > 2 else 0
        self.sha256 = hashlib.sha256(body).hexdigest()

    def header(self, name):
        m = re.findall(rf"^{name}:\s*(.*?)\r?$", self.head, re.M | re.I)
        return m[-1] if m else None


def curl(url, *options, seconds=60):
    with tempfile.TemporaryDirectory(prefix="posixen-curl.") as tmp:
        head, body = os.path.join(tmp, "head"), os.path.join(tmp, "body")
        result = subprocess.run(
            ["curl", "-sS", "-m", str(seconds), "-D", head, "-o", body, "-w",
             "%{http_code} %{http_version} %{num_connects}\n", *options, url],
            capture_output=True, check=False)

        def read(path):
            if not os.path.exists(path):
                return b""
            with open(path, "rb") as f:
                return f.read()

        return Answer(result, read(head).decode(errors="replace"), read(body))


def make_certificate(folder):
    """key.pem and cert.pem, made now; nothing secret lies in the tree."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=posixen.test", "-keyout", os.path.join(folder, "key.pem"),
         "-out", os.path.join(folder, "cert.pem")],
        check=True, stderr=subprocess.DEVNULL)


def make_file(path, size):
    """size bytes that differ everywhere; their SHA-256."""
    block, out = b"posixen", []
    while len(out) * 32 < size:
        block = hashlib.sha256(block).digest()
        out.append(block)
    data = b"".join(out)[:size]
    with open(path, "wb") as f:
        f.write(data)
    return hashlib.sha256(data).hexdigest()
