"""Write the client's types of the HTTP API again, or check offline that they are current.

usage: api_types.py [--check]

The document comes from the Flask application itself, without a server. The written file begins
with the document's digest, so that a check needs neither Node nor a network.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "backend"))

from app.config.settings import Settings  # noqa: E402
from app.factory import create_app  # noqa: E402

FRONTEND = ROOT / "frontend"
TYPES = FRONTEND / "src" / "types" / "openapi.ts"
GENERATOR = (
    ROOT / "scripts" / "api-types" / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
)
PRETTIER = FRONTEND / "node_modules" / "prettier" / "bin" / "prettier.cjs"
HEADER = """\
/** The HTTP API as its OpenAPI document describes it; written by `make types`. */
// made from: {digest}
"""


def _document() -> str:
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            database_url="",
            redis_url="",
            data_dir=Path(directory),
            log_level="ERROR",
        )
        return json.dumps(create_app(settings).spec, sort_keys=True)  # type: ignore[attr-defined]


def _header(document: str) -> str:
    return HEADER.format(digest=hashlib.sha256(document.encode()).hexdigest())


def _node(text: str, *command: str | Path) -> str:
    done = subprocess.run(  # noqa: S603
        ["node", *command],  # noqa: S607 - the Makefile puts it on the PATH
        input=text, text=True, check=True, stdout=subprocess.PIPE, cwd=FRONTEND,
    )  # fmt: skip
    return done.stdout


def main(arguments: list[str]) -> int:
    document = _document()
    header = _header(document)
    if arguments == ["--check"]:
        if TYPES.is_file() and TYPES.read_text(encoding="utf-8").startswith(header):
            return 0
        sys.stderr.write(f"{TYPES.relative_to(ROOT)} is not current: run `make types`\n")
        return 1
    # What has a default may be left out of a request.
    flags = ("--alphabetize", "--default-non-nullable=false")
    written = header + _node(document, GENERATOR, *flags)
    formatted = _node(written, PRETTIER, "--stdin-filepath", TYPES)
    TYPES.write_text(formatted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
