"""Pictures in an SVG, and scenes made simple enough for a small picture of them."""

from xml.etree import ElementTree as ET

import pytest

from app.domain.scene.preview import MAX_ELEMENTS, MAX_PICTURES, MAX_POINTS, simplified_scene
from app.domain.scene.svg import to_svg
from app.domain.scene.validate import validate_element
from tests.support.elements import image, label, rectangle

FILE = "ab" * 32
ADDRESS = "data:image/png;base64,iVBORw0KGgo="
SVG = "{http://www.w3.org/2000/svg}"


def drawn(**changes: object) -> ET.Element:
    element = validate_element(image("i", FILE, **changes))
    return ET.fromstring(to_svg([element], pictures={FILE: ADDRESS}))  # noqa: S314  our own


def test_a_picture_is_embedded_over_its_place() -> None:
    [found] = drawn().iter(f"{SVG}image")
    assert found.attrib["href"] == ADDRESS
    place = [found.attrib[name] for name in ("x", "y", "width", "height")]
    assert place == ["10", "20", "120", "60"]


def test_without_its_picture_an_image_is_an_empty_frame() -> None:
    tree = ET.fromstring(to_svg([validate_element(image("i", None))]))  # noqa: S314
    assert not list(tree.iter(f"{SVG}image"))
    assert list(tree.iter(f"{SVG}rect"))


def test_a_cropped_picture_shows_its_part_only() -> None:
    crop = {"x": 5, "y": 6, "width": 50, "height": 40, "naturalWidth": 200, "naturalHeight": 100}
    tree = drawn(crop=crop)
    [part] = [child for child in tree.iter(f"{SVG}svg") if child is not tree]
    assert part.attrib["viewBox"] == "5 6 50 40"
    [found] = part.iter(f"{SVG}image")
    assert (found.attrib["width"], found.attrib["height"]) == ("200", "100")


@pytest.mark.parametrize(
    ("scale", "transform"),
    [([-1, 1], "translate(140 0) scale(-1 1)"), ([1, -1], "translate(0 100) scale(1 -1)")],
)
def test_a_picture_turned_over_is_mirrored_about_its_own_middle(
    scale: list[int], transform: str
) -> None:
    assert transform in {group.attrib.get("transform") for group in drawn(scale=scale).iter()}


def test_of_a_large_scene_the_largest_things_are_pictured() -> None:
    many = [validate_element(rectangle(f"s{i}", width=5, height=5)) for i in range(3_000)]
    big = validate_element(rectangle("big", width=900))
    assert len(simplified_scene([*many, big])) == MAX_ELEMENTS
    assert simplified_scene([*many, big])[0]["id"] == "big"
    pictures = [validate_element(image(f"i{i}", FILE)) for i in range(MAX_PICTURES + 5)]
    assert len(simplified_scene(pictures)) == MAX_PICTURES


def test_strokes_and_texts_are_cut_short_in_small_pictures() -> None:
    points = [[i, i % 7] for i in range(5_000)]
    stroke = validate_element(rectangle("f", type="freedraw", points=points))
    [thin] = simplified_scene([stroke])
    assert len(thin["points"]) <= MAX_POINTS + 1
    assert (thin["points"][0], thin["points"][-1]) == ([0, 0], points[-1])
    [short] = simplified_scene([validate_element(label("t", "a", "word " * 1_000))])
    assert len(short["text"]) == 300
