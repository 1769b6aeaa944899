# SPDX-License-Identifier: BSD-2-Clause
"""Calls of syscall(2) in an image whose number is a constant all the same.

Objects that x86_64-posixen-cc compiles with optimisation call a function of
their own for each constant number. Others, and those that were built against
glibc, load the number and call syscall(): where it can be read off the code
before the call, the caller gets an edge to that one call instead."""

from . import windows
from .graph import Node


def resolve(graph, table):
    syscall = graph.by_name.get("syscall")
    if syscall is None or not syscall.system:
        return
    sites = {}
    for source, place in graph.sites:
        sites.setdefault(source, []).append(place)
    places = [(source, p) for source, at in sites.items() for p in at]
    if not places:
        return
    rows = windows.constants([_window(graph.elf, p) for _, p in places], "edi")
    known = {}
    for (source, _), (there, number) in zip(places, rows):
        known.setdefault(source, []).append(number if there else None)
    for source, numbers in known.items():
        nodes = [_node(graph, table, n, syscall) for n in numbers]
        # One that is not known leaves all open.
        if None in nodes:
            continue
        source.calls.discard(syscall)
        source.calls.update(nodes)


def _window(elf, place):
    section = elf.section_at(place)
    low = max(section.addr, place - windows.BEFORE)
    return (elf.read(low, place + windows.AFTER - low), place - low,
            ("call", "jmp"))


def _node(graph, table, number, syscall):
    """A function syscall() that makes this one call, or None."""
    call = table.by_nr.get(number)
    thunk = graph.by_name.get("px_" + call.name) if call else None
    if thunk is None:
        return None
    node = Node(syscall.start, syscall.end, True)
    node.names, node.system, node.file = ["syscall"], True, syscall.file
    node.calls.add(thunk)
    return node
