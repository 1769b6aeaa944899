# SPDX-License-Identifier: BSD-2-Clause
"""A little of many modules: what it prints is the same on Linux."""
import array
import asyncio
import collections
import concurrent.futures
import csv
import datetime
import decimal
import fractions
import functools
import gc
import hashlib
import heapq
import io
import itertools
import json
import math
import mmap
import os
import pickle
import random
import re
import select
import signal
import socket
import sqlite3
import ssl
import statistics
import struct
import sys
import tempfile
import threading
import time
import unicodedata
import xml.etree.ElementTree
import zipfile
import zlib
import zoneinfo

print(sys.version_info[:3], sys.platform, sys.byteorder, sys.maxsize)
print(json.dumps({"a": [1, 2.5, None, True], "ä": "€"}), json.loads("[1e3]"))
data = bytes(range(256)) * 4000
print(zlib.crc32(data), len(zlib.compress(data, 9)),
      zlib.decompress(zlib.compress(data)) == data)
for name in ("md5", "sha1", "sha256", "sha3_512", "blake2b"):
    print(name, hashlib.new(name, data).hexdigest())
decimal.getcontext().prec = 50
print(decimal.Decimal(2).sqrt(), fractions.Fraction(1, 3) + 1)
print(math.factorial(50), math.sin(1), math.gamma(5.5), 2 ** 200 % 1000007)
print(struct.pack("<ihqd", 1, -2, 3, 4.5), array.array("d", [1.5]).tobytes())
print(datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc).isoformat(),
      datetime.timedelta(days=1.5))
random.seed(42)
print(random.random(), random.sample(range(100), 5))
print(re.sub(r"(?P<w>\w+) (\w+)", r"\2 \g<w>", "hello world again now"))
print(unicodedata.name("€"), unicodedata.normalize("NFD", "é").encode())
print(pickle.loads(pickle.dumps({"x": {1, 2}, "y": (None, b"z")})))
print(statistics.stdev([1, 2, 3, 4]), heapq.nsmallest(2, [5, 1, 4]))
print(list(itertools.permutations("ab")), collections.Counter("hello")["l"])
print("straße".upper(), "%08.3f" % math.pi, f"{12345678.9:,.2f}", b"\xff".hex())
print(xml.etree.ElementTree.fromstring("<a><b c='1'>t</b></a>")[0].attrib)
print(ssl.create_default_context().verify_mode, ssl.HAS_TLSv1_3)
print(zoneinfo.ZoneInfo.__name__, csv.list_dialects())

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "a.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("x.txt", "content " * 1000)
    with zipfile.ZipFile(path) as z:
        print(z.testzip(), len(z.read("x.txt")), os.listdir(folder))
    with open(path, "r+b") as f, mmap.mmap(f.fileno(), 0) as m:
        print(m[:2], m.find(b"x.txt"))
    with sqlite3.connect(os.path.join(folder, "db")) as db:
        db.execute("create table t(a, b)")
        db.executemany("insert into t values(?, ?)",
                       ((i, i * i) for i in range(1000)))
        print(db.execute("select sum(b), count(*) from t").fetchone())
    db.close()
print(os.path.exists(folder))


async def pair():
    async def answer(reader, writer):
        writer.write((await reader.readline()).upper())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def ask(i):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"question %d\n" % i)
        line = await reader.readline()
        writer.close()
        return line
    got = await asyncio.gather(*(ask(i) for i in range(20)))
    server.close()
    return sorted(got)[:2]


print(asyncio.run(pair()))
total, lock = 0, threading.Lock()


def count(n):
    global total
    for _ in range(n):
        with lock:
            total += 1


threads = [threading.Thread(target=count, args=(2000,)) for _ in range(20)]
for t in threads:
    t.start()
for t in threads:
    t.join()
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    print(total, sum(pool.map(functools.partial(pow, 2), range(64))))
a, b = socket.socketpair()
a.send(b"x")
poll = select.epoll()
poll.register(b, select.EPOLLIN)
print(poll.poll(5)[0][1] == select.EPOLLIN, b.recv(10))
caught = []
signal.signal(signal.SIGALRM, lambda number, frame: caught.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(0.3)
print(caught == [signal.SIGALRM], gc.isenabled(), io.BytesIO(b"a\nb").readlines())


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


print(deep(900))
try:
    deep(10 ** 6)
except RecursionError as e:
    print(e)
print(sys.stdin.read(), sys.argv[1:])
print("to stderr", file=sys.stderr)
sys.exit(7)
