"""Write both ends' vocabulary of synchronisation from contract/sync.json, or check it.

usage: sync_vocabulary.py [--check]

Neither end reads the file at run time: the server's rules do no I/O, and the client gets its types.
"""

import json
import sys
from pathlib import Path
from textwrap import fill
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "contract" / "sync.json"
PYTHON = ROOT / "backend" / "app" / "domain" / "sync" / "vocabulary.py"
TYPESCRIPT = ROOT / "frontend" / "src" / "sync" / "vocabulary.ts"
WHAT = "The words that both ends of synchronisation share: contract/sync.json, by `make types`."
TYPES = """
export type ClientEvent = (typeof CLIENT_EVENTS)[number];
export type ServerEvent = (typeof SERVER_EVENTS)[number];
"""


def _modules() -> dict[Path, str]:
    """The text of each module: a constant for each key of the source."""
    source: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    python = typescript = ""
    for name, value in source.items():
        python += f"{name.upper()} = {_literal(value, '()')}\n"
        typescript += "// prettier-ignore\n"
        typescript += f"export const {name.upper()} = {_literal(value, '[]')} as const;\n"
    return {
        PYTHON: f'"""{WHAT}"""\n\n# fmt: off\n{python}',
        TYPESCRIPT: f"/** {WHAT} */\n{typescript}{TYPES}",
    }


def _literal(value: Any, brackets: str, depth: int = 1) -> str:
    """The same in both languages, but for the brackets of a list."""
    inner, outer = "    " * depth, "    " * (depth - 1)
    if isinstance(value, dict):
        pairs = (
            f"{inner}{_literal(k, '')}: {_literal(value[k], brackets, depth + 1)},\n" for k in value
        )
        return f"{{\n{''.join(pairs)}{outer}}}"
    if isinstance(value, list):
        items = " ".join(f"{json.dumps(item)}," for item in value)
        lines = fill(items, 100, initial_indent=inner, subsequent_indent=inner)
        return f"{brackets[0]}\n{lines}\n{outer}{brackets[1]}"
    return f"{value:_}" if isinstance(value, int) else json.dumps(value)


def main(arguments: list[str]) -> int:
    modules = _modules()
    if arguments == ["--check"]:
        old = [path for path, text in modules.items() if path.read_text(encoding="utf-8") != text]
        for path in old:
            sys.stderr.write(f"{path.relative_to(ROOT)} is not current: run `make types`\n")
        return 1 if old else 0
    for path, text in modules.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
