# SPDX-License-Identifier: BSD-2-Clause
"""What make bench does with figures: take them out of a job's output, search
the smallest memory, set Posixen's beside Linux's, print the table."""
import re
import statistics


def smallest(fits, low, high):
    """The smallest n in low..high with fits(n), or None.

    fits is taken to hold for all larger n too; it is asked O(log) times.
    """
    if not fits(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if fits(middle):
            high = middle
        else:
            low = middle + 1
    return high


def parse_run(text):
    """The figures of one domain: {name: value} of its whole output.

    Lines are `metric name=value` (the guest's own), `domain REASON
    name=value...` (the agent's), `status N`, what bench/*.c print (`name
    number`, `... at tsc N`), speedtest1's TOTAL, and of a server's loads
    `load LOAD name=value...`, whose figures are LOAD.name.
    """
    found = {}
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["metric"] or words[:1] == ["domain"]:
            for word in words[1:]:
                name, equals, value = word.partition("=")
                if equals and re.fullmatch(r"-?\d+", value):
                    found[name] = int(value)
        elif words[:1] == ["load"]:
            for word in words[2:]:
                name, _, value = word.partition("=")
                found[f"{words[1]}.{name}"] = int(value)
        elif words[:1] == ["status"]:
            found["status"] = int(words[1])
        elif words[:1] and re.fullmatch(r"TOTAL\.+", words[0]):
            found["speedtest1_ns"] = float(words[1].rstrip("s")) * 1e9
        elif " at tsc " in line:
            found["main_tsc"] = int(words[-1])
        elif len(words) == 2 and words[0].endswith("_ns") and \
                re.fullmatch(r"\d+(\.\d+)?", words[1]):
            found[words[0]] = float(words[1])
    if "main_tsc" in found and "unpaused_tsc" in found:
        found["main_cycles"] = found["main_tsc"] - found["unpaused_tsc"]
    return found


def parse_runs(text):
    """One parse_run() for each run; a run's output ends in `status N`."""
    runs, start = [], 0
    for end in re.finditer(r"^status \d+$", text, re.MULTILINE):
        runs.append(parse_run(text[start:end.end()]))
        start = end.end()
    return runs


def values(runs, name):
    """The named figure of each run, in order; every run must have it."""
    return [run[name] for run in runs]


class Row:
    """One line of the table: samples of both sides, and what to reach.

    reach is (what, limit): what is "value" (Posixen's median is at most
    limit), "ratio" (to Linux's median it is) or "least" (that ratio is at
    least limit: of what is better when it is more).
    """

    def __init__(self, name, unit, posixen, linux=None, reach=None, digits=1):
        self.name, self.unit, self.digits = name, unit, digits
        self.samples = {"posixen": list(posixen), "linux": list(linux or [])}
        self.posixen = statistics.median(posixen)
        self.linux = statistics.median(linux) if linux else None
        self.ratio = self.posixen / self.linux if self.linux else None
        self.reach = reach

    def met(self):
        """Whether the goal is reached; None: there is none."""
        if not self.reach:
            return None
        what, limit = self.reach
        if what == "least":
            return self.ratio >= limit
        return (self.ratio if what == "ratio" else self.posixen) <= limit

    def cells(self):
        def number(v):
            return "" if v is None else f"{v:,.{self.digits}f}"
        reach = ""
        if self.reach:
            what, limit = self.reach
            reach = {"ratio": f"{limit:g} of Linux",
                     "least": f"{limit:g} of Linux or more",
                     "value": f"{limit:g} {self.unit}"}[what]
        met = {None: "", True: "yes", False: "NO"}[self.met()]
        ratio = "" if self.ratio is None else f"{self.ratio:.3g}"
        return [self.name, self.unit, number(self.posixen),
                number(self.linux), ratio, reach, met]

    def json(self):
        return {"name": self.name, "unit": self.unit,
                "posixen": self.posixen, "linux": self.linux,
                "ratio": self.ratio, "samples": self.samples,
                "reach": self.reach and {
                    "of": self.reach[0],
                    "at_least" if self.reach[0] == "least" else "at_most":
                    self.reach[1]},
                "met": self.met()}


HEAD = ["", "unit", "Posixen", "Linux", "ratio", "reach", "met"]


def table(rows):
    """The rows as a table that is Markdown too."""
    lines = [HEAD] + [row.cells() for row in rows]
    width = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    width = [max(w, 3) for w in width]
    out = []
    for at, line in enumerate(lines):
        cells = [c.rjust(w) if i in (2, 3, 4) else c.ljust(w)
                 for i, (c, w) in enumerate(zip(line, width))]
        out.append("| " + " | ".join(cells) + " |")
        if at == 0:
            out.append("|" + "|".join(
                "-" * (w + 1) + (":" if i in (2, 3, 4) else "-")
                for i, w in enumerate(width)) + "|")
    return "\n".join(out)
