# SPDX-License-Identifier: BSD-2-Clause
"""The static report of an image."""

from . import elf, graph, model, owners, reach, table
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
    return reach.Reach(found)


def of_image(path, build, map_path=None, program=None):
    return model.from_reach(reach_of(path, build, map_path), table.load(),
                            program or model.program_name(path))
