# SPDX-License-Identifier: BSD-2-Clause
"""Scripts: urgent data (RFC 9293, 3.8.5; RFC 6093). The pointer is what Linux
and everybody else writes: it points behind the urgent byte."""
from data import SYN_SCALED

OOB, NOW, PRI = 1, 0x40, 2
EAGAIN, EINVAL = -11, -22


def segment(s, text, pointer, **how):
    p = s.expect(text, **how)
    s.check(p.urg == pointer, f"{p} points to {p.urg}, not {pointer}")
    s.check(not p.gso, f"{p} is none that a device cuts")


def urgent_in(s):
    """The byte before the pointer is urgent: out of the stream, and a read ends
    before it. What is repeated says nothing new."""
    s.handshake()
    s.send("U. 1+10 ack 1", urg=10)
    s.expect(". 1 ack 11")
    s.call(f"poll {s.fd} {PRI} 2000", PRI)
    s.call(f"unread {s.fd}", 9)
    s.call(f"read {s.fd} 100", 9)
    s.call(f"mark {s.fd}", 1)
    s.call(f"read {s.fd} 1 {OOB}", 1)
    s.call(f"read {s.fd} 1 {OOB}", EINVAL)
    s.send("U. 1+10 ack 1", urg=10)
    s.expect(". 1 ack 11")
    s.call(f"read {s.fd} 1 {OOB}", EINVAL)


def urgent_ahead(s):
    """It is announced before it comes, by a segment with or without data."""
    s.handshake()
    s.send("U. 1+10 ack 1", urg=20)
    s.expect(". 1 ack 11")
    s.call(f"read {s.fd} 1 {OOB | NOW}", EAGAIN)
    s.call(f"read {s.fd} 100", 10)
    s.send("U. 11 ack 1", urg=15)
    s.call(f"read {s.fd} 1 {OOB | NOW}", EAGAIN)
    s.send(". 11+20 ack 1")
    s.expect(". 1 ack 31")
    s.call(f"poll {s.fd} {PRI} 2000", PRI)
    s.call(f"read {s.fd} 100", 14)
    s.call(f"read {s.fd} 1 {OOB}", 1)
    s.call(f"read {s.fd} 100", 5)
    s.call(f"mark {s.fd}", 0)


def urgent_early(s):
    """It is read even where it lies out of order."""
    s.handshake()
    s.send("U. 11+10 ack 1", urg=10)
    s.expect(". 1 ack 1")
    s.call(f"poll {s.fd} {PRI} 2000", PRI)
    s.send(". 1+10 ack 1")
    s.expect(". 1 ack 21")
    s.call(f"read {s.fd} 100", 19)
    s.call(f"read {s.fd} 1 {OOB}", 1)


def urgent_elsewhere(s):
    """What lies outside of the window announces nothing."""
    s.handshake()
    s.send("U. 10000001+10 ack 1", urg=10)
    s.expect(". 1 ack 1")
    s.call(f"read {s.fd} 1 {OOB | NOW}", EINVAL)
    s.send(". 1+10 ack 1")
    s.expect(". 1 ack 11")
    s.call(f"poll {s.fd} {PRI} 100", 0)
    s.call(f"read {s.fd} 100", 10)


def urgent_out(s):
    """Every segment before the byte says where it is, sent again too; those
    behind it, or sent when it has arrived, do not."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 2500 {OOB}", 2500)
    segment(s, "U. 1+1000 ack 1", 2500)
    segment(s, "U. 1001+1000 ack 1", 1500)
    segment(s, "U. 2001+500 ack 1", 500)
    s.call(f"write {s.fd} 1000", 1000)
    segment(s, ". 2501+1000 ack 1", 0)
    segment(s, "U. 1+1000 ack 1", 2500, after=0.15, within=2)
    s.send(". 1 ack 2501")
    segment(s, ". 2501+1000 ack 1", 0)
    s.send(". 1 ack 3501")
    s.call(f"write {s.fd} 100", 100)
    segment(s, ". 3501+100 ack 1", 0)


def urgent_window(s):
    """While nothing may be sent, the probe of the window says so."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 100", 100)
    s.expect(". 1+100 ack 1")
    s.send(". 1 ack 101 win 0")
    s.call(f"write {s.fd} 10 {OOB}", 10)
    segment(s, "U. 101+1 ack 1", 10, within=4)
    s.send(". 1 ack 101")
    segment(s, "U. 101+10 ack 1", 10)


def urgent_device(s):
    """A device that cuts long segments would give all parts one pointer: there
    are none before the byte."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 60000 {OOB}", 60000)
    for k in range(10):
        segment(s, f"U. {1 + k * 1000}+1000 ack 1", 60000 - k * 1000)


def urgent_later(s):
    """What left as one long segment before there was urgent data is sent again
    in parts that each have their pointer."""
    s.handshake(SYN_SCALED)
    s.call(f"write {s.fd} 4000", 4000)
    s.expect(". 1+4000 ack 1")
    s.call(f"write {s.fd} 1 {OOB}", 1)
    segment(s, "U. 4001+1 ack 1", 1)
    segment(s, "U. 1+1000 ack 1", 4001, after=0.15, within=2)
    s.send(". 1 ack 1001")
    segment(s, "U. 1001+1000 ack 1", 3001)
    segment(s, "U. 2001+1000 ack 1", 2001)
    s.send(". 1 ack 4002")


urgent_device.offload = urgent_later.offload = True
urgent_window.seconds = 4
SCRIPTS = [urgent_in, urgent_ahead, urgent_early, urgent_elsewhere, urgent_out,
           urgent_window, urgent_device, urgent_later]
