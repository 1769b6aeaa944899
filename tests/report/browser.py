# SPDX-License-Identifier: BSD-2-Clause
"""Chromium without a window: the document that it makes of a page, and
pictures of it as numbers. A browser that does not start (no memory to share,
no namespace, no room) is no fault of the page: see Browser.opens()."""

import os
import shutil
import signal
import struct
import subprocess
import zlib

NAMES = ("chromium-headless-shell", "chromium", "google-chrome",
         "chromium-browser")
# Seconds; a start on an idle machine takes one, and a machine may be a
# hundred times as busy.
PATIENCE = 240
TRIES = 3
MARK = "the browser has opened this"
# A name that is looked up would be a way out of the page. What the browser
# does for itself (crash reports, updates, /dev/shm) is switched off, colours
# and sizes do not depend on the machine.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-dev-shm-usage",
         "--disable-breakpad", "--disable-crash-reporter", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-extensions", "--mute-audio", "--force-color-profile=srgb",
         "--force-device-scale-factor=1"]


class Browser:
    def __init__(self, tmp):
        self.tmp = os.path.join(tmp, "browser")
        os.makedirs(self.tmp, exist_ok=True)
        found = [n for n in NAMES if shutil.which(n)]
        self.name = found[0] if found else None
        self.words = ""             # what it said last on its own behalf
        self.runs = 0
        self.late = False           # was the last run ended by us?

    def _run(self, *arguments):
        """Its standard output, or None if it did not end by itself with 0.
        Its children hold the files open longer than it lives, so these are no
        pipes, and all of them are ended with it."""
        self.runs += 1
        # A profile that a run before left locked would stop this one.
        profile = os.path.join(self.tmp, "profile%d" % self.runs)
        names = [os.path.join(self.tmp, n) for n in ("out", "err")]
        env = dict(os.environ, HOME=self.tmp, XDG_RUNTIME_DIR=self.tmp,
                   XDG_CONFIG_HOME=self.tmp, XDG_CACHE_HOME=self.tmp)
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        with open(names[0], "wb") as out, open(names[1], "wb") as err:
            try:
                child = subprocess.Popen(
                    [self.name, *FLAGS, "--user-data-dir=" + profile,
                     *arguments], stdin=subprocess.DEVNULL, stdout=out,
                    stderr=err, env=env, start_new_session=True)
            except OSError as e:
                self.words = e.strerror
                return None
            try:
                status = child.wait(timeout=PATIENCE)
                self.late = False
            except subprocess.TimeoutExpired:
                self.late = True
                status = "no end within %d seconds" % PATIENCE
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.wait()
        shutil.rmtree(profile, ignore_errors=True)
        with open(names[0], errors="replace") as f:
            text = f.read()
        with open(names[1], errors="replace") as f:
            lines = [n for n in f.read().splitlines() if n.strip()]
        self.words = "status %s%s" % (status, "".join(
            "; " + n.strip()[:160] for n in lines[-2:]))
        return text if status == 0 else None

    def _again(self, mark, *arguments):
        """The output that has a mark in it, or "". A browser that crashed is
        started again, one for which the machine is too slow is not."""
        for _ in range(TRIES):
            text = self._run(*arguments)
            if text and mark in text:
                return text
            if self.late:
                break
        return ""

    def opens(self):
        """Whether it can open any page at all, here and now."""
        path = os.path.join(self.tmp, "mark.html")
        with open(path, "w") as f:
            f.write("<!DOCTYPE html><title>mark</title><p>%s</p>\n" % MARK)
        return MARK in self._again(MARK, "--dump-dom", "file://" + path)

    def dom(self, path):
        """The page as the browser understood it, or ""."""
        return self._again("</html>", "--dump-dom", "file://" + path)

    def picture(self, path, wide, high, *flags):
        """(width, height, {colour: pixels}) of a picture, or None."""
        shot = os.path.join(self.tmp, "page.png")
        for _ in range(TRIES):
            if os.path.exists(shot):
                os.unlink(shot)
            self._run("--window-size=%d,%d" % (wide, high),
                      "--screenshot=" + shot, *flags, "file://" + path)
            if self.late:
                break
            # A browser that was ended leaves part of one.
            if os.path.exists(shot):
                with open(shot, "rb") as f:
                    data = f.read()
                if data.endswith(b"IEND\xaeB`\x82"):
                    return _pixels(data)
        return None


def _pixels(data):
    """Of a PNG of 8-bit samples."""
    at, packed = 8, b""
    while at < len(data):
        n, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IHDR":
            wide, high, _, colour = struct.unpack_from(">IIBB", data, at + 8)
        elif kind == b"IDAT":
            packed += data[at + 8:at + 8 + n]
        at += 12 + n
    size = {2: 3, 6: 4}[colour]
    raw, line = zlib.decompress(packed), wide * size
    before, colours = bytearray(line), {}
    for y in range(high):
        kind = raw[y * (line + 1)]
        row = bytearray(raw[y * (line + 1) + 1:(y + 1) * (line + 1)])
        for x in range(line if kind else 0):
            a = row[x - size] if x >= size else 0
            b = before[x]
            c = before[x - size] if x >= size else 0
            p = min((abs(b - c), 0, a), (abs(a - c), 1, b),
                    (abs(a + b - 2 * c), 2, c))[2]
            row[x] = row[x] + (0, a, b, (a + b) // 2, p)[kind] & 255
        for x in range(0, line, size):
            pixel = bytes(row[x:x + 3])
            colours[pixel] = colours.get(pixel, 0) + 1
        before = row
    return wide, high, colours
