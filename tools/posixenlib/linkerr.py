# SPDX-License-Identifier: BSD-2-Clause
"""Turns what ld says into a sentence for the person who called link-app."""

import os
import re

_IN = re.compile(r"^(?:\S*ld: )?(?P<where>[^:]+\.(?:o|a\([^)]*\)|a)):"
                 r"(?: in function `(?P<fn>[^']+)':)?")
_UNDEF = re.compile(r"undefined reference to `(?P<sym>[^']+)'")
_MULTI = re.compile(r"multiple definition of `(?P<sym>[^']+)'; "
                    r"(?P<first>[^:]+):")
SHOWN = 20


def _where(line):
    m = _IN.match(line)
    return os.path.basename(m.group("where")) if m else None


def explain(tool, text):
    for line in text.splitlines():
        if "plugin needed to handle lto object" in line:
            return ("%s: made with -flto by another compiler: it holds no "
                    "machine code; compile it without (x86_64-posixen-cc does)"
                    % (_where(line) or line.split(": ")[1]))
    undefined, multiple, last = {}, [], None
    for line in text.splitlines():
        here = _where(line) or last
        last = here
        m = _UNDEF.search(line)
        if m:
            undefined.setdefault(m.group("sym"), set()).add(here or "?")
        m = _MULTI.search(line)
        if m:
            multiple.append("%s in %s and %s"
                            % (m.group("sym"), here, m.group("first")))
    if undefined:
        rows = ["  %s, wanted by %s" % (s, ", ".join(sorted(w)))
                for s, w in sorted(undefined.items())]
        if len(rows) > SHOWN:
            rows[SHOWN:] = ["  ... and %d more" % (len(rows) - SHOWN)]
        return ("%d undefined symbol%s; add the archive that defines %s:\n%s"
                % (len(undefined), "s"[:len(undefined) != 1],
                   "it" if len(undefined) == 1 else "them", "\n".join(rows)))
    if multiple:
        return "defined twice: %s; leave one out" % "; ".join(multiple[:SHOWN])
    lines = [ln for ln in text.splitlines() if ln.strip()]
    return "%s failed: %s" % (tool, "\n".join(lines[-5:]) or "no message")
