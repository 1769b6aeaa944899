# SPDX-License-Identifier: BSD-2-Clause
"""The reports of several programs side by side: as JSON and as text.

    schema, version     "posixen-syscall-matrix", 1
    table               every call: nr, name, state, note
    programs            reports (model.py)
"""

from .model import LINKED, NUMBER
from .reach import DIRECT, POINTER

SCHEMA, VERSION = "posixen-syscall-matrix", 1
MARKS = {DIRECT: "D", POINTER: "p", NUMBER: "n", LINKED: "l", None: "?"}


def as_dict(reports, table):
    return {"schema": SCHEMA, "version": VERSION,
            "table": [{"nr": c.nr, "name": c.name, "state": c.state,
                       "note": c.note} for c in table.rows],
            "programs": sorted(reports, key=lambda r: r["program"].lower())}


def as_text(reports, table):
    """A line for each program, then a line for each call that any uses."""
    reports = sorted(reports, key=lambda r: r["program"].lower())
    wide = max(len(r["program"]) for r in reports)
    lines = ["%s  reachable  called  full  partial  stub  absent"
             % "program".ljust(wide)]
    for r in reports:
        s = r["summary"]
        lines.append("%s  %9d  %6s  %4d  %7d  %4d  %6d" % (
            r["program"].ljust(wide), s["reachable"],
            "-" if s["called"] is None else s["called"], s["full"],
            s["partial"], s["stub"], s["absent"]))
    lines += ["", "D: by calls alone, p: only through a pointer, n: by a "
              "number that varies, l: linked; *: a run made it", ""]
    uses = {}
    for i, r in enumerate(reports):
        for c in r["calls"]:
            uses.setdefault(c["name"], {})[i] = c
    width = max(map(len, uses))
    lines += ["%s  %s" % (" " * (width + 9), " " * (3 * i) + r["program"])
              for i, r in enumerate(reports)]

    def order(name):
        call = table.by_name.get(name)
        return -len(uses[name]), call.nr if call else 10 ** 6, name
    for name in sorted(uses, key=order):
        marks = []
        for i in range(len(reports)):
            c = uses[name].get(i)
            marks.append("   " if c is None else
                         MARKS[c["reach"]] + ("* " if c["run"] else "  "))
        lines.append(("%s  %-7s  %s" % (name.ljust(width), table.state(name),
                                        "".join(marks))).rstrip())
    return lines
