"""`python -m bench [PART ...]`: measure, print a table a part, and keep the latest results.

`make bench` does it all; `make bench PART=jobs` one part. `bench/README.md` says what is measured.
"""

import argparse
import importlib
import sys

from rich.console import Console

from bench.support import machine, results
from bench.support.options import Options
from bench.support.report import Table

PARTS = ("jobs", "drawing", "realtime", "canvas")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="small numbers, nothing is kept")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    options = Options(chosen.repetitions, chosen.quick)
    for part in chosen.parts or PARTS:
        tables = _measure(part, options)
        if not options.quick:
            results.keep(part, tables)
    return 0


def _measure(part: str, options: Options) -> list[Table]:
    console = Console(width=150)
    console.rule(part)
    busy = machine.warning()
    tables: list[Table] = importlib.import_module(f"bench.{part}").run(options)
    for table in tables:
        if busy:
            table.notes.append(busy)
        console.print(table.shown())
        for note in table.notes:
            console.print(f"- {note}", style="dim")
    return tables


if __name__ == "__main__":
    sys.exit(main())
