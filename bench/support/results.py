"""The latest results, a section a part, in `bench/RESULTS.md`."""

import re
from collections.abc import Sequence
from pathlib import Path

from bench.support import machine
from bench.support.report import Table

FILE = Path(__file__).parents[1] / "RESULTS.md"
HEAD = (
    "# Latest results\n\nWritten by `make bench`; [README.md](README.md) says what is measured.\n"
)
SECTION = re.compile(r"^## (\w+)$", re.MULTILINE)


def keep(part: str, tables: Sequence[Table]) -> None:
    """Replace the part's section; the others stay as they are."""
    sections = _sections(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    facts = "\n".join(f"- {fact}" for fact in machine.description())
    sections[part] = "\n\n".join([facts, *(table.markdown() for table in tables)])
    text = "".join(f"\n## {name}\n\n{body.strip()}\n" for name, body in sorted(sections.items()))
    FILE.write_text(HEAD + text, encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    parts = SECTION.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
