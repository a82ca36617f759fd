"""What each layout is known for, beside the guarantees that hold for all of them."""

from itertools import pairwise

from app.domain.layout import (
    cells,
    chain,
    columns,
    fallback,
    tree,
)
from app.domain.layout.geometry import Rect, path_crosses
from app.domain.layout.model import Arrangement, Box, Direction, Link, Region, Sketch
from app.domain.layout.tips import assign, backward


def boxes(*names: str, **more: object) -> tuple[Box, ...]:
    return tuple(Box(name, 100, 40, **more) for name in names)  # type: ignore[arg-type]


def links(*pairs: str) -> tuple[Link, ...]:
    return tuple(Link(pair, pair[0], pair[1]) for pair in pairs)


def below(upper: Rect, lower: Rect) -> bool:
    return lower.y >= upper.bottom


FAMILY = Sketch(boxes(*"rabcde"), links("ra", "rb", "ac", "ad", "be"))


def test_a_parent_stands_centred_above_its_children() -> None:
    found = tree.arrange(FAMILY)
    at = found.boxes
    assert below(at["r"], at["a"])
    assert at["a"].y == at["b"].y
    assert at["a"].center[0] == (at["c"].center[0] + at["d"].center[0]) / 2
    assert found.routes["ra"].points[0] == (at["r"].center[0], at["r"].bottom)


def test_an_arrow_to_a_child_nearly_below_has_no_small_step() -> None:
    wide = [Box("r", 100, 40), Box("a", 160, 40), Box("b", 100, 40), Box("c", 130, 40)]
    wide.append(Box("d", 100, 40))
    found = tree.arrange(Sketch(tuple(wide), links("ra", "rb", "rc", "bd")))
    assert found.boxes["b"].center[0] != found.boxes["r"].center[0]
    assert len(found.routes["rb"].points) == 2
    assert found.boxes["b"].x < found.routes["rb"].points[-1][0] < found.boxes["b"].right


def test_ways_of_the_fallback_that_do_not_pass_each_other_share_a_lane() -> None:
    chain_ = [f"{a}{b}" for a, b in pairwise("abcdefgh")]
    far = [Link(f"{a}{b}x", a, b) for a, b in ("ac", "df", "fh")]
    found = fallback.arrange(Sketch(boxes(*"abcdefgh"), (*links(*chain_), *far)))
    right = max(rect.right for rect in found.boxes.values())
    lanes = {x for link in far for x, _ in found.routes[link.id].points if x > right}
    assert len(lanes) < len(far)


def test_a_tree_grows_in_every_direction() -> None:
    def root_and_leaf(direction: Direction) -> tuple[Rect, Rect]:
        at = tree.arrange(Sketch(FAMILY.boxes, FAMILY.links, (), direction)).boxes
        return at["r"], at["c"]

    root, leaf = root_and_leaf("up")
    assert below(leaf, root)
    root, leaf = root_and_leaf("right")
    assert leaf.x > root.right
    root, leaf = root_and_leaf("left")
    assert leaf.right < root.x


def test_a_wide_tree_stacks_its_leaves() -> None:
    names = [f"t{i}" for i in range(8)]
    leaves = [f"{t}.{k}" for t in names for k in range(4)]
    all_links = [Link(f"r{t}", "r", t) for t in names]
    all_links += [Link(leaf, leaf.split(".")[0], leaf) for leaf in leaves]
    found = tree.arrange(Sketch(boxes("r", *names, *leaves), tuple(all_links)))
    at = found.boxes
    assert at["t0.0"].x == at["t0.3"].x
    assert below(at["t0.0"], at["t0.1"])
    assert found.bounds().width < len(leaves) * 140 / 2


def test_a_chain_as_long_as_a_plan_may_be_is_no_trouble() -> None:
    names = [f"n{i}" for i in range(500)]
    chain = tuple(Link(b, a, b) for a, b in pairwise(names))
    assert len(tree.arrange(Sketch(boxes(*names), chain)).boxes) == 500


def test_a_kanban_board_has_columns_of_one_height() -> None:
    regions = (Region("x", None, (60, 20)), Region("y", None, (60, 20)))
    cards = (*boxes("a", "b", region="x"), *boxes("c", region="y"))
    found = columns.arrange(Sketch(cards, (), regions))
    assert found.regions["x"].height == found.regions["y"].height
    assert found.boxes["a"].width == found.boxes["b"].width
    assert below(found.boxes["a"], found.boxes["b"])
    assert found.regions["x"].contains(found.boxes["b"])


def test_a_table_has_no_gaps_and_keeps_given_cells() -> None:
    given = (Box("a", 50, 20, column=0, row=0), Box("b", 90, 30, column=1, row=0),
             Box("c", 70, 20, column=0, row=1))  # fmt: skip
    at = cells.bordered(Sketch(given)).boxes
    assert at["a"].right == at["b"].x
    assert at["a"].height == at["b"].height == 30
    assert at["c"].width == at["a"].width == 70


def test_two_boxes_that_ask_for_one_cell_both_get_a_place() -> None:
    given = tuple(Box(name, 50, 20, column=1, row=1) for name in "abc")
    at = cells.spaced(Sketch(given)).boxes
    assert len({(rect.x, rect.y) for rect in at.values()}) == 3


def test_links_back_are_found_and_leave_at_a_flank() -> None:
    cycle = Sketch(boxes(*"abc"), links("ab", "bc", "ca"))
    assert backward(cycle) == {"ca"}
    sides = assign(cycle)
    assert sides["ca", "source"] == sides["ca", "target"] == "EAST"


def test_yes_goes_straight_on() -> None:
    decision = Sketch(
        (Box("d", 100, 60, "diamond"), *boxes("n", "y")),
        (Link("no", "d", "n", None, "No"), Link("yes", "d", "y", None, "Yes")),
    )
    sides = assign(decision)
    assert (sides["yes", "source"], sides["no", "source"]) == ("SOUTH", "EAST")


def test_the_fallback_keeps_regions_apart_in_linear_time() -> None:
    names = [f"n{i}" for i in range(400)]
    parts = tuple(Box(n, 80, 40, region=f"g{i % 5}") for i, n in enumerate(names))
    regions = tuple(Region(f"g{i}", None, (50, 20)) for i in range(5))
    ring = tuple(Link(a, a, b) for a, b in pairwise([*names, names[0]]))
    found: Arrangement = fallback.arrange(Sketch(parts, ring, regions))
    assert len(found.routes) == 400
    areas = list(found.regions.values())
    assert not any(a.overlaps(b) for i, a in enumerate(areas) for b in areas[i + 1 :])


def test_a_hairball_of_the_fallback_does_not_grow_in_height_with_its_links() -> None:
    names = [chr(97 + i) for i in range(20)]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i % 3 :: 3] if a != b]
    some, all_ = (
        fallback.arrange(Sketch(boxes(*names), tuple(Link(a + b, a, b) for a, b in chosen)))
        for chosen in (list(pairwise(names)), [*pairwise(names), *pairs])
    )
    assert all_.bounds().height < 2 * some.bounds().height
    for key, route in all_.routes.items():
        foreign = [rect for name, rect in all_.boxes.items() if name not in key]
        assert not any(path_crosses(route.points, rect) for rect in foreign)


def test_a_long_chain_is_wrapped_into_rows_with_straight_arrows() -> None:
    names = "abcdefghijk"
    pairs = [a + b for a, b in pairwise(names)]
    sketch = Sketch(boxes(*names), links(*pairs), (), "right")
    line = chain.ordered(sketch)
    assert line is not None
    found = chain.arrange(line, sketch)
    area = found.bounds()
    assert area.width < 3.5 * area.height
    assert all(len(route.points) == 2 for route in found.routes.values())
    rects = list(found.boxes.values())
    assert not any(a.overlaps(b) for i, a in enumerate(rects) for b in rects[i + 1 :])


def test_only_a_chain_is_wrapped() -> None:
    names = "abcdefghijk"
    pairs = [a + b for a, b in pairwise(names)]
    assert chain.ordered(Sketch(boxes(*names), links(*pairs, "ka"))) is None
    assert chain.ordered(Sketch(boxes(*names), links(*pairs[:-1], "ac"))) is None
    assert chain.ordered(Sketch(boxes(*"abc"), links("ab", "bc"))) is None
