# SPDX-License-Identifier: BSD-2-Clause
"""The reference Linux domU: Debian's kernel as a PV guest, one command in it.

Its first process (tools/lab-dom0/linux-init.c) speaks the framed console, so
sessions, statuses and figures are had the same way as from a Posixen guest.
"""
import os
import stat

from . import guest
from .backends import LabBackend
from .cpio import Cpio

EXTRA = "console=hvc0 quiet panic=-1 rdinit=/init"


def extra(network):
    """The command line; network: of network.py."""
    return EXTRA + (f" ip={network.ip}" if network.ip else "")


def write_initramfs(out, boot, files, command, rootfs=None, network=False):
    """busybox, linux-init, the files, and the command that init runs.

    files are HOST:GUEST as for run-domu --file. network: with the driver.
    """
    archive = Cpio(out)
    for d in ("proc", "sys", "dev", "tmp", "bin"):
        archive.add_dir(d)
    archive.add_node("dev/console", stat.S_IFCHR | 0o600, 5, 1)
    archive.add_file("init", os.path.join(boot, "linux-init"), 0o755)
    archive.add_file("bin/busybox", os.path.join(boot, "busybox"), 0o755)
    # A few names only: unpacking hundreds would slow the boot.
    for name in ("sh", "cat", "dd", "echo", "free", "ls", "mount", "sleep",
                 "time"):
        archive.add_symlink(f"bin/{name}", "busybox")
    if network:
        archive.add_file("lib/xen-netfront.ko",
                         os.path.join(boot, "xen-netfront.ko"))
        for name in ("ip", "ping", "udhcpc", "wget"):
            archive.add_symlink(f"bin/{name}", "busybox")
    guest.add_files(archive, files, rootfs)
    archive.add_bytes(guest.ARGS_FILE,
                      b"".join(os.fsencode(a) + b"\0" for a in command))
    archive.close()


class Backend(LabBackend):
    """The lab, for a kernel that takes ^O on its console for a SysRq.

    drivers/tty/hvc/hvc_console.c: a second ^O makes it an ordinary one.
    """

    def write(self, data):
        super().write(data.replace(b"\x0f", b"\x0f\x0f"))


class Spec:
    """What a backend must know of a Linux domU."""

    def __init__(self, boot, ramdisk, memory, network):
        self.image = None
        self.kernel = os.path.join(boot, "vmlinuz")
        self.ramdisk = ramdisk
        self.memory = memory
        self.keep = False
        self.core = None
        self.name = f"linux-{os.getpid()}-{os.urandom(2).hex()}"
        self.network = network
        self.extra = extra(network)
