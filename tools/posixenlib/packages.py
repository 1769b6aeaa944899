# SPDX-License-Identifier: BSD-2-Clause
"""Debian packages, downloaded and unpacked but not installed.

apt's own configuration on this machine decides where they come from and
checks their signatures; nothing here names a mirror or changes a setting.
Downloaded packages are kept, so a later build needs no network.
"""
import glob
import os
import re
import shutil
import subprocess
import time

from .errors import UserError

XEN = "4.17"

# What dom0 and the reference domU are made of. Packages whose names start
# with "lib" follow by dependency.
ROOTS = [
    f"xen-hypervisor-{XEN}-amd64",
    f"xen-utils-{XEN}",
    "xenstore-utils",
    "busybox-static",
    "zlib1g",
    "linux-image-amd64",
]


def _run(argv, **kwargs):
    try:
        return subprocess.run(argv, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, **kwargs)
    except FileNotFoundError:
        raise UserError(f"{argv[0]} is not there: the lab is made of Debian "
                        f"packages and needs a Debian system") from None


def _depends(names):
    """{package: [the names it depends on]} of apt's index."""
    done = _run(["apt-cache", "depends", "--important", *names])
    found = {}
    current, other = None, False
    for line in done.stdout.splitlines():
        if re.match(r"\S", line):
            current = found.setdefault(line.strip(), [])
        elif m := re.match(r"\s+(\|?)(?:Pre)?Depends: (\S+)", line):
            # A bar: the next is an alternative to this one. In <>: virtual.
            if not other and not m.group(2).startswith("<"):
                current.append(m.group(2))
            other = bool(m.group(1))
    return found


def resolve(roots):
    """The names of all packages to unpack, the kernel's real name included."""
    names, todo = [], list(roots)
    while todo:
        found = _depends(todo)
        missing = [n for n in todo if n not in found]
        if missing:
            raise UserError(
                f"apt knows no package {missing[0]}: run apt-get update as "
                f"root (the lab needs Debian 12's packages), then try again")
        names += todo
        todo = sorted({d for n in todo for d in found[n]
                       if (d.startswith("lib") or
                           d.startswith("linux-image-"))
                       and d not in names})
    return [n for n in names if n != "linux-image-amd64"]


def download(names, where, say):
    """apt-get's download of packages into where; what came of the last try. A
    mirror that is out of reach for a moment must not end a long build."""
    for pause in (5, 20, 60, None):
        # Not as root's helper user, who may not write into the folder.
        done = _run(["apt-get", "download", "-q", "-o", "Acquire::Retries=3",
                     "-o", "APT::Sandbox::User=root", *names], cwd=where)
        if not done.returncode or pause is None:
            return done
        say(f"apt-get download failed; once more in {pause} s")
        time.sleep(pause)


def fetch(where, roots, say):
    """Have roots and what they need as .debs in directory where; the files."""
    os.makedirs(where, exist_ok=True)
    listed = os.path.join(where, "list")
    if os.path.exists(listed):
        with open(listed) as f:
            files = [os.path.join(where, n) for n in f.read().split()]
        if files and all(os.path.exists(f) for f in files):
            return files
    names = resolve(roots)
    say(f"downloading {len(names)} packages")
    for old in glob.glob(os.path.join(where, "*.deb")):
        os.unlink(old)
    done = download(names, where, say)
    files = sorted(glob.glob(os.path.join(where, "*.deb")))
    if done.returncode or len(files) < len(names):
        with open(os.path.join(where, "download.log"), "w") as f:
            f.write(done.stdout + done.stderr)
        raise UserError(
            "apt-get download failed (the first tools/lab up needs the "
            "network; run apt-get update if the package index is old); see "
            + os.path.join(where, "download.log"))
    with open(listed + ".new", "w") as f:
        f.write("\n".join(os.path.basename(n) for n in files) + "\n")
    os.rename(listed + ".new", listed)
    return files


def unpack(files, where, say):
    """Unpack all .deb files into the directory where, made anew."""
    shutil.rmtree(where, ignore_errors=True)
    os.makedirs(where)
    say(f"unpacking {len(files)} packages")
    for name in files:
        done = _run(["dpkg-deb", "-x", name, where])
        if done.returncode:
            raise UserError(f"{name} cannot be unpacked "
                            f"({done.stderr.strip()}); remove it and run "
                            f"tools/lab up again")
