# SPDX-License-Identifier: BSD-2-Clause
"""A report as text: a few lines, or a line for each call."""

from . import glibc
from .model import LINKED, REACHED
from .reach import DATA
from .table import STATES

SHOWN = 3               # functions named in a line


def counts(calls):
    return ", ".join("%d %s" % (sum(c["state"] == s for c in calls), s)
                     for s in STATES)


def way(row):
    """ngx_daemon through fork(); aSyscall, which points to pread()."""
    through = row["through"]
    # "stderr (data)" is no function.
    through += "()" if through and not through.endswith(")") else ""
    if row["how"] == DATA:
        return "%s, which points to %s" % (row["function"],
                                           through or "the call")
    text = row["function"]
    if through and row["through"] != row["function"]:
        text += " through %s" % through
    if row["how"] == "pointer":
        text += ", by a pointer"
    return text


def by(call, many=SHOWN):
    rows = call["by"]
    if not rows:
        return "libc itself" if call["reach"] in ("direct", "pointer") else ""
    # Two instances of a C++ template have one name here.
    ways = list(dict.fromkeys(way(r) for r in rows))
    text = "; ".join(ways[:many])
    if len(ways) > many:
        text += "; %d more" % (len(ways) - many)
    return text


def _wrap(head, words, width=79, indent=10):
    lines, line = [], head
    for i, word in enumerate(words):
        word += "," if i + 1 < len(words) else ""
        if len(line) + 1 + len(word) > width and line.strip():
            lines.append(line)
            line = " " * indent
        line += " " + word
    return lines + [line]


def short(report):
    """The lines that link-app --report prints."""
    s, calls = report["summary"], report["calls"]
    reached = [c for c in calls if c["reach"] in REACHED]
    linked = any(c["reach"] == LINKED for c in reached)
    how = "linked, which is all that is known without link-app --relocs" \
        if linked else "%d of them only through pointers" % s["pointer"]
    lines = ["%s can reach %d system calls: %s (%s)" % (
        report["program"], s["reachable"], counts(reached), how)]
    for c in reached:
        if c["state"] == "absent":
            lines.append("  absent: " + c["name"] +
                         (", by " + by(c, 2) if by(c) else ""))
    partial = [c["name"] for c in reached if c["state"] == "partial"]
    if partial:
        lines += _wrap("  partial:", partial)
    if report["variable_number"]:
        names = report["variable_number"]
        lines.append("  and any call by number: syscall(2) in %s%s" % (
            ", ".join(names[:SHOWN]), ", ..." if len(names) > SHOWN else ""))
    return lines


def require_full(report):
    """One sentence if an absent call can be reached, or None."""
    absent = [c for c in report["calls"] if c["state"] == "absent"
              and c["reach"] in REACHED]
    if not absent:
        return None
    # The one that is nearest first.
    absent.sort(key=lambda c: (c["reach"] != "direct", not c["by"]))
    c, others = absent[0], ""
    if len(absent) > 1:
        others = " (absent as well: %s)" % ", ".join(a["name"]
                                                    for a in absent[1:])
    who = way(c["by"][0]) if c["by"] else "libc itself"
    return ("--require-full: the system call %s is absent (ENOSYS) and can be "
            "reached from %s%s; build the program without that, or leave out "
            "--require-full if it does without the call" % (c["name"], who,
                                                            others))


def _time(ns):
    for unit, size in (("s", 10 ** 9), ("ms", 10 ** 6), ("us", 10 ** 3)):
        if ns >= size:
            return "%.3g %s" % (ns / size, unit)
    return "%d ns" % ns


def run_cells(call):
    """How often, errors, time: as words."""
    run = call["run"]
    if run is None:
        return "-", "", ""
    errors = " ".join("%s:%d" % (name, n) for name, n in
                      sorted(run["errors"].items(), key=lambda e: -e[1]))
    return str(run["calls"]), errors, \
        _time(run["ns"]) if run["ns"] else ""


def full(report):
    """A line for each call, with its ways, and what a run did."""
    ran = report["run"] is not None
    if report["source"] == "strace":
        lines = ["%s made %d different system calls: %s" % (
            report["program"], len(report["calls"]),
            counts(report["calls"]))]
    else:
        lines = short(report)[:1]
    s = report["summary"]
    if ran and report["source"] != "strace":
        called = [c for c in report["calls"] if c["run"]]
        lines.append("the run made %d different calls: %s" % (
            s["called"], counts(called)))
    if report["variable_number"]:
        lines.append("any call by number: syscall(2) in %s"
                     % ", ".join(report["variable_number"]))
    lines.append("")
    reach = any(c["reach"] for c in report["calls"])
    head = ["call", "state"] + (["reach"] if reach else [])
    if ran:
        head += ["calls", "time", "errors"]
    head.append("by")
    rows = [head]
    for c in report["calls"]:
        row = [c["name"], c["state"]] + ([c["reach"] or "-"] if reach else [])
        if ran:
            n, errors, time = run_cells(c)
            row += [n, time, errors]
        rows.append(row + [by(c)])
    if not any(r[-1] for r in rows[1:]):
        rows = [r[:-1] for r in rows]
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]) - 1)]
    for r in rows:
        cells = [x.ljust(w) for x, w in zip(r, widths)] + [r[-1]]
        lines.append("  ".join(cells).rstrip())
    notes = [c for c in report["calls"] if c["state"] != "full" and c["note"]]
    if notes:
        lines += ["", "what is missing:"]
        lines += ["  %s (%s): %s" % (c["name"], c["state"], c["note"])
                  for c in notes]
    for c in report["calls"]:
        line = absent_did(c, report)
        if line:
            lines.append(line)
    lines += _glibc(report)
    if report["unknown"]:
        lines += ["", "nothing is known of: %s"
                  % ", ".join(report["unknown"])]
    return lines


def _glibc(report):
    """What differs from what strace shows of the program on Linux."""
    made = {c["name"] for c in report["calls"]}
    if report["source"] == "strace":
        never = [n + "".join(", for which an image makes %s" % ours
                             for ours in glibc.WAYS.get(n, ())[:1])
                 for n in glibc.NEVER if n in made]
        return ["", "made by glibc, not by an image: %s" % "; ".join(never)] \
            if never else []
    if report["source"] != "elf":
        return []
    others = glibc.others(made)
    pairs = ["%s (%s)" % (n, " or ".join(ours)) for n, ours in
             sorted(others.items()) if ours]
    start = [n for n in sorted(others) if not others[n]]
    lines = []
    if pairs:
        lines += _wrap("strace on Linux shows glibc's calls for ours:", pairs, indent=1)
    if start:
        lines += _wrap("and those of its loader and start:" if pairs else
                       "strace on Linux shows as well, of glibc's start:",
                       start, indent=1)
    return [""] + lines if lines else []


FEW = 20        # calls between an absent one and the end that make it suspect


def absent_outcome(call, report):
    """What became of the program after an absent call, in a few words: None if
    no run made it."""
    run = report["run"]
    if call["state"] != "absent" or not call["run"] or not run:
        return None
    after, status = call["run"].get("after"), run["status"]
    if report["source"] == "strace":
        return "on Linux, where it is there"
    if after is None:
        return "what came after is not known"
    first = "%d calls after the first" % after
    if status == 0:
        return "the program went on with something else (%s, status 0)" % first
    if status is None:
        return "the program went on (%s)" % first if after >= FEW else \
            "the program may have failed with it (%s)" % first
    if after < FEW:
        return "the program failed with it (status %d, %s)" % (status, first)
    return "the program went on (%s) and ended with status %d" % (first,
                                                                  status)


def absent_did(call, report):
    """The same as a sentence."""
    outcome = absent_outcome(call, report)
    if outcome is None:
        return None
    times = call["run"]["calls"]
    return "%s is absent and was called %s: %s" % (
        call["name"], "once" if times == 1 else "%d times" % times, outcome)
