# SPDX-License-Identifier: BSD-2-Clause
"""C++ names as their authors wrote them, without parameters, and with <> for
what stands in angle brackets."""

import re
import subprocess


def _short(name):
    out, depth = "", 0
    name = name.replace("operator<<", "operator\1").replace(
        "operator<", "operator\2").replace("operator->", "operator\3").replace(
        "operator>>", "operator\4").replace("operator>", "operator\5")
    for c in name:
        depth -= c == ">"
        if depth <= 0:
            out += c
        depth += c == "<"
    for code, word in enumerate(("<<", "<", "->", ">>", ">"), 1):
        out = out.replace(chr(code), word)
    # The compiler's own function that runs a file's constructors.
    out = re.sub(r"^_GLOBAL__sub_I_.*", "static constructors", out)
    return re.sub(r" \[clone [^]]*\]", "", out)


def names(mangled):
    """{name: what to show}; only what is a C++ name is in it."""
    mangled = sorted({n for n in mangled if "_Z" in n or
                      n.startswith("_GLOBAL__")})
    if not mangled:
        return {}
    try:
        res = subprocess.run(["c++filt", "-p"], input="\n".join(mangled),
                             capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {n: _short(shown) for n, shown in zip(mangled,
                                                 res.stdout.splitlines())}
