# SPDX-License-Identifier: BSD-2-Clause
"""Which system calls a call graph can reach, how, and from whose functions."""

from collections import deque

DIRECT, POINTER = "direct", "pointer"
DATA = "data"           # of a way: an object holds the function's address
ANY = "*"               # syscall(2) with a number that varies
SPECIAL = {"px_clone_start": ("clone",), "px_unmapself": ("munmap", "exit"),
            "px_syscall": (ANY,)}


def thunk_calls(node):
    """The calls that a node of the runtime stands for."""
    for name in node.names:
        if name in SPECIAL:
            return SPECIAL[name]
        if name.startswith("px_"):
            return (name[3:],)
    return ()


def walk(starts, pointers):
    """{node: the node it was first reached from}, breadth first. Without
    pointers only calls count."""
    came = {n: None for n in starts}
    queue = deque(came)
    while queue:
        node = queue.popleft()
        if node.runtime:
            continue
        for to in node.calls | node.refs if pointers else node.calls:
            if to not in came:
                came[to] = node
                queue.append(to)
    return came


def closure(entry, cache):
    """{call: (how, steps)} of a system function, through the system's
    own functions and data alone."""
    if entry in cache:
        return cache[entry]
    found = {}
    for how, pointers in ((DIRECT, False), (POINTER, True)):
        steps = {entry: 1}
        queue = deque(steps)
        while queue:
            node = queue.popleft()
            if node.runtime:
                for call in thunk_calls(node):
                    found.setdefault(call, (how, steps[node]))
                continue
            if node.function and not node.system:
                continue
            for to in node.calls | node.refs if pointers else node.calls:
                if to not in steps:
                    steps[to] = steps[node] + 1
                    queue.append(to)
    cache[entry] = found
    return found


class Way:
    """A function of the program's (or a table of its), and through what it
    gets to a call."""

    def __init__(self, function, through, how, steps):
        self.function, self.through = function, through
        self.how, self.steps = how, steps

    def key(self):
        return (self.how != DIRECT, self.steps, self.function.name)


class Reach:
    """calls: {name: DIRECT or POINTER}; ways: {name: [Way]}, best first."""

    def __init__(self, graph):
        self.graph = graph
        roots = self._roots()
        self.direct = walk(roots, False)
        self.all = walk(roots, True)
        self.calls = {}
        for node in self.all:
            for call in thunk_calls(node) if node.runtime else ():
                how = DIRECT if node in self.direct else POINTER
                if self.calls.get(call) != DIRECT:
                    self.calls[call] = how
        self.ways = {call: [] for call in self.calls}
        self._attribute()

    def _roots(self):
        names = self.graph.by_name
        roots = [names[n] for n in ("_start", "main", "_init", "_fini")
                 if n in names]
        return roots + sorted(self.graph.always, key=lambda n: n.start)

    def _attribute(self):
        cache = {}
        for node in self.all:
            if node.system or node.runtime:
                continue
            best = {}
            for to in node.calls | node.refs:
                if not (to.system or to.runtime):
                    continue
                called = DATA if not node.function else \
                    DIRECT if to in node.calls else POINTER
                for call, (how, steps) in closure(to, cache).items():
                    if called != DIRECT:
                        how = called
                    way = Way(node, to, how, steps)
                    if call not in best or way.key() < best[call].key():
                        best[call] = way
            for call, way in best.items():
                if call in self.ways:
                    self.ways[call].append(way)
        for ways in self.ways.values():
            ways.sort(key=Way.key)

    def path(self, call):
        """One shortest way from the start to a call: [(node, is it called
        rather than pointed to?)], or []."""
        for came in (self.direct, self.all):
            for node in came:
                if node.runtime and call in thunk_calls(node):
                    path = []
                    while node is not None:
                        before = came[node]
                        path.append((node, before is None
                                     or node in before.calls))
                        node = before
                    return path[::-1]
        return []
