"""The containers' image without Docker: a folder with what the Dockerfile copies, and no more."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[3]
# Folders of an image (and what is mounted into a container) that commands name by their paths.
ABSOLUTE = re.compile(r"(?<![\w./-])/(srv|opt|data|run|tmp)\b")


@dataclass
class Stage:
    name: str
    copies: list[tuple[str, list[str], str]] = field(default_factory=list)
    """Stage (empty: the repository), sources, target."""
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def stages(dockerfile: str) -> list[Stage]:
    found: list[Stage] = []
    code = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", dockerfile, flags=re.MULTILINE))
    for line in filter(str.strip, code.splitlines()):
        instruction, _, rest = line.strip().partition(" ")
        match instruction:
            case "FROM":
                found.append(Stage(rest.partition(" AS ")[2]))
            case "COPY":
                *options, target = rest.split()
                origin = [o.removeprefix("--from=") for o in options if o.startswith("--from=")]
                sources = [option for option in options if not option.startswith("--")]
                found[-1].copies.append(("".join(origin), sources, target))
            case "ENV":
                found[-1].environment |= dict(pair.split("=", 1) for pair in rest.split())
            case "WORKDIR":
                found[-1].workdir = rest
            case "ENTRYPOINT":
                found[-1].entrypoint = json.loads(rest)
            case "CMD":
                found[-1].command = json.loads(rest)
            case "RUN" | "USER" | "EXPOSE" | "STOPSIGNAL":
                pass
            case _:
                raise ValueError(f"a test has to learn what {instruction} does")
    return found


def is_sent(path: str, patterns: list[str]) -> bool:
    """Whether the builder gets it: of the patterns of .dockerignore the last one decides."""
    sent = True
    for pattern in patterns:
        body = re.escape(pattern.removeprefix("!")).replace(r"\*\*/", "(?:.*/)?")
        body = body.replace(r"\*", "[^/]*")
        if re.fullmatch(f"{body}(/.*)?", path):
            sent = pattern.startswith("!")
    return sent


class Image:
    def __init__(self, root: Path) -> None:
        self.root = root
        lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        self._patterns = [line for line in lines if line and not line.startswith("#")]
        *self._earlier, self.last = stages((ROOT / "Dockerfile").read_text("utf-8"))

    def build(self) -> "Image":
        (self.root / "data").mkdir(parents=True)
        for stage, sources, target in self.last.copies:
            for source in sources:
                if stage:
                    self._take(stage, source, self.root / target.lstrip("/"))
                else:
                    self._copy(source, target)
        return self

    def _copy(self, source: str, target: str) -> None:
        here = ROOT / source
        there = self.root / target.lstrip("/")
        if here.is_file():
            there.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here, there)
            return

        def unsent(folder: str, names: list[str]) -> set[str]:
            """A folder of which something is sent is walked through."""
            at = Path(folder).relative_to(ROOT)
            return {name for name in names if not self._is_wanted((at / name).as_posix())}

        shutil.copytree(here, there, ignore=unsent, dirs_exist_ok=True)

    def _is_wanted(self, path: str) -> bool:
        inside = any(p.startswith(f"!{path}/") for p in self._patterns)
        return inside or is_sent(path, self._patterns)

    def _take(self, stage: str, source: str, target: Path) -> None:
        """What an earlier stage has made."""
        target.parent.mkdir(parents=True, exist_ok=True)
        if (stage, source) == ("client", "/build/dist"):
            target.symlink_to(ROOT / "frontend" / "dist")  # made by `make client`
        elif (stage, source) == ("packages", "/opt/venv"):
            [packages] = [made for made in self._earlier if made.name == "packages"]
            [(_, [requirements], _)] = packages.copies
            make_environment(target, ROOT / requirements)
        else:
            raise ValueError(f"a test has to learn how {stage} makes {source}")

    def environment(self) -> dict[str, str]:
        """What every process of the image has."""
        path = os.environ["PATH"]
        return {
            name: self.place(value).replace("$PATH", path)
            for name, value in self.last.environment.items()
        }

    def place(self, text: str, mounts: Path | None = None) -> str:
        """The text with paths of a container as paths of this machine."""

        def moved(match: re.Match[str]) -> str:
            is_mounted = mounts is not None and match[1] in {"run", "tmp"}
            return f"{mounts if is_mounted else self.root}/{match[1]}"

        return ABSOLUTE.sub(moved, text)


def make_environment(target: Path, requirements: Path) -> None:
    """A virtual environment with the locked packages alone, each borrowed from ours."""
    make = [sys.executable, "-m", "venv", "--without-pip", str(target)]
    subprocess.run(make, check=True)
    [packages] = target.glob("lib/python*/site-packages")
    names = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", requirements.read_text("utf-8"), re.MULTILINE)
    for name in names:
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # of another platform
        for top in {file.parts[0] for file in found.files or () if file.parts[0] != ".."}:
            if not (packages / top).exists():
                (packages / top).symlink_to(str(found.locate_file(top)))
