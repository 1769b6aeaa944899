# SPDX-License-Identifier: BSD-2-Clause
"""--publish: ports of this machine that lead to ports of the guest.

A thread of run-domu takes connections (and datagrams) and passes them on, so
the ports are free again when run-domu ends, however it ends. How the guest is
reached is the backend's to say: dial.py. A connection that comes before the
guest has an address waits for it, and then, where the way there tells that
nobody listens yet, for the program to listen; after LATE seconds, or once the
program has been seen to listen, it fails as a connection to the guest would.
"""
import errno
import re
import selectors
import socket
import struct
import threading
import time
from collections import deque

from .errors import USAGE, UserError

LATE = 10.0             # s that a connection waits for the guest
AGAIN = 0.05            # s between two attempts
DRAIN = 1.0             # s at the end for what the guest has sent
UDP_IDLE = 60.0         # s that the answers to a datagram may take
CHUNK = 1 << 18
EARLY = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH,
         errno.ETIMEDOUT)
# The kernel's log says the address of an interface so (docs/network.md).
ADDRESS = re.compile(rb"\beth0\b.*?\b(\d{1,3}(?:\.\d{1,3}){3})/\d{1,2}\b")


class Rule:
    """One --publish: where to listen, and the guest's port."""

    def __init__(self, text):
        m = re.fullmatch(r"(?:(\[[0-9a-fA-F:.]+\]|[0-9.]+):)?(\d+):(\d+)"
                         r"(?:/(tcp|udp))?", text)
        if not m or int(m[2]) > 65535 or not 0 < int(m[3]) < 65536:
            raise UserError(f"--publish {text}: write it as [ADDRESS:]PORT:"
                            f"GUESTPORT[/udp]", USAGE)
        self.text = text
        self.address = (m[1] or "127.0.0.1").strip("[]")
        self.port, self.guest_port = int(m[2]), int(m[3])
        self.udp = m[4] == "udp"
        self.answered = False       # the guest's port has been seen open

    def listen(self):
        """Bind the port; UserError when that cannot be."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        s = socket.socket(family, socket.SOCK_DGRAM if self.udp else
                          socket.SOCK_STREAM)
        if not self.udp:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((self.address, self.port))
            if not self.udp:
                s.listen(1024)
        except OSError as e:
            s.close()
            why = {errno.EADDRINUSE: "is in use by another program: choose "
                                     "another, or end that",
                   errno.EACCES: "needs root: choose one above 1023",
                   errno.EADDRNOTAVAIL: "has an address that is none of this "
                                        "machine's"}
            raise UserError(f"--publish {self.text}: port {self.port} of "
                            f"{self.address} " +
                            why.get(e.errno, "fails: " + e.strerror),
                            USAGE) from None
        s.setblocking(False)
        self.port = s.getsockname()[1]
        return s


def _reset(sock):
    """Close it so that the other side sees a reset, not an end."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                        struct.pack("ii", 1, 0))
    except OSError:
        pass
    sock.close()


class _Half:
    """One direction of a connection: what was read and not yet written."""

    def __init__(self, source, sink):
        self.source, self.sink = source, sink
        self.data = b""
        self.ended = False          # the source will give no more
        self.done = False           # and the sink has been told

    def pump(self):
        """Move what can be moved; OSError when an end is broken."""
        while True:
            if not self.data and not self.ended:
                try:
                    self.data = memoryview(self.source.recv(CHUNK))
                except BlockingIOError:
                    return
                self.ended = not self.data
            if self.data:
                try:
                    self.data = self.data[self.sink.send(self.data):]
                except BlockingIOError:
                    return
            elif not self.done:
                self.done = True
                self.sink.shutdown(socket.SHUT_WR)
                return
            else:
                return


class _Stream:
    """A connection of somebody with the guest."""

    def __init__(self, forwarder, rule, client):
        self.f, self.rule, self.client = forwarder, rule, client
        self.began = time.monotonic()
        self.guest = None
        self.halves = []
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.dial()

    def dial(self):
        if self.f.address is None:
            self.later()
            return
        try:
            self.guest = self.f.way.dial(self.f.address, self.rule)
        except OSError:
            self.later()
            return
        self.f.watch(self.guest, selectors.EVENT_WRITE, self.connected)

    def later(self):
        """Try again soon, unless that has gone on for too long."""
        if self.rule.answered or self.f.ending or \
                time.monotonic() - self.began > LATE:
            self.fail()
        else:
            self.f.after(AGAIN, self.dial)

    def connected(self, _):
        error = self.guest.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            self.f.unwatch(self.guest)
            self.guest.close()
            self.guest = None
            if error in EARLY:
                self.later()
            else:
                self.fail()
            return
        self.rule.answered = self.f.way.TELLS
        self.guest.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.halves = [_Half(self.client, self.guest),
                       _Half(self.guest, self.client)]
        self.f.watch(self.client, selectors.EVENT_READ, self.ready)
        self.f.watch(self.guest, selectors.EVENT_READ, self.ready)
        self.f.streams.add(self)

    def ready(self, _):
        try:
            for half in self.halves:
                half.pump()
        except OSError:
            self.fail()
            return
        if all(h.done for h in self.halves):
            self.close()
            return
        for s in (self.client, self.guest):
            events = 0
            for h in self.halves:
                if h.source is s and not h.data and not h.ended:
                    events |= selectors.EVENT_READ
                if h.sink is s and h.data:
                    events |= selectors.EVENT_WRITE
            self.f.watch(s, events, self.ready)

    def fail(self):
        for s in (self.client, self.guest):
            if s:
                self.f.unwatch(s)
                _reset(s)
        self.f.streams.discard(self)

    def close(self):
        for s in (self.client, self.guest):
            self.f.unwatch(s)
            s.close()
        self.f.streams.discard(self)


class _Datagrams:
    """The listening socket of a /udp rule, and a socket for each peer."""

    def __init__(self, forwarder, rule, sock):
        self.f, self.rule, self.sock = forwarder, rule, sock
        self.peers = {}             # address: [socket to the guest, last use]

    def ready(self, _):
        while True:
            try:
                data, peer = self.sock.recvfrom(65535)
            except OSError:
                return
            if peer not in self.peers and not self._new(peer):
                continue
            self.peers[peer][1] = time.monotonic()
            try:
                self.peers[peer][0].send(data)
            except OSError:
                self._drop(peer)

    def _new(self, peer):
        if self.f.address is None:
            return False            # lost, as datagrams may be
        try:
            s = self.f.way.dial(self.f.address, self.rule)
        except OSError:
            return False
        self.peers[peer] = [s, 0]
        self.f.watch(s, selectors.EVENT_READ, lambda _: self.answer(peer))
        self.f.after(UDP_IDLE, lambda: self._expire(peer))
        return True

    def answer(self, peer):
        entry = self.peers[peer]
        entry[1] = time.monotonic()
        try:
            self.sock.sendto(entry[0].recv(65535), peer)
        except BlockingIOError:
            pass
        except OSError:
            self._drop(peer)

    def _expire(self, peer):
        entry = self.peers.get(peer)
        if not entry:
            return
        left = entry[1] + UDP_IDLE - time.monotonic()
        if left > 0:
            self.f.after(left, lambda: self._expire(peer))
        else:
            self._drop(peer)

    def _drop(self, peer):
        s = self.peers.pop(peer)[0]
        self.f.unwatch(s)
        s.close()


class Forwarder:
    """All rules of one guest. Bound at once; start() begins to pass on."""

    def __init__(self, texts):
        self.rules = []
        for text in texts:
            rule = Rule(text)
            self.rules.append((rule, rule.listen()))
        self.address = None         # the guest's, once it is known
        self.way = None
        self.streams = set()
        self.ending = False
        self.selector = selectors.DefaultSelector()
        self.timers = deque()       # (when, what)
        self.wake_read, self.wake_write = socket.socketpair()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self, way):
        """way: of dial.py. Call after the last fork without exec."""
        self.way = way
        self.thread.start()

    def set_address(self, address):
        self.address = address

    def log_line(self, line):
        """A line of the guest's log: it may say the address."""
        m = ADDRESS.search(line)
        if m:
            self.set_address(m[1].decode())

    def close(self):
        """Take nothing more; pass on what is under way, for a short time."""
        for _, s in self.rules:
            if not self.thread.is_alive():
                s.close()
        if self.thread.is_alive():
            self.ending = True
            self.wake_write.send(b"x")
            self.thread.join(DRAIN + 1)
        if self.way:
            self.way.close()

    # In the thread.

    def watch(self, sock, events, call):
        """Have call(sock) when it is ready; events 0: not now."""
        try:
            key = self.selector.get_key(sock)
        except (KeyError, ValueError):
            if events:
                self.selector.register(sock, events, call)
            return
        if not events:
            self.selector.unregister(sock)
        elif key.events != events or key.data != call:
            self.selector.modify(sock, events, call)

    def unwatch(self, sock):
        try:
            self.selector.unregister(sock)
        except (KeyError, ValueError):
            pass

    def after(self, seconds, what):
        self.timers.append((time.monotonic() + seconds, what))

    def _accept(self, rule, listener):
        for _ in range(64):
            try:
                client, _ = listener.accept()
            except OSError:
                return
            _Stream(self, rule, client)

    def _stop_listening(self):
        for rule, s in self.rules:
            self.unwatch(s)
            if not rule.udp:
                s.close()

    def _run(self):
        self.way.enter()
        self.watch(self.wake_read, selectors.EVENT_READ,
                   lambda s: s.recv(16))
        for rule, s in self.rules:
            self.watch(s, selectors.EVENT_READ,
                       _Datagrams(self, rule, s).ready if rule.udp else
                       lambda s, rule=rule: self._accept(rule, s))
        end = None
        while end is None or (self.streams and time.monotonic() < end):
            pause = None if end is None else 0.05
            if self.timers:
                pause = max(0, min(t for t, _ in self.timers) -
                            time.monotonic())
            for key, _ in self.selector.select(pause):
                key.data(key.fileobj)
            now = time.monotonic()
            for _ in range(len(self.timers)):
                when, what = self.timers.popleft()
                if when <= now:
                    what()
                else:
                    self.timers.append((when, what))
            if self.ending and end is None:
                self._stop_listening()
                end = now + DRAIN
        for stream in list(self.streams):
            stream.fail()
