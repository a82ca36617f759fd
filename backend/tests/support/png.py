"""Reads the pixels of a PNG: 8 bits, RGBA, not interlaced, which is what our pictures are."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    rows: list[bytes]

    def dark_columns(self, limit: int = 128) -> list[int]:
        """x of every column that has a pixel darker than the limit."""
        return [
            x
            for x in range(self.width)
            if any(max(row[4 * x : 4 * x + 3]) < limit for row in self.rows)
        ]


def read_png(data: bytes) -> Picture:
    assert data.startswith(SIGNATURE)
    chunks = list(_chunks(data))
    width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, color, interlaced) == (8, 6, 0)
    raw = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    step = 4 * width
    rows: list[bytes] = []
    before = bytes(step)
    for start in range(0, height * (step + 1), step + 1):
        before = _unfiltered(raw[start], raw[start + 1 : start + 1 + step], before)
        rows.append(before)
    return Picture(width, height, rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(SIGNATURE)
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        yield data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        position += 12 + length


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    out = bytearray(line)
    for i in range(len(out)):
        a, b = (out[i - 4] if i >= 4 else 0), above[i]
        c = above[i - 4] if i >= 4 else 0
        add = (0, a, b, (a + b) // 2, _paeth(a, b, c))[kind]
        out[i] = (out[i] + add) & 255
    return bytes(out)


def _paeth(a: int, b: int, c: int) -> int:
    estimate = a + b - c
    return min((a, b, c), key=lambda value: abs(estimate - value))
