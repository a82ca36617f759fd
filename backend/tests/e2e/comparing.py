"""Whether people see the same: editor, session and server, compared object for object."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.e2e.person import Person

Scene = Sequence[dict[str, Any]]


def try_until(person: Person, holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it holds in the end: what is unlike is for the caller to say."""
    for _ in range(int(seconds * 10)):
        if holds():
            return True
        person.pause(0.1)
    return holds()


def differences(one: Scene, other: Scene) -> list[str]:
    """What `one` and `other` have unlike, in words; the order counts."""
    left, right = ({element["id"]: element for element in scene} for scene in (one, other))
    found = [f"{left[key]['type']} {key} is missing" for key in left.keys() - right.keys()]
    found += [f"{right[key]['type']} {key} is one more" for key in right.keys() - left.keys()]
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
