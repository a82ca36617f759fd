"""Text widths are the browser's: figures measured in Chromium with the editor's own fonts."""

import threading

import pytest

from app.adapters.fonts import FontMeasure

EXCALIFONT, NUNITO, LILITA, COMIC_SHANNS = 5, 6, 7, 8
# Canvas widths in px at 20 px, from Chromium with the editor's woff2 files loaded.
MEASURED = [
    (EXCALIFONT, "Hello World", 103.16), (EXCALIFONT, "AVAToWe, office fi fl", 203.84),
    (EXCALIFONT, "Überprüfung ärgerlich", 203.5), (EXCALIFONT, "Готово?", 74.72),
    (EXCALIFONT, "naïve façade – “quotes”", 234.3), (EXCALIFONT, "Łódź Čapek", 111.6),
    (NUNITO, "Hello World", 111.36), (NUNITO, "AVAToWe, office fi fl", 186.04),
    (NUNITO, "12,345.67 €", 110.54), (NUNITO, "Готово?", 71.7),
    (NUNITO, "Nguyễn Văn Đạt", 149.56), (NUNITO, "Łódź Čapek", 105.18),
    (LILITA, "AVAToWe, office fi fl", 177.4), (LILITA, "12,345.67 €", 99.04),
    (COMIC_SHANNS, "Überprüfung ärgerlich", 231.0), (COMIC_SHANNS, "Łódź Čapek", 109.96),
]  # fmt: skip
TEXTS = ["Hello World", "AVAToWe, office fi fl", "Überprüfung ärgerlich", "12,345.67 €", "Готово?"]


@pytest.fixture(scope="module")
def measure() -> FontMeasure:
    return FontMeasure()


@pytest.mark.parametrize(("family", "text", "width"), MEASURED)
def test_widths_agree_with_the_browser(
    measure: FontMeasure, family: int, text: str, width: float
) -> None:
    assert measure.width(text, family, 20) == pytest.approx(width, abs=0.02)


def test_width_grows_with_the_size_alone(measure: FontMeasure) -> None:
    assert measure.width("abc", NUNITO, 40) == pytest.approx(2 * measure.width("abc", NUNITO, 20))


def test_chinese_and_japanese_characters_are_one_em_wide(measure: FontMeasure) -> None:
    assert measure.width("漢字かな", EXCALIFONT, 20) == 80


def test_what_no_font_knows_is_never_measured_too_narrow(measure: FontMeasure) -> None:
    assert measure.width("😀", NUNITO, 20) >= 20
    assert measure.width("", NUNITO, 20) == 0
    assert measure.width("e\u0301", NUNITO, 20) == measure.width("é", NUNITO, 20)


@pytest.mark.parametrize("family", [1, 2, 3, 4, 9, 99])
def test_fonts_that_are_not_shipped_are_measured_by_their_nearest(
    measure: FontMeasure, family: int
) -> None:
    assert measure.width("Hello", family, 20) >= measure.width("Hello", EXCALIFONT, 20)


def test_a_tab_is_eight_spaces(measure: FontMeasure) -> None:
    assert measure.width("a\tb", NUNITO, 20) == measure.width("a        b", NUNITO, 20)


def test_many_threads_get_the_same_answers(measure: FontMeasure) -> None:
    found: list[list[float]] = []

    def work() -> None:
        fresh = [measure.width(f"{text} {i}", NUNITO, 20) for i in range(40) for text in TEXTS]
        found.append(fresh)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 4
    assert all(widths == found[0] for widths in found)


def test_a_text_is_written_in_a_family_that_has_its_characters() -> None:
    fonts = FontMeasure()
    assert fonts.family_for("Order", COMIC_SHANNS) == COMIC_SHANNS
    assert fonts.family_for("Überprüfung", COMIC_SHANNS) == COMIC_SHANNS
    assert fonts.family_for("Готово?", COMIC_SHANNS) == NUNITO
    assert fonts.family_for("Готово?", LILITA) == NUNITO
    assert fonts.family_for("Παραγγελία", NUNITO) == EXCALIFONT
    assert fonts.family_for("注文を確認する", NUNITO) == EXCALIFONT
    assert fonts.family_for("注文 → 確認", EXCALIFONT) == EXCALIFONT
    assert fonts.family_for("طلب جديد", NUNITO) == NUNITO


def test_fonts_of_older_drawings_are_kept() -> None:
    assert FontMeasure().family_for("Готово?", 1) == 1
