"""What a route takes and answers, noted for the OpenAPI document; nothing of it runs on a request.

`document.py` adds what follows from the permission table: who may, and how they are refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from app.domain.errors import DomainError

View = TypeVar("View", bound=Callable[..., Any])
MediaTypes = Mapping[str, Mapping[str, Any] | type[BaseModel]]  # media type -> schema, or its model
Headers = Mapping[str, str]  # name -> what it says

JSON = "application/json"
TEXT: Mapping[str, Any] = {"type": "string"}
BINARY: Mapping[str, Any] = {"type": "string", "format": "binary"}


@dataclass(frozen=True)
class AnswerSpec:
    status: int
    says: str
    make_content: Callable[[], MediaTypes]
    headers: Headers

    @property
    def content(self) -> MediaTypes:
        return self.make_content()


@dataclass(frozen=True)
class Refusal:
    """An answer that says why not, without an error behind it."""

    status: int
    code: str
    sentence: str

    def answer(self) -> tuple[dict[str, Any], int]:
        return {"error": self.sentence, "code": self.code}, self.status


@dataclass
class Description:
    """Of one route, gathered by its decorators."""

    answers: list[AnswerSpec] = field(default_factory=list)
    refusals: list[type[DomainError] | Refusal] = field(default_factory=list)
    body: MediaTypes | None = None
    example: Any = None
    headers: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def answers(
    body: type[BaseModel] | MediaTypes | Callable[[], MediaTypes] | None,
    status: int = 200,
    says: str = "Done.",
    *,
    headers: Headers | None = None,
) -> Callable[[View], View]:
    """What the route answers when it does what it was asked for; once for each status.

    `body` is the model of a JSON object, or what comes as which media type (or a function that says
    so when the document is made); None: nothing.
    """

    def content() -> MediaTypes:
        if isinstance(body, type):
            return {JSON: body}
        return body() if callable(body) else body or {}

    def note(view: View) -> View:
        description_of(view).answers.insert(0, AnswerSpec(status, says, content, headers or {}))
        return view

    return note


def refuses(*refusals: type[DomainError] | Refusal) -> Callable[[View], View]:
    """How the route itself refuses, beyond what the door, the body and the schema do."""

    def note(view: View) -> View:
        description_of(view).refusals.extend(refusals)
        return view

    return note


def takes(
    body: MediaTypes | None = None,
    *,
    example: Any = None,
    headers: Mapping[str, Mapping[str, Any]] | None = None,
) -> Callable[[View], View]:
    """A body that no model checks, an example of one, and headers (name -> parameter)."""

    def note(view: View) -> View:
        description = description_of(view)
        description.body, description.example = body, example
        description.headers.update(headers or {})
        return view

    return note


def description_of(view: Callable[..., Any]) -> Description:
    """The view's own, made at first use; what is wrapped around the view shares it."""
    if not hasattr(view, "_description"):
        view._description = Description()  # type: ignore[attr-defined]  # noqa: SLF001
    found: Description = view._description  # type: ignore[attr-defined]  # noqa: SLF001
    return found


def one_file(kinds: Sequence[str]) -> MediaTypes:
    """The bytes of one file, of one of these media types."""
    return dict.fromkeys(kinds, BINARY)
