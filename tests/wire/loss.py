# SPDX-License-Identifier: BSD-2-Clause
"""Scripts: what is sent again when segments are lost, and what is not."""
import time

MSS = 1000
SYN = f"S 0 win 65535 <mss {MSS},sackok,ws 7>"
SYN_BARE = f"S 0 win 65535 <mss {MSS},ws 7>"
ALL = 40000


def start(s, n=10, syn=SYN, write=ALL):
    """The guest has n segments under way."""
    s.handshake(syn)
    s.call(f"write {s.fd} {write}", write)
    for k in range(n):
        s.expect(f". {1 + k * MSS}+{MSS} ack 1")


def sack(s, *blocks, ack=1):
    s.send(f". 1 ack {ack} <nop,nop,sack {' '.join(blocks)}>")


def is_new(p):
    return p.seq > 10 * MSS


def fast_retransmit(s):
    """Three acknowledgements that tell of more bring the hole at once, and
    nothing else again; the first two allow a new segment each (RFC 3042,
    6675)."""
    start(s)
    sack(s, "1001-2001")
    s.expect(". 10001+1000 ack 1")
    sack(s, "1001-3001")
    sack(s, "1001-4001")
    s.expect(". 1+1000 ack 1", within=0.15, skip=is_new)
    for top in range(5001, 11001, 1000):
        sack(s, f"1001-{top}")
    seen = []
    while p := s.next(0.05):
        seen.append(p.seq)
    s.check(seen and min(seen) > 10000, f"only new data: {seen}")
    s.check(len(set(seen)) == len(seen), f"each once: {seen}")
    s.send(". 1 ack 11001")
    p = s.next(0.2)
    s.check(p and p.seq > 10000, f"it goes on: {p}")


def two_holes(s):
    """Both are sent, and only they."""
    start(s)
    sack(s, "3001-6001", "1001-2001")
    sack(s, "7001-10001", "3001-6001", "1001-2001")
    again = set()
    while p := s.next(0.1):
        s.check(p.seq > 10000 or p.seq not in again, f"once: {p}")
        again.add(p.seq)
    again = {x for x in again if x <= 10000}
    s.check(again == {1, 2001, 6001}, f"the holes: {again}")


def lost_again(s):
    """What was sent again and is lost again is noticed by what was sent after
    it, without a time-out (RFC 8985)."""
    start(s)
    sack(s, "1001-10001")
    s.expect(". 1+1000 ack 1", within=0.15, skip=is_new)
    p = s.next(0.15)
    s.check(p and p.seq == 10001, f"new data: {p}")
    time.sleep(0.1)     # not sooner than a round trip
    sack(s, "1001-11001")
    s.expect(". 1+1000 ack 1", within=0.15, skip=is_new)


def lost_end(s):
    """Nothing tells of a loss at the end: the last segment is sent once more
    after two round trips, and what then is told brings the rest (RFC 8985, 7).
    """
    s.handshake(SYN)
    s.call(f"write {s.fd} 5000", 5000)
    for k in range(4):
        s.expect(f". {1 + k * MSS}+{MSS} ack 1")
    s.expect("P. 4001+1000 ack 1")
    s.expect("P. 4001+1000 ack 1", after=0.004, within=0.3)
    time.sleep(0.1)     # not sooner than a round trip, so it tells of both
    sack(s, "4001-5001")
    for k in range(4):
        s.expect(f". {1 + k * MSS}+{MSS} ack 1", within=0.3)
        s.send(f". 1 ack {1001 + k * MSS} <nop,nop,sack 4001-5001>")
    s.send(". 1 ack 5001")
    s.quiet(0.5)


def timeout_with_sack(s):
    """A time-out brings what is not known to have arrived."""
    start(s, 5, write=5000)
    sack(s, "1001-2001", "3001-5001")
    s.expect(". 1+1000 ack 1", within=0.15)
    s.expect(". 2001+1000 ack 1", within=0.15)
    s.expect(". 1+1000 ack 1", after=0.15, within=1)
    s.quiet(0.1)
    s.send(". 1 ack 2001 <nop,nop,sack 3001-5001>")
    s.expect(". 2001+1000 ack 1", within=0.15)
    s.send(". 1 ack 5001")
    s.quiet(0.8)


def reneging(s):
    """Who drops what he told of gets it again (RFC 2018, 8)."""
    start(s, 5, write=5000)
    sack(s, "1001-5001")
    s.expect(". 1+1000 ack 1", within=0.15)
    s.send(". 1 ack 1001")
    s.expect(". 1001+1000 ack 1", after=0.15, within=1)
    s.send(". 1 ack 2001")
    s.expect(". 2001+1000 ack 1", within=0.15)
    s.expect(". 3001+1000 ack 1", within=0.15)
    s.send(". 1 ack 4001")
    s.expect("P. 4001+1000 ack 1", within=0.15)


def flight(s, at):
    """How many new segments come, from at on."""
    seen = set()
    while p := s.next(0.1):
        if p.seq >= at:
            seen.add(p.seq)
    return len(seen)


def halved(s):
    """The reference for the next two: half the window after a loss."""
    start(s)
    sack(s, "1001-10001")
    s.expect(". 1+1000 ack 1", within=0.15, skip=is_new)
    top = 10001 + flight(s, 10001) * MSS
    s.send(f". 1 ack {top}")
    n = flight(s, top)
    s.check(n <= 6, f"{n} segments")


def late_not_lost(s):
    """If what was sent again arrived twice (RFC 2883), nothing was lost: the
    window is what it was."""
    start(s)
    sack(s, "1001-10001")
    s.expect(". 1+1000 ack 1", within=0.15, skip=is_new)
    top = 10001 + flight(s, 10001) * MSS
    s.send(f". 1 ack {top} <nop,nop,sack 1-1001>")
    n = flight(s, top)
    s.check(n >= 10, f"{n} segments")


def reordering(s):
    """Once something came late, more patience: nothing is sent again at once,
    the window stays whole."""
    s.serve()
    s.send(SYN)
    s.expect("S. 0 ack 1")
    time.sleep(0.4)
    s.send(". 1 ack 1")
    s.fd = s.call(f"accept {s.lfd}")
    s.call(f"write {s.fd} {ALL}", ALL)
    for k in range(10):
        s.expect(f". {1 + k * MSS}+{MSS} ack 1")
    time.sleep(0.4)
    sack(s, "1001-3001")
    s.send(". 1 ack 3001")
    while p := s.next(0.03):
        s.check(p.seq > 10000, f"new data: {p}")
    sack(s, "4001-8001", ack=3001)
    while p := s.next(0.03):
        s.check(p.seq > 10000, f"new data only: {p}")
    s.send(". 1 ack 10001")
    n = flight(s, 10001)
    s.check(n > 0, f"it goes on: {n}")


def no_sack(s):
    """Without SACK three duplicates bring the first segment; what is
    acknowledged in part, the next hole (RFC 6582)."""
    start(s, syn=SYN_BARE)
    for _ in range(2):
        s.send(". 1 ack 1")
    while p := s.next(0.05):
        s.check(p.seq > 10000, f"two are not enough: {p}")
    s.send(". 1 ack 1")
    s.expect(". 1+1000 ack 1", within=0.15, skip=is_new)
    s.send(". 1 ack 4001")
    s.expect(". 4001+1000 ack 1", within=0.15, skip=is_new)
    s.send(". 1 ack 7001")
    s.expect(". 7001+1000 ack 1", within=0.15, skip=is_new)
    s.send(". 1 ack 10001")
    s.check(all(p.seq > 10000 for p in iter(lambda: s.next(0.1), None)),
            "no hole is left")


def hole_in_a_large_packet(s):
    """With offload: of what left as one, the hole leaves as one."""
    s.handshake(SYN)
    s.call(f"write {s.fd} {ALL}", ALL)
    p = s.next(2)
    s.check(p and p.len == 10 * MSS and p.gso == MSS, f"ten in one: {p}")
    sack(s, "1001-4001", "6001-10001")
    got = []
    while p := s.next(0.1):
        if p.seq <= 10000:
            got.append((p.seq, p.len, p.gso))
    s.check(got == [(1, 1000, 0), (4001, 2000, MSS)], f"holes: {got}")
    s.send(". 1 ack 10001")


def nonsense(s):
    """Blocks of what was never sent, of nothing, or inside out."""
    start(s)
    sack(s, "20001-30001", "500-400", "1-1", "0-9000")
    s.send(". 1 ack 1 <raw 050a0000,raw 0000>")
    s.send(". 1 ack 1 <raw 0500>")
    while p := s.next(0.02):
        s.check(p.seq == 9001, f"nothing but a probe of the end: {p}")
    s.send(". 1 ack 10001")
    s.expect(". 10001+1000 ack 1", within=0.5)


def maxseg_listener(s):
    """TCP_MAXSEG of a listener is announced and kept (tcp(7))."""
    s.serve()
    s.call(f"set {s.lfd} 6 2 600", 0)
    s.send(SYN)
    p = s.expect("S. 0 ack 1")
    s.check(p.opts.startswith("mss 600,"), f"MSS: {p.opts}")
    s.send(". 1 ack 1")
    s.fd = s.call(f"accept {s.lfd}")
    s.call(f"get {s.fd} 6 2", 600)
    s.call(f"write {s.fd} 1500", 1500)
    s.expect(". 1+600 ack 1")
    s.expect(". 601+600 ack 1")


def maxseg_connect(s):
    """And of who connects; the peer's may be smaller."""
    s.fd = s.call("socket " + ("6" if s.v6 else "4"))
    s.call(f"set {s.fd} 6 2 700", 0)
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    p = s.expect("S 0", within=4)
    s.check(p.opts.startswith("mss 700,"), f"MSS: {p.opts}")
    s.gport = p.sport
    s.send("S. 0 ack 1 win 65535 <mss 1460>")
    s.expect(". 1 ack 1")
    s.returns(0)
    s.call(f"get {s.fd} 6 2", 700)
    s.call(f"write {s.fd} 1000", 1000)
    s.expect(". 1+700 ack 1")


hole_in_a_large_packet.offload = True
for f in (fast_retransmit, two_holes, late_not_lost, halved, reordering,
          no_sack, hole_in_a_large_packet, nonsense):
    f.no_proof = True

SCRIPTS = [fast_retransmit, two_holes, lost_again, lost_end,
           timeout_with_sack, reneging, halved, late_not_lost, reordering,
           no_sack, hole_in_a_large_packet, nonsense, maxseg_listener,
           maxseg_connect]
