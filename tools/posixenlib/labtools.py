# SPDX-License-Identifier: BSD-2-Clause
"""Programs that put load on a guest's network, from Debian packages.

They are no part of the plain lab, which stays small: `tools/lab tools` has
them, in a directory of the lab's state with a wrapper for each in bin/ (for
tools/lab net exec) and as an archive that is unpacked in dom0, in a lab that
runs or, with `batch --tools`, behind its initramfs.
"""
import glob
import hashlib
import os
import shutil

from . import packages
from .cpio import Cpio
from .dom0image import Libraries
from .errors import UserError

# Program: the package's file that it is.
PROGRAMS = {
    "ab": "usr/bin/ab",                     # apache2-utils
    "curl": "usr/bin/curl",
    "httperf": "usr/bin/httperf",
    "iperf3": "usr/bin/iperf3",
    "ip": "bin/ip",                         # iproute2
    "openssl": "usr/bin/openssl",
    "ping": "bin/ping",                     # iputils-ping
    "redis-benchmark": "usr/bin/redis-benchmark",   # redis-tools
    "redis-cli": "usr/bin/redis-cli",
    "siege": "usr/bin/siege",
    "ss": "bin/ss",
    "tc": "sbin/tc",
    "tcpdump": "usr/bin/tcpdump",
    "wrk": "usr/bin/wrk",
}
ROOTS = ["apache2-utils", "curl", "httperf", "iperf3", "iproute2", "libc6",
         "iputils-ping", "openssl", "redis-tools", "siege", "tcpdump", "wrk", "zlib1g"]
# Files that they read. siege asks nobody to take part in surveys.
FILES = {
    "root/.siege/siege.conf": b"logging = false\nshow-logfile = false\n"
                              b"connection = keep-alive\nlimit = 1000\n"
                              b"protocol = HTTP/1.1\nparser = false\n",
}
WRAPPER = """#!/bin/sh
here={0}
exec $here/lib/ld-linux-x86-64.so.2 --library-path $here/lib --argv0 {1} \\
	$here/programs/{1} "$@"
"""


def _stamp(debs):
    h = hashlib.sha256()
    for name in sorted(os.path.basename(d) for d in debs):
        h.update(name.encode() + b"\0")
    with open(__file__, "rb") as f:
        h.update(f.read())
    return h.hexdigest()[:16]


def directory(state):
    """Where they are if they have been made; None if not."""
    found = glob.glob(os.path.join(state, "tools-" + "?" * 16))
    return max(found, key=os.path.getmtime) if found else None


def build(state, say):
    """Have them; their directory. Call it locked."""
    debs = packages.fetch(os.path.join(state, "tools-debs"), ROOTS, say)
    where = os.path.join(state, "tools-" + _stamp(debs))
    if os.path.isdir(where):
        os.utime(where)
        return where
    for old in glob.glob(os.path.join(state, "tools-" + "?" * 16)):
        shutil.rmtree(old)
    work = where + ".new"
    shutil.rmtree(work, ignore_errors=True)
    root = os.path.join(work, "root")
    packages.unpack(debs, root, say)
    for name in ("bin", "lib", "programs"):
        os.makedirs(os.path.join(work, name))
    for name, inside in PROGRAMS.items():
        path = os.path.join(root, inside)
        if not os.path.exists(path):
            raise UserError(f"no package of the lab's tools holds {inside}")
        shutil.copy(path, os.path.join(work, "programs", name))
        wrapper = os.path.join(work, "bin", name)
        with open(wrapper, "w") as f:
            f.write(WRAPPER.format(where, name))
        os.chmod(wrapper, 0o755)
    libraries = Libraries(root).closure(
        [os.path.join(work, "programs", n) for n in PROGRAMS])
    for name, path in libraries.items():
        shutil.copy(path, os.path.join(work, "lib", name))
    shutil.rmtree(root)
    with open(os.path.join(work, "tools.cpio"), "wb") as f:
        archive = Cpio(f)
        fill(archive, work)
        archive.close()
    os.rename(work, where)
    return where


def fill(archive, where):
    """Add them to an archive for dom0: its PATH begins with /opt/bin."""
    for name in PROGRAMS:
        archive.add_file(f"opt/bin/{name}",
                         os.path.join(where, "programs", name), 0o755)
    for name in sorted(os.listdir(os.path.join(where, "lib"))):
        if not name.startswith("ld-linux"):
            archive.add_file(f"lib/x86_64-linux-gnu/{name}",
                             os.path.join(where, "lib", name), 0o755)
    for name, content in FILES.items():
        archive.add_bytes(name, content, 0o644)
