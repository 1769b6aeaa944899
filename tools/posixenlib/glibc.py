# SPDX-License-Identifier: BSD-2-Clause
"""Objects compiled against glibc meet musl: their references get other names.

glibc and musl have functions of one name whose structures or constants differ
(compat/glibc/layouts). An object that was compiled against glibc's headers
calls __glibc_regexec where it says regexec; one that was compiled against
musl's calls regexec. Both may be in one image, so each member of an archive
is looked at by itself. What tells them apart, in this order:

1. what the user says (--glibc, --no-glibc);
2. the note that x86_64-posixen-cc leaves in each object: musl;
3. references that only one library's headers make (__memcpy_chk, for one);
4. the same of the other members of the archive, or of the other objects;
5. nothing: glibc, since that is what this machine's compilers use.
"""

import fnmatch
import os
import re
import struct

from posixenlib import objects

NOTE = struct.pack("<III", 8, 4, 1) + b"Posixen\0"
LIST = "compat/glibc/layouts/list"

# Names that glibc's headers put in place of what the source says, and musl's
# do not.
_GLIBC = re.compile(
    r"__\w+_chk|__isoc(99|23)_\w+|__ctype_(b|tolower|toupper)_loc|__xpg_\w+"
    r"|__sigsetjmp|_setjmp|__[fl]?xstat(64)?|__fxstatat(64)?|__xmknod(at)?"
    r"|(f|fre)open64|f(seek|tell)o64|f[gs]etpos64|open(at)?64|creat64|lseek64"
    r"|p(read|write)v?64(v2)?|f?truncate64|mmap64|lockf64|fcntl64|sendfile64"
    r"|[fl]?stat64|f?stat(v)?fs64|fstatat64|([gs]et|p)rlimit64|tmpfile64"
    r"|readdir64(_r)?|scandir64|(alpha|version)sort64|n?ftw64|glob(free)?64"
    r"|posix_fa(llocate|dvise)64|fallocate64|mk(o?s)?temps?64|getdirentries64"
    r"|__register_atfork|__pthread_(un)?register_cancel|__pthread_unwind_next"
    r"|__sched_cpu(alloc|free)|__cmsg_nxthdr|__libc_single_threaded"
    r"|gnu_get_libc_version|__rawmemchr|__mempcpy|__strn?dup|__strtok_r"
    r"|__getdelim|__sysconf|__secure_getenv|__mbrlen|_IO_(get|put)c"
    r"|__res_(n?(init|query|search|querydomain|mkquery|send)|nclose)"
    r"|__isinff?|__isnanf?|__finitef?|_obstack_\w+|__strto\w+_internal"
    r"|__overflow|__uflow")
_MUSL = re.compile(r"_pthread_cleanup_(push|pop)|(sig)?setjmp")
# An old dialect makes them with glibc, too: good enough for an archive.
_MUSL_WEAK = re.compile(r"v?[fs]?w?scanf")
_MUSL_COMPILER = b"GCC: (Alpine "

GLIBC, MUSL = "glibc", "musl"


def read_list(top):
    """{name: entry of compat/glibc/layouts}."""
    names = {}
    with open(os.path.join(top, LIST)) as f:
        for line in f:
            word = line.split("\t")[0].strip()
            if word and not word.startswith("#"):
                name, _, entry = word.partition("=")
                names[name] = "__glibc_" + (entry or name)
    return names


class _Part:
    """One object, alone or in an archive."""

    def __init__(self, name, data, member=None):
        self.name, self.member = name, member
        self.object = objects.Object(data)
        self.marked = NOTE in data
        self._own = None

    def wants(self, names):
        """{name: binding} of the undefined symbols that are in names."""
        return {name: binding for _, name, binding, section
                in self.object.symbols() if not section and name in names}

    def defines(self, names):
        return {name for _, name, _, section in self.object.symbols()
                if section and name in names}

    def _first(self, pattern):
        return next((name for _, name, _, section in self.object.symbols()
                     if not section and pattern.fullmatch(name)), None)

    def own(self):
        """(library, why) by what the object itself shows, or None."""
        if self._own is None:
            self._own = (self._look(),)
        return self._own[0]

    def _look(self):
        if self.marked:
            return MUSL, "x86_64-posixen-cc's note"
        name = self._first(_GLIBC)
        if name:
            return GLIBC, "%s in %s" % (name, self.name)
        name = self._first(_MUSL)
        if name:
            return MUSL, "%s in %s" % (name, self.name)
        if _MUSL_COMPILER in self.object.data:
            return MUSL, "Alpine's compiler made %s" % self.name
        return None

    def glibcs(self):
        return (self.own() or "")[:1] == (GLIBC,)

    def hint(self):
        name = self._first(_MUSL_WEAK)
        return (MUSL, "%s in %s" % (name, self.name)) if name else None


def _first(parts, look):
    return next(filter(None, map(look, parts)), None)


class _Input:
    """What was given: an archive, or all objects that were given alone."""

    def __init__(self, parts, archive=None):
        self.parts, self.archive = parts, archive
        self._together = None

    def together(self):
        """(library, why) by the other parts of the input."""
        if self._together is None:
            others = [p for p in self.parts if not p.marked]
            found = (_first(others, lambda p: p.own() if p.glibcs() else None)
                     or _first(others, _Part.own)
                     or _first(others, _Part.hint))
            self._together = (found,)
        return self._together[0]


class Adapter:
    """Renames for one link. said: lines for the user, warned: warnings."""

    def __init__(self, top, glibc=(), musl=()):
        self.names = read_list(top)
        self.say = ((musl, (MUSL, "--no-glibc")), (glibc, (GLIBC, "--glibc")))
        self.said, self.warned, self.pull = [], [], set()

    def _told(self, path, member):
        """What the user says of the object: the most particular word wins."""
        base = os.path.basename(path)
        own = [path, base] + (["%s(%s)" % (p, member) for p in (path, base)]
                              if member else [])
        for patterns, verdict in self.say:
            if any(p and fnmatch.fnmatchcase(o, p.replace("[", "[[]"))
                   for p in patterns for o in own):
                return verdict
        for patterns, verdict in self.say:
            if "" in patterns:
                return verdict
        return None

    def _decide(self, path, group, part):
        told = self._told(path, part.member and part.name)
        if told:
            return told
        found = part.own() or group.together()
        if found:
            return found
        self.warned.append(
            "%s: nothing shows whether it was compiled against glibc or musl; "
            "glibc is assumed (--glibc or --no-glibc says it)"
            % _name(path, part))
        return GLIBC, "nothing else is known"

    def _read(self, path):
        try:
            with open(path, "rb") as f:
                magic = f.read(8)
                data = magic + f.read()
            if magic not in (objects.MAGIC, objects.THIN):
                return _Input([_Part(os.path.basename(path), data)])
            archive = objects.Archive(path)
            return _Input([_Part(m.name, m.data, m) for m in archive.members],
                          archive)
        except (struct.error, ValueError, IndexError, KeyError):
            # Whatever it is, the linker says it better.
            return _Input([])

    def adapt(self, paths, folder):
        """The paths to link instead; what is changed is written to folder."""
        inputs = [self._read(p) for p in paths]
        alone = _Input([p for i in inputs if not i.archive for p in i.parts])
        if any(p.object.chooses() for i in inputs for p in i.parts):
            self.pull.add("__px_choose_functions")
        words = [name.encode() + b"\0" for name in self.names]
        concerned = {p for i in inputs for p in i.parts
                     if p.object.mentions(words)}
        # What the program defines itself is the program's.
        ours = set().union(*(p.defines(self.names) for p in concerned))
        names = {n: e for n, e in self.names.items() if n not in ours}
        out = []
        for number, (path, given) in enumerate(zip(paths, inputs)):
            group = given if given.archive else alone
            changed = {}
            for part in given.parts:
                wants = part in concerned and part.wants(names)
                if not wants:
                    continue
                library, why = self._decide(path, group, part)
                self.said.append("%s is %s's (%s)%s" % (
                    _name(path, part), library, why,
                    ": " + " ".join(sorted(wants)) if library == GLIBC
                    else ""))
                if library == GLIBC:
                    changed[part] = wants
            out.append(self._write(path, given, changed, names,
                                   os.path.join(folder, str(number)))
                       if changed else path)
        return out

    def _write(self, path, given, changed, names, folder):
        os.mkdir(folder)
        out = os.path.join(folder, os.path.basename(path))
        data = {}
        for part, wants in changed.items():
            data[part.member] = part.object.renamed(names)
            # A weak reference takes no member out of an archive, and what took
            # the one of the old name does not take the new one.
            self.pull.update(names[n] for n, binding in wants.items()
                             if binding == objects.STB_WEAK)
        if given.archive:
            given.archive.write(out, data)
        else:
            with open(out, "wb") as f:
                f.write(data[None])
        return out


def _name(path, part):
    base = os.path.basename(path)
    return "%s(%s)" % (base, part.name) if part.member else base
