# SPDX-License-Identifier: BSD-2-Clause
"""What strace(1) saw of a program: its lines, with or without -f, -t, -r, -T,
-o and -i, and the table of -c; both when -C was given (the lines count).

The execve(2) with which strace starts the program is not the program's."""

import re

from . import model
from .errors import ReportError

# What may stand before a call: [pid 12], 12, a time of day or a difference,
# and the instruction pointer.
_HEAD = re.compile(
    r"^(?:posixen: )?(?:\[pid +(?P<pid>\d+)\] +|(?P<opid>\d+) +)?"
    r"(?:\d\d:\d\d:\d\d(?:\.\d+)? +|\+? *\d+\.\d+ +)?(?:\[[0-9a-f]+\] +)?")
_CALL = re.compile(r"(\w+)\(")
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>")
_RESULT = re.compile(r".*\) += (\?|-?(?:0x)?[0-9a-f]+)"
                     r"(?: ([A-Z][A-Z0-9_]+) \(.*?\))?"
                     r"(?: \(.*\))?(?: <(\d+\.\d+)>)?\s*$", re.DOTALL)
_EXITED = re.compile(r"\+\+\+ exited with (\d+) \+\+\+")
_RULE = re.compile(r"^[- ]+$")


class Trace:
    def __init__(self):
        self.runs = {}
        self.status = None
        self.first_pid = None
        self.under_way = {}

    def run(self, name):
        return self.runs.setdefault(name, {"calls": 0, "errors": {},
                                           "ns": None, "after": None})

    def line(self, text):
        head = _HEAD.match(text)
        pid = head["pid"] or head["opid"]
        rest = text[head.end():]
        if self.first_pid is None and pid:
            self.first_pid = pid
        resumed = _RESUMED.match(rest)
        call = _CALL.match(rest)
        if resumed:
            if self.under_way.pop((pid, resumed[1]), False):
                self.end(resumed[1], rest[resumed.end():])
        elif call:
            self.run(call[1])["calls"] += 1
            if rest.rstrip().endswith("<unfinished ...>"):
                self.under_way[pid, call[1]] = True
            else:
                self.end(call[1], rest)
        else:
            ended = _EXITED.match(rest)
            if ended and pid in (None, self.first_pid):
                self.status = int(ended[1])

    def end(self, name, text):
        m = _RESULT.match(text)
        if not m:
            return
        if m[2] and m[1][0] in "-?":
            self.error(name, m[2])
        if m[3]:
            run = self.run(name)
            run["ns"] = (run["ns"] or 0) + round(float(m[3]) * 1e9)

    def error(self, name, error):
        errors = self.run(name)["errors"]
        errors[error] = errors.get(error, 0) + 1


def _table(lines):
    """The rows of -c: {call: run}. The header says which column is where."""
    runs, columns = {}, None
    for i, line in enumerate(lines):
        words = line.split()
        if words[-1:] == ["syscall"] and i + 1 < len(lines) and \
                _RULE.match(lines[i + 1]) and lines[i + 1].strip():
            columns = [(m.start(), m.end())
                       for m in re.finditer(r"-+", lines[i + 1])]
            names = line.replace("% time", "percent").split()
            continue
        if columns is None or not words or _RULE.match(line):
            continue
        if words[-1] == "total":
            break
        cells = dict(zip(names, _cells(line, columns)))
        if not re.fullmatch(r"\w+", cells.get("syscall", "")) or \
                not cells.get("calls", "").isdigit():
            continue
        failed = int(cells.get("errors") or 0)
        seconds = cells.get("seconds")
        runs[cells["syscall"]] = {
            "calls": int(cells["calls"]),
            "errors": {"others": failed} if failed else {},
            "ns": round(float(seconds) * 1e9) if seconds else None,
            "after": None}
    return runs


def _cells(line, columns):
    """A number may be wider than its column and push to the left; the last
    column goes to the line's end."""
    cells = []
    for i, (start, end) in enumerate(columns):
        low = columns[i - 1][1] if i else 0
        cells.append(line[low:end].strip() if i + 1 < len(columns)
                     else line[low:].strip())
    return cells


def parse(text):
    """({call: run}, status or None)."""
    trace = Trace()
    lines = text.splitlines()
    for line in lines:
        trace.line(line)
    runs, status = trace.runs, trace.status
    if not runs:
        runs = _table(lines)
    started = runs.get("execve")
    if started:
        started["calls"] -= 1
        if not started["calls"]:
            del runs["execve"]
    return runs, status


def report_of(path, table, program=None):
    try:
        with open(path, errors="replace") as f:
            runs, status = parse(f.read())
    except OSError as e:
        raise ReportError("%s: %s" % (path, e.strerror.lower())) from None
    if not runs:
        raise ReportError("%s has no output of strace; make it with strace "
                          "-f -o FILE PROGRAM, or strace -f -c" % path)
    report = model.empty(program or model.program_name(path), "strace")
    report["run"] = {"status": status}
    for name, run in runs.items():
        report["calls"].append(model.call_row(table, name, None))
        report["calls"][-1]["run"] = run
    return model.finish(report)
