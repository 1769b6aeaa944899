# SPDX-License-Identifier: BSD-2-Clause
"""The files a lab boots from: Xen, dom0's kernel, dom0's initramfs.

They are kept in a directory named after a hash of all that goes into them, so
labs of different versions of this project can share packages and never get
each other's dom0.
"""
import glob
import gzip
import hashlib
import lzma
import os
import shutil
import stat
import struct
import subprocess
import time

from . import packages
from .cpio import Cpio
from .errors import UserError

SOURCE = os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "lab-dom0")

# xl and its company, from xen-utils' own folder: the ones in /usr/sbin are
# scripts that look for the running version of Xen.
XEN_PROGRAMS = ["xl", "xenstored", "xenconsoled", "xenconsole",
                "xen-init-dom0", "xenctx", "xentop", "xentrace"]
PROGRAMS = ["usr/bin/xenstore-exists", "usr/bin/xenstore-ls",
            "usr/bin/xenstore-read", "usr/bin/xenstore-write",
            "usr/bin/xenstore-rm", "usr/bin/xenstore-list",
            "usr/bin/xenstore-watch"]

PEEK = ["peek.c", "domctl.c", "xenstore.c"]
AGENT = ["agent.c", "domain.c", "domctl.c", "mux.c", "session.c", "xenstore.c"]

# init loads what it needs of these; the rest is for networks and disks.
# What they depend on is added.
MODULES = """xen-privcmd xenfs xen-evtchn xen-gntdev xen-gntalloc xen-netback
xen-blkback bridge loop tun veth virtio_pci virtio_net virtio_blk
virtio_console iptable_nat xt_MASQUERADE xt_nat xt_tcpudp xt_conntrack
iptable_filter ext4 e1000 sch_netem sch_tbf sch_ingress act_mirred
cls_matchall ifb""".split()


def _sources():
    return sorted(glob.glob(os.path.join(SOURCE, "*")))


def stamp(debs):
    """The hash that names the directory of these files."""
    h = hashlib.sha256()
    for name in sorted(os.path.basename(d) for d in debs):
        h.update(name.encode() + b"\0")
    for path in _sources() + [os.path.abspath(__file__)]:
        with open(path, "rb") as f:
            h.update(f.read() + b"\0")
    return h.hexdigest()[:16]


def vmlinux(bzimage):
    """The ELF kernel inside a bzImage, or the bzImage if it is not xz.

    Linux's Documentation/x86/boot.rst: setup_sects at 0x1f1, payload_offset
    and payload_length at 0x248; the payload ends in its unpacked size. Under
    emulation dom0 starts seconds sooner when Xen need not unpack it.
    """
    sectors = bzimage[0x1f1] or 4
    offset, length = struct.unpack_from("<II", bzimage, 0x248)
    offset += (sectors + 1) * 512
    payload = bzimage[offset:offset + length - 4]
    try:
        elf = lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(payload)
    except lzma.LZMAError:
        return bzimage
    return elf if elf.startswith(b"\x7fELF") else bzimage


def _needed(path):
    """The shared libraries an ELF file names, its interpreter included."""
    out = subprocess.run(["readelf", "-dl", path], capture_output=True,
                         text=True, env={**os.environ, "LC_ALL": "C"})
    found = []
    for line in out.stdout.splitlines():
        if "(NEEDED)" in line:
            found.append(line.split("[")[1].split("]")[0])
    return found


class Libraries:
    """Finds libraries in the unpacked packages, never on the host."""

    def __init__(self, root):
        self.where = {}
        for d in ("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu",
                  "lib64"):
            for path in glob.glob(os.path.join(root, d, "*.so*")):
                self.where.setdefault(os.path.basename(path), path)

    def closure(self, programs):
        done, todo = {}, list(programs)
        while todo:
            for name in _needed(todo.pop()):
                if name in done:
                    continue
                if name not in self.where:
                    raise UserError(f"no package of the lab holds {name}")
                done[name] = self.where[name]
                todo.append(self.where[name])
        return done


def _module_files(root):
    """The .ko files of MODULES and of all that they depend on."""
    files = {}
    for path in glob.glob(os.path.join(root, "lib/modules/*/kernel/**/*.ko"),
                          recursive=True):
        name = os.path.basename(path)[:-3].replace("-", "_")
        files[name] = path
    done, todo = {}, [m.replace("-", "_") for m in MODULES]
    while todo:
        name = todo.pop()
        if name in done or name not in files:
            continue
        done[name] = files[name]
        with open(files[name], "rb") as f:
            data = f.read()
        for part in data.split(b"\0depends=")[1:]:
            todo += part.split(b"\0")[0].decode().replace("-", "_").split(",")
    return done


def _compile(out, files):
    done = subprocess.run(
        ["gcc", "-static", "-O2", "-s", "-std=gnu11", "-D_GNU_SOURCE",
         "-o", out,
         *(os.path.join(SOURCE, f) for f in files)],
        capture_output=True, text=True)
    if done.returncode:
        raise UserError("the lab's programs do not compile (packages gcc, "
                        "libc6-dev, libxen-dev are needed):\n" + done.stderr)


def _add_modules(archive, root, work):
    """Add the modules and the modules.dep that busybox depmod makes."""
    version = os.listdir(os.path.join(root, "lib/modules"))[0]
    stage = os.path.join(work, "modules")
    for path in _module_files(root).values():
        to = os.path.join(stage, os.path.relpath(path, root))
        os.makedirs(os.path.dirname(to), exist_ok=True)
        os.link(path, to)
    for name in ("modules.builtin", "modules.order"):
        shutil.copy(os.path.join(root, "lib/modules", version, name),
                    os.path.join(stage, "lib/modules", version))
    subprocess.run([os.path.join(root, "bin/busybox"), "depmod", "-b", stage,
                    version], check=True)
    archive.add_tree(stage)


def _write_initramfs(out, root, work):
    xen = os.path.join(root, f"usr/lib/xen-{packages.XEN}/bin")
    programs = {f"sbin/{n}": os.path.join(xen, n) for n in XEN_PROGRAMS}
    programs |= {f"bin/{os.path.basename(n)}": os.path.join(root, n)
                 for n in PROGRAMS}
    archive = Cpio(out)
    for d in ("proc", "sys", "dev", "run", "tmp", "root", "etc/xen/scripts",
              "etc/lab", "var/log/xen", "var/lib/xen", "usr/bin"):
        archive.add_dir(d)
    archive.add_symlink("var/run", "/run")
    archive.add_symlink("var/lock", "/run/lock")
    archive.add_node("dev/console", stat.S_IFCHR | 0o600, 5, 1)
    for inside, path in programs.items():
        archive.add_file(inside, path, 0o755)
    libraries = Libraries(root).closure(programs.values())
    loader = os.path.join(root, "lib64/ld-linux-x86-64.so.2")
    if not os.path.exists(loader):
        loader = os.path.join(
            root, "lib/x86_64-linux-gnu/ld-linux-x86-64.so.2")
    libraries.pop("ld-linux-x86-64.so.2", None)
    # glibc loads this one by name when a thread of xl is cancelled.
    libraries["libgcc_s.so.1"] = os.path.join(
        root, "lib/x86_64-linux-gnu/libgcc_s.so.1")
    for name, path in sorted(libraries.items()):
        archive.add_file(f"lib/x86_64-linux-gnu/{name}", path, 0o755)
    archive.add_file("lib64/ld-linux-x86-64.so.2", loader, 0o755)
    busybox = os.path.join(root, "bin/busybox")
    archive.add_file("bin/busybox", busybox, 0o755)
    applets = subprocess.run([busybox, "--list"], capture_output=True,
                             text=True, check=True).stdout.split()
    for name in applets:
        if name != "busybox" and f"bin/{name}" not in programs:
            archive.add_symlink(f"bin/{name}", "busybox")
    _add_modules(archive, root, work)
    archive.add_bytes("etc/xen/xl.conf", b'autoballoon="off"\n')
    archive.add_bytes("etc/passwd", b"root::0:0:root:/root:/bin/sh\n")
    archive.add_file("etc/lab/network", os.path.join(SOURCE, "network"), 0o755)
    archive.add_file("etc/xen/scripts/vif-bridge", os.path.join(work, "vif"),
                     0o755)
    archive.add_file("sbin/peek", os.path.join(work, "peek"), 0o755)
    archive.add_file("sbin/netd", os.path.join(work, "netd"), 0o755)
    archive.add_file("etc/lab/batch", os.path.join(SOURCE, "batch"), 0o644)
    archive.add_file("bin/domu", os.path.join(SOURCE, "domu"), 0o755)
    archive.add_file("init", os.path.join(SOURCE, "init"), 0o755)
    archive.add_file("sbin/agent", os.path.join(work, "agent"), 0o755)
    archive.close()


def _remove_old(state):
    """Remove the boot files that no version has asked for within a day."""
    for path in glob.glob(os.path.join(state, "boot-*")):
        if time.time() - os.path.getmtime(path) > 86400:
            shutil.rmtree(path, ignore_errors=True)


def build(state, say):
    """Have the boot files; returns their directory. Call it locked.

    It then holds xen, vmlinux (for dom0), dom0.img, and for Linux domUs
    vmlinuz, linux-init, xen-netfront.ko and a static busybox.
    """
    debs = packages.fetch(os.path.join(state, "debs"), packages.ROOTS, say)
    boot = os.path.join(state, "boot-" + stamp(debs))
    if os.path.isdir(boot):
        os.utime(boot)
        return boot
    _remove_old(state)
    work = boot + ".new"
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    _compile(os.path.join(work, "agent"), AGENT)
    _compile(os.path.join(work, "netd"), ["netd.c"])
    _compile(os.path.join(work, "peek"), PEEK)
    _compile(os.path.join(work, "vif"), ["vif.c", "xenstore.c"])
    _compile(os.path.join(work, "linux-init"), ["linux-init.c"])
    root = os.path.join(work, "root")
    packages.unpack(debs, root, say)
    say("making dom0's initramfs")
    with gzip.open(glob.glob(os.path.join(
            root, f"boot/xen-{packages.XEN}-amd64.gz"))[0]) as f:
        xen = f.read()
    with open(os.path.join(work, "xen"), "wb") as f:
        f.write(xen)
    kernel = glob.glob(os.path.join(root, "boot/vmlinuz-*"))[0]
    shutil.copy(kernel, os.path.join(work, "vmlinuz"))
    with open(kernel, "rb") as f:
        elf = vmlinux(f.read())
    with open(os.path.join(work, "vmlinux"), "wb") as f:
        f.write(elf)
    shutil.copy(os.path.join(root, "bin/busybox"), work)
    shutil.copy(glob.glob(os.path.join(
        root, "lib/modules/*/kernel/drivers/net/xen-netfront.ko"))[0], work)
    with open(os.path.join(work, "dom0.img"), "wb") as f:
        _write_initramfs(f, root, work)
    for extra in ("root", "modules"):
        shutil.rmtree(os.path.join(work, extra))
    os.rename(work, boot)
    return boot
