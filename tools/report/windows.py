# SPDX-License-Identifier: BSD-2-Clause
"""Which constant a register holds at a place in code: the number of a system
call at a syscall instruction (eax) or at a call of syscall(3) (edi).

A stretch of code before each place is disassembled, all by one objdump. Code
falls into step within a few instructions wherever one begins to read."""

import bisect
import os
import re
import subprocess
import tempfile

BEFORE, AFTER = 96, 16
NOP = b"\x90" * 16
_LINE = re.compile(r"^ *([0-9a-f]+):\t(?:rex\S* |bnd )?(\S+) *(.*?)\s*$",
                   re.MULTILINE)
_NAMES = {"eax": ("eax", "rax", "ax", "al"), "edi": ("edi", "rdi", "di", "dil")}
# Control comes here from elsewhere, or comes back from a function that keeps
# nothing: what stood before says nothing.
_ENDS = ("call", "jmp", "ret", "syscall", "hlt", "ud2")


def _written(mnemonic, operands, names):
    """None: the register stays; an int: it gets that; "": something else."""
    m = re.fullmatch(r"\$(0x[0-9a-f]+|\d+),%(\w+)", operands)
    if mnemonic in ("mov", "movl", "movq", "movabs") and m and m[2] in names:
        return int(m[1], 0)
    m = re.fullmatch(r"%(\w+),%(\w+)", operands)
    if mnemonic in ("xor", "sub") and m and m[1] == m[2] and m[2] in names:
        return 0
    last = operands.rsplit(",", 1)[-1].strip()
    if mnemonic not in ("cmp", "test", "push", "nop") and \
            last.lstrip("%") in names and last.startswith("%"):
        return ""
    return None


def constants(places, register):
    """For each (bytes before and at the place, length before it, how the
    mnemonic that must stand there begins): (does it?, number or None)."""
    blob, starts = b"", []
    for code, before, _ in places:
        blob += NOP
        starts.append(len(blob))
        blob += code
    with tempfile.NamedTemporaryFile(prefix="syscall-report.") as f:
        f.write(blob + NOP)
        f.flush()
        out = subprocess.run(
            ["objdump", "-D", "--no-show-raw-insn", "-b", "binary", "-m",
             "i386:x86-64", f.name], capture_output=True, text=True,
            env={**os.environ, "LC_ALL": "C"}, check=True).stdout
    rows = [(int(m[1], 16), m[2], m[3]) for m in _LINE.finditer(out)]
    at = [r[0] for r in rows]
    found = []
    for (code, before, mnemonic), start in zip(places, starts):
        i = bisect.bisect_left(at, start + before)
        if i == len(at) or at[i] != start + before or \
                not rows[i][1].startswith(mnemonic):
            found.append((False, None))
            continue
        found.append((True, _back(rows, i, start, _NAMES[register])))
    return found


def _back(rows, i, start, names):
    """Back from row i to the constant that the register got last."""
    targets = {}
    for n, (address, mnemonic, operands) in enumerate(rows[:i]):
        if address >= start and mnemonic.startswith("j"):
            m = re.match(r"(0x[0-9a-f]+)$", operands)
            if m:
                targets[int(m[1], 16)] = n
    while i > 0 and rows[i - 1][0] >= start:
        # Somebody jumps to here, with another number perhaps.
        if rows[i][0] in targets and targets[rows[i][0]] >= 0:
            return None
        i -= 1
        _, mnemonic, operands = rows[i]
        if mnemonic.startswith(_ENDS):
            return None
        value = _written(mnemonic, operands, names)
        if value is not None:
            return value if value != "" else None
    return None
