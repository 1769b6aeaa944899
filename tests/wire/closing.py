# SPDX-License-Identifier: BSD-2-Clause
"""Scripts: how connections end (RFC 9293, 3.6)."""
from data import bare_ack

RESET = ("R", "R.")


def expect_reset(s, within=2.0):
    p = s.next(within)
    s.check(p and p.flags in RESET, f"RST: {p}")


def gone(s, seq=2, ack=2):
    """Nothing is left of the connection: what comes for it gets RST."""
    s.send(f"P. {seq}+1 ack {ack}")
    expect_reset(s)


def passive_close(s):
    """The peer ends first: CLOSE_WAIT, LAST_ACK, nothing."""
    s.handshake()
    s.send("F. 1 ack 1")
    s.expect(". 1 ack 2")
    s.call(f"read {s.fd} 10", 0)
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 2")
    s.send(". 2 ack 2")
    s.quiet(0.1)
    gone(s)


def active_close(s):
    """The guest ends first: FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT, where a FIN
    that comes again is acknowledged. RST of just the next number ends it,
    as on Linux unless net.ipv4.tcp_rfc1337 is set; another does not."""
    s.handshake()
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.send(". 1 ack 2")
    s.quiet(0.1)
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")
    s.send("R 1002")
    s.quiet(0.3)
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")
    s.send("R 2")
    s.quiet(0.3)
    s.send("F. 1 ack 2")
    s.expect("R. 2 ack 2")


def active_close_at_once(s):
    """FIN with the acknowledgement of FIN: straight to TIME_WAIT."""
    s.handshake()
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")


def simultaneous_close(s):
    """FIN crosses FIN: CLOSING, then TIME_WAIT (RFC 9293, figure 13)."""
    s.handshake()
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.send("F. 1 ack 1")
    s.expect(". 2 ack 2", skip=lambda p: "F" in p.flags)
    s.send(". 2 ack 2")
    s.quiet(0.6)
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")


def fin_again(s):
    """A FIN that is not acknowledged comes again, less and less often."""
    s.handshake("S 0 win 65535 <mss 1460,ws 7>")
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.expect("F. 1 ack 1", after=0.15, within=0.8)
    s.expect("F. 1 ack 1", after=0.3, within=1.5)
    s.send(". 1 ack 2")
    s.quiet(1)


def fin_with_data(s):
    """The last data and FIN may be one segment."""
    s.handshake()
    s.send("FP. 1+100 ack 1")
    s.expect(". 1 ack 102", skip=lambda p: p.ack == 101)
    s.call(f"readall {s.fd} 1000", 100)
    s.call(f"read {s.fd} 10", 0)


def fin_too_early(s):
    """A FIN behind a hole is the end only when the hole is filled."""
    s.handshake()
    s.send("FP. 101+100 ack 1")
    p = s.expect(". 1 ack 1")
    s.call(f"poll {s.fd} 1 100", 0)
    s.send("P. 1+100 ack 1")
    s.expect(". 1 ack 202", skip=lambda p: p.ack == 201)
    s.call(f"readall {s.fd} 1000", 200)


def fin_behind_data(s):
    """close(2) sends what waits first; the FIN is behind it."""
    s.handshake("S 0 win 2000 <mss 1000>")
    s.call(f"write {s.fd} 3500", 3500)
    s.call(f"close {s.fd}", 0)
    s.expect(". 1+1000 ack 1")
    s.expect(". 1001+1000 ack 1")
    s.send(". 1 ack 2001 win 2000")
    s.expect(". 2001+1000 ack 1")
    p = s.expect("F. 3001+500 ack 1")
    s.send(". 1 ack 3502 win 2000")
    s.send("F. 1 ack 3502 win 2000")
    s.expect(". 3502 ack 2")


def half_close(s):
    """shutdown(2) of one way; the other goes on for long."""
    s.handshake()
    s.call(f"shutdown {s.fd} 1", 0)
    s.expect("F. 1 ack 1")
    s.send(". 1 ack 2")
    for k in range(5):
        s.send(f"P. {1 + 100 * k}+100 ack 2")
        s.expect(f". 2 ack {101 + 100 * k}")
    s.call(f"readall {s.fd} 500", 500)
    s.call(f"write {s.fd} 10", -32)
    s.send("F. 501 ack 2")
    s.expect(". 2 ack 502")
    s.call(f"read {s.fd} 10", 0)


def half_close_of_peer(s):
    """The peer has ended; the guest still sends."""
    s.handshake()
    s.send("F. 1 ack 1")
    s.expect(". 1 ack 2")
    s.call(f"write {s.fd} 1000", 1000)
    s.expect("P. 1+1000 ack 2")
    # And again when it is lost.
    s.expect("P. 1+1000 ack 2", after=0.15, within=0.8)
    s.send(". 2 ack 1001")
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1001 ack 2")
    s.send(". 2 ack 1002")
    gone(s, 2, 1002)


def linger_zero(s):
    """SO_LINGER with 0 s: RST."""
    s.handshake()
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 1+100 ack 1")
    s.call(f"linger {s.fd} 1 0", 0)
    s.call(f"close {s.fd}", 0)
    p = s.next(2)
    s.check(p and p.flags in RESET and p.seq == 101, f"RST: {p}")
    s.quiet(0.5)


def close_with_unread(s):
    """close(2) with data that nobody read: RST (RFC 2525, 2.17)."""
    s.handshake()
    s.send("P. 1+100 ack 1")
    s.expect(". 1 ack 101")
    s.call(f"close {s.fd}", 0)
    expect_reset(s)
    s.quiet(0.3)


def data_after_close(s):
    """Data for a socket that is closed: RST (RFC 9293, 3.6.1)."""
    s.handshake()
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.send(". 1 ack 2")
    s.send("P. 1+100 ack 2")
    expect_reset(s)


def reset(s):
    """RST with the right number: ECONNRESET, then the end."""
    s.handshake()
    s.start(f"read {s.fd} 10")
    s.send("R 1")
    s.returns(-104)
    s.call(f"read {s.fd} 10", 0)
    s.call(f"write {s.fd} 10", -32)
    gone(s, 1, 1)


def reset_keeps_data(s):
    """What came before RST: the error first, as on Linux."""
    s.handshake()
    s.send("P. 1+100 ack 1")
    s.expect(". 1 ack 101")
    s.send("R 101")
    s.call(f"poll {s.fd} 0 1000", 24)
    r = s.call(f"get {s.fd} 1 4")
    s.check(r == 104, f"SO_ERROR: {r}")


def reset_in_window(s):
    """RFC 5961, 3.2: RST in the window gets a challenge ACK, outside of it
    nothing; neither ends the connection."""
    s.handshake()
    s.send("R 100")
    s.expect(". 1 ack 1")
    s.send("R 100000000")
    s.send("R -100")
    s.send("R. 500000000 ack 1")
    s.quiet(0.1)
    s.send("P. 1+10 ack 1")
    s.call(f"read {s.fd} 100", 10)


def reset_in_close_wait(s):
    """RST in CLOSE_WAIT: EPIPE for who writes."""
    s.handshake()
    s.send("F. 1 ack 1")
    s.expect(". 1 ack 2")
    s.send("R 2")
    s.call(f"poll {s.fd} 16 1000", 24)
    s.call(f"write {s.fd} 10", -32)


def ack_of_unsent(s):
    """An ACK of what was not sent is answered by ACK and ignored."""
    s.handshake()
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 1+100 ack 1")
    s.send(". 1 ack 5000")
    s.expect(". 101 ack 1")
    s.send(". 1 ack 101")
    s.call(f"write {s.fd} 100", 100)
    s.expect("P. 101+100 ack 1")


def old_ack(s):
    """An ACK from before the connection's time does nothing."""
    s.handshake()
    s.send("P. 1+10 ack -100000")
    s.send("P. 1+10 ack 1")
    s.call(f"read {s.fd} 100", 10)
    s.call(f"write {s.fd} 10", 10)
    s.expect("P. 1+10 ack 11", skip=bare_ack)


def time_wait_again(s):
    """A new connection by the same ports as one in TIME_WAIT, with a higher
    number: accepted (RFC 9293, 3.6.1; RFC 6191)."""
    s.handshake()
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")
    old = s.irs[s.gport]
    s.iss += 1000
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.check((s.irs[s.gport] - old) & 0xffffffff < 0x80000000,
            "its number is beyond the old one's")
    s.send(". 1 ack 1")
    s.call(f"accept {s.lfd}")


def time_wait_old_syn(s):
    """A SYN with a lower number than the connection in TIME_WAIT: an ACK."""
    s.handshake()
    s.send("P. 1+1000 ack 1")
    s.expect(". 1 ack 1001")
    s.call(f"read {s.fd} 1000", 1000)
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1001")
    s.send("F. 1001 ack 2")
    s.expect(". 2 ack 1002")
    s.send("S 500 win 65535 <mss 1460>")
    s.expect(". 2 ack 1002")


def time_wait_next_syn(s):
    """A SYN of just the number that the connection in TIME_WAIT expects: an
    ACK and not RST, which would say that nobody listens. The RST of who knows
    of no connection ends the wait, and the SYN that comes again opens one
    (RFC 9293, 3.10.7.3; RFC 5961, 4.2; Linux)."""
    s.handshake()
    s.call(f"close {s.fd}", 0)
    s.expect("F. 1 ack 1")
    s.send("F. 1 ack 2")
    s.expect(". 2 ack 2")
    s.send("S 2 win 65535 <mss 1460>")
    s.expect(". 2 ack 2")
    s.send("R 2")
    s.quiet(0.1)
    s.iss += 2
    s.send("S 0 win 65535 <mss 1460>")
    s.expect("S. 0 ack 1")
    s.send(". 1 ack 1")
    s.call(f"accept {s.lfd}")


SCRIPTS = [passive_close, active_close, active_close_at_once,
           simultaneous_close, fin_again, fin_with_data, fin_too_early,
           fin_behind_data, half_close, half_close_of_peer, linger_zero,
           close_with_unread, data_after_close, reset, reset_keeps_data,
           reset_in_window, reset_in_close_wait, ack_of_unsent, old_ack,
           time_wait_again, time_wait_old_syn, time_wait_next_syn]
