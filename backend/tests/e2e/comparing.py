"""Whether people see the same: editor, session and server, compared object for object."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.e2e.person import Person

Scene = Sequence[dict[str, Any]]


def wait_until(person: Person, holds: Callable[[], bool], what: str) -> None:
    assert try_until(person, holds), what


def try_until(person: Person, holds: Callable[[], bool], seconds: float = 20) -> bool:
    for _ in range(int(seconds * 10)):
        if holds():
            return True
        person.page.wait_for_timeout(100)
    return holds()


def differences(one: Scene, other: Scene) -> list[str]:
    """What `one` and `other` have unlike, in words; the order counts."""
    left, right = ({element["id"]: element for element in scene} for scene in (one, other))
    found = [f"{key} is in one of both only" for key in left.keys() ^ right.keys()]
    for key in left.keys() & right.keys():
        a, b = left[key], right[key]
        found += [
            f"{a['type']} {key} {name}: {a.get(name)!r} and {b.get(name)!r}"
            for name in sorted(a.keys() | b.keys())
            if a.get(name) != b.get(name)
        ]
    orders = [[key for key in scene if key in left and key in right] for scene in (left, right)]
    if orders[0] != orders[1]:
        found.append(f"the order: {orders[0]} and {orders[1]}")
    return found
