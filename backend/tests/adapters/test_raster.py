"""Pictures: their size, their bounds, and that the text in them is in the editor's own fonts."""

import threading

import pytest

from app.adapters import raster
from app.adapters.fonts import EXCALIFONT, NUNITO, FontMeasure
from app.adapters.raster import MAX_PIXELS, MAX_SIDE, Rasterizer, fitting
from app.domain.errors import Unavailable
from tests.support.png import read_png

PICTURES = Rasterizer()


def svg(body: str = "", width: float = 200, height: float = 60) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="#fff"/>'
        f"{body}</svg>"
    )


def written(text: str, family: str, size: int = 40) -> str:
    font = f'font-family="{family}, sans-serif" font-size="{size}"'
    return svg(f'<text x="20" y="60" {font}>{text}</text>', 400, 90)


def test_a_picture_has_two_pixels_for_each_px() -> None:
    picture = read_png(PICTURES.to_png(svg('<rect x="50" width="25" height="60"/>')))
    assert (picture.width, picture.height) == (400, 120)
    assert picture.dark_columns() == list(range(100, 150))


@pytest.mark.parametrize(
    ("family", "number", "text"),
    [
        ("Nunito", NUNITO, "Überweisung"),
        ("Nunito", NUNITO, "Зробити"),
        ("Excalifont", EXCALIFONT, "Cold brew"),
        ("Excalifont", EXCALIFONT, "Готово"),
    ],
)
def test_text_is_as_wide_as_it_was_measured(family: str, number: int, text: str) -> None:
    ink = read_png(PICTURES.to_png(written(text, family))).dark_columns()
    drawn = (ink[-1] + 1 - ink[0]) / raster.SCALE
    # Ink is narrower than its advance by the white space at both ends of a word.
    assert 0 <= FontMeasure().width(text, number, 40) - drawn < 8


def test_a_large_drawing_is_scaled_down() -> None:
    picture = read_png(PICTURES.to_png(svg(width=9_000, height=30)))
    assert (picture.width, picture.height) == (MAX_SIDE, 27)


@pytest.mark.parametrize("size", [(100, 100), (9_000, 9_000), (1_000_000, 1), (0, 0), (1, 5e9)])
def test_no_picture_has_more_pixels_than_allowed(size: tuple[float, float]) -> None:
    scale = fitting(*size, raster.SCALE)
    width, height = (side * scale for side in size)
    assert 0 < scale <= raster.SCALE
    assert width * height <= MAX_PIXELS * 1.001
    assert max(width, height) <= MAX_SIDE * 1.001


def test_what_is_no_svg_ends_in_a_sentence() -> None:
    with pytest.raises(Unavailable, match="Export as SVG"):
        PICTURES.to_png("not an svg")


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    PICTURES.to_png(svg())
    monkeypatch.setattr(raster, "TIMEOUT_S", 0.001)
    with pytest.raises(Unavailable, match="could not be made"):
        PICTURES.to_png(svg())


def test_only_so_many_pictures_are_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = Rasterizer()
    release = threading.Event()
    inside = threading.Barrier(raster.AT_ONCE + 1)

    def wait(_question: bytes) -> bytes:
        inside.wait(60)
        release.wait(60)
        return b""

    monkeypatch.setattr(raster, "_run", wait)
    threads = [threading.Thread(target=busy.to_png, args=(svg(),)) for _ in range(raster.AT_ONCE)]
    for thread in threads:
        thread.start()
    inside.wait(60)
    monkeypatch.setattr(raster, "TIMEOUT_S", 0.05)
    try:
        with pytest.raises(Unavailable, match="Too many pictures"):
            busy.to_png(svg())
    finally:
        release.set()
        for thread in threads:
            thread.join(60)
