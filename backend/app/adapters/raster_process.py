"""The process that turns one SVG into a picture: options as JSON and the SVG in, a PNG out."""

import json
import sys

import resvg_py


def main() -> None:
    options = json.loads(sys.stdin.buffer.readline())
    svg = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=svg, **options))


if __name__ == "__main__":
    main()
