"""`python -m bench [PART ...]`: measure, print a table a part, keep the results."""

import argparse
import importlib
import sys

from bench.support.options import Options

PARTS = ("jobs", "drawing", "realtime", "canvas")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS)
    )
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="small numbers, nothing is kept")
    options = parser.parse_args()
    for part in options.parts or PARTS:
        module = importlib.import_module(f"bench.{part}")
        for table in module.run(Options(options.repetitions, options.quick)):
            table.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
