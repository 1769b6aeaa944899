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
PARTS = (("programs", "Programs"), ("table", "The whole table"),
         ("uses", "Who uses what"), ("each", "Program by program"))
ORDER = (None, LINKED, NUMBER, POINTER, DIRECT)
_HERE = os.path.dirname(os.path.realpath(__file__))


def _beside(name):
    with open(os.path.join(_HERE, name)) as f:
        return f.read()


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


def _anchor(report, call=None):
    """Of a program's part, or of a call's row in it."""
    return "p-" + "".join(c if c.isalnum() else "-"
                          for c in report["program"]) + (
        "." + call if call else "")


def _became(call, report):
    words = text.absent_outcome(call, report)
    return ": called, and %s" % words if words else ""


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
            tag("th", "share of states") + \
            tag("th", "absent, and reachable or called")
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
            missing = "; ".join(c["name"] + _became(c, r) for c in r["calls"]
                                if c["state"] == "absent")
            if r["variable_number"]:
                missing += ("; " if missing else "") + \
                    "any call by number: " + ", ".join(r["variable_number"])
            cells += [tag("td", tag("div", bar, class_="bar"),
                          data_v="%.4f" % (s["full"] /
                                           max(1, len(r["calls"])))),
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
                tag("i", "", class_="cell %s h%d" % (s, h))
                for s in STATES)
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
                "a" if users else "div", tag("b", "%d%s" % (call.nr, tag(
                    "em", len(users)) if users else "")) +
                # A long name may break behind an underscore.
                tag("span", esc(call.name).replace("_", "_<wbr>")),
                class_="cell %s h%d" % (call.state, self.heat(call.name)),
                data_state=call.state, title=title,
                href="#c-" + call.name if users else None))
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
        head = tag("th", "no.", class_="n") + \
            tag("th", "call", class_="name") + tag("th", "state") + \
            tag("th", "used by", class_="n") + "".join(
                tag("th", tag("span", esc(r["program"])), class_="app",
                    title=r["program"])
                for r in self.reports) + tag("th", "what is missing")
        order = sorted(self.uses, key=lambda n: (
            -len(self.uses[n]), self._number(n), n))
        rows = []
        for name in order:
            call = self.table.by_name.get(name)
            cells = [tag("td", call.nr if call else "–", class_="n"),
                     tag("td", tag("code", esc(name)), class_="name"),
                     self._state(self.table.state(name)),
                     tag("td", len(self.uses[name]), class_="n")]
            cells += [self._use(self.uses[name].get(i), r)
                      for i, r in enumerate(self.reports)]
            cells.append(tag("td", esc(call.note if call else
                                       "x86-64 Linux has no such call."),
                             class_="note"))
            rows.append(tag("tr", "".join(cells), id="c-" + name,
                            data_state=self.table.state(name)))
        return tag("div", tag("table", tag("thead", tag("tr", head)) +
                              tag("tbody", "\n".join(rows))), class_="matrix")

    def _state(self, name):
        return tag("td", state(name), data_v=STATES.index(name))

    def filter(self):
        """Shown by the script, without which it would do nothing."""
        return tag("div", '<input type="search" aria-label="filter" '
                   'placeholder="call, program or function">' + "".join(
                       tag("button", state(s), value=s, aria_pressed="false",
                           title="only these") for s in STATES) +
                   tag("output", ""), id="filter", hidden="")

    def _number(self, name):
        call = self.table.by_name.get(name)
        return call.nr if call else 10 ** 6

    def _use(self, call, report):
        """A cell, which leads to the functions that lead to the call."""
        if call is None:
            return tag("td", "", class_="app", data_v=0)
        title = HOW.get(call["reach"], "made in a run, and not seen before it")
        if call["by"]:
            title += ": " + text.by(call)
        to = "#" + _anchor(report, call["name"])
        if call["run"]:
            made = call["run"]["calls"]
            return tag("td", tag("a", esc(_short(made)), href=to),
                       class_="app called", data_v=made + len(ORDER),
                       title="%s: %d calls; %s" % (report["program"], made,
                                                   title))
        dot = tag("i", "", class_="dot %s" % (call["reach"] or "null"))
        return tag("td", tag("a", dot, href=to, aria_label=call["reach"]),
                   class_="app", data_v=ORDER.index(call["reach"]),
                   title="%s: %s" % (report["program"], title))

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
                     self._state(c["state"]),
                     tag("td", esc(c["reach"] or "–"))]
            if ran:
                n, errors, time = text.run_cells(c)
                cells += [tag("td", esc("–" if n == "-" else n), class_="n"),
                          tag("td", esc(time), class_="n", data_v=(
                              c["run"] or {}).get("ns") or 0),
                          tag("td", esc(errors))]
            cells.append(tag("td", esc(text.by(c, 6))))
            rows.append(tag("tr", "".join(cells),
                            id=_anchor(report, c["name"])))
        became = [text.absent_did(c, report) for c in report["calls"]]
        body = "".join(tag("p", esc(b)) for b in became if b) + tag(
            "table", tag("thead", tag("tr", "".join(
                tag("th", esc(h), class_="n" if h in ("no.", "calls", "time")
                    else None) for h in head))) +
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
        body = [
            tag("h1", "System calls: what programs can reach"),
            tag("p", esc(lead)),
            tag("nav", "".join(tag("a", esc(w), href="#" + a)
                               for a, w in PARTS)),
            self.legend_states(),
            self._head("programs"),
            tag("p", "Reachable: from the program's start through the call "
                "graph of the linked image. By pointer: only through a "
                "function whose address somebody holds, so perhaps never. "
                "Called: by a run that was counted."),
            self.programs(),
            self.filter(),
            self._head("table"),
            tag("p", "Every call of Linux 6.1 by number; colour and sign are "
                "its state, its depth how many of the programs use it (the "
                "figure at the right). A call that is used leads to its row "
                "below."),
            self.legend_heat(), self.heat_map(),
            self._head("uses"),
            tag("p", "What most programs use stands first. A cell leads to "
                "the program's functions that lead to the call."),
            self.legend_matrix(), self.matrix(),
            self._head("each"),
            "\n".join(self.detail(r) for r in self.reports)]
        return ("<!DOCTYPE html>\n<html lang=\"en\"><head>"
                "<meta charset=\"utf-8\"><meta name=\"viewport\" "
                "content=\"width=device-width\">"
                "<title>Posixen: system calls</title>"
                "<style>\n%s</style></head>\n<body>\n%s\n"
                "<script>\n%s</script></body></html>\n"
                % (_beside("page.css"), "\n".join(body), _beside("page.js")))

    def _head(self, part):
        return tag("h2", esc(dict(PARTS)[part]), id=part)
