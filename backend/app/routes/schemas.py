"""What requests may contain: typed, bounded, and nothing besides."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    EmailStr,
    Field,
    FiniteFloat,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError

from app.domain import formats
from app.utils.fields import Body, Id, Line, Query
from app.utils.passwords import MAX_LENGTH, MIN_LENGTH

MAX_OFFSET = 100_000

JobStatus = Literal["queued", "processing", "completed", "failed", "cancelled"]


class _ExportFormat:
    """The id of a format that a canvas can be exported to, as a Literal of all would be."""

    @staticmethod
    def check(value: str) -> str:
        *ids, last = (repr(name) for name in formats.exports())
        if value not in formats.exports():
            raise PydanticKnownError("literal_error", {"expected": f"{', '.join(ids)} or {last}"})
        return value

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(formats.exports())}


ExportFormat = Annotated[str, AfterValidator(_ExportFormat.check), _ExportFormat()]


class RegisterIn(Body):
    email: Annotated[EmailStr, StringConstraints(max_length=254)]
    password: Annotated[
        str, StringConstraints(min_length=MIN_LENGTH, max_length=MAX_LENGTH, strip_whitespace=False)
    ]
    name: Annotated[Line, StringConstraints(min_length=1, max_length=80)]


class PersonIn(Body):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=80)]


class LoginIn(Body):
    email: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    password: Annotated[
        str, StringConstraints(min_length=1, max_length=MAX_LENGTH, strip_whitespace=False)
    ]


class OidcStartQuery(Query):
    next: Annotated[str, StringConstraints(max_length=2_000)] = "/"


class OidcReturnQuery(Query):
    state: Annotated[str, StringConstraints(max_length=500)] = ""
    code: Annotated[str, StringConstraints(max_length=4_000)] | None = None
    error: Annotated[str, StringConstraints(max_length=200)] | None = None
    iss: Annotated[str, StringConstraints(max_length=500)] | None = None


class TokenIn(Body):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]


class StatusQuery(Query):
    wait: FiniteFloat = Field(default=0, ge=0, le=30)


class JobsQuery(Query):
    limit: int = Field(default=50, ge=1, le=100)
    offset: int = Field(default=0, ge=0, le=MAX_OFFSET)
    status: JobStatus | None = None
    canvas_id: Id | None = None


class StatisticsQuery(Query):
    own: bool = False


class OperatorJobsQuery(JobsQuery):
    user: Annotated[str, StringConstraints(min_length=1, max_length=254)] | None = None
    hours: int | None = Field(default=None, ge=1, le=8_784)


class PeriodQuery(Query):
    period: Literal["hour", "day", "week", "month"] = "day"


class CanvasesQuery(Query):
    limit: int = Field(default=50, ge=1, le=100)
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None


class CanvasIn(Body):
    title: Annotated[Line, StringConstraints(max_length=200)] = ""


class CanvasPatch(Body):
    title: Annotated[Line, StringConstraints(min_length=1, max_length=200)]


class ObjectsQuery(Query):
    since: int | None = Field(default=None, ge=0)
    epoch: Id | None = None


class ExportQuery(Query):
    format: ExportFormat = formats.DEFAULT.id


class ShareIn(Body):
    email: Annotated[EmailStr, StringConstraints(max_length=254)]
    role: Literal["editor", "viewer"]


class TakenBackIn(Body):
    taken_back: bool


class RoleIn(Body):
    role: Literal["editor", "viewer"]


class AcceptIn(Body):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
