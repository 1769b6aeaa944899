# SPDX-License-Identifier: BSD-2-Clause
"""The static report of an image."""

from . import elf, graph, model, numbers, owners, reach, table
from .errors import ReportError


def reach_of(path, build, map_path=None):
    image = elf.Elf(path)
    if not image.has_relocations():
        raise ReportError(
            "%s has no relocations, which show who refers to whom; link it "
            "with link-app --relocs, or use link-app --report" % path)
    who = owners.ByMap(map_path) if map_path else owners.ByNames(build)
    found = graph.Graph(image, who)
    if "_start" not in found.by_name or not any(found.ktext):
        raise ReportError("%s is no image that link-app made; --elf is for "
                          "other programs" % path)
    numbers.resolve(found, table.load())
    return reach.Reach(found)


def linked(path, build, program):
    """Without relocations: the calls that the linker kept, by whom unknown."""
    names = {s.name[8:] for s in elf.Elf(path).symbols()
             if s.name.startswith("px_call_")}
    rows = table.load()
    names = sorted(n for n in names if n in rows.by_name)
    if not names:
        raise ReportError(
            "%s has no symbol table, or is no image that link-app made; link "
            "it without --strip, or use --elf for another program" % path)
    report = model.empty(program, "image")
    report["calls"] = [model.call_row(rows, n, "linked") for n in names]
    return model.finish(report)


def of_image(path, build, map_path=None, program=None):
    program = program or model.program_name(path)
    if not elf.Elf(path).has_relocations():
        return linked(path, build, program)
    return model.from_reach(reach_of(path, build, map_path), table.load(),
                            program)
