# SPDX-License-Identifier: BSD-2-Clause
"""A way to a domain's memory in the lab: peek in dom0, over a channel."""
from .errors import UserError
from .machine import Live


class _Pipe:
    """The two files that machine.Live wants, over one job of the lab."""

    def __init__(self, channel):
        self.channel = channel
        self.out = bytearray()
        self.errors = b""
        self.pending = b""

    def write(self, data):
        self.pending += data

    def flush(self):
        try:
            self.channel.send(b"i", self.pending)
        except OSError:
            pass        # read() says what is wrong
        self.pending = b""

    def read(self, n):
        while len(self.out) < n:
            kind, data = self.channel.receive()
            if kind == b"o":
                self.out += data
            elif kind == b"e":
                self.errors += data
            elif kind == b"x":
                raise UserError(self.errors.decode("utf-8", "replace").strip()
                                or "the domain is gone")
        data = bytes(self.out[:n])
        del self.out[:n]
        return data


def live(channel, name):
    """The domain of that name; the channel is its own from now on."""
    channel.send(b"X", f"exec peek '{name}'".encode())
    pipe = _Pipe(channel)
    return Live(pipe, pipe)
