# SPDX-License-Identifier: BSD-2-Clause
"""The reports of several programs as one HTML page that needs no other file:
what they can reach, the whole table as a heat map, and who uses what."""

import html
import os

from . import text
from .model import LINKED, NUMBER
from .reach import DIRECT, POINTER
from .table import STATES

HOW = {DIRECT: "by calls alone", POINTER: "only through a function pointer",
       NUMBER: "by syscall(2) with a number that varies",
       LINKED: "linked; from where is not known"}
MEANS = {"full": "every flag and error of the man page",
         "partial": "what is missing is refused with the errno of Linux",
         "stub": "does nothing, where that misleads nobody",
         "absent": "ENOSYS"}
HEATS = 4
_CSS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "page.css")


def esc(value):
    return html.escape(str(value), quote=True)


def tag(name, content, **attributes):
    """An element; class_ and the like lose the underscore."""
    words = "".join(' %s="%s"' % (k.rstrip("_").replace("_", "-"), esc(v))
                    for k, v in attributes.items() if v is not None)
    return "<%s%s>%s</%s>" % (name, words, content, name)


def state(name):
    return tag("span", esc(name), class_="state " + name)


def _short(n):
    for unit, size in (("G", 10 ** 9), ("M", 10 ** 6), ("k", 10 ** 3)):
        if n >= size:
            return "%.3g%s" % (n / size, unit)
    return str(n)


def _anchor(report):
    return "p-" + "".join(c if c.isalnum() else "-" for c in report["program"])


class Page:
    def __init__(self, reports, table):
        self.reports = sorted(reports, key=lambda r: r["program"].lower())
        self.table = table
        self.uses = {}              # call: {program's place: its row}
        for i, report in enumerate(self.reports):
            for call in report["calls"]:
                self.uses.setdefault(call["name"], {})[i] = call
        self.most = max((len(u) for u in self.uses.values()), default=1)

    def heat(self, name):
        """0: nobody; else 1 to HEATS by how many programs."""
        n = len(self.uses.get(name, {}))
        return -(-n * HEATS // self.most) if n else 0

    # Parts.

    def programs(self):
        head = "".join(tag("th", esc(h), class_="n" if i else None)
                       for i, h in enumerate(
            ["program", "reachable", "direct", "by pointer", "called",
             "full", "partial", "stub", "absent"])) + \
            tag("th", "share of states") + tag("th", "absent, and reachable")
        rows = []
        for r in self.reports:
            s = r["summary"]
            cells = [tag("td", tag("a", esc(r["program"]),
                                   href="#" + _anchor(r)))]
            cells += [tag("td", "–" if s[k] is None else s[k], class_="n")
                      for k in ("reachable", "direct", "pointer", "called")
                      + STATES]
            bar = "".join(tag("i", "", class_=k, style="flex:%d" % s[k],
                              title="%d %s" % (s[k], k))
                          for k in STATES if s[k])
            missing = ", ".join(c["name"] for c in r["calls"]
                                if c["state"] == "absent")
            if r["variable_number"]:
                missing += ("; " if missing else "") + \
                    "any call by number: " + ", ".join(r["variable_number"])
            cells += [tag("td", tag("div", bar, class_="bar")),
                      tag("td", esc(missing), class_="note")]
            rows.append(tag("tr", "".join(cells)))
        return tag("div", tag("table", tag("thead", tag("tr", head)) +
                              tag("tbody", "\n".join(rows))), class_="wide")

    def legend_states(self):
        return tag("div", "".join(
            tag("span", state(s) + esc(MEANS[s])) for s in STATES),
            class_="legend")

    def legend_heat(self):
        parts = [tag("span", "programs that use it:")]
        low = 0
        for h in range(HEATS + 1):
            high = self.most * h // HEATS
            if h and high <= low:
                continue
            words = "0" if not h else str(high) if high == low + 1 else \
                "%d to %d" % (low + 1, high)
            parts.append(tag("span", "".join(
                tag("i", "", class_="box cell %s h%d" % (s, h),
                    style="min-height:0;padding:0") for s in STATES)
                + esc(words)))
            low = high
        return tag("div", "".join(parts), class_="legend")

    def heat_map(self):
        cells, before = [], -1
        for call in self.table.rows:
            if call.nr > before + 1:
                cells.append(tag("div", "%d to %d: Linux has no such calls" %
                                 (before + 1, call.nr - 1), class_="gap"))
            before = call.nr
            users = [self.reports[i]["program"]
                     for i in sorted(self.uses.get(call.name, {}))]
            title = "%d %s: %s. %s" % (call.nr, call.name, call.state,
                                       call.note)
            title += "\nUsed by: " + (", ".join(users) or "nobody")
            cells.append(tag(
                "div", tag("b", "%d%s" % (call.nr, tag(
                    "em", len(users)) if users else "")) +
                # A long name may break behind an underscore.
                tag("span", esc(call.name).replace("_", "_<wbr>")),
                class_="cell %s h%d" % (call.state, self.heat(call.name)),
                title=title))
        return tag("div", "\n".join(cells), class_="map")

    def legend_matrix(self):
        dots = [(DIRECT, HOW[DIRECT]), (POINTER, HOW[POINTER]),
                (NUMBER, HOW[NUMBER])]
        parts = [tag("span", tag("i", "", class_="dot " + k) + "reachable " +
                     esc(words)) for k, words in dots]
        parts.append(tag("span", tag("i", "", class_="box called") +
                         "how often a run made it, where one was counted"))
        return tag("div", "".join(parts), class_="legend")

    def matrix(self):
        head = tag("th", "no.", class_="n") + tag("th", "call") + \
            tag("th", "state") + "".join(
                tag("th", tag("span", esc(r["program"])), class_="app")
                for r in self.reports) + tag("th", "what is missing")
        order = sorted(self.uses, key=lambda n: (
            -len(self.uses[n]), self._number(n), n))
        rows = []
        for name in order:
            call = self.table.by_name.get(name)
            cells = [tag("td", call.nr if call else "–", class_="n"),
                     tag("td", tag("code", esc(name))),
                     tag("td", state(self.table.state(name)))]
            cells += [self._use(self.uses[name].get(i))
                      for i in range(len(self.reports))]
            cells.append(tag("td", esc(call.note if call else
                                       "x86-64 Linux has no such call."),
                             class_="note"))
            rows.append(tag("tr", "".join(cells)))
        return tag("div", tag("table", tag("thead", tag("tr", head)) +
                              tag("tbody", "\n".join(rows))), class_="matrix")

    def _number(self, name):
        call = self.table.by_name.get(name)
        return call.nr if call else 10 ** 6

    def _use(self, call):
        if call is None:
            return tag("td", "", class_="app")
        title = HOW.get(call["reach"], "made in a run")
        if call["by"]:
            title += ": " + text.by(call)
        if call["run"]:
            return tag("td", esc(_short(call["run"]["calls"])),
                       class_="app called", title="%d calls; %s" % (
                           call["run"]["calls"], title))
        return tag("td", tag("i", "", class_="dot %s" % call["reach"]),
                   class_="app", title=title)

    def detail(self, report):
        s, ran = report["summary"], report["run"] is not None
        head = ["no.", "call", "state", "reachable"] + \
            (["calls", "time", "errors"] if ran else []) + \
            ["functions that lead there"]
        rows = []
        for c in report["calls"]:
            cells = [tag("td", "–" if c["nr"] is None else c["nr"],
                         class_="n"),
                     tag("td", tag("code", esc(c["name"]))),
                     tag("td", state(c["state"])),
                     tag("td", esc(c["reach"] or "–"))]
            if ran:
                n, errors, time = text.run_cells(c)
                cells += [tag("td", esc(n), class_="n"),
                          tag("td", esc(time), class_="n"),
                          tag("td", esc(errors))]
            cells.append(tag("td", esc(text.by(c, 6))))
            rows.append(tag("tr", "".join(cells)))
        became = [text.absent_did(c, report) for c in report["calls"]]
        body = "".join(tag("p", esc(b)) for b in became if b) + tag(
            "table", tag("thead", tag("tr", "".join(
                tag("th", esc(h)) for h in head))) +
            tag("tbody", "\n".join(rows)))
        words = "%d reachable, %d partial, %d absent" % (
            s["reachable"], s["partial"], s["absent"])
        if s["called"] is not None:
            words += ", %d called" % s["called"]
        return tag("details", tag("summary", "%s %s" % (
            esc(report["program"]), tag("small", esc(words)))) + body,
            id=_anchor(report))

    def render(self):
        count = {s: sum(c.state == s for c in self.table.rows)
                 for s in STATES}
        used = {s: sum(self.table.state(n) == s for n in self.uses)
                for s in STATES}
        lead = ("Of the %d system calls of Linux on x86-64, %d are full here, "
                "%d partial, %d stubs, %d absent. The %d programs below can "
                "reach %d of them: %d full, %d partial, %d stubs, %d absent."
                % (len(self.table.rows), count["full"], count["partial"],
                   count["stub"], count["absent"], len(self.reports),
                   len(self.uses), used["full"], used["partial"],
                   used["stub"], used["absent"]))
        with open(_CSS) as f:
            css = f.read()
        body = [
            tag("h1", "System calls: what programs can reach"),
            tag("p", esc(lead)), self.legend_states(),
            tag("h2", "Programs"),
            tag("p", "Reachable: from the program's start through the call "
                "graph of the linked image. By pointer: only through a "
                "function whose address somebody holds, so perhaps never."),
            self.programs(),
            tag("h2", "The whole table"),
            tag("p", "Every call of Linux 6.1 by number; the colour is its "
                "state, its depth how many of the programs use it (the small "
                "figure at the right)."),
            self.legend_heat(), self.heat_map(),
            tag("h2", "Who uses what"),
            tag("p", "What most programs use stands first."),
            self.legend_matrix(), self.matrix(),
            tag("h2", "Program by program"),
            "\n".join(self.detail(r) for r in self.reports)]
        return ("<!DOCTYPE html>\n<html lang=\"en\"><head>"
                "<meta charset=\"utf-8\"><title>Posixen: system calls</title>"
                "<style>\n%s</style></head>\n<body>\n%s\n</body></html>\n"
                % (css, "\n".join(body)))
