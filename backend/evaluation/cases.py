"""The suite: instructions, and what their drawings have to show."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.domain.kinds import KINDS
from app.domain.planning.plan import Color
from app.domain.scene.looks import COLOR_SCHEMES, STYLES

SUITE = Path(__file__).parent / "suite"
EVERYTHING = "*"
_EDGE = re.compile(r"(.+?) -(?:(.+)-)?> (.+)")
_SIDE = re.compile(r"(.+) (left of|right of|above|below) (.+)")


class Case(BaseModel):
    """One instruction with the drawing that it must give, or must not.

    `nodes` lists the labels that neither `edges` ("A -label-> B"), `groups` (label to what lies
    directly in it) nor `rows` (label to its lines) name. With a `start`, the instruction changes
    what `start` draws, with `select` selected; only what `changed` names may then differ ("*":
    anything), and what `moved` names only in its place. `beside` draws something else there first.
    `refused` is a part of the sentence that says why nothing is drawn.
    `recording` names a recorded answer of a model, which brings instruction and start.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    instruction: str = ""
    recording: str | None = None
    start: str | None = None
    select: list[str] = []
    changed: list[str] = []
    moved: list[str] = []
    beside: str | None = None
    kind: str | None = None
    style: str = STYLES[0]
    colors: str = COLOR_SCHEMES[0]
    nodes: list[str] = []
    edges: list[str] = []
    groups: dict[str, list[str]] = {}
    rows: dict[str, list[str]] = {}
    painted: dict[str, Color] = {}
    shaped: dict[str, str] = {}
    sides: list[str] = []
    blank: int = 0  # shapes without a label
    refused: str | None = None
    example: str = ""  # its heading on the page of examples; empty: not shown there

    @model_validator(mode="after")
    def _is_readable(self) -> "Case":
        if not all(map(_EDGE.fullmatch, self.edges)):
            raise ValueError(f"{self.name}: an edge is written A -label-> B")
        if not all(map(_SIDE.fullmatch, self.sides)):
            raise ValueError(f"{self.name}: a side is written A left of B")
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"{self.name}: there is no kind {self.kind}")
        if self.refused is None and not (self.labels or self.blank):
            raise ValueError(f"{self.name}: nothing is expected")
        return self

    @property
    def mode(self) -> Literal["create", "modify"]:
        return "create" if self.start is None else "modify"

    @property
    def labels(self) -> list[str]:
        """Every label that has to be seen, as often as it has to be seen."""
        named = [*self.rows, *self.groups, *chain(*self.groups.values())]
        for edge in self.edges:
            named += ends_of(edge)
        return [*self.nodes, *(label for label in dict.fromkeys(named) if label not in self.nodes)]


def ends_of(edge: str) -> tuple[str, str]:
    """(source, target) of "A -label-> B"."""
    found = _EDGE.fullmatch(edge)
    assert found is not None  # noqa: S101 - checked when the case was read
    return found[1], found[3]


def side_of(side: str) -> tuple[str, str, str]:
    """("A", "left of", "B") of "A left of B"."""
    found = _SIDE.fullmatch(side)
    assert found is not None  # noqa: S101 - checked when the case was read
    return found[1], found[2], found[3]


def load(folder: Path = SUITE) -> tuple[Case, ...]:
    """All cases, in the order of the files. Raises ValueError for one that cannot be read."""
    cases = tuple(_read(folder))
    names = [case.name for case in cases]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"two cases have one name: {', '.join(sorted(doubled))}")
    return cases


def _read(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        for fields in document["case"]:
            yield Case.model_validate(fields)
