# SPDX-License-Identifier: BSD-2-Clause
"""Run a program on Linux, as an image of the host platform or as a domU, with
files, input and environment: what the tests of programs that end share."""
import os
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


class Result:
    """What a run left: status as a shell says it, or "timeout"."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __eq__(self, other):
        return (self.status, self.out, self.err) == \
            (other.status, other.out, other.err)

    def __repr__(self):
        return f"status {self.status}\n{self.out.decode(errors='replace')}" \
            f"{self.err.decode(errors='replace')}"


def _ramdisk(path, files, rootfs):
    sys.path.insert(0, os.path.join(TOP, "tools"))
    from posixenlib import guest
    with open(path, "wb") as f:
        guest.write_ramdisk(f, [f"{a}:{b}" for a, b in files], rootfs, None)


def run(platform, image, args=(), files=(), rootfs=None, stdin=b"", env=None,
        memory=64, boot=(), timeout=120, cwd=None, name=None):
    """Run image with args. files are (here, in the guest); rootfs is a folder
    that the guest's root gets; neither is for platform "linux", where cwd
    holds. memory is in MB. name is argv[0] where the platform lets it."""
    environment = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="posixen-running.") as tmp:
        command = [image, *args]
        if platform == "linux":
            environment.update(env or {})
        elif platform == "host":
            cpio = os.path.join(tmp, "root.cpio")
            _ramdisk(cpio, files, rootfs)
            environment.update(env or {})
            environment["POSIXEN"] = " ".join(
                [f"mem={memory}M", f"ramdisk={cpio}", *boot])
        else:
            command = [os.path.join(TOP, "tools/run-domu"), "--memory",
                       str(memory), "--timeout", str(timeout)]
            for source, dest in files:
                command += ["--file", f"{source}:{dest}"]
            if rootfs:
                command += ["--rootfs", rootfs]
            for item in (env or {}).items():
                command += ["--env", "%s=%s" % item]
            for b in boot:
                command += ["--boot", b]
            command += [image, "--", *args]
        if name and platform != "xen":
            command[0] = name
        process = subprocess.Popen(
            command, executable=image if platform != "xen" else None,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=environment,
            cwd=cwd if platform == "linux" else None)
        try:
            out, err = process.communicate(
                stdin, timeout + (300 if platform == "xen" else 0))
            status = process.returncode
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            status = "timeout"
    # What the lab says when it has to start first, and the runtime of a
    # network that it found, is not the program's.
    err = b"".join(line for line in err.splitlines(True)
                   if not line.startswith((b"lab: ", b"posixen: eth")))
    if isinstance(status, int) and status < 0:
        status = 128 - status
    return Result(status, out, err)
