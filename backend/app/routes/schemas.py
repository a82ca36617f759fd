"""What requests may contain: typed, bounded, and nothing besides."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    FiniteFloat,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError

from app.domain import formats
from app.utils.passwords import MAX_LENGTH, MIN_LENGTH

MAX_INSTRUCTIONS = 4_000
MAX_OFFSET = 100_000
ALLOWED_CONTROLS = "\n\r\t"

Style = Literal["modern", "corporate", "creative", "minimal"]
ColorScheme = Literal["default", "pastel", "vibrant", "monochrome"]
STYLES: tuple[str, ...] = Style.__args__  # type: ignore[attr-defined]
COLOR_SCHEMES: tuple[str, ...] = ColorScheme.__args__  # type: ignore[attr-defined]
JobStatus = Literal["queued", "processing", "completed", "failed", "cancelled"]


def _no_controls(value: str) -> str:
    if any((ord(ch) < 32 and ch not in ALLOWED_CONTROLS) or ord(ch) == 127 for ch in value):
        raise ValueError("must not contain control characters")
    if any(0xD800 <= ord(ch) <= 0xDFFF for ch in value):
        raise ValueError("must be valid Unicode text")
    return value


def _one_line(value: str) -> str:
    if any(ch in value for ch in ALLOWED_CONTROLS):
        raise ValueError("must be one line")
    return value


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 5.0 is as whole as 5. Neither text nor a truth value is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(frozen=True)
class _Documented:
    """A pattern for the document alone: what is wrong, the functions above tell in words."""

    pattern: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "pattern": self.pattern}


_CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f"

Text = Annotated[str, AfterValidator(_no_controls), _Documented(rf"^[^{_CONTROLS}]*$")]
Line = Annotated[Text, AfterValidator(_one_line), _Documented(r"^[^\u0000-\u001f\u007f]*$")]
WHOLE = BeforeValidator(_whole)
Whole = Annotated[int, Field(strict=True), WHOLE]
Id = Annotated[str, StringConstraints(min_length=1, max_length=36)]
ObjectId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


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


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Query(BaseModel):
    model_config = ConfigDict(extra="ignore")


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


class Viewport(Body):
    x: FiniteFloat = Field(ge=-1e7, le=1e7)
    y: FiniteFloat = Field(ge=-1e7, le=1e7)
    width: FiniteFloat = Field(gt=0, le=1e6)
    height: FiniteFloat = Field(gt=0, le=1e6)


class CanvasCreationIn(Body):
    instructions: Annotated[Text, StringConstraints(min_length=1, max_length=MAX_INSTRUCTIONS)]
    style: Style = "modern"
    colorScheme: ColorScheme = "default"  # noqa: N815  the founding contract's spelling
    canvas_id: Id | None = None
    priority: Whole = Field(default=0, ge=-10, le=10)
    selection: list[ObjectId] = Field(default_factory=list, max_length=1_000)
    viewport: Viewport | None = None
    model: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


class CanvasModificationIn(CanvasCreationIn):
    canvas_id: Id


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
