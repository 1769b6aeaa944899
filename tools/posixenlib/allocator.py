# SPDX-License-Identifier: BSD-2-Clause
"""Which allocator an image has.

One of ours (--malloc NAME), the user's (--malloc FILE.a) or the program's own:
an object or archive of it that defines malloc() comes before libc.a and ours,
so the linker takes it; then none of ours is linked. It must be a whole one:
musl's free() and its kin take only what musl's malloc() gave.
"""
import argparse
import re

from . import elfin

DEFAULT = "mimalloc"
# Name: its archive; musl's is in libc.a.
ARCHIVES = {
    "mimalloc": "sysroot/lib/libmimalloc.a",
    "jemalloc": "sysroot/lib/libjemalloc.a",
    "musl": None,
}
# What musl would add, of which each has its own heap's blocks in mind.
KIN = {"free", "calloc", "realloc", "aligned_alloc", "malloc_usable_size"}
FAMILY = KIN | {"malloc", "memalign", "posix_memalign", "reallocarray"}


def argument(text):
    """For argparse: the name of one of ours, or a file."""
    if text in ARCHIVES or "/" in text or text.endswith((".a", ".o")):
        return text
    raise argparse.ArgumentTypeError(
        "%s is none of %s, and no archive (FILE.a)"
        % (text, ", ".join(ARCHIVES)))


def of_user(asked):
    """The file that --malloc names, if it is not one of ours."""
    return asked if asked and asked not in ARCHIVES else None


def check_input(path, error):
    """Raise error if --malloc FILE is no allocator that can be linked."""
    elfin.check_input(path, error)
    if not elfin.definers(path, "malloc"):
        raise error("--malloc %s: it does not define malloc(); if it is a "
                    "library that the program uses, give it without --malloc"
                    % path)


def wanted(path):
    """What the linker is told to take from --malloc FILE: all of its family,
    or libc.a would give what only the C library itself refers to."""
    return ["-u" + name for name in sorted(FAMILY)
            if elfin.definers(path, name)]


def is_cxx(path):
    """Does it need the C++ library?"""
    return any(elfin.wants(path, w) for w in ("_ZSt", "_ZNSt", "__cxa_"))


def choose(asked, paths, error):
    """(name of ours or None, who of the program's inputs defines malloc())."""
    own = [d for p in paths for d in elfin.definers(p, "malloc")]
    theirs = of_user(asked)
    if theirs:
        own = [d for p in paths if p != theirs
               for d in elfin.definers(p, "malloc")]
        if not own:
            return None, elfin.definers(theirs, "malloc")
    if own and asked:
        raise error("--malloc %s: %s defines malloc() itself; leave out one "
                    "of the two" % (asked, own[0]))
    return (None if own else asked or DEFAULT), own


def check_whole(own, image, linkmap, libc, error):
    """Raise error if musl's kin of malloc() are linked with another's."""
    with open(linkmap) as f:
        # The map begins with why each archive's member was taken.
        text = f.read().split("\nMemory Configuration\n")[0]
    why = re.findall(r"^%s\([^()]*\)\s+(\S.*) \((\w+)\)$" % re.escape(libc),
                     text, re.M)
    linked = {name for _, letter, name in elfin.symbols(image)
              if letter in "TW"}
    for user, name in why:
        if name in KIN & linked:
            raise error("%s defines malloc() but not %s(), which %s wants; "
                        "musl's takes no memory but musl's own, so define it "
                        "there too" % (own[0], name, user))
