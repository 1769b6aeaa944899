# SPDX-License-Identifier: BSD-2-Clause
"""What a run did, put into a report: the numbers that shim/stats.c gives.

The lines are those of `run-domu --syscall-stats FILE`, of a host image's
metrics=FILE, or of a log; whatever else stands in the file is passed over. Of
several runs in one file the numbers are added."""

import re

from . import model
from .errors import ReportError

_LINE = re.compile(r"syscall\.(\w+)\.(?:(calls|ns|after)|error\.(\w+))=(\d+)")
_STATUS = re.compile(r"^status=(\d+)$", re.MULTILINE)


def parse(text):
    """({call: run}, status or None)."""
    runs = {}
    for m in _LINE.finditer(text):
        name, what, error, value = m.groups()
        run = runs.setdefault(name, {"calls": 0, "errors": {}, "ns": None,
                                     "after": None})
        if error:
            run["errors"][error] = run["errors"].get(error, 0) + int(value)
        elif what == "after":
            # Of each run its own: the least says most.
            run[what] = int(value) if run[what] is None else \
                min(run[what], int(value))
        else:
            run[what] = (run[what] or 0) + int(value)
    status = _STATUS.search(text)
    return runs, int(status[1]) if status else None


def add(report, table, runs, status):
    """The report with the run in it."""
    rows = {c["name"]: c for c in report["calls"]}
    report["run"] = {"status": status}
    for name, run in runs.items():
        if name not in rows:
            reach = model.NUMBER if report["variable_number"] else None
            rows[name] = model.call_row(table, name, reach)
            report["calls"].append(rows[name])
        rows[name]["run"] = run
    return model.finish(report)


def read(path):
    try:
        with open(path, errors="replace") as f:
            runs, status = parse(f.read())
    except OSError as e:
        raise ReportError("%s: %s" % (path, e.strerror.lower())) from None
    if not runs:
        raise ReportError(
            "%s has no counts of system calls; run the image with run-domu "
            "--syscall-stats FILE, or with POSIXEN='syscall-stats=1 "
            "metrics=FILE' on the host platform" % path)
    return runs, status
