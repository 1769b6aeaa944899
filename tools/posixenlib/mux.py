# SPDX-License-Identifier: BSD-2-Clause
"""The host's side of the framed console; docs/console-protocol.md."""
import struct

MAGIC = b"\0PX1"


class Decoder:
    """Takes what the guest writes, in any split; gives whole events.

    An event is (type, payload): types of one byte as in the protocol, and
    b"" for bytes that came before the magic. A frame longer than what has
    arrived waits, so a payload is never torn.
    """

    def __init__(self):
        self.buffer = bytearray()
        self.framed = False

    def feed(self, data):
        self.buffer += data
        events = []
        if not self.framed:
            self._before_magic(events)
        if self.framed:
            self._frames(events)
        return events

    def _before_magic(self, events):
        at = self.buffer.find(MAGIC)
        if at >= 0:
            plain, rest = self.buffer[:at], self.buffer[at + len(MAGIC):]
            self.framed = True
        else:
            # Keep back an end that may be the start of the magic.
            keep = max(n for n in range(len(MAGIC))
                       if self.buffer.endswith(MAGIC[:n]))
            cut = len(self.buffer) - keep
            plain, rest = self.buffer[:cut], self.buffer[cut:]
        if plain:
            events.append((b"", bytes(plain)))
        self.buffer = bytearray(rest)

    def _frames(self, events):
        at = 0
        while len(self.buffer) - at >= 3:
            n, = struct.unpack_from("<H", self.buffer, at + 1)
            if len(self.buffer) - at - 3 < n:
                break
            events.append((bytes(self.buffer[at:at + 1]),
                           bytes(self.buffer[at + 3:at + 3 + n])))
            at += 3 + n
        del self.buffer[:at]

    def rest(self):
        """What is left at the end: a magic or a frame that never ended."""
        return bytes(self.buffer)


def frame(kind, payload=b""):
    """One frame for the guest."""
    return kind + struct.pack("<H", len(payload)) + payload


def parse_exit(payload):
    """The shell's exit status for the payload of an x frame."""
    word, _, number = payload.decode("ascii", "replace").partition(" ")
    if not number.isdigit() or word not in ("exit", "signal"):
        raise ValueError(payload)
    return int(number) & 255 if word == "exit" else 128 + (int(number) & 127)
