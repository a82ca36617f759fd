"""The plan's JSON schema in the form that model servers can compile into a grammar."""

from functools import cache
from typing import Any

from app.domain.kinds import KINDS
from app.domain.planning.kinds import plan_schema as whole_schema

# Bounds are checked when the answer is read. In a grammar, `maxItems: 500` is unrolled into
# thousands of rules, which llama.cpp refuses; defaults and titles only cost tokens. Lengths of
# texts are kept, as far as a label is long, so that a small model does not write on for ever.
LONGEST_TEXT = 160
DROPPED = frozenset(
    {
        "default",
        "description",
        "discriminator",
        "maximum",
        "maxItems",
        "minimum",
        "minLength",
        "title",
    }
)


@cache
def plan_schema() -> dict[str, Any]:
    """To change it, make a copy first."""
    return _slim_object(whole_schema(KINDS))


def _slim(value: Any) -> Any:
    if isinstance(value, list):
        return [_slim(item) for item in value]
    return _slim_object(value) if isinstance(value, dict) else value


def _slim_object(schema: dict[str, Any]) -> dict[str, Any]:
    slim: dict[str, Any] = {}
    for key, value in schema.items():
        if key in {"properties", "$defs"}:
            # Here the keys are names, not keywords: a property may be called `title`.
            slim[key] = {name: _slim(item) for name, item in value.items()}
        elif key == "maxLength":
            slim[key] = min(value, LONGEST_TEXT)
        elif key not in DROPPED:
            slim["anyOf" if key == "oneOf" else key] = _slim(value)
    if "op" in slim.get("properties", {}):
        # A default makes it optional, but without it the operations cannot be distinguished.
        slim["required"] = ["op", *(name for name in slim.get("required", []) if name != "op")]
    return slim
