# SPDX-License-Identifier: BSD-2-Clause
"""Scripts: broken and hostile packets, fragments, ICMP, ARP, offload."""
import random
import struct

from data import MSS, SYN, bare_ack
from engine import MAC, VNET, checksum, pattern


def v4_only(f):
    f.v4_only = True
    return f


def offload(f):
    f.offload = True
    return f


def alive(s, at=1):
    """The connection still works in both directions."""
    s.send(f"P. {at}+10 ack 1")
    s.call(f"read {s.fd} 100", 10)
    s.call(f"write {s.fd} 10", 10)
    s.expect(f"P. 1+10 ack {at + 10}", skip=bare_ack)


def bad_tcp_checksum(s):
    """Dropped without a word."""
    s.handshake()
    for bits in (1, 0x100, 0xffff, 0x8000):
        s.send("P. 1+10 ack 1", sum=bits)
    s.send("S 0 win 100", sum=1, port=5)
    s.quiet()
    alive(s)


@v4_only
def bad_ip_checksum(s):
    """Dropped without a word."""
    s.handshake()
    s.send("P. 1+10 ack 1", ipsum=0x0101)
    s.quiet()
    alive(s)


@v4_only
def bad_ip_headers(s):
    """Wrong versions, header lengths and total lengths."""
    s.handshake()
    for f in ({"vihl": 0x55}, {"vihl": 0x44}, {"vihl": 0x40},
              {"vihl": 0x4f}, {"total": 0}, {"total": 19}, {"total": 20},
              {"total": 60000}, {"total": 51}, {"vihl": 0x65},
              {"src": b"\xff\xff\xff\xff"}, {"src": b"\xe0\0\0\1"}):
        s.send("P. 1+12 ack 1", **f)
    s.quiet()
    alive(s)


@v4_only
def ip_options(s):
    """Options of IP are stepped over."""
    s.handshake()
    s.send("P. 1+10 ack 1", ipopts=b"\1\1\1\0")
    s.expect(". 1 ack 11")
    s.send("P. 11+10 ack 1", ipopts=b"\x94\4\0\0" * 10)
    s.expect(". 1 ack 21")
    s.call(f"read {s.fd} 100", 20)


def truncated(s):
    """Headers cut off anywhere, offsets that lie."""
    s.handshake()
    for off in (0, 1, 4, 15):
        s.send("P. 1+12 ack 1", off=off)
    whole = s.tcp("P. 1+10 ack 1")
    for n in range(0, 20):
        part = whole[:n]
        s.ether(s.ip(part))
        if n >= 18:
            part = part[:16] + b"\0\0" + part[18:]
            c = checksum(s.pseudo(n) + part)
            s.ether(s.ip(part[:16] + struct.pack("!H", c) + part[18:]))
    packet = s.ip(whole)
    for n in range(0, len(packet), 3):
        s.ether(packet[:n])
    s.quiet()
    alive(s)


def odd_flags(s):
    """Combinations of flags that nobody sends: none of them opens, ends or
    breaks anything; a listener does not answer with SYN to SYN-FIN-RST."""
    s.handshake()
    for flags in ("-", "F", "U", "FPU", "P"):
        s.send(f"{flags} 1 ack 1" if flags == "-" else f"{flags} 1")
    s.quiet()
    s.port += 5000
    for flags in ("SFR", "SFRPU.", "R", "-"):
        s.send(f"{flags} 1 ack 1" if "." in flags else f"{flags} 1")
    while True:
        p = s.next(0.15)
        if not p:
            break
        s.check("S" not in p.flags, f"no answer to it: {p}")
    s.port -= 5000
    alive(s)


def noise(s):
    """A few hundred random segments, options and packets of other kinds."""
    s.handshake()
    irs = s.irs[s.gport]
    r = random.Random(7)
    s.note("noise", "seed 7")
    for k in range(400):
        body = bytearray(s.tcp("P. 1+20 ack 1", port=50000 + r.randrange(9)))
        body[12:14] = r.randbytes(2)
        body += r.randbytes(r.randrange(60))
        body[16:18] = b"\0\0"
        c = checksum(s.pseudo(len(body)) + bytes(body))
        body[16:18] = struct.pack("!H", c)
        s.ether(s.ip(bytes(body)))
        s.ether(s.ip(r.randbytes(r.randrange(80)), r.choice([0, 1, 2, 4, 17,
                                                            41, 58, 132])))
        s.ether(r.randbytes(r.randrange(100)),
                r.choice([0x0800, 0x86dd, 0x0806, 0x8100, 5, 0xffff]))
    while s.next(0.3):
        pass
    s.irs[s.gport] = irs
    alive(s)


@v4_only
def broadcast(s):
    """TCP to a broadcast or multicast address is not answered (RFC 9293,
    3.9.2.3)."""
    s.serve()
    for dst in (b"\xff\xff\xff\xff", b"\x0a\0\xff\xff", b"\xe0\0\0\1"):
        s.send("S 0 win 65535 <mss 1460>", dst=dst)
    s.quiet(0.3)
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")


def fragment(s, text, pieces, ident=77, junk=()):
    """Send a segment as fragments: (from, to) in bytes, and then junk: (from,
    bytes) in between the first and the rest."""
    body = s.tcp(text)
    s.note("<", f"fragments of {text}: {pieces}")
    todo = [(a, body[a:b], b < len(body)) for a, b in pieces]
    todo[1:1] = [(a, b, True) for a, b in junk]
    for at, data, more in todo:
        if s.v6:
            head = struct.pack("!BBHI", 6, 0, at | more, ident)
            s.ether(s.ip(head + data, 44))
        else:
            s.ether(s.ip(data, frag=at >> 3 | more << 13, id=ident))


def fragments(s):
    """A segment in three fragments, in any order."""
    s.handshake()
    fragment(s, "P. 1+1004 ack 1", [(0, 400), (400, 800), (800, 1024)])
    s.expect(". 1 ack 1005")
    fragment(s, "P. 1005+1004 ack 1", [(800, 1024), (0, 400), (400, 800)], 78)
    s.expect(". 1 ack 2009")
    s.call(f"readall {s.fd} 2008", 2008)


def fragments_overlap(s):
    """Fragments that overlap, lie about their end (teardrop, ping of death)
    or never end do not harm what follows."""
    s.handshake()
    body = [(0, 400), (400, 800), (800, 1024)]
    fragment(s, "P. 1+1004 ack 1", body, 1, [(200, b"x" * 400)])
    fragment(s, "P. 1+1004 ack 1", body, 2, [(0, b"y" * 24)])
    fragment(s, "P. 1+1004 ack 1", body, 3, [(65528, b"z" * 1000)])
    fragment(s, "P. 1+1004 ack 1", [(0, 400), (800, 1024), (392, 808)], 4)
    for k in range(40):
        fragment(s, "P. 1+1004 ack 1", [(0, 400)], 100 + k)
        fragment(s, "P. 1+1004 ack 1", [(400, 800)], 200 + k)
    while s.next(0.3):
        pass
    n = s.call(f"unread {s.fd}")
    s.check(n in (0, 1004), f"{n} bytes came of it")
    if n:
        s.call(f"readall {s.fd} 1004", 1004)
    fragment(s, f"P. {n + 1}+1004 ack 1", body, 500)
    s.expect(f". 1 ack {n + 1005}")
    s.call(f"readall {s.fd} 1004", 1004)


@v4_only
def port_unreachable(s):
    """ICMP's port unreachable ends connect(2) with ECONNREFUSED (RFC 1122,
    4.2.3.9); in a connection it is only noted."""
    s.fd = s.call("socket 4")
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    p = s.expect("S 0", within=4)
    s.gport = p.sport
    # Who guesses the ports does not know the sequence number: RFC 5927, 4.
    for off in (1, -1, 1 << 20, 1 << 31):
        icmp(s, 3, 3, p, off=off)
    s.expect("S 0", after=0.5, within=4)
    icmp(s, 3, 3, p)
    s.returns(-111)


@v4_only
def unreachable_when_open(s):
    """Unreachable, redirect and others do not break a connection; nor does
    what quotes a connection that is not there."""
    s.handshake()
    s.call(f"write {s.fd} 10", 10)
    p = s.expect("P. 1+10 ack 1")
    for kind, code in ((3, 3), (3, 1), (3, 0), (3, 13), (11, 0), (4, 0),
                       (12, 0), (5, 1)):
        icmp(s, kind, code, p)
    s.send(". 1 ack 11")
    s.send("P. 1+10 ack 11")
    s.call(f"read {s.fd} 100", 10)


@v4_only
def fragmentation_needed(s):
    """Frag needed, also with an absurd MTU: the guest goes on. lwIP does not
    set DF, so that routers fragment."""
    s.handshake(SYN)
    s.call(f"write {s.fd} 1000", 1000)
    p = s.expect("P. 1+1000 ack 1")
    for mtu in (576, 0, 20, 65535):
        icmp(s, 3, 4, p, struct.pack("!HH", 0, mtu))
    s.expect("P. 1+1000 ack 1", after=0.1, within=1)
    s.send(". 1 ack 1001")
    s.call(f"write {s.fd} 10", 10)
    s.expect("P. 1001+10 ack 1")


def icmp(s, kind, code, p, rest=bytes(4), off=0):
    """An error about the guest's packet p, or one off by so many bytes."""
    quote = struct.pack("!HHI", p.sport, p.dport,
                        (p.seq + off + s.irs[p.sport]) & 0xffffffff)
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 40, 1, 0, 64, 6, 0)
    ip += s.raw_guest + s.raw
    body = struct.pack("!BBH", kind, code, 0) + rest + ip + quote
    body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
    s.note("<", f"icmp {kind} {code}")
    s.ether(s.ip(body, 1))


@v4_only
def arp_conflict(s):
    """Somebody else announces the guest's address: it goes on and still
    answers for it."""
    s.handshake()
    other = b"\x02\0\0\0\x99\x99"
    for op in (1, 2):
        s.g.frame(b"\xff" * 6 + other + b"\x08\x06\0\1\x08\0\6\4" +
                  struct.pack("!H", op) + other + s.raw_guest +
                  bytes(6) + s.raw_guest)
    alive(s)
    s.g.frame(b"\xff" * 6 + MAC + b"\x08\x06\0\1\x08\0\6\4\0\1" + MAC + s.raw +
              bytes(6) + s.raw_guest)
    f = s.other(lambda f: f[12:14] == b"\x08\x06" and f[21] == 2 and
                f[28:32] == s.raw_guest)
    s.check(f and f[22:28] == s.g.mac, "the answer has the guest's address")


@v4_only
def arp_garbage(s):
    """ARP packets that are cut off or of other kinds are ignored."""
    s.handshake()
    good = (b"\xff" * 6 + MAC + b"\x08\x06\0\1\x08\0\6\4\0\1" + MAC + s.raw +
            bytes(6) + s.raw_guest)
    for n in range(14, 42):
        s.g.frame(good[:n])
    for at, bad in ((15, 9), (17, 9), (18, 9), (19, 9), (21, 77)):
        s.g.frame(good[:at] + bytes([bad]) + good[at + 1:])
    alive(s)


@offload
def large_packets_out(s):
    """With offload a burst leaves as one packet, whose segment size the
    device is told; retransmissions too. The checksum is the device's."""
    s.handshake(f"S 0 win 65535 <mss {MSS},ws 7>")
    s.call(f"write {s.fd} 60000", 60000)
    p = s.next(2)
    s.check(p and p.gso == MSS and p.len == 10 * MSS and p.blank,
            f"ten segments in one: {p}")
    s.check(p.data == pattern(0, p.len), "its bytes")
    top = p.len + 1
    while top < 40000:
        s.send(f". 1 ack {top}")
        p = s.next(1)
        s.check(p and p.seq == top, f"the next: {p}")
        s.check(p.data == pattern(top - 1, p.len), "its bytes")
        top += p.len
        while True:
            p = s.next(0.03)
            if not p:
                break
            top += p.len
    # Nobody answers: one segment after the time-out.
    p = s.next(2)
    s.check(p and p.seq < top and p.len == MSS, f"again: {p}")
    s.send("R 1")


@offload
def large_packets_in(s):
    """A packet of many segments is taken whole and acknowledged at once."""
    s.handshake("S 0 win 65535 <mss 1460,sackok,ws 7>")
    at = 1
    for n in (2920, 14600, 20000):
        body = s.tcp(f"P. {at}+{n} ack 1")
        body = body[:16] + struct.pack(
            "!H", ~checksum(s.pseudo(len(body))) & 0xffff) + body[18:]
        ip = 40 if s.v6 else 20
        s.vnet = VNET.pack(1, 4 if s.v6 else 1, 14 + ip + 20, 1460, 14 + ip,
                           16)
        s.note("<", f"P. {at}+{n} in one")
        s.ether(s.ip(body))
        s.vnet = bytes(10)
        at += n
        s.expect(f". 1 ack {at}", within=0.5)
    s.call(f"readall {s.fd} {at - 1}", at - 1)


@offload
def bad_checksum_offload(s):
    """With offload what is not vouched for is still looked at."""
    s.handshake()
    s.send("P. 1+10 ack 1", sum=1)
    s.quiet()
    alive(s)


@offload
def reassembled_checksum(s):
    """What fragments bring is looked at too."""
    s.handshake()
    body = s.tcp("P. 1+1004 ack 1", sum=0x55)
    for at, n, more in ((0, 400, 1), (400, 624, 0)):
        data = body[at:at + n]
        if s.v6:
            s.ether(s.ip(struct.pack("!BBHI", 6, 0, at | more, 9) + data, 44))
        else:
            s.ether(s.ip(data, frag=at >> 3 | more << 13, id=9))
    s.quiet(0.3)
    alive(s)


noise.seconds = 3

SCRIPTS = [bad_tcp_checksum, bad_ip_checksum, bad_ip_headers, ip_options,
           truncated, odd_flags, noise, broadcast, fragments,
           fragments_overlap, port_unreachable, unreachable_when_open,
           fragmentation_needed, arp_conflict, arp_garbage,
           large_packets_out, large_packets_in, bad_checksum_offload,
           reassembled_checksum]
