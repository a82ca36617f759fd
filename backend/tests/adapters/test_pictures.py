"""Uploads are made again out of their pixels; what is no picture, or a trap, is refused."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from app.adapters import picture_process, pictures
from app.adapters.pictures import clean_picture
from app.domain.errors import InvalidFile, Unavailable
from tests.support.pictures import bomb, opened, picture

SCRIPT = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("kind", "stored"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/jpeg"), ("GIF", "image/png")],
)
def test_each_kind_that_people_paste_is_kept_as_one_that_everything_shows(
    kind: str, stored: str
) -> None:
    clean = clean_picture(picture(kind))
    assert (clean.media_type, clean.width, clean.height) == (stored, 40, 30)
    shown = opened(clean.content)
    assert (shown.get_format_mimetype(), shown.size) == (stored, (40, 30))
    red, green, blue = shown.convert("RGB").getpixel((20, 15))
    assert max(abs(red - 0x19), abs(green - 0x71), abs(blue - 0xC2)) < 12
    assert max(opened(clean.small).size) <= picture_process.SMALL_SIDE


def test_transparency_stays_and_lossless_webp_stays_lossless() -> None:
    clear = clean_picture(picture("WEBP", mode="RGBA", color=(10, 20, 30, 40)))
    assert clear.media_type == "image/png"
    assert opened(clear.content).getpixel((1, 1))[3] == 40
    assert clean_picture(picture("WEBP", lossless=True)).media_type == "image/png"


def test_of_an_animation_the_first_frame_is_kept() -> None:
    later = [Image.new("RGB", (40, 30), "red")]
    clean = clean_picture(picture("GIF", color="blue", save_all=True, append_images=later))
    shown = opened(clean.content)
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((5, 5)) == (0, 0, 255)


def test_what_a_camera_writes_beside_the_picture_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera at 52.5 north"  # turned by 90 degrees
    raw = picture("JPEG", exif=exif, comment=b"a secret comment")
    assert b"52.5 north" in raw
    clean = clean_picture(raw)
    assert (clean.width, clean.height) == (30, 40)
    assert b"52.5 north" not in clean.content
    assert b"secret" not in clean.content
    assert not opened(clean.content).getexif()


def test_text_in_a_png_and_whatever_follows_the_picture_is_gone() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "a secret comment")
    clean = clean_picture(picture(pnginfo=notes) + SCRIPT)
    assert b"secret" not in clean.content
    assert b"script" not in clean.content


@pytest.mark.parametrize("space", ["sRGB", "LAB", None])
def test_a_color_profile_is_applied_and_gone_and_a_wrong_one_does_no_harm(
    space: str | None,
) -> None:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes() if space else b"junk"
    raw = picture(icc_profile=made)
    assert b"iCCP" in raw
    clean = clean_picture(raw)
    assert b"iCCP" not in clean.content
    assert opened(clean.content).getpixel((3, 3)) == (0x19, 0x71, 0xC2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_way_to_store_pixels_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")
    assert opened(clean_picture(out.getvalue()).content).mode in ("RGB", "RGBA")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not a PNG"),
        (b"hello", "not a PNG"),
        (SCRIPT, "not a PNG"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (picture("TIFF"), "not a PNG"),
        (picture("BMP"), "not a PNG"),
        (picture(size=(200, 200))[:150], "damaged"),
        (picture("JPEG", size=(20_000, 2)), "megapixels"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(raw: bytes, says: str) -> None:
    with pytest.raises(InvalidFile, match=says):
        clean_picture(raw)


def test_a_bomb_of_a_hundred_megapixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = bomb(10_000, 10_000)
    assert len(raw) < 200_000
    with pytest.raises(InvalidFile, match="40 megapixels"):
        clean_picture(raw)
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("it was unpacked"))
    with pytest.raises(picture_process.PictureRefused):
        picture_process.cleaned(raw)


def test_large_pictures_are_made_smaller_and_never_take_more_room_than_allowed() -> None:
    noise = Image.frombytes("RGBA", (1_500, 1_500), os.urandom(1_500 * 1_500 * 4))
    out = io.BytesIO()
    noise.save(out, "PNG", compress_level=1)
    clean = clean_picture(out.getvalue())
    assert len(clean.content) <= picture_process.MAX_STORED
    assert len(clean.small) <= picture_process.MAX_SMALL
    wide = clean_picture(picture("JPEG", size=(6_000, 1_500)))
    assert (wide.width, wide.height) == (2_560, 640)


def test_a_decoder_that_crashes_takes_nobody_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures.sys, "executable", "/bin/false")
    with pytest.raises(InvalidFile, match="memory or time"):
        clean_picture(picture())
    monkeypatch.setattr(pictures.sys, "executable", "/nowhere/python")
    with pytest.raises(Unavailable):
        clean_picture(picture())


def test_the_process_that_decodes_knows_no_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret-that-only-tests-know")
    spy = tmp_path / "python"
    spy.write_text(f"#!/bin/sh\n/usr/bin/env > {tmp_path}/seen\nexit 1\n")
    spy.chmod(0o755)
    monkeypatch.setattr(pictures.sys, "executable", str(spy))
    with pytest.raises(InvalidFile):
        clean_picture(picture())
    assert "only-tests-know" not in (tmp_path / "seen").read_text()


def test_more_pictures_than_may_be_unpacked_at_once_wait_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "TIMEOUT_S", 0.01)
    for _ in range(pictures.AT_ONCE):
        pictures._turns.acquire()
    try:
        with pytest.raises(Unavailable, match="Too many"):
            clean_picture(picture())
    finally:
        pictures._turns.release(pictures.AT_ONCE)
