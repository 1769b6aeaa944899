# SPDX-License-Identifier: BSD-2-Clause
"""Scripts: how connections begin (RFC 9293, 3.5 and 3.10.7)."""


def passive_open(s):
    """SYN, SYN-ACK with the options that were asked for, ACK."""
    p = s.handshake("S 0 win 65535 <mss 1460,sackok,ws 7>")
    mss = 1440 if s.v6 else 1460
    s.check(p.opts.startswith(f"mss {mss},"), f"MSS: {p.opts}")
    s.check("ws 7" in p.opts, f"window scale: {p.opts}")
    s.check("sackok" in p.opts, f"SACK permitted: {p.opts}")
    s.check("kind" not in p.opts, f"nothing else, no timestamps: {p.opts}")
    s.check(p.win >= 8192, "a window of some size")
    s.quiet()


def passive_open_bare(s):
    """No options asked for: only the MSS is answered; 536 is the other's."""
    p = s.handshake("S 0 win 3000 <>")
    mss = 1440 if s.v6 else 1460
    s.check(p.opts == f"mss {mss}", f"options: {p.opts}")
    s.call(f"write {s.fd} 1000", 1000)
    # RFC 9293, 3.7.1: 536 bytes. It says 1220 for IPv6, lwIP does not.
    s.expect(". 1+536 ack 1")
    s.send(". 1 ack 537 win 3000")
    s.expect("P. 537+464 ack 1")


def passive_open_timestamps(s):
    """Timestamps are not answered, and then never sent (RFC 7323, 1.3)."""
    p = s.handshake("S 0 win 65535 <mss 1460,sackok,ts 100 0,nop,ws 7>")
    s.check("kind 8" not in p.opts, p.opts)
    s.send("P. 1+10 ack 1 <nop,nop,ts 101 0>")
    s.call(f"read {s.fd} 100", 10)
    s.call(f"write {s.fd} 10", 10)
    s.expect("P. 1+10 ack 11 <>", skip=lambda p: not p.len and not p.opts)


def passive_open_small_mss(s):
    """Segments keep within the other's MSS."""
    s.handshake("S 0 win 65535 <mss 700,ws 0>")
    s.call(f"write {s.fd} 2000", 2000)
    s.expect(". 1+700 ack 1")
    s.expect(". 701+700 ack 1")
    s.send(". 1 ack 1401")
    s.expect("P. 1401+600 ack 1")


def mss_of_nothing(s):
    """An MSS of 0 or 1 does not make the guest send nothing for ever."""
    s.handshake("S 0 win 65535 <mss 0>")
    s.start(f"writeall {s.fd} 100")
    p = s.next(2)
    s.check(p and p.len > 0, f"data goes out: {p}")


def odd_options(s):
    """Options that are unknown, of bad length or cut off are skipped."""
    for n, opts in enumerate(("raw fe04aabb", "raw 0200", "raw 02ff05b4",
                              "raw 0201", "raw 030307030303",
                              "raw 01010102", "raw 0000ffff", "raw 05",
                              "raw 0204", "raw 00")):
        s.port = 20000 + s.nr * 16 + n
        if not n:
            s.serve()
        s.irs.clear()
        s.send(f"S 0 win 65535 <{opts}>")
        p = s.next(2)
        # A segment whose options are broken may be answered or dropped.
        if p:
            s.check(p.flags == "S.", f"{opts}: {p}")
            s.send("R 1")
    s.port -= 1
    s.port = 10000 + s.nr
    s.irs.clear()
    s.send("S 0 win 65535 <raw fe04aabb,mss 1000>")
    s.expect("S. 0 ack 1")


def syn_ack_again(s):
    """A SYN-ACK that is lost is sent again after a second, then two."""
    s.serve()
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.expect("S. 0 ack 1", after=0.8, within=1.6)
    s.expect("S. 0 ack 1", after=1.6, within=2.8)
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.send(". 1 ack 1")
    s.call(f"accept {s.lfd}")


def data_with_ack(s):
    """The handshake's third segment may bring data."""
    s.serve()
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.send("P. 1+100 ack 1")
    s.expect(". 1 ack 101")
    fd = s.call(f"accept {s.lfd}")
    s.call(f"read {fd} 1000", 100)


def ack_of_no_syn(s):
    """SYN-RECEIVED: an ACK of something else is answered by RST."""
    s.serve()
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.send(". 1 ack 5000")
    s.expect("R. 5000", skip=lambda p: "S" in p.flags)
    s.send(". 1 ack 1")
    s.call(f"accept {s.lfd}")


def reset_of_syn_received(s):
    """SYN-RECEIVED: RST forgets it, and the next SYN is a new one."""
    s.serve()
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.send("R 1")
    s.quiet(1.3)
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")


def closed_port(s):
    """To a closed port: SYN gets RST with ACK, ACK gets RST with its number,
    RST gets nothing (RFC 9293, 3.10.7.1)."""
    s.send("S 0 win 65535 <mss 1460>")
    p = s.next(2)
    s.check(p and p.flags == "R." and p.ack == 1, f"RST, ACK: {p}")
    s.send("S 0+10 win 65535")
    p = s.next(2)
    s.check(p and p.flags == "R." and p.ack == 11, f"RST, ACK of data: {p}")
    s.irs.clear()
    s.irs[s.gport] = 0
    s.send("P. 5+10 ack 77")
    s.expect("R. 77")
    s.send("R 0")
    s.send("R. 0 ack 5")
    s.quiet()


def listen_ack(s):
    """LISTEN: ACK is answered by RST, RST by nothing, FIN by nothing."""
    s.serve()
    s.irs[s.gport] = 0
    s.send(". 1 ack 99")
    s.expect("R. 99")
    s.send("R 1")
    s.quiet()


def active_open(s):
    """SYN with options, and what was agreed on."""
    p = s.connected()
    mss = 1440 if s.v6 else 1460
    for o in (f"mss {mss}", "ws 7", "sackok"):
        s.check(o in p.opts, f"{o} in SYN: {p.opts}")
    s.check("kind" not in p.opts, f"nothing else: {p.opts}")
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 1+100 ack 1")
    s.send("P. 1+50 ack 101")
    s.call(f"read {s.fd} 100", 50)


def syn_again(s):
    """SYN is sent again after 1, 2, 4 seconds (RFC 6298, tcp_syn_retries)."""
    s.fd = s.call("socket " + ("6" if s.v6 else "4"))
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    s.expect("S 0", within=4)
    s.expect("S 0", after=0.85, within=1.6)
    s.expect("S 0", after=1.7, within=2.9)
    p = s.expect("S 0", after=3.5, within=5.2)
    s.gport = p.sport
    s.send("S. 0 ack 1 <mss 1460>")
    s.expect(". 1 ack 1")
    s.returns(0)


def syn_count(s):
    """TCP_SYNCNT 1: one SYN more, then ETIMEDOUT."""
    s.fd = s.call("socket " + ("6" if s.v6 else "4"))
    s.set(6, 7, 1)
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    s.expect("S 0", within=4)
    s.expect("S 0", after=0.85, within=1.6)
    s.quiet(1.5)
    s.returns(-110)


def refused(s):
    """RST with ACK of the SYN: ECONNREFUSED; others do not count."""
    s.fd = s.call("socket " + ("6" if s.v6 else "4"))
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    p = s.expect("S 0", within=4)
    s.gport = p.sport
    s.send("R 0")
    s.send("R. 0 ack 999")
    s.quiet(0.1)
    s.send("R. 0 ack 1")
    s.returns(-111)


def syn_sent_bad_ack(s):
    """SYN-SENT: a SYN-ACK of something else gets RST, and the right one is
    still taken."""
    s.fd = s.call("socket " + ("6" if s.v6 else "4"))
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    p = s.expect("S 0", within=4)
    s.gport = p.sport
    s.send("S. 0 ack 5000 <mss 1460>")
    s.expect("R. 5000")
    s.send("S. 0 ack 1 <mss 1460>")
    s.expect(". 1 ack 1", skip=lambda p: "S" in p.flags)
    s.returns(0)


def old_duplicate_syn(s):
    """Established: a SYN is answered by a challenge ACK (RFC 5961, 4)."""
    s.handshake()
    s.send("S 0 win 65535 <mss 1460>")
    s.expect(". 1 ack 1")
    s.send("S 500 win 65535 <mss 1460>")
    s.expect(". 1 ack 1")
    s.send("S 90000000 win 65535 <mss 1460>")
    s.expect(". 1 ack 1")
    s.send("P. 1+10 ack 1")
    s.call(f"read {s.fd} 100", 10)


def land(s):
    """A SYN from the guest's own address and port is not answered to itself
    for ever, and the guest goes on."""
    s.serve()
    for _ in range(3):
        s.send("S 0 win 65535 <mss 1460>", src=s.raw_guest, port=s.gport)
    s.quiet()
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")


def backlog(s):
    """A queue of accept(2) that is full drops what comes, with no RST."""
    s.lfd = s.call(f"serve {s.gport} 1")
    for port in range(4):
        s.port = 20000 + s.nr * 8 + port
        s.irs.clear()
        s.send("S 0 win 65535 <mss 1460>")
        p = s.next(0.4)
        if not p:
            break
        s.check(p.flags == "S.", f"SYN-ACK: {p}")
        s.send(". 1 ack 1")
    s.check(p is None, "the queue is full")
    s.call(f"accept {s.lfd}")
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")


def simultaneous_open(s):
    """SYN crosses SYN (RFC 9293, figure 7): see README.md on lwIP."""
    s.fd = s.call("socket " + ("6" if s.v6 else "4"))
    s.start(f"connect {s.fd} {s.addr} {s.port}")
    p = s.expect("S 0", within=4)
    s.gport = p.sport
    s.send("S 0 win 65535 <mss 1460>")
    # lwIP does not answer it, and sends its own SYN again.
    s.expect("S 0", after=0.7)
    s.send("S. 0 ack 1 <mss 1460>")
    s.expect(". 1 ack 1")
    s.returns(0)


SCRIPTS = [passive_open, passive_open_bare, passive_open_timestamps,
           passive_open_small_mss, mss_of_nothing, odd_options, syn_ack_again,
           data_with_ack, ack_of_no_syn, reset_of_syn_received, closed_port,
           listen_ack, active_open, syn_again, syn_count, refused,
           syn_sent_bad_ack, old_duplicate_syn, land, backlog,
           simultaneous_open]
