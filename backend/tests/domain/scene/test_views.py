"""A scene seen from outside: described to a planner, as Mermaid, as SVG; and its faults."""

from xml.etree import ElementTree

import pytest

from app.domain.scene.describe import MAX_NODES, describe
from app.domain.scene.export_mermaid import to_mermaid_scene
from app.domain.scene.lint import CHECKS, lint
from app.domain.scene.looks import COLOR_SCHEMES, STYLES, look, readable
from app.domain.scene.palette import (
    HUES,
    PALETTE,
    contrast,
    in_dark,
    nearest_hue,
    readable_in_dark,
)
from app.domain.scene.place import Viewport
from app.domain.scene.svg import to_svg
from tests.domain.scene.drawing import SIGN_UP, Scene, drawn, edge, find, graph, group, node

ARCHITECTURE = graph(
    "architecture",
    [
        node("web", "Web app"), node("api", "API", group="back"),
        node("db", "Data", "ellipse", group="back"),
    ],
    [edge("web", "api", "HTTPS"), edge("api", "db", line="dashed")],
    groups=[group("back", "Backend")],
)  # fmt: skip


def test_a_scene_is_described_with_labels_groups_and_topology() -> None:
    context, aliases = describe(drawn(ARCHITECTURE))
    names = {n.label: n for n in context.nodes}
    assert {"Web app", "API", "Data", "Backend"} == set(names)
    assert names["API"].group == names["Backend"].alias
    assert names["Backend"].shape == "group"
    triples = {(e.source, e.target, e.label) for e in context.edges}
    assert (names["Web app"].alias, names["API"].alias, "HTTPS") in triples
    assert set(aliases) == {n.alias for n in context.nodes} | {e.alias for e in context.edges}


def test_shapes_are_told_with_their_rough_place() -> None:
    context, _ = describe(
        drawn(graph("flowchart", [node(n, n) for n in "abc"], [edge("a", "b"), edge("b", "c")]))
    )
    assert [n.place for n in context.nodes] == ["top", "center", "bottom"]
    alone, _ = describe(drawn(graph("flowchart", [node("a", "a")])))
    assert [n.place for n in alone.nodes] == [""]


def test_selecting_a_text_selects_its_shape_and_the_selection_comes_first() -> None:
    scene = drawn(SIGN_UP)
    text = next(e for e in scene if e.get("text") == "Resend")
    context, aliases = describe(scene, [text["id"]])
    assert [n.label for n in context.selected] == ["Resend"]
    assert context.nodes[0].label == "Resend"
    assert aliases["n1"] == find(scene, "Resend")["id"]


def test_what_is_out_of_view_is_marked_and_what_does_not_fit_is_counted() -> None:
    many = drawn(graph("grid", [node(f"n{i}") for i in range(MAX_NODES + 50)]))
    context, _ = describe(many, viewport=Viewport(0, 0, 300, 200))
    assert context.nodes[0].visible
    assert not context.nodes[-1].visible
    assert (context.hidden_nodes, context.truncated) == (50, True)


def test_activations_count_as_their_participant() -> None:
    scene = drawn(graph("sequence", [node("a", "Ana"), node("b", "Ben")], [edge("a", "b", "hi")]))
    context, _ = describe(scene)
    names = {n.label: n.alias for n in context.nodes}
    assert set(names) == {"Ana", "Ben"}
    assert [(e.source, e.target) for e in context.edges] == [(names["Ana"], names["Ben"])]


def test_a_cards_rows_are_not_shapes_of_their_own() -> None:
    context, _ = describe(drawn(graph("er", [node("a", "Order", rows=["id", "total"])])))
    assert [n.label for n in context.nodes] == ["Order"]


def test_mermaid_has_groups_shapes_labels_and_lines() -> None:
    text = to_mermaid_scene(drawn(ARCHITECTURE))
    assert text.startswith("flowchart ")
    assert "subgraph n" in text
    assert '["Backend"]' in text
    assert '(["Data"])' in text
    assert '-->|"HTTPS"|' in text
    assert " -.-> " in text


def test_mermaid_quotes_what_would_be_syntax() -> None:
    plan = graph(
        "flowchart", [node("a", 'end "x"; <b>'), node("b", "graph")], [edge("a", "b", "|&|")]
    )
    text = to_mermaid_scene(drawn(plan))
    assert "<b>" not in text
    assert '"end #34;x#34;#59; #60;b#62;"' in text
    assert '["graph"]' in text


def test_svg_is_well_formed_whole_and_without_outside_references() -> None:
    plan = graph(
        "flowchart", [node("a", '<script>"&'), node("b", "B", "diamond")], [edge("a", "b", "x")]
    )
    for style in STYLES:
        text = to_svg(drawn(plan, style=style))
        root = ElementTree.fromstring(text)  # noqa: S314 (our own output)
        assert root.tag.endswith("svg")
        assert "<script>" not in text
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "".join(root.itertext()).count('<script>"&') == 1


def test_svg_leaves_a_gap_in_an_arrow_for_its_label() -> None:
    assert "clip-path" in to_svg(
        drawn(graph("tree", [node("a"), node("b")], [edge("a", "b", "x")]))
    )


@pytest.fixture
def scene() -> Scene:
    return [dict(e) for e in drawn(SIGN_UP)]


def checks(scene: Scene) -> set[str]:
    report = lint(scene)
    assert report.score == 100 or report.findings
    return {finding.check for finding in report.findings}


def test_a_good_drawing_has_no_findings(scene: Scene) -> None:
    assert lint(scene).score == 100


def test_each_fault_is_found_under_its_name(scene: Scene) -> None:
    def broken(label: str, **changes: object) -> set[str]:
        copy = [dict(e) for e in scene]
        find(copy, label).update(changes)
        return checks(copy)

    assert "overlap" in broken("Resend", **{k: find(scene, "Dashboard")[k] for k in ("x", "y")})
    assert "text_overflow" in broken("Dashboard", width=30)
    assert "unbound_arrow" in broken("Dashboard", boundElements=[])
    form, error = find(scene, "Fills sign-up form"), find(scene, "Show error")
    wall = {"x": error["x"] - 10, "y": form["y"] + form["height"] + 80, "height": 20, "width": 900}
    assert "arrow_through_shape" in broken("Visitor opens landing page", **wall)
    label = next(e for e in scene if e.get("text") == "no")
    assert "label_on_node" in broken("Resend", x=label["x"], y=label["y"])
    faint = [e | ({"strokeColor": "#d0ebff"} if e.get("text") == "Resend" else {}) for e in scene]
    assert checks(faint) == {"low_contrast"}
    labels = [e for e in scene if e.get("text") in ("yes", "no")]
    moved = [
        e | ({"x": labels[0]["x"], "y": labels[0]["y"]} if e is labels[1] else {}) for e in scene
    ]
    assert checks(moved) == {"label_on_label"}


def test_only_findings_about_the_focus_are_reported(scene: Scene) -> None:
    find(scene, "Resend").update({k: find(scene, "Dashboard")[k] for k in ("x", "y")})
    assert lint(scene, [find(scene, "Show error")["id"]]).findings == ()
    assert {f.check for f in lint(scene).findings} <= set(CHECKS)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("colors", COLOR_SCHEMES)
def test_text_is_readable_in_every_style_scheme_color_and_role(style: str, colors: str) -> None:
    chosen = look(style, colors)
    for color in ("default", "black", *HUES):
        for role in ("step", "decision", "end", "note", "header", "card", "marker"):
            assert readable(chosen.shape(color, role))
        for depth in (0, 1):
            assert readable(chosen.area(color, depth))
        line = chosen.line(color)
        assert readable(line)
        assert contrast(line.ink, PALETTE["gray"][0]) >= 4.5


def test_no_two_styles_and_no_two_schemes_look_the_same() -> None:
    def face(style: str, colors: str) -> tuple[object, ...]:
        one = look(style, colors)
        return one.shape(), one.family, one.roughness, one.rounded, one.arrowhead

    faces = {face(style, colors) for style in STYLES for colors in COLOR_SCHEMES}
    assert len(faces) == len(STYLES) * len(COLOR_SCHEMES)


def test_colors_are_called_what_a_person_would_call_them() -> None:
    assert [nearest_hue(c) for c in ("#ff0000", "#1e1e1e", "#999", "transparent", "#1971c2")] == [
        "red", "black", "gray", "default", "blue",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", COLOR_SCHEMES)
def test_words_stand_out_from_the_lines_of_a_hatching(scheme: str) -> None:
    creative = look("creative", scheme)
    for hue in HUES:
        paint = creative.shape(hue)
        assert paint.fill_style == "hachure"
        assert contrast(paint.ink, paint.background) > 6.5


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("scheme", COLOR_SCHEMES)
def test_words_can_be_read_in_the_dark_theme_too(style: str, scheme: str) -> None:
    assert in_dark("#ffffff") == "#121212"  # as a screenshot of the dark editor has it
    chosen = look(style, scheme)
    roles = ("step", "decision", "end", "note", "header", "marker", "card")
    for color in ("default", *HUES, "black"):
        paints = [chosen.shape(color, role) for role in roles]
        paints += [chosen.area(color, depth) for depth in (0, 1)] + [chosen.line(color)]
        for paint in paints:
            fill = "#ffffff" if paint.background == "transparent" else paint.background
            assert readable_in_dark(paint.ink, fill), (color, paint)
