# SPDX-License-Identifier: BSD-2-Clause
"""engine.py: packets on a tap device, made and looked at by hand.

A script is a function with one argument, a Script, which plays a host of its
own: it has addresses that no kernel answers for. Packets are written as text:

    FLAGS SEQ[+LENGTH] [ack N] [win N] [<OPTIONS>]
    S 0 win 65535 <mss 1460,sackok,ws 7>    P. 1+1000 ack 1    R 1

with flags S F P R U and "." for ACK, and sequence numbers counted from each
side's SYN. In what is expected, what is not written is not looked at (P never
is); a number of win may have < or > before it.
"""
import fcntl
import os
import queue
import random
import re
import select
import socket
import struct
import subprocess
import threading
import time

TAP = "tap0"
MAC = b"\x02\0\0\0\0\1"
GUEST4, GUEST6 = "10.0.0.5", "2001:db8::5"
PACKET_VNET_HDR, PACKET_IGNORE_OUTGOING = 15, 23  # linux/if_packet.h
SOL_PACKET, SO_RCVBUFFORCE = 263, 33
FLAGS = {"F": 1, "S": 2, "R": 4, "P": 8, ".": 16, "U": 32}
VNET = struct.Struct("=BBHHHH")  # struct virtio_net_hdr
# The longest that an answer may take on a machine with other work.
SOON = 2.0


class Fail(Exception):
    pass


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total >> 16) + (total & 0xffff)
    return ~total & 0xffff


_period = bytes((i * 7 + i // 251) & 0xff for i in range(251 * 256 * 2))


def pattern(at, n):
    """Bytes at to at + n of every stream: as guest.c's."""
    at %= 251 * 256
    out = _period[at:at + n]
    while len(out) < n:
        at = (at + len(out)) % (251 * 256)
        out += _period[at:at + n - len(out)]
    return out[:n]


def seq_diff(a, b):
    d = (a - b) & 0xffffffff
    return d - (1 << 32) if d & 0x80000000 else d


def options(text, base=0):
    """The bytes of "mss 1460,sackok,ws 7,nop,sack 1-5,ts 1 2,raw aabb"."""
    out = b""
    for o in filter(None, text.split(",")):
        word, *arg = o.split()
        if word == "mss":
            out += struct.pack("!BBH", 2, 4, int(arg[0]))
        elif word == "ws":
            out += bytes([3, 3, int(arg[0])])
        elif word == "sackok":
            out += b"\4\2"
        elif word == "nop":
            out += b"\1"
        elif word == "eol":
            out += b"\0"
        elif word == "ts":
            out += struct.pack("!BBII", 8, 10, int(arg[0]), int(arg[1]))
        elif word == "sack":
            out += bytes([5, 2 + 8 * len(arg)])
            for block in arg:
                left, right = (int(x) for x in block.split("-"))
                out += struct.pack("!II", (left + base) & 0xffffffff,
                                   (right + base) & 0xffffffff)
        elif word == "raw":
            out += bytes.fromhex(arg[0])
        else:
            raise ValueError(o)
    return out + b"\1" * (-len(out) % 4)


def tell_options(data, base):
    out, i = [], 0
    while i < len(data):
        kind = data[i]
        if kind == 0:
            break
        if kind == 1:
            i += 1
            continue
        n = data[i + 1]
        if n < 2 or i + n > len(data):
            raise Fail(f"bad options in {data.hex()}")
        v = data[i + 2:i + n]
        if kind == 2:
            out.append(f"mss {struct.unpack('!H', v)[0]}")
        elif kind == 3:
            out.append(f"ws {v[0]}")
        elif kind == 4:
            out.append("sackok")
        elif kind == 5:
            w = struct.unpack(f"!{len(v) // 4}I", v)
            out.append("sack " + " ".join(
                f"{seq_diff(w[k], base)}-{seq_diff(w[k + 1], base)}"
                for k in range(0, len(w), 2)))
        else:
            out.append(f"kind {kind}")
        i += n
    return ",".join(out)


class Packet:
    """A TCP segment of the guest's, with relative numbers."""

    def __init__(self, s, tcp, gso, when, blank):
        (self.sport, self.dport, seq, ack, off, flags, self.win,
         self.sum) = struct.unpack("!HHIIBBHH", tcp[:18])
        self.data = tcp[(off >> 4) * 4:]
        self.len, self.gso, self.when = len(self.data), gso, when
        self.urg = struct.unpack("!H", tcp[18:20])[0]
        self.blank = blank
        self.flags = "".join(c for c, bit in FLAGS.items() if flags & bit)
        if self.sport in s.irs:
            irs = s.irs[self.sport]
        else:
            irs = seq if flags & 2 else (seq if flags & 4 else 0)
            if flags & 2:
                s.irs[self.sport] = irs
        if flags & 2:
            irs = s.irs[self.sport] = seq
        self.seq = seq_diff(seq, irs)
        self.ack = seq_diff(ack, s.iss)
        self.opts = tell_options(tcp[20:(off >> 4) * 4], s.iss)

    def __str__(self):
        return (f"{self.flags or '-'} {self.seq}+{self.len} ack {self.ack} "
                f"win {self.win} <{self.opts}>" +
                (f" gso {self.gso}" if self.gso else ""))


SEGMENT = re.compile(r"(?P<flags>[SFPRU.-]+) (?P<seq>-?\d+|\*)"
                     r"(?:\+(?P<len>\d+|\*))?"
                     r"(?: ack (?P<ack>-?\d+))?(?: win (?P<win>[<>]?\d+))?"
                     r"(?: <(?P<opts>[^>]*)>)?$")


class Guest:
    """The guest and the wire to it; shared by scripts that run at once."""

    def __init__(self, path, params=""):
        subprocess.run(f"ip link del {TAP} 2>/dev/null; "
                       f"ip tuntap add {TAP} mode tap && "
                       f"echo 1 >/proc/sys/net/ipv6/conf/{TAP}/disable_ipv6 && "
                       f"ip link set {TAP} txqueuelen 5000 up", shell=True,
                       check=True)
        self.s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                               socket.htons(3))
        self.s.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
        self.s.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self.s.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 32 << 20)
        self.s.bind((TAP, 3))
        env = dict(os.environ, POSIXEN=f"tap={TAP} ip={GUEST4}:::255.255.0.0 "
                   f"ip6={GUEST6}/64 {params}")
        self.p = subprocess.Popen([path], env=env, stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT)
        self.mac = None
        # By number, and by the last two bytes of their addresses.
        self.scripts, self.hosts = {}, {}
        self.lock = threading.Lock()
        self.count = 0
        self.said = queue.Queue()
        self.lines = []
        self.stopped = False
        for f in (self.hear, self.watch):
            threading.Thread(target=f, daemon=True).start()
        if self.said.get(timeout=20) != "ready":
            raise Fail(f"the guest did not start: {self.lines}")
        # Nobody else has its IPv6 address: RFC 4862, 5.4.
        end = time.monotonic() + 5
        while not any("by ip6=" in x for x in self.lines):
            time.sleep(0.02)
            if time.monotonic() > end:
                raise Fail(f"the guest has no IPv6 address: {self.lines}")
        self.find_mac()

    def find_mac(self):
        """Ask for the guest's MAC as 10.0.0.1 would."""
        me = socket.inet_aton("10.0.0.1")
        ask = (b"\xff" * 6 + MAC + b"\x08\x06\0\1\x08\0\6\4\0\1" + MAC + me +
               bytes(6) + socket.inet_aton(GUEST4))
        for _ in range(20):
            self.frame(ask)
            end = time.monotonic() + 0.3
            while not self.mac and time.monotonic() < end:
                time.sleep(0.005)
            if self.mac:
                return
        raise Fail(f"the guest does not answer ARP: {self.lines}")

    def hear(self):
        for line in self.p.stdout:
            line = line.decode("latin-1").rstrip("\n")
            self.lines.append(line)
            m = re.match(r"(\d+) (-?\d+) (.*)", line)
            if line == "ready":
                self.said.put(line)
            elif m:
                with self.lock:
                    s = self.scripts.get(int(m[1]))
                if s:
                    s.answers.put((int(m[2]), m[3]))
        self.said.put("end")

    def frame(self, data, vnet=bytes(10)):
        self.s.send(vnet + data)

    def watch(self):
        while not self.stopped:
            if not select.select([self.s], [], [], 0.5)[0]:
                continue
            try:
                f = self.s.recv(70000)
            except OSError:
                if self.p.poll() is None and not self.stopped:
                    raise
                return
            self.receive(f[10:], VNET.unpack(f[:10]), time.monotonic())

    def host(self, index):
        with self.lock:
            return self.hosts.get(index)

    def receive(self, f, vnet, when):
        kind = f[12:14]
        if kind == b"\x08\x06":
            target = f[38:42]
            if target == socket.inet_aton("10.0.0.1") and f[21] == 2:
                self.mac = f[22:28]
            s = self.host(target[2] << 8 | target[3])
            if target[:2] == b"\x0a\0" and s:
                s.others.put(f)
                if f[21] == 1 and s.arp:
                    s.say_arp()
        elif kind == b"\x08\x00":
            s = self.host(f[32] << 8 | f[33])
            if f[30:32] != b"\x0a\0" or not s:
                return
            total = struct.unpack("!H", f[16:18])[0]
            body = f[14 + (f[14] & 15) * 4:14 + total]
            if f[23] == 6:
                s.heard(body, f[26:30] + f[30:34], vnet, when)
            else:
                s.others.put(f)
        elif kind == b"\x86\xdd":
            to, nh = f[38:54], f[20]
            if nh == 58 and f[54] == 135:
                to = f[62:78]
            s = self.host(to[14] << 8 | to[15])
            if not s:
                return
            if nh == 58 and f[54] == 135:
                s.say_neighbour()
            elif nh == 6:
                n = struct.unpack("!H", f[18:20])[0]
                s.heard(f[54:54 + n], f[22:54], vnet, when)
            else:
                s.others.put(f)

    def command(self, nr, text):
        with self.lock:
            os.write(self.p.stdin.fileno(), f"{nr} {text}\n".encode())

    def stop(self):
        self.stopped = True
        self.p.kill()
        self.p.wait()


class Script:
    """One host on the wire, one thread of the guest."""

    def __init__(self, guest, v6=False, mutate=None):
        self.g, self.v6 = guest, v6
        with guest.lock:
            guest.count += 1
            self.nr = guest.count
            guest.scripts[self.nr] = guest.hosts[self.nr + 256] = self
        a, b = (self.nr + 256) >> 8, (self.nr + 256) & 255
        self.addr = f"2001:db8::{a:x}{b:02x}" if v6 else f"10.0.{a}.{b}"
        self.guest_addr = GUEST6 if v6 else GUEST4
        pton = socket.inet_pton
        fam = socket.AF_INET6 if v6 else socket.AF_INET
        self.raw, self.raw_guest = pton(fam, self.addr), pton(
            fam, self.guest_addr)
        self.answers, self.others = queue.Queue(), queue.Queue()
        self.packets = queue.Queue()
        self.arp = True
        # Both sides' numbers wrap in some of the scripts.
        self.iss = random.choice([random.getrandbits(32),
                                  0xffffffff - random.randrange(20000)])
        self.irs = {}
        self.port, self.gport = 40000 + self.nr, 1000 + self.nr
        self.checks, self.mutate, self.pending = 0, mutate, 0
        self.last = time.monotonic()
        self.log = []
        self.vnet = bytes(10)

    # What may be wrong.

    def mutated(self):
        """Whether this check is the one to be turned around."""
        self.checks += 1
        return self.mutate == self.checks

    def fail(self, why):
        raise Fail(why + "\n" + "\n".join("      " + x
                                          for x in self.log[-12:]))

    def check(self, ok, what):
        if bool(ok) == self.mutated():
            self.fail(what)

    def note(self, arrow, what):
        self.log.append(f"{time.monotonic() % 1000:8.3f} {arrow} {what}")

    # The guest's calls.

    def start(self, text):
        self.note("call", text)
        self.pending += 1
        self.g.command(self.nr, text)

    def result(self, within=10.0):
        try:
            r, text = self.answers.get(timeout=within)
        except queue.Empty:
            self.fail(f"the call has not returned in {within} s")
        self.pending -= 1
        self.note("   =", f"{r} {text}")
        if text:
            self.fail(f"the guest says: {text}")
        return r

    def call(self, text, want=None, within=10.0):
        """The result of a call, which must be want if that is given."""
        self.start(text)
        r = self.result(within)
        if want is not None:
            if self.mutated():
                want += 1
            if r != want:
                self.fail(f"{text}: {r} instead of {want}")
        elif r < 0:
            self.fail(f"{text}: {os.strerror(-r)}")
        return r

    def returns(self, want, within=10.0):
        """The result of what start() began."""
        r = self.result(within)
        if self.mutated():
            want += 1
        if r != want:
            self.fail(f"{r} was returned instead of {want}")

    # Packets to the guest.

    def ether(self, body, kind=None):
        if kind is None:
            kind = 0x86dd if self.v6 else 0x0800
        self.g.frame(self.g.mac + MAC + struct.pack("!H", kind) + body,
                     self.vnet)

    def ip(self, body, proto=6, **f):
        """An IP packet; f replaces fields, src and dst are raw addresses."""
        src, dst = f.get("src", self.raw), f.get("dst", self.raw_guest)
        if self.v6:
            return struct.pack("!IHBB", 6 << 28, len(body), proto,
                               f.get("ttl", 64)) + src + dst + body
        more = f.get("ipopts", b"")
        h = struct.pack("!BBHHHBBH", f.get("vihl", 0x45 + len(more) // 4), 0,
                        f.get("total", 20 + len(more) + len(body)),
                        f.get("id", 1), f.get("frag", 0), f.get("ttl", 64),
                        proto, 0) + src + dst + more
        s = checksum(h) ^ f.get("ipsum", 0)
        return h[:10] + struct.pack("!H", s) + h[12:] + body

    def pseudo(self, n, src=None, dst=None):
        src, dst = src or self.raw, dst or self.raw_guest
        if self.v6:
            return src + dst + struct.pack("!II", n, 6)
        return src + dst + struct.pack("!HH", 6, n)

    def tcp(self, text, data=None, **f):
        m = SEGMENT.match(text)
        if not m:
            raise ValueError(text)
        gport = f.get("gport", self.gport)
        flags = sum(FLAGS[c] for c in m["flags"] if c in FLAGS)
        seq, n = int(m["seq"]), int(m["len"] or 0)
        if data is None:
            data = pattern(seq - 1, n)
        irs = self.irs.get(gport, 0)
        ack = (irs + int(m["ack"])) & 0xffffffff if m["ack"] else 0
        opts = options(m["opts"] or "", irs)
        h = struct.pack("!HHIIBBHHH", f.get("port", self.port), gport,
                        (seq + self.iss) & 0xffffffff, ack,
                        f.get("off", 5 + len(opts) // 4) << 4, flags,
                        int(m["win"] or 65535), 0, f.get("urg", 0)) + opts
        s = checksum(self.pseudo(len(h) + len(data), f.get("src"),
                                 f.get("dst")) + h + data)
        s ^= f.get("sum", 0)
        return h[:16] + struct.pack("!H", s) + h[18:] + data

    def send(self, text, data=None, **f):
        """Inject a segment."""
        self.note("<", text)
        self.last = time.monotonic()
        self.ether(self.ip(self.tcp(text, data, **f), **f))

    def say_arp(self, op=2, mac=MAC, who=None):
        who = who or self.raw
        self.g.frame(self.g.mac + mac + b"\x08\x06\0\1\x08\0\6\4" +
                     struct.pack("!H", op) + mac + who +
                     (self.g.mac + self.raw_guest))

    def say_neighbour(self):
        body = struct.pack("!BBHI", 136, 0, 0, 0x60000000) + self.raw
        body += b"\2\1" + MAC
        ps = self.raw + self.raw_guest + struct.pack("!II", len(body), 58)
        body = body[:2] + struct.pack("!H", checksum(ps + body)) + body[4:]
        self.g.frame(self.g.mac + MAC + b"\x86\xdd" +
                     self.ip(body, 58, ttl=255))

    # Packets of the guest.

    def heard(self, tcp, addrs, vnet, when):
        gso = vnet[3] if vnet[1] else 0
        try:
            p = Packet(self, tcp, gso, when, vnet[0] & 1)
            tail = struct.pack("!II" if self.v6 else "!HH",
                               *((len(tcp), 6) if self.v6 else (6, len(tcp))))
            if not p.blank and checksum(addrs + tail + tcp):
                p = Fail(f"a bad checksum in {p}")
        except Fail as e:
            p = e
        self.packets.put(p)

    def next(self, within):
        try:
            p = self.packets.get(timeout=max(0.0, within))
        except queue.Empty:
            return None
        if isinstance(p, Fail):
            self.fail(str(p))
        self.note("     >", str(p))
        return p

    def matches(self, p, m, mutate):
        flags = set(m["flags"]) - {"P", "-"}
        seq = None if m["seq"] == "*" else int(m["seq"])
        if mutate and seq is not None:
            seq += 1
        if set(p.flags) - {"P"} != flags:
            return False
        if mutate and seq is None:
            return False
        if seq is not None and p.seq != seq:
            return False
        if m["len"] != "*" and p.len != int(m["len"] or 0):
            return False
        if m["ack"] and p.ack != int(m["ack"]):
            return False
        if m["opts"] is not None and p.opts != m["opts"]:
            return False
        w = m["win"]
        if w:
            if w[0] == "<" and p.win >= int(w[1:]):
                return False
            if w[0] == ">" and p.win <= int(w[1:]):
                return False
            if w[0] not in "<>" and p.win != int(w):
                return False
        if p.len and not "S" in p.flags and p.data != pattern(p.seq - 1,
                                                              p.len):
            self.fail(f"other bytes than were written: {p}")
        return True

    def expect(self, text, after=0.0, within=SOON, skip=None):
        """The guest's next segment, which must be text and come between after
        and within seconds from the last event; those that skip says yes to
        do not count. The time of a packet is that event's then."""
        m = SEGMENT.match(text)
        if not m:
            raise ValueError(text)
        mutate = self.mutated()
        end = time.monotonic() + within - (time.monotonic() - self.last)
        end = max(end, time.monotonic() + 0.05)
        while True:
            p = self.next(end - time.monotonic())
            if not p:
                self.fail(f"expected {text} within {within} s")
            if skip and skip(p):
                continue
            break
        if not self.matches(p, m, mutate):
            self.fail(f"expected {text}, got {p}")
        if after and p.when - self.last < after:
            self.fail(f"{p} came after {p.when - self.last:.3f} s, not {after}")
        self.last = p.when
        return p

    def quiet(self, seconds=0.15):
        """Nothing comes."""
        p = self.next(seconds)
        if bool(p) != self.mutated():
            self.fail(f"nothing should have come: {p}")

    def other(self, test, within=SOON):
        """The first frame that is not TCP and passes test."""
        end = time.monotonic() + within
        while True:
            try:
                f = self.others.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                return None
            if test(f):
                return f

    # What many scripts begin with.

    def serve(self):
        self.lfd = self.call(f"serve {self.gport}")

    def handshake(self, syn="S 0 win 65535 <mss 1460,sackok,ws 7>"):
        """The guest serves; returns its SYN-ACK. self.fd is the connection."""
        self.serve()
        self.send(syn)
        p = self.expect("S. 0 ack 1")
        win = 65535 if "ws" in syn else int(re.search(r"win (\d+)", syn)[1])
        self.send(f". 1 ack 1 win {win}")
        self.fd = self.call(f"accept {self.lfd}")
        return p

    def connected(self, answer="S. 0 ack 1 win 65535 <mss 1460,sackok,ws 7>",
                  win=65535):
        """The guest connects; returns its SYN."""
        self.fd = self.call("socket " + ("6" if self.v6 else "4"))
        self.start(f"connect {self.fd} {self.addr} {self.port}")
        p = self.expect("S 0", within=4)
        self.gport = p.sport
        self.send(answer)
        self.expect(". 1 ack 1")
        self.returns(0)
        if win != 65535:
            self.send(f". 1 ack 1 win {win}")
        return p

    def set(self, level, option, value):
        self.call(f"set {self.fd} {level} {option} {value}")

    def done(self):
        if not self.pending:
            self.g.command(self.nr, "end")
        time.sleep(0.05)
        with self.g.lock:
            del self.g.hosts[self.nr + 256]
            del self.g.scripts[self.nr]
