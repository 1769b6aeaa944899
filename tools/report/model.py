# SPDX-License-Identifier: BSD-2-Clause
"""A report: what is known of one program, as the JSON that the tool writes.

    schema, version     of this form: "posixen-syscall-report", 1
    program, source     its name; image, elf or strace
    calls               those that can be reached or were made, by number:
        nr, name, state, note       as in the table; nr is null for a name that
                                    no x86-64 call has
        reach           direct: by calls alone from the start; pointer: only
                        through the address of a function that someone holds;
                        number: by syscall(2) with a number that varies;
                        linked: the linker kept it (no relocations to look at);
                        null: not known to be reachable
        by              the program's functions that lead there, the nearest
                        first: function (of C++: its name without parameters),
                        file, through (the libc function that
                        it uses, or "stderr (data)"), how (direct; pointer; data: it is no
                        function but an object that holds the address)
        run             null, or what a run did: calls, errors {name: times},
                        ns (null if not measured), after (of an absent call:
                        how many calls came after the first; null if unknown)
    variable_number     functions that use syscall(2) with a number that varies
    unknown             of which nothing is known (elf): imported functions,
                        libraries that are missing or opened with dlopen()
    run                 null, or {status: the program's exit status or null}
    summary             counts: reachable, direct, pointer, called (null without
                        a run), and of the calls listed full, partial, stub,
                        absent
"""

import json
import os

from . import demangle
from .errors import ReportError
from .reach import ANY, DIRECT, POINTER
from .table import STATES

SCHEMA, VERSION = "posixen-syscall-report", 1
NUMBER, LINKED = "number", "linked"
REACHED = (DIRECT, POINTER, LINKED)


def program_name(path):
    base = os.path.basename(path)
    for suffix in (".xen", ".host", ".json", ".trace", ".tmp"):
        if base.endswith(suffix):
            base = base[:-len(suffix)]
    return base


def empty(program, source):
    return {"schema": SCHEMA, "version": VERSION, "program": program,
            "source": source, "calls": [], "variable_number": [],
            "unknown": [], "run": None, "summary": {}}


def call_row(table, name, reach, by=()):
    call = table.by_name.get(name)
    return {"nr": call.nr if call else None, "name": name,
            "state": table.state(name), "note": call.note if call else "",
            "reach": reach, "by": list(by), "run": None}


def finish(report):
    """Sorts the calls and counts."""
    calls = report["calls"]
    calls.sort(key=lambda c: (c["nr"] is None, c["nr"] or 0, c["name"]))
    count = {s: sum(c["state"] == s for c in calls) for s in STATES}
    report["summary"] = {
        "reachable": sum(c["reach"] in REACHED for c in calls),
        "direct": sum(c["reach"] == DIRECT for c in calls),
        "pointer": sum(c["reach"] == POINTER for c in calls),
        "called": sum(c["run"] is not None for c in calls)
        if report["run"] is not None else None,
        **count}
    return report


def way_row(way):
    through = "" if way.through.runtime else way.through.name + (
        "" if way.through.function else " (data)")
    if through.startswith("__px_sc_"):
        through = "syscall"
    return {"function": way.function.name, "file": way.function.file,
            "through": through, "how": way.how}


def from_reach(reach, table, program):
    report = empty(program, "image")
    for name in reach.calls:
        if name == ANY:
            report["variable_number"] = sorted(
                {w.function.name for w in reach.ways[name]})
            continue
        report["calls"].append(call_row(
            table, name, reach.calls[name],
            [way_row(w) for w in reach.ways[name]]))
    _plain(report)
    return finish(report)


def _plain(report):
    """C++ names for people."""
    rows = [b for c in report["calls"] for b in c["by"]]
    shown = demangle.names([b[k] for b in rows
                            for k in ("function", "through")]
                           + report["variable_number"])
    for b in rows:
        for k in ("function", "through"):
            b[k] = shown.get(b[k], b[k])
    report["variable_number"] = [shown.get(n, n)
                                 for n in report["variable_number"]]


def load(path):
    try:
        with open(path) as f:
            report = json.load(f)
    except OSError as e:
        raise ReportError("%s: %s" % (path, e.strerror.lower())) from None
    except ValueError:
        raise ReportError("%s is no JSON" % path) from None
    if not isinstance(report, dict) or report.get("schema") != SCHEMA or \
            report.get("version") != VERSION:
        raise ReportError("%s is no report of this version; make it again "
                          "with syscall-report --json" % path)
    return report


def save(report, path):
    with open(path, "w") as f:
        json.dump(report, f, indent=1)
        f.write("\n")
