"""The process that makes one uploaded picture harmless: its bytes in, JSON and two pictures out.

What a decoder may do wrong, it does here: with little memory, little time and nothing to steal.
"""

import io
import json
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_384
SHOWN_SIDE = 2_560  # nobody sees more on a canvas; what is larger is scaled down
SMALL_SIDE = 320
MAX_STORED, MAX_SMALL = 5 * 1024 * 1024, 64 * 1024
QUALITY, SMALL_QUALITY = 88, 75
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class PictureRefused(Exception):
    """The picture is not taken; the text says why, in words for the person."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform == "linux":  # elsewhere the system maps more than it uses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        head, *parts = cleaned(sys.stdin.buffer.read())
    except PictureRefused as error:
        head, parts = {"refused": str(error)}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(parts))


def cleaned(raw: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    """Facts, the picture as it will be shown, and a small one. Nothing else of `raw` is left."""
    image = _opened(raw)
    lossless = image.format in ("PNG", "GIF") or b"VP8L" in raw[:64]
    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))  # decodes no more pixels than it has to
    try:
        image.load()
        if image.mode in ("RGB", "RGBA", "L", "CMYK"):
            _shrink(image)  # before it is copied for anything else
        flat = _plain(image)
    except Exception as error:
        raise PictureRefused("The picture is damaged and cannot be shown.") from error
    _shrink(flat)
    media_type, content, flat = _within(MAX_STORED, flat, lossless=lossless, quality=QUALITY)
    small = flat.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    _, tiny, _ = _within(MAX_SMALL, small, lossless=False, quality=SMALL_QUALITY)
    facts = {"media_type": media_type, "width": flat.width, "height": flat.height}
    return {**facts, "length": len(content)}, content, tiny


def _shrink(image: Image.Image) -> None:
    image.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _opened(raw: bytes) -> Image.Image:
    """The picture, looked at but not decoded: its size is known before anything is unpacked."""
    warnings.simplefilter("ignore")
    if b"<svg" in raw[:4096].lower():
        raise PictureRefused("SVG pictures are not taken. Save it as PNG first.")
    try:
        image = Image.open(io.BytesIO(raw), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PictureRefused(_too_large()) from error
    except Exception as error:
        raise PictureRefused("This is not a PNG, JPEG, WebP or GIF picture.") from error
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise PictureRefused(_too_large())
    return image


def _too_large() -> str:
    return f"A picture has at most {MAX_PIXELS // 1_000_000} megapixels, {MAX_SIDE:,} a side."


def _plain(image: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, without anything that is not pixels."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    if turned.mode.startswith("I"):  # 16 bits a pixel, of which a screen shows 8
        turned = turned.point(lambda value: value * (1 / 256)).convert("L")
    alpha = turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info
    mode = "RGBA" if alpha else "RGB"
    if profile and turned.mode in ("RGB", "RGBA", "CMYK", "L"):
        turned = _in_srgb(turned, profile, "RGB" if turned.mode in ("CMYK", "L") else turned.mode)
    plain = turned.convert(mode)
    plain.info.clear()
    return plain


def _in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image  # colors a little off are better than no picture
    return converted or image


def _within(
    limit: int, image: Image.Image, *, lossless: bool, quality: int
) -> tuple[str, bytes, Image.Image]:
    """Encoded in at most so many bytes, with fewer pixels if need be."""
    while True:
        media_type, content = _encoded(image, lossless=lossless, quality=quality)
        if len(content) <= limit:
            return media_type, content, image
        if lossless and image.mode == "RGB":
            lossless = False
        else:
            image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


def _encoded(image: Image.Image, *, lossless: bool, quality: int) -> tuple[str, bytes]:
    out = io.BytesIO()
    if lossless or image.mode == "RGBA":
        image.save(out, "PNG", optimize=False, compress_level=6)
        return "image/png", out.getvalue()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return "image/jpeg", out.getvalue()


if __name__ == "__main__":
    main()
