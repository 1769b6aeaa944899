#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The page of several programs, its JSON and its text: what is in them, that
the HTML is whole and asks for no other file, and how Chromium sees it, where
there is one."""

import html.parser
import json
import os

from browser import Browser
from counted import CC, HERE, LINK, TOOL, check, folder, made, run, same, \
    skip, summary
from report import table

VOID = {"meta", "wbr", "br", "hr", "img", "link", "input"}


# Clicks on the second head of the programs' table, and notes what came of it.
SORTS = """<script>
(function () {
	var table = document.querySelector(".wide table");
	[0, 1].forEach(function () {
		table.tHead.rows[0].cells[1].click();
		var b = document.body.appendChild(document.createElement("output"));
		b.dataset.sorted = Array.from(table.tBodies[0].rows, function (row) {
			return row.cells[0].textContent;
		}).join(" ");
	});
}());
</script>
"""


class Reader(html.parser.HTMLParser):
    """Counts what is wrong, and what is there."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []
        self.ids, self.links, self.cells = [], [], {}
        self.tags = {}
        self.hidden, self.opened, self.sorted = 0, [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if len(values) != len(attributes):
            self.wrong.append("an attribute twice in <%s>" % tag)
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for name in ("src", "srcset", "data", "action", "poster"):
            if name in values:
                self.wrong.append("%s=%s" % (name, values[name]))
        if "href" in values:
            self.links.append(values["href"])
        if "id" in values:
            self.ids.append(values["id"])
        words = (values.get("class") or "").split()
        if "cell" in words and "title" in values:
            number = int(values["title"].split()[0])
            self.cells[number] = (words, values["title"])
        if "data-sorted" in values:
            self.sorted.append(values["data-sorted"])
        if tag == "tr" and "hidden" in values:
            self.hidden += 1
        if tag == "details" and "open" in values:
            self.opened.append(values["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append("</%s> at %s" % (tag, self.getpos()))


def read(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def programs(tmp):
    """Reports of two programs, one with counts beside it."""
    paths = []
    for name in ("reach", "counts"):
        obj = os.path.join(tmp, name + ".o")
        paths.append(os.path.join(tmp, name + ".json"))
        made(CC, "-O2", "-D_GNU_SOURCE", "-c",
             os.path.join(HERE, name + ".c"), "-o", obj)
        made(LINK, "--host", obj, "-o", os.path.join(tmp, name + ".host"),
             "--report-file", paths[-1], "--param", "syscall-stats=1",
             "--param", "metrics=" + os.path.join(tmp, "counts.stats"))
    made(os.path.join(tmp, "counts.host"))
    return paths


CALL = {"nr": int, "name": str, "state": str, "note": str,
        "reach": (str, type(None)), "by": list, "run": (dict, type(None))}
REPORT = {"schema": str, "version": int, "program": str, "source": str,
          "calls": list, "variable_number": list, "unknown": list,
          "run": (dict, type(None)), "summary": dict}
RUN = {"calls": int, "errors": dict, "ns": (int, type(None)),
       "after": (int, type(None))}
BY = {"function": str, "file": str, "through": str, "how": str}
SUMMARY = {"reachable": int, "direct": int, "pointer": int,
           "called": (int, type(None)), "full": int, "partial": int,
           "stub": int, "absent": int}


def shaped(what, value, form):
    """The fields of version 1, all of them and no other: a program that reads
    them can go on doing so. Who changes them raises the version."""
    bad = [k for k in set(value) ^ set(form)] or \
        [k for k, kind in form.items() if not isinstance(value[k], kind)]
    return check("the form of " + what, not bad, "%s in %.300s" % (bad, value))


def forms(matrix):
    same("the matrix's form", sorted(matrix),
         ["programs", "schema", "table", "version"])
    same("its name and version", (matrix["schema"], matrix["version"]),
         ("posixen-syscall-matrix", 1))
    same("programs in order", [p["program"] for p in matrix["programs"]],
         ["counts", "reach"])
    for report in matrix["programs"]:
        same("a report's name and version", (report["schema"],
             report["version"]), ("posixen-syscall-report", 1))
        shaped("a report", report, REPORT)
        shaped("a summary", report["summary"], SUMMARY)
        # One of each kind; the first that is wrong would hide the others.
        for name, rows, form in (
                ("a call", report["calls"], CALL),
                ("a way", [b for c in report["calls"] for b in c["by"]], BY),
                ("a run", [c["run"] for c in report["calls"] if c["run"]],
                 RUN)):
            wrong = [r for r in rows if set(r) != set(form)]
            if rows:
                shaped(name, wrong[0] if wrong else rows[0], form)
    counted = [p["run"] is not None for p in matrix["programs"]]
    same("counts lie beside one only", counted, [True, False])


def content(page, rows):
    same("no tag is left open or closed twice", (page.wrong, page.open),
         ([], []))
    same("each anchor once", len(page.ids), len(set(page.ids)))
    check("links lead into the page", page.links and all(
        link[:1] == "#" and link[1:] in page.ids for link in page.links),
        page.links)
    same("no picture or sheet, and a script of its own", [t for t in (
        "script", "link", "img", "iframe", "object", "svg")
        if t in page.tags], ["script"])
    check("who uses what leads to the functions", "#p-reach.umask" in
          page.links and "#c-umask" in page.links, page.links)
    same("a cell for each call", sorted(page.cells), [c.nr for c in rows])
    wrong = [c.name for c in rows if c.state not in page.cells[c.nr][0]
             or " %s: " % c.name not in page.cells[c.nr][1]]
    same("the colour is the state's", wrong, [])
    by_name = {c.name: page.cells[c.nr] for c in rows}
    check("what both use is hotter than what one does, or nobody", (
        "h4" in by_name["getppid"][0], "h2" in by_name["umask"][0],
        "h0" in by_name["reboot"][0]) == (True, True, True),
        [by_name[n][0] for n in ("getppid", "umask", "reboot")])
    check("users are named", by_name["umask"][1].endswith("Used by: reach"),
          by_name["umask"][1])


def uses(page):
    """The rows of who uses what."""
    return [i for i in page.ids if i.startswith("c-")]


def browser(tmp, path, rows):
    chromium = Browser(tmp)
    if not chromium.name:
        skip("no Chromium is installed (apt-get install "
             "chromium-headless-shell); the page was not opened")
        return
    if not chromium.opens():
        skip("%s does not open an empty page here (%s); the report was not "
             "opened" % (chromium.name, chromium.words))
        return
    text = chromium.dom(path)
    if not check("Chromium opens the page", text, chromium.words):
        return
    page = read(text)
    same("Chromium sees the same cells", sorted(page.cells),
         [c.nr for c in rows])
    same("and nothing left open", page.wrong, [])
    # What the script does: a filter, and the way from a cell to its functions.
    page = read(chromium.dom(path + "#q=by_nobody_at_all"))
    check("a filter that fits nothing", page.hidden and
          page.hidden == len(uses(page)), (page.hidden, len(uses(page))))
    page = read(chromium.dom(path + "#q=inner through umask"))
    same("a filter by a function", len(uses(page)) - page.hidden, 1)
    page = read(chromium.dom(path + "#p-reach.umask"))
    same("a link opens its program", (page.hidden, page.opened),
         (0, ["p-reach"]))
    # A click on a head sorts, one more the other way.
    again = path + ".sorted.html"
    with open(path) as f, open(again, "w") as g:
        g.write(f.read().replace("</body>", SORTS + "</body>"))
    same("sorted by a click", read(chromium.dom(again)).sorted,
         ["counts reach", "reach counts"])
    picture = chromium.picture(path, 700, 900)
    if not check("Chromium makes a picture", picture, chromium.words):
        return
    wide, high, colours = picture
    same("its size", (wide, high), (700, 900))
    # The bars and the legend in the first screen: --full and --partial.
    check("the states' colours are in it", {bytes((0, 115, 92)), bytes(
        (176, 92, 0)), b"\xff\xff\xff"} <= set(colours), len(colours))


def main():
    with folder() as tmp:
        paths = programs(tmp)
        names = [os.path.join(tmp, n) for n in ("all.json", "page.html",
                                                "all.txt")]
        made(TOOL, *paths, "--json", names[0], "--html", names[1], "--text",
             names[2])
        rows = table.load().rows
        with open(names[0]) as f:
            forms(json.load(f))
        with open(names[1]) as f:
            text = f.read()
        content(read(text), rows)
        check("no address of another machine", "://" not in text and
              "url(" not in text and "@import" not in text)
        with open(names[2]) as f:
            lines = f.read().splitlines()
        check("the text", lines[1].split()[0] == "counts" and any(
            line.split()[:3] == ["getppid", "full", "D*"] for line in lines),
            "\n".join(lines))
        browser(tmp, names[1], rows)
        # One program alone has a page too.
        made(TOOL, paths[0], "--html", names[1])
        with open(names[1]) as f:
            same("a page of one", read(f.read()).wrong, [])
    summary()


if __name__ == "__main__":
    main()
