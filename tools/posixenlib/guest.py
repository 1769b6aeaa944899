# SPDX-License-Identifier: BSD-2-Clause
"""What a guest is given: xl configuration, command line, ramdisk."""
import os
import re

from .cpio import Cpio
from .errors import USAGE, UserError

# A PV guest's command line holds 1,024 bytes (xen/xen.h, MAX_GUEST_CMDLINE).
# Longer program arguments go into a file of the ramdisk.
CMDLINE = 1023
ARGS_MAX = 900
ARGS_FILE = ".posixen/args"


def quote(word):
    """One word of the command line, quoted as the shell reads it."""
    if re.fullmatch(r"[A-Za-z0-9_@%+=:,./~^-]+", word) and word != "--":
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def command_line(parameters, args):
    """(extra, content of the arguments file or None).

    parameters are (name, value) pairs; a bare name has the value None.
    """
    head = " ".join(quote(n if v is None else f"{n}={v}")
                    for n, v in parameters)
    tail = " ".join(quote(a) for a in args)
    packed = None
    if len(os.fsencode(tail)) > ARGS_MAX or \
            len(os.fsencode(head + tail)) + 4 > CMDLINE:
        packed = b"".join(os.fsencode(a) + b"\0" for a in args)
        line = head + " args=file"
    else:
        line = f"{head} -- {tail}".strip() if args else head
    if len(os.fsencode(line)) > CMDLINE:
        raise UserError(f"the boot parameters (--env and others) are longer "
                        f"than the {CMDLINE} bytes that Xen passes on", USAGE)
    return line, packed


def add_files(archive, files, rootfs=None):
    """Add --rootfs DIR and every --file HOST:GUEST to an archive."""
    if rootfs:
        if not os.path.isdir(rootfs):
            raise UserError(f"--rootfs {rootfs}: not a directory", USAGE)
        archive.add_tree(rootfs)
    for spec in files:
        host, _, inside = spec.rpartition(":")
        if not host or not inside.strip("/"):
            raise UserError(f"--file {spec}: write it as HOST:GUEST", USAGE)
        try:
            if os.path.isdir(host):
                archive.add_dir(inside)
                archive.add_tree(host, inside.strip("/"))
            else:
                archive.add_file(inside, host)
        except OSError as e:
            raise UserError(f"--file {host}: {e.strerror}", USAGE) from None


def write_ramdisk(out, files, rootfs, packed_args):
    """A cpio archive of --rootfs, --file and the arguments; its size."""
    archive = Cpio(out)
    add_files(archive, files, rootfs)
    if packed_args is not None:
        archive.add_bytes(ARGS_FILE, packed_args, 0o600)
    archive.close()
    return out.tell()


def _xl_string(text):
    """A string of xl's configuration.

    Its \\xHH and \\ooo do not work in Xen 4.17, so all else stands as it is.
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace(
        "\n", "\\n") + '"'


def xl_config(name, kernel, ramdisk, extra, memory, vifs=()):
    """The configuration file; vifs are xl-network-configuration(5)'s words.

    tsc_mode native: rdtsc must not trap.

    on_* say destroy for whoever starts it by hand; run-domu itself creates
    the domain with xl create -e, and then nobody acts on them.
    """
    lines = [f"name = {_xl_string(name)}", 'type = "pv"',
             f"kernel = {_xl_string(kernel)}", f"memory = {memory}",
             f"maxmem = {memory}", "vcpus = 1", f"extra = {_xl_string(extra)}",
             'tsc_mode = "native"', 'on_poweroff = "destroy"',
             'on_reboot = "destroy"', 'on_crash = "destroy"',
             f"vif = [{', '.join(_xl_string(v) for v in vifs)}]",
             "disk = []"]
    if ramdisk:
        lines.append(f"ramdisk = {_xl_string(ramdisk)}")
    return "\n".join(lines) + "\n"
