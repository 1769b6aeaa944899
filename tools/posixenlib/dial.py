# SPDX-License-Identifier: BSD-2-Clause
"""Ways from run-domu to a port of the guest, for publish.py.

A way gives: enter(), once, in the thread that will dial; dial(address, rule),
a non-blocking socket that is on its way to the guest's port; close(). TELLS:
whether a port that nobody listens on is seen as a refused connection.
"""
import json
import os
import socket

from . import tap
from .errors import UserError


def _start(address, port, udp):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if udp else
                      socket.SOCK_STREAM)
    s.setblocking(False)
    s.connect_ex((address, port))
    return s


class Direct:
    """This machine is the dom0: the guest is on one of its bridges."""

    TELLS = True

    def enter(self):
        pass

    def dial(self, address, rule):
        return _start(address, rule.guest_port, rule.udp)

    def close(self):
        pass


class Namespace(Direct):
    """The lab has a tap device: dial from its namespace.

    Sockets stay in the namespace in which they were made, so the thread that
    dials is in it, and the ports it listens on are outside.
    """

    def __init__(self, info):
        self.info = info

    def enter(self):
        tap.enter(self.info)


class UserNetwork:
    """Through QEMU's user network, with a forward for each port."""

    TELLS = False

    def __init__(self, state):
        self.state = state
        self.forwards = {}          # (address, guest port, udp): our port

    def enter(self):
        pass

    def dial(self, address, rule):
        key = address, rule.guest_port, rule.udp
        if key not in self.forwards:
            self.forwards[key] = self._add(*key)
        return _start("127.0.0.1", self.forwards[key], rule.udp)

    def _add(self, address, port, udp):
        kind = socket.SOCK_DGRAM if udp else socket.SOCK_STREAM
        with socket.socket(socket.AF_INET, kind) as s:
            s.bind(("127.0.0.1", 0))
            ours = s.getsockname()[1]
        proto = "udp" if udp else "tcp"
        said = self._monitor(f"hostfwd_add n0 {proto}:127.0.0.1:{ours}-"
                             f"{address}:{port}")
        if said.strip():
            raise OSError(0, said.strip())
        return ours

    def _monitor(self, command):
        """Have QEMU's monitor run a command; what it says."""
        directory = os.open(self.state, os.O_PATH | os.O_DIRECTORY)
        try:
            with socket.socket(socket.AF_UNIX) as s:
                s.settimeout(20)
                # By this name, because a socket's may have 107 bytes.
                s.connect(f"/proc/self/fd/{directory}/monitor")
                f = s.makefile("rw")
                answer = {}
                for request in (
                        {"execute": "qmp_capabilities"},
                        {"execute": "human-monitor-command",
                         "arguments": {"command-line": command}}):
                    f.write(json.dumps(request) + "\n")
                    f.flush()
                    answer = json.loads(f.readline())
                    while not {"return", "error"} & answer.keys():
                        answer = json.loads(f.readline())
        finally:
            os.close(directory)
        return answer.get("return") if "return" in answer else str(answer)

    def close(self):
        for (_, _, udp), ours in self.forwards.items():
            try:
                self._monitor(f"hostfwd_remove n0 {'udp' if udp else 'tcp'}:"
                              f"127.0.0.1:{ours}")
            except (OSError, ValueError):
                pass                # the lab is gone, and they with it


def lab_way(lab):
    """The best way to the guests of a lab that runs."""
    info = lab.read() or {}
    if info.get("tap") is not None:
        try:
            os.close(tap.check(info))
            return Namespace(info)
        except UserError:
            pass
    return UserNetwork(lab.state)
