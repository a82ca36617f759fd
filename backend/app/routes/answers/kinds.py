"""What answers say about kinds of jobs: read from the registry whenever a document is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.domain.jobs.lifecycle import TERMINAL, JobStatus
from app.services.jobs.kinds import JOB_KINDS


@dataclass(frozen=True)
class FromKinds:
    """Changes what the document says of a type."""

    change: Callable[[JsonSchemaValue], JsonSchemaValue]

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self.change(handler(schema))


def phases() -> list[str]:
    """All that a job may be in, in their order."""
    ends = [status for status in JobStatus if status in TERMINAL]
    of_kinds = [phase for kind in JOB_KINDS.values() for phase in kind.phases]
    return list(dict.fromkeys([JobStatus.QUEUED, *of_kinds, *ends]))


def one_for_each_kind(made: JsonSchemaValue) -> JsonSchemaValue:
    """Of a dictionary: a key for each kind that is listed."""
    keys = [kind.id for kind in JOB_KINDS.values() if kind.listed]
    each = made["additionalProperties"]
    return {"type": "object", "properties": dict.fromkeys(keys, each), "required": keys}


def with_fields_of(
    models: Sequence[type[BaseModel]], schema: CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """An object that has what any of these models has; any field may be left out."""
    fields: dict[str, list[JsonSchemaValue]] = {}
    for model in models:
        model.model_rebuild()
        made = handler.resolve_ref_schema(handler(model.__pydantic_core_schema__))
        for name, field in made["properties"].items():
            known = fields.setdefault(name, [])
            kept = field if name in made.get("required", ()) else _without_null(field)
            if kept not in known:
                known.append(kept)
    fields.pop("priority", None)  # no row keeps it there
    found = handler.resolve_ref_schema(handler(schema))
    found["properties"] = {
        name: same[0] if len(same) == 1 else {"anyOf": same} for name, same in fields.items()
    }
    return found


def _without_null(field: JsonSchemaValue) -> JsonSchemaValue:
    """What may be left out is never null, and has no default in an answer."""
    field = {key: value for key, value in field.items() if key != "default"}
    some = [each for each in field.get("anyOf", ()) if each != {"type": "null"}]
    return some[0] if len(some) == 1 else field
