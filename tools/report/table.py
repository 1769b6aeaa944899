# SPDX-License-Identifier: BSD-2-Clause
"""The system call table, as shim/table.awk prints it (form=tsv)."""

import os
import subprocess

from .errors import ReportError

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.realpath(__file__))))
STATES = ("full", "partial", "stub", "absent")


class Call:
    def __init__(self, nr, name, state, part, note):
        self.nr, self.name, self.state = nr, name, state
        self.part, self.note = part, note


class Table:
    """Calls by name (a dict) and by number."""

    def __init__(self, rows):
        self.rows = sorted(rows, key=lambda c: c.nr)
        self.by_name = {c.name: c for c in self.rows}
        self.by_nr = {c.nr: c for c in self.rows}

    def state(self, name):
        """The state of any name: one that the table lacks is absent."""
        call = self.by_name.get(name)
        return call.state if call else "absent"


def load():
    shim = os.path.join(TOP, "shim")
    res = subprocess.run(
        ["awk", "-v", "form=tsv", "-f", os.path.join(shim, "table.awk"),
         os.path.join(shim, "syscalls.def")], capture_output=True, text=True)
    if res.returncode or not res.stdout:
        raise ReportError("the table shim/syscalls.def cannot be read: %s"
                          % res.stderr.strip())
    rows = []
    for line in res.stdout.splitlines():
        nr, name, state, part, _, _, note = line.split("\t")
        rows.append(Call(int(nr), name, state, part, note))
    return Table(rows)
