"""Whose turn it is: how priority, age and fair share become one order, and what each may queue."""

# One step of priority is worth this much waiting, so higher runs first and nothing starves. A
# person's running job costs the same, so that among equals the one with the fewest goes first.
SECONDS_PER_STEP = 60

MAX_QUEUED_PER_USER = 50
MEMBER_PRIORITIES = (0, 3)
OPERATOR_PRIORITIES = (-10, 10)


def bounded_priority(wanted: int, *, operator: bool = False) -> int:
    """The priority a person of this role gets when asking for `wanted`."""
    lowest, highest = OPERATOR_PRIORITIES if operator else MEMBER_PRIORITIES
    return max(lowest, min(highest, wanted))
