# SPDX-License-Identifier: BSD-2-Clause
"""nginx as a server: what bench/job-serve needs, and the rows of its figures."""
import os
import shutil

import xentrace
from posixenlib import linux
from posixenlib.cpio import Cpio
from report import Row, values

MEMORY = 512            # MB of both servers: 100 of them are a file
DOM0 = 1024             # MB: the ramdisks with that file pass through it
SECONDS = 2             # of each load, as the guests' clock counts
HERE = os.path.dirname(os.path.realpath(__file__))

# nginx makes its pid file there.
COMMAND = ["/bin/sh", "-c", "busybox mkdir -p /run; exec nginx"]


def fill(directory, boot, programs, build):
    """What the job finds beside it."""
    shutil.copy(os.path.join(HERE, "load.awk"), directory)
    shutil.copy(os.path.join(programs, "answer"), directory)
    with open(os.path.join(directory, "empty.img"), "wb") as f:
        Cpio(f).close()
    with open(os.path.join(directory, "nginx.img"), "wb") as f:
        linux.write_initramfs(
            f, boot,
            [f"{programs}/nginx:/bin/nginx"] +
            [f"{root}/{name}:/{name}"
             for root in (os.path.join(build, "nginx/rootfs"),
                          os.path.join(HERE, "../ports/nginx/rootfs"))
             for name in sorted(os.listdir(root))],
            COMMAND, network=True)


def _per(runs, load, what, unit, scale):
    """For each run: what (CPU time) by unit (requests, bytes) of a load."""
    return [a / b * scale for a, b in zip(values(runs, f"{load}.{what}"),
                                          values(runs, f"{load}.{unit}"))]


def _failed(runs):
    return [sum(v for name, v in run.items() if name.endswith(".failed"))
            for run in runs]


def _traced(out, side, runs, load, unit):
    """The last round's hypercalls, events sent and events got, by unit."""
    run = runs[-1]
    with open(os.path.join(out, f"{side}.{load}.trace"), "rb") as f:
        counts = xentrace.count(f.read())
    own = counts[run[f"{load}.id"]]
    by = run[f"{load}.{unit}"] / (1e6 if unit == "bytes" else 1)
    # dom0 sends to nobody else but, rarely, to itself.
    return [n / by for n in (own["hypercalls"], own["sent"],
                             counts[0]["sent"])]


def rows(found, out):
    ours, theirs = found["posixen"], found["linux"]
    table = []

    def row(text, unit, figure, reach=None, digits=1):
        table.append(Row(text, unit, figure(ours), figure(theirs), reach,
                         digits))

    def plain(load, name, scale):
        return lambda runs: [v / scale for v in values(runs,
                                                       f"{load}.{name}")]

    for load, text, reach in (
            ("index1", "612-byte page, 1 connection", ("ratio", 0.5)),
            ("index10", "612-byte page, 10 connections", ("ratio", 0.5)),
            ("index40", "612-byte page, 40 connections", ("ratio", 0.5)),
            ("connections", "the same, a new connection each",
             ("ratio", 0.5))):
        row(f"nginx: {text}", "req/s", plain(load, "rate", 1e3), digits=0)
        # Nanoseconds for one are microseconds for a thousand.
        row("  guest CPU for 1,000 requests", "ms",
            lambda r, load=load: _per(r, load, "cpu_ns", "requests", 1e-3),
            reach, 2)
    for load, text in (("file1m", "files of 1 MB, 4 connections"),
                       ("file100m", "a file of 100 MB")):
        row(f"nginx: {text}", "MB/s", plain(load, "bytes_rate", 1e6),
            ("least", 1.0))
        row("  guest CPU for 1 GB", "s",
            lambda r, load=load: _per(r, load, "cpu_ns", "bytes", 1), None, 3)
    row("flood ping: least", "ms", plain("ping", "min", 1e6), digits=3)
    row("flood ping: average", "ms", plain("ping", "avg", 1e6),
        ("ratio", 1.0), 3)
    row("flood ping: most", "ms", plain("ping", "max", 1e6), digits=3)
    for load, unit, text in (("index", "requests", "612-byte page, request"),
                             ("file", "bytes", "files of 1 MB, MB")):
        names = ("hypercalls", "events to dom0", "events from dom0")
        for name, a, b in zip(names,
                              _traced(out, "posixen", ours, load, unit),
                              _traced(out, "linux", theirs, load, unit)):
            table.append(Row(f"{name} a {text}", "", [a], [b], None, 2))
    row("requests and pings that failed", "", _failed, ("value", 0), 0)
    table.append(Row(
        "smallest memory: nginx answers", "MB",
        values(found["posixen-least"], "least.mb"), None, ("value", 8), 0))
    table.append(Row(
        "xl create to nginx's first answer", "s",
        [v / 1e9 for v in values(found["posixen-start"], "answer_ns")],
        [v / 1e9 for v in values(found["linux-start"], "answer_ns")],
        ("ratio", 0.25), 2))
    return table
