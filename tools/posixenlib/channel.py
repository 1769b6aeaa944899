# SPDX-License-Identifier: BSD-2-Clause
"""One job in the lab's dom0: a TCP connection to the agent there.

tools/lab-dom0/session.c describes the messages: a type byte, a little-endian
u32 length, that many bytes.
"""
import os
import socket
import struct

from .errors import UserError

VERSION = "3"


class Channel:
    """A connection that has been greeted; directory is the job's in dom0."""

    def __init__(self, port, token, timeout):
        """Connect; OSError or EOFError when there is nobody, or too slow."""
        self.inbuf = bytearray()
        self.sock = socket.create_connection(("127.0.0.1", port), timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.send(b"t", token.encode())
        kind, text = self.receive()
        words = text.decode("utf-8", "replace").split()
        if kind != b"h" or len(words) != 2:
            raise EOFError("not a lab")
        self.version, self.directory = words
        self.sock.settimeout(None)

    def fileno(self):
        return self.sock.fileno()

    def close(self):
        self.sock.close()

    def send(self, kind, data=b""):
        """Send one message; blocks until the other side has taken it."""
        self.sock.sendall(kind + struct.pack("<I", len(data)) + data)

    def send_file(self, name, source):
        """Send a file of the job: source is its bytes or a path."""
        raw = name.encode()
        if isinstance(source, bytes):
            self.send(b"F", struct.pack("<H", len(raw)) + raw + source)
            return
        with open(source, "rb") as f:
            size = os.fstat(f.fileno()).st_size
            self.sock.sendall(b"F" + struct.pack("<I", 2 + len(raw) + size) +
                              struct.pack("<H", len(raw)) + raw)
            if size and self.sock.sendfile(f, 0, size) != size:
                raise UserError(f"{source} became shorter meanwhile")

    def _take(self):
        """The next whole message of the buffer, or None."""
        if len(self.inbuf) < 5:
            return None
        n = 5 + struct.unpack_from("<I", self.inbuf, 1)[0]
        if len(self.inbuf) < n:
            return None
        message = bytes(self.inbuf[:1]), bytes(self.inbuf[5:n])
        del self.inbuf[:n]
        return message

    def receive(self):
        """The next message; EOFError when the lab is gone."""
        while True:
            message = self._take()
            if message:
                return message
            data = self.sock.recv(65536)
            if not data:
                raise EOFError("the lab is gone")
            self.inbuf += data

    def receive_ready(self):
        """All whole messages that one recv() completes; EOFError at the end.

        For callers that select() on the socket.
        """
        data = self.sock.recv(262144)
        if not data:
            raise EOFError("the lab is gone")
        self.inbuf += data
        messages = []
        while message := self._take():
            messages.append(message)
        return messages
