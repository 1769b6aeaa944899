# SPDX-License-Identifier: BSD-2-Clause
"""A second way into the lab's network: a tap device in a namespace.

QEMU holds the device's descriptor; dom0 has its other end as eth1 on the
bridge. The device lives in a network namespace of its own, so nothing of this
machine's network is touched, and nothing is left to clean up: the namespace
ends when QEMU does. Whoever wants to enter gets it from QEMU's descriptor.

Needs root and /dev/net/tun; a lab without it has QEMU's user network alone.
"""
import fcntl
import os
import shutil
import socket
import struct
import subprocess

from .errors import UserError

TUN = "/dev/net/tun"
# linux/if_tun.h
TUNSETIFF, TUNGETDEVNETNS = 0x400454ca, 0x54e3
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 2, 0x1000, 0x4000
CLONE_NEWNET = 0x40000000       # linux/sched.h
SYS_PIDFD_GETFD = 438           # asm/unistd_64.h

# The client's end; tools/lab-dom0/network has the other.
SET_UP = """link set lo up
link set tap0 up
addr add 10.93.0.2/16 brd + dev tap0
addr add fd93::2/64 dev tap0 nodad
route add default via 10.93.0.1"""


def _call(name, *args):
    """A function of the C library that Python has no other name for."""
    import ctypes       # not in a Python that was packed for a dom0
    libc = ctypes.CDLL(None, use_errno=True)
    result = getattr(libc, name)(*args)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def why_not():
    """Why there can be no tap device here, in words; None if there can."""
    if os.geteuid() != 0:
        return "it needs root"
    if not os.access(TUN, os.R_OK | os.W_OK):
        return f"there is no {TUN}"
    if not shutil.which("ip"):
        return "there is no program ip (package iproute2)"
    return None


def _make_here():
    """In this process: a new namespace with the device; its descriptor."""
    _call("unshare", CLONE_NEWNET)
    fd = os.open(TUN, os.O_RDWR)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack(
        "16sH14x", b"tap0", IFF_TAP | IFF_NO_PI | IFF_VNET_HDR))
    subprocess.run(["ip", "-batch", "-"], input=SET_UP.encode(), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return fd


def make():
    """The descriptor of a new tap device in a new namespace, or None."""
    if why_not():
        return None
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            socket.send_fds(theirs, [b"x"], [_make_here()])
        finally:
            os._exit(0)
    theirs.close()
    data, fds, _, _ = socket.recv_fds(ours, 1, 1)
    ours.close()
    os.waitpid(pid, 0)
    return fds[0] if data and fds else None


def _namespace(pid, fd):
    """A descriptor of the namespace of the device that process pid has."""
    process = os.pidfd_open(pid)
    device = -1
    try:
        device = _call("syscall", SYS_PIDFD_GETFD, process, fd, 0)
        return fcntl.ioctl(device, TUNGETDEVNETNS)
    finally:
        os.close(process)
        if device >= 0:
            os.close(device)


def check(info):
    """The namespace of the lab of lab.json, as a descriptor, or UserError."""
    if info.get("tap") is None:
        raise UserError("this lab has no namespace to see its guests from: "
                        + (why_not() or "start it anew with tools/lab down "
                           "and tools/lab up"))
    try:
        return _namespace(info["pid"], info["tap"])
    except OSError as e:
        raise UserError(f"the lab's namespace cannot be entered: "
                        f"{e.strerror}") from None


def enter(info):
    """Move this thread into the namespace of the lab of lab.json."""
    fd = check(info)
    try:
        _call("setns", fd, CLONE_NEWNET)
    finally:
        os.close(fd)
