#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""ports.py FOLDER: the reports of sqlite3, lua and nginx in FOLDER (make
report's), and runs of them: what a program calls must be what it was said to
reach. ports.py FOLDER runs: the same of all reports there that have counts
beside them (make report-runs')."""

import os
import sys

from counted import check, made, run, same, summary
from report import dynamic, model

SQL = """create table t(a primary key, b);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 999)
	insert into t select i, hex(randomblob(200)) from n;
.backup /tmp/other.db
delete from t where a % 3; vacuum;
attach '/tmp/other.db' as other; select count(*) from other.t;
select count(*), current_timestamp > '2000' from t;
.read /nowhere
.shell true
"""


def reach_of(folder, name):
    """{call: row} of what can be reached, compared with what was linked."""
    report = model.load(os.path.join(folder, name + ".json"))
    rows = {c["name"]: c for c in report["calls"]}
    image = os.path.join(folder, name + ".host")
    linked = {line.split()[2][8:] for line in made("nm", image).stdout
              .splitlines() if " px_call_" in line} - {"unmapself", "unknown"}
    same("%s: what the linker kept can be reached, and nothing else" % name,
         sorted(set(rows) ^ linked), [])
    counts = [sum(c["reach"] == how for c in report["calls"])
              for how in ("direct", "pointer")]
    same("%s: each is counted once, with calls or with pointers" % name,
         (sum(counts), counts), (len(rows), [report["summary"][how]
                                 for how in ("direct", "pointer")]))
    return image, rows


def ran(name, image, rows, *args, **more):
    """The counts of a run of an image that counts."""
    stats = os.path.splitext(image)[0] + ".stats"
    kept = stats + ".kept"
    if os.path.exists(stats):
        os.replace(stats, kept)
    try:
        res = run(image, *args, timeout=900, **more)
        runs, _ = dynamic.read(stats)
    finally:
        if os.path.exists(stats):
            os.unlink(stats)
        if os.path.exists(kept):
            os.replace(kept, stats)
    check("%s: what it called can be reached" % name, set(runs) <= set(rows),
          sorted(set(runs) - set(rows)))
    return res, runs


def functions(rows, call):
    return {b["function"] for b in rows[call]["by"]} if call in rows else set()


def sqlite(folder):
    image, rows = reach_of(folder, "sqlite3")
    check("sqlite3 syncs", "full_fsync" in functions(rows, "fdatasync") |
          functions(rows, "fsync") or "unixSync" in
          functions(rows, "fdatasync") | functions(rows, "fsync"),
          rows.get("fdatasync"))
    # SQLite's calls stand in a table of pointers (os_unix.c, aSyscall).
    same("sqlite3 reads through its table", (rows["pread64"]["reach"], [
        (b["function"], b["through"], b["how"])
        for b in rows["pread64"]["by"]]),
        ("pointer", [("aSyscall", "pread", "data")]))
    check("sqlite3 has no sockets", not {"socket", "listen"} & set(rows))
    res, runs = ran("sqlite3", image, rows, "/tmp/some.db", input=SQL)
    check("sqlite3 answers", "999" in res.stdout.split(), res)
    check("sqlite3 reads and writes", runs["pread64"]["calls"] > 10 and
          runs["pwrite64"]["calls"] > 10 and "ENOENT" in
          runs["open"]["errors"], runs)


def nginx(folder):
    image, rows = reach_of(folder, "nginx")
    same("nginx waits", functions(rows, "epoll_wait"),
         {"ngx_epoll_init", "ngx_epoll_process_events"})
    same("nginx accepts", functions(rows, "accept4"), {"ngx_event_accept"})
    same("nginx asks for absent ones", {n for n, c in rows.items() if
         c["state"] == "absent"} - {"fork", "vfork"}, {"capset"})
    same("capset's caller", [(b["function"], b["through"]) for b in
                             rows["capset"]["by"]],
         [("ngx_worker_process_init", "syscall")])
    res, runs = ran("nginx", image, rows, "-t")
    check("nginx reads its configuration", "open" in runs and
          "test is successful" in res.stderr, res)


LUA = """local f = io.open('/tmp/x', 'w'); f:write('x'); f:close()
os.rename('/tmp/x', '/tmp/y'); print(#io.open('/tmp/y'):read('a'))
os.remove('/tmp/y'); os.tmpname(); os.clock(); os.time(); os.execute('true')
pcall(io.popen, 'true'); collectgarbage(); setmetatable({}, {__gc = print})
"""


def lua(folder):
    image, rows = reach_of(folder, "lua")
    # Its libraries are tables of functions, and files have tables of libc's.
    same("lua writes by a pointer", (rows["writev"]["reach"], rows["unlink"][
        "reach"], rows["mmap"]["reach"]), ("pointer", "pointer", "direct"))
    check("lua has no sockets", not {"socket", "listen"} & set(rows))
    res, runs = ran("lua", image, rows, "-e", LUA)
    check("lua runs", res.stdout.startswith("1\n") and not res.returncode and
          {"rename", "unlink", "writev"} <= set(runs), res)


def counted(folder):
    """What make report-runs left."""
    for name in sorted(os.listdir(folder)):
        base, kind = os.path.splitext(os.path.join(folder, name))
        if kind != ".stats" or not os.path.exists(base + ".json"):
            continue
        rows = {c["name"]: c for c in model.load(base + ".json")["calls"]}
        runs, _ = dynamic.read(base + ".stats")
        check("%s: what it called can be reached" % name, len(runs) > 5 and
              set(runs) <= set(rows), sorted(set(runs) - set(rows)))


if __name__ == "__main__":
    if "runs" in sys.argv[2:]:
        counted(sys.argv[1])
    else:
        sqlite(sys.argv[1])
        lua(sys.argv[1])
        nginx(sys.argv[1])
    summary()
