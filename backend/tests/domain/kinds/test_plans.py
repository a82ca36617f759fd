"""Lanes, dates and reserved room: where their layouts put things."""

from typing import cast

from app.domain.kinds.timeline.layout import arrange as timeline
from app.domain.layout import columns, flow
from app.domain.layout.model import Box, Region, Sketch
from app.domain.layout.tools import Layered
from tests.domain.layout.test_layouts import boxes, links

NO_ENGINE = cast(Layered, None)


def test_a_bar_lies_exactly_under_its_days() -> None:
    scale = (
        Region("jan", None, (30, 20), days=(0, 30)),
        Region("feb", None, (30, 20), days=(31, 58)),
    )
    parts = (Box("a", 80, 40, days=(0, 19)), Box("b", 80, 40, days=(20, 58)))
    found = timeline(
        Sketch((*parts, Box("m", 90, 60, "diamond", days=(31, 31))), (), scale), NO_ENGINE
    )
    a_day = found.regions["jan"].width / 31
    assert found.boxes["a"].width == 20 * a_day
    assert found.boxes["b"].x == found.boxes["a"].right
    assert found.boxes["b"].right == found.regions["feb"].right
    assert found.boxes["m"].center[0] == found.regions["feb"].x + a_day / 2


def test_steps_stand_in_their_lanes_in_the_order_of_their_arrows() -> None:
    lanes = (Region("x", None, (60, 20), lane=True), Region("y", None, (60, 20), lane=True))
    parts = (*boxes("a", "c", region="x"), *boxes("b", region="y"))
    found = flow.arrange(Sketch(parts, links("ab", "bc"), lanes, "right"), NO_ENGINE)
    at = found.boxes
    assert found.regions["x"].bottom <= found.regions["y"].y
    assert all(found.regions["x"].contains(at[key]) for key in "ac")
    assert found.regions["y"].contains(at["b"])
    assert at["a"].right < at["b"].x


def test_a_column_has_the_room_that_was_asked_for() -> None:
    asked = Region("a", None, (60, 20), room=5)
    card = 60 + columns.CARD_GAP
    empty = columns.arrange(Sketch((), (), (Region("a", None, (60, 20)),))).regions["a"]
    roomy = columns.arrange(Sketch((), (), (asked,))).regions["a"]
    assert roomy.height >= 5 * card > empty.height
