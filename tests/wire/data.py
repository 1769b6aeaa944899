# SPDX-License-Identifier: BSD-2-Clause
"""Scripts: data, its loss and repetition, windows, timers."""
import time

from engine import pattern

MSS = 1000
SYN = f"S 0 win 65535 <mss {MSS},sackok,ws 7>"
SYN_BARE = f"S 0 win 65535 <mss {MSS}>"
# Without SACK there are no probes of what was sent last (RFC 8985, 7).
SYN_SCALED = f"S 0 win 65535 <mss {MSS},ws 7>"


def bare_ack(p):
    return not p.len and p.flags == "."


def segments(s, first, n, ack=1):
    """n full segments from sequence number first."""
    for k in range(n):
        s.expect(f". {first + k * MSS}+{MSS} ack {ack}")


def use_up_quick(s):
    """The first segments are acknowledged at once (net/tcp.h): after these
    the guest delays. Returns the next sequence number."""
    for k in range(20):
        s.send(f"P. {1 + k * 100}+100 ack 1")
        s.call(f"read {s.fd} 100", 100)
        s.expect(f". 1 ack {101 + k * 100}")
    return 2001


def receive(s):
    """In order: read as it was sent and acknowledged."""
    s.handshake()
    s.send("P. 1+1000 ack 1")
    s.expect(". 1 ack 1001")
    s.send(". 1001+1000 ack 1")
    s.send("P. 2001+1000 ack 1")
    s.expect(". 1 ack 3001", skip=lambda p: p.ack == 2001)
    s.call(f"readall {s.fd} 3000", 3000)


def initial_window(s):
    """Ten segments before the first acknowledgement (RFC 6928), then two more
    for each one that is acknowledged (slow start)."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 40000", 40000)
    segments(s, 1, 10)
    s.quiet(0.1)
    s.send(". 1 ack 2001")
    segments(s, 10001, 4)
    s.quiet(0.1)
    s.send("R 1")


def retransmit(s):
    """A segment that is not acknowledged is sent again after 200 ms at least,
    and the time-out doubles (RFC 6298, 5.5); then it goes on."""
    s.handshake(SYN)
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 1+100 ack 1")
    at = s.last
    gaps = []
    for _ in range(4):
        s.expect("P. 1+100 ack 1", after=0.15, within=5)
        gaps.append(s.last - at)
        at = s.last
    s.check(gaps[0] < 0.6, f"the first after 0.2 s and a bit: {gaps}")
    s.check(all(1.5 < b / a < 3 for a, b in zip(gaps[1:], gaps[2:])),
            f"doubled: {gaps}")
    s.send(". 1 ack 101")
    s.call(f"write {s.fd} 50", 50)
    s.expect("P. 101+50 ack 1")


def retransmit_after_idle(s):
    """Who connects and is silent for a while does not take that for the round
    trip: the time-out is still short."""
    s.connected()
    time.sleep(2.5)
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 1+100 ack 1")
    s.send(". 1 ack 101")
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 101+100 ack 1")
    s.expect("P. 101+100 ack 1", after=0.15, within=0.8)


def resumption(s):
    """Without SACK: after a time-out one segment goes out, after its
    acknowledgement two: all of a lost window comes again."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 5000", 5000)
    segments(s, 1, 4)
    s.expect("P. 4001+1000 ack 1")
    s.expect(f". 1+{MSS} ack 1", after=0.15, within=1)
    s.quiet(0.1)
    s.send(". 1 ack 1001")
    s.expect(". 1001+1000 ack 1")
    s.expect(". 2001+1000 ack 1")
    s.send(". 1 ack 3001")
    s.expect(". 3001+1000 ack 1")
    s.expect("P. 4001+1000 ack 1")
    s.send(". 1 ack 5001")
    s.quiet(0.8)


def two_duplicates(s):
    """Two duplicate acknowledgements may be reordering: nothing is resent."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 5000", 5000)
    segments(s, 1, 4)
    s.expect("P. 4001+1000 ack 1")
    s.send(". 1 ack 1")
    s.send(". 1 ack 1")
    s.quiet(0.1)
    s.send(". 1 ack 5001")
    s.quiet(0.5)


def window_updates_are_no_duplicates(s):
    """Acknowledgements that open the window do not count as duplicates."""
    s.handshake(SYN_BARE.replace("65535", "50000"))
    s.call(f"write {s.fd} 5000", 5000)
    segments(s, 1, 4)
    s.expect("P. 4001+1000 ack 1")
    for win in (60000, 60001, 60002, 60003):
        s.send(f". 1 ack 1 win {win}")
    s.quiet(0.1)


def out_of_order(s):
    """What comes early is kept, told by SACK, and used."""
    s.handshake(SYN)
    s.send("P. 1001+1000 ack 1")
    s.expect(". 1 ack 1 <nop,nop,sack 1001-2001>".replace("nop,nop,", ""))
    s.send("P. 1+1000 ack 1")
    s.expect(". 1 ack 2001 <>")
    s.call(f"readall {s.fd} 2000", 2000)


def out_of_order_no_sack(s):
    """Without SACK-permitted there are plain duplicates."""
    s.handshake(SYN_BARE)
    s.send("P. 1001+1000 ack 1")
    s.expect(". 1 ack 1 <>")
    s.send("P. 2001+1000 ack 1")
    s.expect(". 1 ack 1 <>")
    s.send("P. 1+1000 ack 1")
    s.expect(". 1 ack 3001 <>")
    s.call(f"readall {s.fd} 3000", 3000)


def sack_blocks(s):
    """The block that changed last is the first (RFC 2018, 4)."""
    s.handshake(SYN)
    s.send("P. 1001+500 ack 1")
    s.expect(". 1 ack 1 <sack 1001-1501>")
    s.send("P. 3001+500 ack 1")
    s.expect(". 1 ack 1 <sack 3001-3501 1001-1501>")
    s.send("P. 5001+500 ack 1")
    s.expect(". 1 ack 1 <sack 5001-5501 3001-3501 1001-1501>")
    s.send("P. 1501+500 ack 1")
    s.expect(". 1 ack 1 <sack 1001-2001 5001-5501 3001-3501>")
    s.send("P. 1+1000 ack 1")
    s.expect(". 1 ack 2001 <sack 5001-5501 3001-3501>")
    s.send("P. 2001+1000 ack 1")
    s.expect(". 1 ack 3501 <sack 5001-5501>")
    s.send(". 3501+1000 ack 1")
    s.expect(". 1 ack 4501 <sack 5001-5501>")
    s.send("P. 4501+500 ack 1")
    s.expect(". 1 ack 5501 <>")
    s.call(f"readall {s.fd} 5500", 5500)


def overlaps(s):
    """Segments that overlap in all ways give each byte once."""
    s.handshake(SYN)
    s.send("P. 1+100 ack 1")
    s.expect(". 1 ack 101")
    s.send("P. 51+100 ack 1")
    s.expect(". 1 ack 151")
    s.send("P. 301+100 ack 1")
    s.send("P. 351+100 ack 1")
    s.send("P. 251+100 ack 1")
    s.send("P. 281+300 ack 1")
    for _ in range(4):
        s.expect(". 1 ack 151")
    s.send("P. 101+200 ack 1")
    s.expect(". 1 ack 581 <>")
    s.call(f"readall {s.fd} 580", 580)


def overlap_of_all(s):
    """One segment that covers all that waits and more."""
    s.handshake(SYN)
    for at in (201, 401, 601):
        s.send(f"P. {at}+100 ack 1")
        s.expect(". 1 ack 1")
    s.send("P. 1+1000 ack 1")
    s.expect(". 1 ack 1001 <>")
    s.call(f"readall {s.fd} 1000", 1000)


def duplicate(s):
    """What came already is acknowledged again and not read twice."""
    s.handshake(SYN)
    s.send("P. 1+100 ack 1")
    s.expect(". 1 ack 101")
    for _ in range(3):
        s.send("P. 1+100 ack 1")
        s.expect(". 1 ack 101")
    s.send("P. 101+100 ack 1")
    s.expect(". 1 ack 201")
    s.call(f"read {s.fd} 1000", 200)


def beyond_window(s):
    """What lies outside of the window is acknowledged and dropped."""
    s.handshake(SYN)
    s.send("P. 100000001+100 ack 1")
    s.expect(". 1 ack 1 <>")
    s.send("P. -5000+100 ack 1")
    s.expect(". 1 ack 1 <>")
    s.send("P. 1+100 ack 1")
    s.call(f"read {s.fd} 1000", 100)


def delayed_ack(s):
    """A lone segment is acknowledged within 200 ms but not at once; the
    second full one at once (RFC 9293, 3.8.6.3)."""
    s.handshake(SYN)
    at = use_up_quick(s)
    s.send(f"P. {at}+1000 ack 1")
    s.call(f"read {s.fd} 1000", 1000)
    s.expect(f". 1 ack {at + 1000}", after=0.001, within=0.25)
    s.send(f". {at + 1000}+1000 ack 1")
    s.send(f"P. {at + 2000}+1000 ack 1")
    s.expect(f". 1 ack {at + 3000}", within=0.25)


def piggyback(s):
    """An answer within the delay carries the acknowledgement."""
    s.handshake(SYN)
    at = use_up_quick(s)
    s.call(f"set {s.fd} 6 12 0")
    s.start(f"read {s.fd} 100")
    s.send(f"P. {at}+100 ack 1")
    s.returns(100)
    s.call(f"write {s.fd} 10", 10)
    s.expect(f"P. 1+10 ack {at + 100}", skip=bare_ack)


def nagle(s):
    """A small segment waits while another is on its way (RFC 9293, 3.7.4)."""
    s.handshake(SYN)
    s.call(f"write {s.fd} 10", 10)
    s.expect("P. 1+10 ack 1")
    s.call(f"write {s.fd} 10", 10)
    s.call(f"write {s.fd} 10", 10)
    s.quiet(0.1)
    s.send(". 1 ack 11")
    s.expect("P. 11+20 ack 1")


def nagle_full(s):
    """Full segments do not wait, the rest of a write does."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 10", 10)
    s.expect("P. 1+10 ack 1")
    s.call(f"write {s.fd} 2500", 2500)
    s.expect(". 11+1000 ack 1")
    s.expect(". 1011+1000 ack 1")
    s.quiet(0.1)
    s.send(". 1 ack 2011")
    s.expect("P. 2011+500 ack 1")


def nodelay(s):
    """TCP_NODELAY: nothing waits."""
    s.handshake(SYN)
    s.set(6, 1, 1)
    for k in range(5):
        s.call(f"write {s.fd} 10", 10)
        s.expect(f"P. {1 + k * 10}+10 ack 1", within=0.5)


def cork(s):
    """TCP_CORK: only full segments leave, the rest when it is lifted or after
    200 ms (tcp(7))."""
    s.handshake(SYN)
    s.set(6, 3, 1)
    s.call(f"write {s.fd} 600", 600)
    s.quiet(0.08)
    s.call(f"write {s.fd} 600", 600)
    s.expect(". 1+1000 ack 1", within=0.5)
    s.set(6, 3, 0)
    s.expect("P. 1001+200 ack 1", within=0.5)
    s.send(". 1 ack 1201")
    s.set(6, 3, 1)
    before = time.monotonic()
    s.call(f"write {s.fd} 10", 10)
    p = s.expect("P. 1201+10 ack 1", within=1)
    s.check(p.when - before > 0.1, "after 200 ms")


def small_window(s):
    """No more is on its way than the window takes."""
    s.handshake(f"S 0 win 2500 <mss {MSS}>")
    s.call(f"write {s.fd} 6000", 6000)
    s.expect(". 1+1000 ack 1")
    s.expect(". 1001+1000 ack 1")
    # The rest of the window is half a segment: sender's silly window.
    s.quiet(0.1)
    s.send(". 1 ack 2001 win 2000")
    s.expect(". 2001+1000 ack 1")
    s.expect(". 3001+1000 ack 1")
    s.quiet(0.1)


def zero_window(s):
    """A closed window is probed, less and less often; when it opens, data
    flows. The guest does not give up while it is answered."""
    s.handshake(f"S 0 win 2000 <mss {MSS}>")
    s.call(f"write {s.fd} 3000", 3000)
    s.expect(". 1+1000 ack 1")
    s.expect(". 1001+1000 ack 1")
    s.send(". 1 ack 2001 win 0")
    gaps = []
    at = s.last
    for _ in range(4):
        p = s.expect(". 2001+* ack 1", within=5)
        s.check(p.len <= 1, f"a probe: {p}")
        gaps.append(p.when - at)
        at = p.when
        s.send(". 1 ack 2001 win 0")
    s.check(gaps[0] > 0.1, f"the first after a while: {gaps}")
    s.check(gaps[3] > gaps[2] * 1.4 > gaps[1] * 1.4 * 1.4,
            f"less and less often: {gaps}")
    s.send(". 1 ack 2001 win 2000")
    p = s.expect("P. 2001+* ack 1")
    if p.len < 1000:
        s.expect(f"P. {2001 + p.len}+{1000 - p.len} ack 1")


def window_below_a_segment(s):
    """What a window of less than a segment takes is sent if nothing is on its
    way, as on Linux."""
    s.handshake(f"S 0 win 2000 <mss {MSS}>")
    s.call(f"write {s.fd} 3000", 3000)
    s.expect(". 1+1000 ack 1")
    s.expect(". 1001+1000 ack 1")
    s.send(". 1 ack 2001 win 100")
    s.expect(". 2001+100 ack 1", within=1.5)
    s.quiet(0.1)
    s.send(". 1 ack 2101 win 2000")
    s.expect("P. 2101+900 ack 1")


def shrunk_window(s):
    """A window that is taken back does not lose data."""
    s.handshake(f"S 0 win 4000 <mss {MSS}>")
    s.call(f"write {s.fd} 6000", 6000)
    segments(s, 1, 4)
    s.send(". 1 ack 1001 win 0")
    s.send(". 1 ack 1001 win 5000")
    s.send(". 1 ack 4001 win 5000")
    s.expect(". 4001+1000 ack 1", skip=lambda p: p.seq < 4001)
    s.expect("P. 5001+1000 ack 1", skip=lambda p: p.seq < 5001)


def fill(s, ack=1, size=1000, most=3000000, first=1):
    """Send until the guest offers no more; returns the next number. Windows
    have scale 7."""
    at, right, last = first, None, None
    while at < most:
        if right is not None and at + size > right:
            n = right - at
            if n <= 0:
                return at, last
        else:
            n = size
        s.send(f"P. {at}+{n} ack {ack}")
        at += n
        p = s.next(0.6)
        if not p:
            continue
        s.check(not p.len, f"an acknowledgement: {p}")
        right, last = p.ack + (p.win << 7), p
    s.fail("the window never closes")


def receive_window(s):
    """Who does not read gets a window that closes, never less than promised;
    reading opens it again with an update, but not for a few bytes (RFC 9293,
    3.8.6.2.2)."""
    s.serve()
    s.call(f"set {s.lfd} 1 8 16384")
    s.send(SYN)
    s.expect("S. 0 ack 1")
    s.send(". 1 ack 1")
    s.fd = s.call(f"accept {s.lfd}")
    at, p = fill(s)
    s.check(p.ack + (p.win << 7) <= at, f"closed: {p}")
    n = at - 1
    s.check(n >= 16384, f"what SO_RCVBUF promised fits: {n}")
    while s.next(0.1):
        pass
    # A segment at a window of zero: acknowledged, not taken.
    s.send(f"P. {at}+1 ack 1")
    p = s.expect(f". 1 ack {at} win 0")
    s.call(f"read {s.fd} 10", 10)
    s.quiet(0.2)
    s.call(f"readall {s.fd} {n - 10}", n - 10)
    p = s.next(1)
    s.check(p and p.win << 7 >= MSS, f"an update: {p}")
    while s.next(0.1):
        pass
    s.send(f"P. {at}+1000 ack 1")
    s.call(f"readall {s.fd} 1000", 1000)


def large_receive_window(s):
    """Scaled: more than 64 KB may be on their way to the guest."""
    s.serve()
    s.call(f"set {s.lfd} 1 8 500000")
    s.send(SYN)
    s.expect("S. 0 ack 1")
    s.send(". 1 ack 1")
    s.fd = s.call(f"accept {s.lfd}")
    s.send("P. 1+1000 ack 1")
    p = s.expect(". 1 ack 1001")
    s.check(p.win << 7 > 200000, f"a window beyond 16 bits: {p.win << 7}")
    # All but the first of 150 segments, then that.
    for k in range(2, 151):
        s.send(f"P. {k * 1000 + 1}+1000 ack 1")
    while s.next(0.3):
        pass
    s.send("P. 1001+1000 ack 1")
    p = s.expect(". 1 ack 151001")
    s.call(f"readall {s.fd} 151000", 151000)


def large_send_window(s):
    """Scaled: more than 64 KB are on their way to a peer that takes it."""
    s.handshake(SYN_SCALED)
    s.start(f"writeall {s.fd} 600000")
    top, acked, most = 1, 1, 0
    end = time.monotonic() + 15
    while acked < 600001 and time.monotonic() < end:
        while True:
            p = s.next(0.3 if top == acked else 0.03)
            if not p:
                break
            if p.len:
                s.check(p.data == pattern(p.seq - 1, p.len), f"bytes of {p}")
                s.check(p.seq <= top, f"no holes: {p} at {top}")
                top = max(top, p.seq + p.len)
        most = max(most, top - acked)
        # As if each second one was acknowledged.
        for a in range(acked + 2 * MSS, top, 2 * MSS):
            s.send(f". 1 ack {a}")
        acked = top
        s.send(f". 1 ack {acked}")
    s.check(most > 100000, f"{most} bytes on their way")
    s.returns(600000)


def keepalive(s):
    """SO_KEEPALIVE: probes after TCP_KEEPIDLE each TCP_KEEPINTVL; after
    TCP_KEEPCNT without answer RST and ETIMEDOUT."""
    s.handshake(SYN)
    s.set(1, 9, 1)
    s.set(6, 4, 1)
    s.set(6, 5, 1)
    s.set(6, 6, 2)
    s.start(f"read {s.fd} 10")
    s.expect(". 0+* ack 1", after=0.8, within=2.5)
    s.send(". 1 ack 1")
    s.expect(". 0+* ack 1", after=0.8, within=1.8)
    s.expect(". 0+* ack 1", after=0.8, within=1.8)
    s.expect("R. *+0 ack 1", after=0.8, within=1.8)
    s.returns(-110)


def probes_are_answered(s):
    """The peer's keep-alive probes are answered and are not data."""
    s.handshake(SYN)
    s.send(". 0 ack 1")
    s.expect(". 1 ack 1")
    s.send(". 0+1 ack 1", data=b"x")
    s.expect(". 1 ack 1")
    s.call(f"unread {s.fd}", 0)


def user_timeout(s):
    """TCP_USER_TIMEOUT: a connection whose data nobody acknowledges ends."""
    s.handshake(SYN)
    s.set(6, 18, 1500)
    s.call(f"write {s.fd} 10", 10)
    s.start(f"read {s.fd} 10")
    s.expect("P. 1+10 ack 1")
    first = s.last
    s.returns(-110, within=6)
    took = time.monotonic() - first
    s.check(1.2 < took < 4, f"after {took} s")


def resets_in_mid_transfer(s):
    """Connections that break off while data waits both ways leave no memory
    behind."""
    s.serve()

    def one(k):
        s.port = 10000 + k
        s.irs.pop(s.gport, None)
        s.send(SYN)
        s.expect("S. 0 ack 1", skip=lambda p: "S" not in p.flags)
        s.send(". 1 ack 1")
        fd = s.call(f"accept {s.lfd}")
        s.call(f"nonblock {fd}")
        s.call(f"write {fd} 30000")
        s.send("P. 1+1400 ack 1")
        for at in range(3001, 20001, 2000):
            s.send(f"P. {at}+1400 ack 1")
        s.expect(". 1+1000 ack 1")
        while s.next(0.01):
            pass
        s.send("R 1401")
        s.call(f"poll {fd} 1 2000")
        s.call(f"close {fd}", 0)

    for k in range(20):
        one(k)
    before = s.call("memory")
    for k in range(100):
        one(20 + k)
    after = s.call("memory")
    s.check(before - after < 300000, f"{before - after} bytes are missing")


resets_in_mid_transfer.alone = True
resets_in_mid_transfer.no_proof = True
large_send_window.no_proof = True
zero_window.seconds = 5
keepalive.seconds = 5
retransmit.seconds = 5

SCRIPTS = [receive, initial_window, retransmit, retransmit_after_idle,
           resumption, two_duplicates,
           window_updates_are_no_duplicates, out_of_order,
           out_of_order_no_sack, sack_blocks, overlaps, overlap_of_all,
           duplicate, beyond_window, delayed_ack, piggyback, nagle,
           nagle_full, nodelay, cork, small_window, zero_window,
           window_below_a_segment, shrunk_window, receive_window,
           large_receive_window, large_send_window, keepalive,
           probes_are_answered, user_timeout, resets_in_mid_transfer]
