# SPDX-License-Identifier: BSD-2-Clause
"""What strace(1) saw of a program: its lines, with or without -f, -ff, -t, -r,
-T, -k, -n, -Y, -o and -i, and the table of -c; both when -C was given (the lines
count).

The execve(2) with which strace starts the program is not the program's. A
clone(2) or clone3(2) that makes no thread is what glibc has for fork(2) and
vfork(2), and counts as these."""

import glob
import os
import re
import signal

from . import model
from .errors import ReportError

# What may stand before a call: [pid 12], 12, 12<name>; a time of day, one since
# the call before, or both; the call's number; the instruction pointer.
_HEAD = re.compile(
    r"^(?:posixen: )?(?:\[pid +(?P<pid>\d+)(?:<.*?>)?\] +|"
    r"(?P<opid>\d+)(?:<.*?>)? +)?"
    r"(?:\d\d:\d\d:\d\d(?:\.\d+)? +|\+? *\d+\.\d+ +)?"
    r"(?:\(\+ *\d+\.\d+\) +)?(?:\[ *\d+\] +)?(?:\[[0-9a-f]{8,}\] +)?")
_CALL = re.compile(r"(\w+)\(")
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>")
_RESULT = re.compile(r".*\) += (\?|-?(?:0x)?[0-9a-f]+)"
                     r"(?: ([A-Z][A-Z0-9_]+) \(.*?\))?"
                     r"(?: \(.*\))?(?: <(\d+\.\d+)>)?\s*$", re.DOTALL)
_EXITED = re.compile(r"\+\+\+ (?:exited with (\d+)|killed by (SIG\w+))")
_FLAGS = re.compile(r"\bflags=([\w|]+)")
CLONE_VM, CLONE_THREAD = 0x100, 0x10000
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
            name = self.under_way.pop((pid, resumed[1]), None)
            m = _RESULT.match(rest, resumed.end())
            if name and m:
                self.end(name, m)
        elif call:
            name = _made(call[1], rest)
            m = _RESULT.match(rest)
            # Without either it is something that the program printed.
            if rest.rstrip().endswith("<unfinished ...>"):
                self.under_way[pid, call[1]] = name
                self.run(name)["calls"] += 1
            elif m:
                self.run(name)["calls"] += 1
                self.end(name, m)
        else:
            ended = _EXITED.match(rest)
            if ended and pid in (None, self.first_pid):
                self.status = _status(ended)

    def end(self, name, m):
        if m[2] and m[1][0] in "-?":
            self.error(name, m[2])
        if m[3]:
            run = self.run(name)
            run["ns"] = (run["ns"] or 0) + round(float(m[3]) * 1e9)

    def error(self, name, error):
        errors = self.run(name)["errors"]
        errors[error] = errors.get(error, 0) + 1


def _made(name, line):
    """The call's name, or what glibc makes a process for with it."""
    flags = _FLAGS.search(line) if name in ("clone", "clone3") else None
    if not flags:
        return name
    words = flags[1].split("|")
    bits = int(words[0], 0) if words[0][:2] == "0x" else 0
    if "CLONE_THREAD" in words or bits & CLONE_THREAD:
        return name
    return "vfork" if "CLONE_VM" in words or bits & CLONE_VM else "fork"


def _status(ended):
    """As a shell has it."""
    if ended[1]:
        return int(ended[1])
    number = getattr(signal, ended[2], None)
    return 128 + number if number else None


def _table(lines):
    """The rows of -c: {call: run}. The header says which column is where."""
    runs, columns = {}, None
    for i, line in enumerate(lines):
        words = line.split()
        if "syscall" in words and "calls" in words and i + 1 < len(lines) and \
                _RULE.match(lines[i + 1]) and lines[i + 1].strip():
            columns = [(m.start(), m.end())
                       for m in re.finditer(r"-+", lines[i + 1])]
            names = line.replace("% time", "percent").split()
            continue
        if columns is None or not words or _RULE.match(line):
            continue
        cells = dict(zip(names, _cells(line, columns)))
        if cells.get("syscall") == "total":
            break
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


def _read(path):
    """A trace's text; of strace -ff -o PATH, all of PATH.PID."""
    parts = [] if os.path.exists(path) else sorted(
        (p for p in glob.glob(glob.escape(path) + ".*")
         if p.rsplit(".", 1)[1].isdigit()),
        key=lambda p: int(p.rsplit(".", 1)[1]))
    texts = []
    for part in parts or [path]:
        try:
            with open(part, errors="replace") as f:
                text = f.read()
        except OSError as e:
            raise ReportError("%s: %s" % (part, e.strerror.lower())) from None
        # Its lines do not say whose they are.
        if parts:
            text = re.sub(r"^(?=.)", part.rsplit(".", 1)[1] + " ", text,
                          flags=re.MULTILINE)
        texts.append(text)
    return "\n".join(texts)


def report_of(path, table, program=None):
    text = _read(path)
    runs, status = parse(text)
    if not runs:
        raise ReportError("%s" % path + (" is empty" if not text.strip() else
                          " has no output of strace; make it with strace -f "
                          "-o FILE PROGRAM, or strace -f -c"))
    report = model.empty(program or model.program_name(path), "strace")
    report["run"] = {"status": status}
    for name, run in runs.items():
        report["calls"].append(model.call_row(table, name, None))
        report["calls"][-1]["run"] = run
    return model.finish(report)
