"""What is taken from the inside of libraries is listed, is as it was, and has a ceiling."""

import tomllib
from importlib.metadata import packages_distributions, version

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.architecture.sources import BACKEND, ROOT
from tests.forks.listed import AS_DOCUMENTED, FORKS, OPEN_SECRETS, Fork
from tests.forks.sources import digest, inherited, modules, private_names

PAGE = (ROOT / "docs/forks.md").read_text("utf-8")
DECLARED = {
    each.name: each
    for each in map(
        Requirement,
        tomllib.loads((BACKEND / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"],
    )
}
PARTS = [
    (fork.module, name, was)
    for fork in FORKS
    for name, was in (fork.replaces | fork.relies_on).items()
]
LIBRARIES = {
    package: packages_distributions()[package][0].lower()
    for package in {name.split(".")[0] for _, name, _ in PARTS}
}


def libraries_of(module: str) -> set[str]:
    return {
        library
        for package, library in LIBRARIES.items()
        if any(each == module and name.startswith(f"{package}.") for each, name, _ in PARTS)
    }


@pytest.mark.parametrize(("module", "name", "was"), PARTS)
def test_what_we_replace_or_rely_on_is_as_it_was(module: str, name: str, was: str) -> None:
    try:
        now = digest(name)
    except AttributeError:
        now = "gone"
    library = LIBRARIES[name.partition(".")[0]]
    assert now == was, (
        f"{library} {version(library)}: {name} is not what {module} was written for. Compare it "
        f"with what our module does, then write {now!r} in tests/forks/listed.py."
    )


def test_all_that_our_classes_take_from_a_forked_library_is_listed() -> None:
    taken = {
        module: {name for package, name in inherited(module) if package in LIBRARIES}
        for module in set(modules()) - AS_DOCUMENTED
    }
    listed = {fork.module: set(fork.replaces) for fork in FORKS if fork.replaces}
    assert {module: names for module, names in taken.items() if names} == listed


def test_nobody_else_touches_what_a_library_calls_private() -> None:
    touched = {(module, name) for module in modules() for name in private_names(module)}
    assert touched == set(OPEN_SECRETS)
    inside = {
        (module, name)
        for module in modules()
        for package, name in inherited(module)
        if package not in LIBRARIES and _is_private(name.rpartition(".")[2])
    }
    assert inside == set()


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.parametrize("library", sorted(LIBRARIES.values()))
def test_a_forked_library_has_a_ceiling(library: str) -> None:
    """From what is installed, which is what the digests are of, to below the next minor version."""
    bounds = {bound.operator: Version(bound.version) for bound in DECLARED[library].specifier}
    assert bounds.keys() == {">=", "<"}
    here = Version(version(library))
    assert here in DECLARED[library].specifier
    assert bounds[">="].release[:2] == here.release[:2]
    assert bounds["<"] <= Version(f"{here.major}.{here.minor + 1}")


def _range(library: str) -> str:
    bounds = sorted(DECLARED[library].specifier, key=lambda bound: bound.operator, reverse=True)
    return library + ",".join(map(str, bounds))


@pytest.mark.parametrize("fork", FORKS, ids=lambda fork: fork.module)
def test_the_page_says_what_each_fork_buys_and_how_to_give_it_up(fork: Fork) -> None:
    path = f"{fork.module.removeprefix('app.').replace('.', '/')}.py"
    assert (BACKEND / "app" / path).is_file()
    [row] = [line for line in PAGE.splitlines() if line.startswith(f"| `{path}`")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    wanted = {_range(library) for library in libraries_of(fork.module)}
    assert set(cells[1].replace("`", "").split("<br>")) == wanted
    assert all(cells[2:])
