# SPDX-License-Identifier: BSD-2-Clause
"""gdb commands for programs on Posixen: source tools/gdb/posixen.py

    px-threads   the program's threads: number, name, state, where
    px-bt-all    every thread's callers

They work on a core file, on a guest (tools/lab gdb) and on a program of the
host platform under gdb, where Linux has one thread, and gdb shows only the
one of ours that runs. There px-bt-all borrows the registers for a moment.
"""
import gdb

SAVED = ["rsp", "rip", "rbp", "rbx", "r12", "r13", "r14", "r15"]
FRAME = ["rbx", "rbp", "r12", "r13", "r14", "r15", "rsp", "rip"]


def entries(head, offset, kind):
    """The objects of a struct list (posixen/list.h)."""
    pos = head["next"]
    while int(pos) != int(head.address):
        yield gdb.Value(int(pos) - offset).cast(kind)
        pos = pos.dereference()["next"]


def offset_of(kind, field):
    return next(f.bitpos // 8 for f in kind.fields() if f.name == field)


class Threads:
    """What the runtime knows of its threads."""

    def __init__(self):
        try:
            process = gdb.parse_and_eval("main_process")
            self.current = gdb.parse_and_eval("current_thread")
        except gdb.error:
            raise gdb.GdbError("no symbols of Posixen's runtime here: is the "
                               "image stripped, or not Posixen's?") from None
        if not int(process):
            raise gdb.GdbError("the program has not been started yet")
        kind = self.current.type
        self.all = list(entries(process["threads"],
                                offset_of(kind.target(), "proc_link"), kind))

    def registers(self, t):
        """Where the program of t called the runtime, or was interrupted."""
        uframe = int(t["uframe"])
        if uframe:
            words = gdb.selected_inferior().read_memory(uframe, 64)
            values = [int.from_bytes(words[8 * i:8 * i + 8], "little")
                      for i in range(8)]
            regs = dict(zip(FRAME, values))
            regs["rsp"] += 8
            return regs
        kind = gdb.lookup_type("struct bounced")
        at = int(t["kstack_top"]) - kind.sizeof & -16
        saved = gdb.Value(at).cast(kind.pointer())["regs"]
        return {n: int(saved[n]) for n in SAVED}


def native():
    """{tid: gdb's thread} where gdb itself sees the program's threads."""
    found = {t.ptid[1] or t.ptid[2]: t
             for t in gdb.selected_inferior().threads()}
    return found


def place(address):
    """The function and the line of an address."""
    block = gdb.block_for_pc(address)
    while block and not block.function:
        block = block.superblock
    line = gdb.find_pc_line(address)
    name = block.function.name if block else \
        gdb.execute(f"info symbol {address:#x}", to_string=True).split(
            " in section")[0].strip()
    where = f" {line.symtab.filename}:{line.line}" if line.symtab else ""
    return f"{name}{where}"


class PxThreads(gdb.Command):
    """List the program's threads: number, name, state, and where they are."""

    def __init__(self):
        super().__init__("px-threads", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        threads = Threads()
        for t in threads.all:
            state = str(t["state"]).replace("THREAD_", "").lower()
            mark = " "
            if int(t) == int(threads.current):
                mark, where = "*", self.current_place(threads, t)
            else:
                where = place(threads.registers(t)["rip"])
            name = t["name"].string("utf-8", "replace")
            print(f"{mark} {int(t['tid']):5d} {name:16s} {state:8s} {where}")

    @staticmethod
    def current_place(threads, t):
        if int(t["in_kernel"]):
            return place(threads.registers(t)["rip"])
        tids = native()
        was = gdb.selected_thread()
        mine = tids.get(int(t["tid"]), was)
        if mine:
            mine.switch()
        where = place(gdb.newest_frame().pc())
        if was:
            was.switch()
        return where


class PxBtAll(gdb.Command):
    """Print the callers of every thread of the program."""

    def __init__(self):
        super().__init__("px-bt-all", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        threads = Threads()
        tids = native()
        if len(threads.all) == 1 or \
                all(int(t["tid"]) in tids for t in threads.all):
            gdb.execute("thread apply all bt " + argument)
            return
        frame = gdb.newest_frame()
        frame.select()
        saved = {n: int(gdb.parse_and_eval(f"(unsigned long)${n}"))
                 for n in SAVED}
        try:
            for t in threads.all:
                self.show(threads, t, argument, saved)
        finally:
            self.load(saved)

    def show(self, threads, t, argument, saved):
        name = t["name"].string("utf-8", "replace")
        print(f"\nThread {int(t['tid'])} ({name}):")
        running = int(t) == int(threads.current) and not int(t["in_kernel"])
        self.load(saved if running else threads.registers(t))
        gdb.execute("bt " + argument)

    @staticmethod
    def load(regs):
        # The stack first: gdb looks for the frame again after each.
        gdb.newest_frame().select()
        for name in SAVED:
            gdb.execute(f"set ${name} = {regs[name]:#x}", to_string=True)
            gdb.newest_frame().select()


PxThreads()
PxBtAll()
