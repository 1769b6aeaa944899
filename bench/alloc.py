# SPDX-License-Identifier: BSD-2-Clause
"""The same programs with each allocator: rows of bench/job-alloc's figures."""
import os
import shutil

from report import Row, values

HERE = os.path.dirname(os.path.realpath(__file__))
ALLOCATORS = ["musl", "mimalloc", "jemalloc"]
IMAGES = [f"{program}-{a}" for program in ("speedtest1", "inserts", "nginx",
                                           "redis") for a in ALLOCATORS]
QUERIES = [10, 100, 1000, 10000, 60000]
# (program, load of the job, what it is)
LOADS = [("nginx", "index", "nginx, 612-byte page, 10 connections"),
         ("redis", "set64", "Redis, SET of 64 bytes"),
         ("redis", "set1k", "Redis, SET of 1,000 bytes, 20,000 keys"),
         ("redis", "get", "Redis, GET"),
         ("redis", "lpush", "Redis, LPUSH")]


def fill(directory, programs):
    """What the job finds beside it."""
    shutil.copy(os.path.join(HERE, "load.awk"), directory)
    shutil.copy(os.path.join(programs, "answer"), directory)


def rows(found):
    table = []

    def each(text, unit, figure, digits):
        for a in ALLOCATORS:
            table.append(Row(f"{text}, --malloc {a}", unit, figure(a),
                             digits=digits))

    each("SQLite, up to the program", "M instr.", lambda a: [
        v / 2e6 for v in values(found[f"speedtest1-{a}"], "boot_cycles")], 3)
    each("SQLite, speedtest1", "ms", lambda a: [
        v / 1e6 for v in values(found[f"speedtest1-{a}"], "speedtest1_ns")],
        0)
    for n in QUERIES:
        def times(a, name=f"queries{n}_ns"):
            return values(found[f"queries-{a}"], name)

        each(f"SQLite, {n:,} queries", "ms", lambda a: [
            v / 1e6 for v in times(a)], 2)
        each("  of mimalloc's time", "", lambda a: [
            v / base for v, base in zip(times(a), times("mimalloc"))], 3)
    for program, text in (("nginx", "nginx"), ("redis", "Redis")):
        each(f"{text}, xl create to the first answer", "s", lambda a: [
            v / 1e9 for v in values(found[f"{program}-{a}"], "answer_ns")], 3)
        each(f"{text}, guest CPU up to then", "ms", lambda a: [
            v / 1e6 for v in values(found[f"{program}-{a}"],
                                    "start.cpu_ns")], 2)
    for program, load, text in LOADS:
        each(text, "req/s", lambda a: [
            v / 1e3 for v in values(found[f"{program}-{a}"],
                                    f"{load}.rate")], 0)
        # Nanoseconds for one are microseconds for a thousand.
        each("  guest CPU for 1,000 requests", "ms", lambda a: [
            cpu / n / 1e3 for cpu, n in zip(
                values(found[f"{program}-{a}"], f"{load}.cpu_ns"),
                values(found[f"{program}-{a}"], f"{load}.requests"))], 2)
    return table
