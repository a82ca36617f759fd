"""What fields from outside may contain: typed, bounded, and nothing besides."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

ALLOWED_CONTROLS = "\n\r\t"


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


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Query(BaseModel):
    model_config = ConfigDict(extra="ignore")
