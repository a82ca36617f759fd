"""Boards, and what becomes of them when somebody asks for a change in words, without a model."""

from collections.abc import Collection
from typing import Any

from app.domain.formats import text_languages
from app.domain.kinds import KINDS
from app.domain.planning import offline
from app.domain.planning.request import Planned, PlanRequest
from app.domain.scene.compose import Drawing, DrawRequest, compose
from app.domain.scene.describe import describe
from app.domain.scene.elements import rect_of
from app.domain.scene.topology import Topology
from tests.domain.scene.drawing import TOOLS, Scene, applied

LANGUAGES = text_languages()


def board(instruction: str, *, style: str = "modern", seed: str = "first") -> Scene:
    """What is drawn for an instruction on an empty canvas."""
    planned = offline.plan_offline(PlanRequest(instruction), KINDS, LANGUAGES)
    drawing = compose(planned.plan, [], DrawRequest(seed, style, "default"), TOOLS, KINDS)
    return applied([], drawing)


def asked(
    scene: Scene, instruction: str, *, selected: Collection[str] = (), seed: str = "edit"
) -> tuple[Scene, Drawing, Planned]:
    """The scene after the instruction; `selected` are labels. Raises what the planner raises."""
    topology = Topology(scene)
    chosen = tuple(i for i in topology.shapes if topology.label(i) in selected)
    context, aliases = describe(scene, chosen, None, KINDS)
    planned = offline.plan_offline(PlanRequest(instruction, "modify", context), KINDS, LANGUAGES)
    request = DrawRequest(seed, "modern", "default", chosen, None, aliases)
    drawing = compose(planned.plan, scene, request, TOOLS, KINDS)
    return applied(scene, drawing), drawing, planned


def arrows(scene: Scene) -> list[str]:
    """ "A -yes-> B", from the top."""
    topology = Topology(scene)
    found = []
    for link in topology.connectors:
        ends = [topology.label(topology.owner(i)) if i else "" for i in (link.source, link.target)]
        way = f" -{link.label}-> " if link.label else " -> "
        found.append((topology.by_id[link.id]["y"], way.join(ends)))
    return [words for _, words in sorted(found)]


def labels(scene: Scene) -> list[str]:
    """Words of all shapes, sorted."""
    topology = Topology(scene)
    return sorted(label for i in topology.shapes if (label := topology.label(i)))


def groups(scene: Scene) -> dict[str, list[str]]:
    """The cards of each group from the top; groups from the left."""
    topology = Topology(scene)
    areas = sorted(topology.areas, key=lambda i: topology.areas[i].x)
    return {
        topology.label(area): [
            topology.label(i)
            for i in sorted(topology.members(area), key=lambda i: rect_of(topology.by_id[i]).y)
        ]
        for area in areas
    }


def shape(scene: Scene, label: str) -> dict[str, Any]:
    topology = Topology(scene)
    return dict(next(topology.by_id[i] for i in topology.shapes if topology.label(i) == label))
