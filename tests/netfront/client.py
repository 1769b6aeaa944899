# SPDX-License-Identifier: BSD-2-Clause
"""The other end of guest.c: client.py ADDRESS recv|send|mem|quit [BYTES], or
client.py ADDRESS udp BYTES COUNT for datagrams there and back. It runs where
the guests are in reach (tools/lab net exec)."""
import socket
import sys

PATTERN = bytes(i % 251 for i in range(251 * 300))


def at(offset, n):
    return PATTERN[offset % 251:offset % 251 + n]


def give(s, total):
    for done in range(0, total, 65536):
        s.sendall(at(done, min(65536, total - done)))
    return s.recv(16)


def take(s, total):
    done = 0
    while data := s.recv(65536):
        if data != at(done, len(data)):
            return b"wrong at %d" % done
        done += len(data)
    return b"ok\n" if done == total else b"%d bytes" % done


def echo(address, size, count):
    """How many of count datagrams came back, each as it was."""
    good = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(5)
        s.connect((address, 7000))
        for i in range(count):
            s.send(at(i, size))
            try:
                good += s.recv(70000) == at(i, size)
            except OSError:
                pass
    return good


def main():
    what, total = sys.argv[2], int(sys.argv[3]) if sys.argv[3:] else 0
    if what == "udp":
        good = echo(sys.argv[1], total, int(sys.argv[4]))
        if good != int(sys.argv[4]):
            sys.exit(f"{good} of {sys.argv[4]} datagrams of {total} bytes")
        return
    with socket.create_connection((sys.argv[1], 7000), timeout=30) as s:
        s.settimeout(30)
        s.sendall(b"%s %d\n" % (what.encode(), total) if total
                  else what.encode() + b"\n")
        if what == "mem":
            print(s.recv(32).decode())
        elif what != "quit":
            answer = give(s, total) if what == "recv" else take(s, total)
            if answer != b"ok\n":
                sys.exit(f"{what} {total}: {answer}")


main()
