"""What a kind of diagram says about how it is drawn: its record, and the type of the registry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered
from app.domain.planning.kinds import PlanKind, Registry
from app.domain.scene.coloring import Colors, Roles, as_given, no_roles
from app.domain.scene.diagram import Diagram


@dataclass(frozen=True, kw_only=True)
class Kind(PlanKind):
    """Everything about a kind of diagram. `arrange` places boxes and routes links; regions and
    links that it cannot show, it leaves out of the result.

    `has_headings`: the titles of groups are headings. `least` is the smallest size of a shape,
    `rounded` whether its corners may be. `repeats`: the same edge twice is two. `shows_order`:
    links that only repeat the order of the shapes need not be drawn. `regular`: its layout
    follows from what it says and from the order of its parts, so that an edit can lay it out
    again and move nothing that need not move.
    """

    arrange: Callable[[Sketch, Layered], Arrangement]
    roles: Callable[[Diagram], Roles] = no_roles
    colors: Callable[[Diagram, Sequence[str]], Colors] = as_given
    has_headings: bool = False
    least: tuple[float, float] = (120, 60)
    rounded: bool = True
    repeats: bool = False
    shows_order: bool = False
    regular: bool = False


Kinds = Registry[Kind]
