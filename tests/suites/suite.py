# SPDX-License-Identifier: BSD-2-Clause
"""What the runners of suites share: who is expected to fail, how tests are run
on the host platform and in a lab whose clock counts instructions, and how they
are judged. Way in: Suite, main()."""
import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("O") or os.path.join(TOP, "build"))
# So much of the end of what a test writes is looked at.
OUTPUT_MAX = 1 << 16


def failing(name, where):
    """The reasons by test, of those of suite NAME that are not expected to
    pass there (host or xen)."""
    reasons = {}
    with open(os.path.join(HERE, name, "failing")) as f:
        for line in f:
            m = re.match(r"([^#\s]\S*)\s+(host|xen|all)\s+(\S.*)", line)
            if m and m.group(2) in (where, "all"):
                reasons[m.group(1)] = m.group(3)
    return reasons


def process(program, argv, timeout, env=None):
    """(status, output) of an image of the host platform, or of a program of
    Linux; status is a number as a shell says it, or "timeout"."""
    with tempfile.TemporaryFile() as out:
        p = subprocess.Popen(argv, executable=program, stdout=out,
                             stdin=subprocess.DEVNULL,
                             stderr=subprocess.STDOUT, start_new_session=True,
                             env={**os.environ, **(env or {})})
        try:
            status = p.wait(timeout)
            status = str(status if status >= 0 else 128 - status)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, 9)
            p.wait()
            status = "timeout"
        out.seek(max(0, out.tell() - OUTPUT_MAX))
        return status, out.read(OUTPUT_MAX).decode("utf-8", "replace")


def domains(image, runs, timeout, memory=None):
    """(status, output) by name, each run in a domain of its own, all in one
    lab, where waiting costs nothing. runs are (name, what the guest's command
    line holds behind stdio=); memory by name, in MB, 64 for who is not in it.
    """
    memory = memory or {}
    with tempfile.TemporaryDirectory(prefix="posixen-suite.") as tmp:
        shutil.copy(os.path.join(HERE, "job"), os.path.join(tmp, "run"))
        shutil.copy(image, os.path.join(tmp, "suite.xen"))
        with open(os.path.join(tmp, "todo"), "w") as f:
            f.writelines("%s %d %d %s\n" % (name, timeout,
                                            memory.get(name, 64), line)
                         for name, line in runs)
        # What they print so far can be looked at there.
        with tempfile.NamedTemporaryFile(prefix="posixen-suite-log.") as log:
            lab = subprocess.run(
                [os.path.join(TOP, "tools", "lab"), "batch", "--memory",
                 "1024", "--dom0-memory", "384", "--timeout",
                 str(300 + timeout + 10 * len(runs)), tmp], stdout=log)
            log.seek(0)
            text = log.read().decode("utf-8", "replace")
    found = re.findall(r"^=== (\S+)\n(.*?)^--- (\w+)$", text, re.M | re.S)
    if lab.returncode:
        print(text[-2000:])
        print("the lab failed (%d)" % lab.returncode)
    return {name: (status, out) for name, out, status in found}


def in_labs(image, runs, timeout, jobs, memory=None):
    """domains(), shared out to so many labs."""
    jobs = min(jobs, len(runs) // 20 + 1)
    results = {}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for part in pool.map(lambda i: domains(image, runs[i::jobs], timeout,
                                               memory), range(jobs)):
            results.update(part)
    return results


def judge(names, results, reasons, skip=None):
    """Say who passes and end with the numbers; the exit status. skip is the
    status of a test that says it cannot be run here."""
    passed = failed = skipped = 0
    for name in names:
        status, text = results.get(name, ("lost", ""))
        why = reasons.get(name)
        if status == "0" and not why:
            passed += 1
        elif status == "0":
            failed += 1
            print("FAILED: %s passes: take it off the list failing" % name)
        elif why:
            skipped += 1
            print("skipped: %s: status %s: %s" % (name, status, why))
        else:
            failed += 1
            print("FAILED: %s: %s" % (name, "skips itself, and is not on the "
                                      "list failing" if status == skip else
                                      "status " + status))
            for line in text.strip().splitlines()[-8:]:
                print("    " + line)
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    return 1 if failed or not passed else 0


class Suite:
    """One suite, as its runner describes it to main()."""
    name = None         # its folder, here and below build/tests/suites
    image = None        # its images are image.host and image.xen
    timeout = 60        # seconds for one test
    sample = 8          # --sample takes each eighth
    skipped = None      # the status of a test that was not run

    def __init__(self):
        self.env = {}       # by test: variables for it alone
        self.memory = {}    # and its domain's MB, if not 64

    def path(self, platform):
        return os.path.join(BUILD, "tests", "suites", self.name,
                            self.image + "." + platform)

    def tests(self):
        """All tests' names, in order."""
        raise NotImplementedError

    def argv(self, name):
        """The program's arguments for one test."""
        raise NotImplementedError

    def verdict(self, status, text):
        """What a status and an output mean: (status, text), "0" for passed."""
        return status, text

    def host(self, name):
        # Under the name that the image goes by on Xen, too.
        return process(self.path("host"), [self.image, *self.argv(name)],
                       self.timeout, self.env.get(name))

    def guest_line(self, name):
        words = ["env.%s=%s" % item
                 for item in self.env.get(name, {}).items()]
        return " ".join([*words, "--", *self.argv(name)])

    def xen(self, names, jobs):
        return in_labs(self.path("xen"),
                       [(n, self.guest_line(n)) for n in names],
                       self.timeout, jobs, self.memory)


def main(suite, doc):
    p = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawTextHelpFormatter)
    where = p.add_mutually_exclusive_group(required=True)
    for name in ("host", "xen"):
        where.add_argument("--" + name, dest="where", action="store_const",
                           const=name)
    p.add_argument("--sample", action="store_true")
    p.add_argument("-j", type=int, metavar="N", help="so many at a time "
                   "(16 processes, or as many labs as processors)")
    p.add_argument("-v", action="store_true", help="show what they print")
    p.add_argument("tests", nargs="*", metavar="TEST")
    a = p.parse_args()

    known = suite.tests()
    reasons = failing(suite.name, a.where)
    for name in [*a.tests, *reasons]:
        if name not in known:
            raise SystemExit("tests/suites/%s/run: there is no test %s"
                             % (suite.name, name))
    names = a.tests or known
    if a.sample:
        names = [n for n in names if n not in reasons][::suite.sample]
    if a.where == "xen":
        results = suite.xen(names, a.j or len(os.sched_getaffinity(0)))
    else:
        # Most of them do little but wait.
        with concurrent.futures.ThreadPoolExecutor(a.j or 16) as pool:
            results = dict(zip(names, pool.map(suite.host, names)))
    results = {n: suite.verdict(*r) for n, r in results.items()}
    if a.v:
        for name in names:
            print("== %s: %s\n%s" % (name, *results.get(name, ("lost", ""))))
    return judge(names, results, reasons, suite.skipped)
