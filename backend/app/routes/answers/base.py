"""What all answers share."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MAY_BE_LEFT_OUT: Any = Field(default=None)


class Answer(BaseModel):
    """All keys are always there, but those that may be left out."""

    model_config = ConfigDict(defer_build=True)


class Success(Answer):
    """The request was carried out."""

    success: Literal[True]


class Message(Success):
    """The request was carried out; a sentence says how."""

    message: str


class Person(Answer):
    """Somebody with an account, as others see them."""

    id: str
    name: str


class Error(Answer):
    """Why a request was not carried out."""

    error: str
    """A sentence that may be shown to anyone."""
    code: str
    """A stable name of the reason."""
    fields: dict[str, str] = MAY_BE_LEFT_OUT
    """What is wrong with which field of the request."""
    error_id: str = MAY_BE_LEFT_OUT
    """Of an error nobody expected (500): names its entry in the server's log."""


Time = datetime
Percent = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]
Rate = Annotated[float, Field(ge=0, le=100)]
