# SPDX-License-Identifier: BSD-2-Clause
"""A bad network: between a guest's tap device and one of the machine's, which
loses packets, delays some behind others and brings some twice.

What a guest hands over for its device to cut is cut here first, so that it is
single segments that are lost.
"""
import fcntl
import os
import random
import select
import socket
import struct
import threading

TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454ca, 2, 0x1000   # linux/if_tun.h
SOL_PACKET, PACKET_VNET_HDR = 263, 15                   # linux/if_packet.h
NEEDS_CSUM = 1                                          # linux/virtio_net.h


def sum16(data):
    if len(data) % 2:
        data += b"\0"
    return sum(struct.unpack(f"!{len(data) // 2}H", data))


def fold(total):
    while total >> 16:
        total = (total >> 16) + (total & 0xffff)
    return ~total & 0xffff


def finish(frame, v6, l4):
    """Lengths and checksums of one TCP segment."""
    n = len(frame) - l4
    if v6:
        struct.pack_into("!H", frame, 18, n)
    else:
        struct.pack_into("!H", frame, 16, len(frame) - 14)
        struct.pack_into("!H", frame, 24, 0)
        struct.pack_into("!H", frame, 24, fold(sum16(bytes(frame[14:l4]))))
    struct.pack_into("!H", frame, l4 + 16, 0)
    pseudo = bytes(frame[22:54] if v6 else frame[26:34])
    total = sum16(pseudo) + 6 + n + sum16(bytes(frame[l4:]))
    struct.pack_into("!H", frame, l4 + 16, fold(total))
    return bytes(frame)


def cut(packet):
    """The frames in what a packet socket gave, with its virtio_net_hdr."""
    flags, gso, _, size, start, offset = struct.unpack("=BBHHHH", packet[:10])
    frame = bytearray(packet[10:])
    if not gso:
        if flags & NEEDS_CSUM:
            total = sum16(bytes(frame[start:]))
            struct.pack_into("!H", frame, start + offset, fold(total))
        return [bytes(frame)]
    v6 = frame[12:14] == b"\x86\xdd"
    l4 = 54 if v6 else 34
    head = l4 + (frame[l4 + 12] >> 4) * 4
    seq = struct.unpack_from("!I", frame, l4 + 4)[0]
    out = []
    for at in range(head, len(frame), size):
        f = frame[:head] + frame[at:at + size]
        struct.pack_into("!I", f, l4 + 4, (seq + at - head) & 0xffffffff)
        if at + size < len(frame):
            f[l4 + 13] &= ~9        # PSH and FIN are the last one's
        out.append(finish(f, v6, l4))
    return out


class Relay(threading.Thread):
    """From tap to the device other, which it makes, and back."""

    def __init__(self, tap, other, loss, late, twice, seed):
        super().__init__(daemon=True)
        self.odds = loss, late, twice
        self.random = random.Random(seed)
        self.lost = self.longest = 0
        self.held = []
        self.ours = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self.ours, TUNSETIFF,
                    struct.pack("16sH", other.encode(), IFF_TAP | IFF_NO_PI))
        self.guest = socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                                   socket.htons(3))
        self.guest.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
        self.guest.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.guest.bind((tap, 0))
        self.stop, self.wake = os.pipe()

    def pass_on(self, frame, send):
        loss, late, twice = self.odds
        dice = self.random.random()
        tcp = frame[23] == 6 or frame[12:14] == b"\x86\xdd" and frame[20] == 6
        if tcp and dice < loss:
            self.lost += 1
        elif tcp and dice < loss + late:
            self.held.append([4, frame, send])
        else:
            send(frame)
            if tcp and dice > 1 - twice:
                send(frame)
        for h in self.held:
            h[0] -= 1
            if not h[0]:
                h[2](h[1])
        self.held = [h for h in self.held if h[0]]

    def to_us(self, frame):
        os.write(self.ours, frame)

    def to_guest(self, frame):
        try:
            self.guest.send(bytes(10) + frame)
        except OSError:
            pass                    # the guest is not there

    def run(self):
        while True:
            # What is late arrives at last, if nothing follows it.
            ready, _, _ = select.select([self.ours, self.guest, self.stop], [],
                                        [], 0.05)
            if not ready:
                for h in self.held:
                    h[2](h[1])
                self.held = []
            if self.stop in ready:
                return
            if self.guest in ready:
                packet, where = self.guest.recvfrom(70000)
                if where[2] != socket.PACKET_OUTGOING:
                    self.longest = max(self.longest, len(packet) - 10)
                    for frame in cut(packet):
                        self.pass_on(frame, self.to_us)
            if self.ours in ready:
                self.pass_on(os.read(self.ours, 70000), self.to_guest)

    def close(self):
        os.close(self.wake)
        self.join()
        os.close(self.ours)
        self.guest.close()
