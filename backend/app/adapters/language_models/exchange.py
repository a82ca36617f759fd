"""One question to a model and its streamed answer, in one output mode."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import httpx2
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    SystemPromptPart,
    TextPart,
    TextPartDelta,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings

from app.adapters.language_models.failures import causes
from app.adapters.language_models.ladder import Rung
from app.adapters.language_models.thoughts import ThoughtFilter
from app.adapters.language_models.transport import ExchangeLimits, ResponseRefused, ResponseTooLarge
from app.adapters.language_models.wire_schema import plan_schema
from app.domain.planning.request import Usage

OUTPUT_MODE: dict[Rung, Literal["native", "prompted", "text"]] = {
    Rung.JSON_SCHEMA: "native",
    Rung.JSON_OBJECT: "prompted",
    Rung.PLAIN: "text",
    Rung.MERMAID: "text",
}
CHARS_PER_TOKEN = 4
# A small model may go on talking, or start again, after the plan is complete.
IDLE_TALK_CHARS = 2_000


class Ending(StrEnum):
    DONE = "done"
    LENGTH = "length"
    """The model reached its limit of tokens."""
    CUT = "cut"
    """The connection ended, or the stream did without saying that the answer did."""
    DECLINED = "declined"


@dataclass(frozen=True)
class Exchange:
    text: str
    ending: Ending
    usage: Usage


@dataclass(frozen=True)
class Question:
    """`turns` alternate: the person's side first, then the model's own earlier answers."""

    system: str
    turns: tuple[str, ...]
    rung: Rung

    @property
    def chars(self) -> int:
        return len(self.system) + sum(len(turn) for turn in self.turns)

    def messages(self) -> list[ModelMessage]:
        first, *rest = self.turns
        messages: list[ModelMessage] = [
            ModelRequest(parts=[SystemPromptPart(self.system), UserPromptPart(first)])
        ]
        for number, turn in enumerate(rest):
            messages.append(
                ModelRequest.user_text_prompt(turn)
                if number % 2
                else ModelResponse(parts=[TextPart(turn)])
            )
        return messages


def parameters(rung: Rung) -> ModelRequestParameters:
    mode = OUTPUT_MODE[rung]
    wanted = None if mode == "text" else OutputObjectDefinition(plan_schema(), name="plan")
    # The prompt describes the form already; the library shall not add its own words.
    return ModelRequestParameters(
        output_mode=mode, output_object=wanted, prompted_output_template=False
    )


async def ask(
    model: Model,
    question: Question,
    *,
    limits: ExchangeLimits,
    settings: ModelSettings,
    on_text: Callable[[str], bool],
) -> Exchange:
    """Stream one answer. `on_text` gets every piece and says whether the plan is complete.

    Raises the client's own error if nothing was answered, and ResponseTooLarge; an answer that
    breaks off after its first character is returned with the ending CUT.
    """
    answer = _Answer(limits.answer_bytes, on_text)
    ending = Ending.CUT
    usage = None
    try:
        async with model_request_stream(
            model,
            question.messages(),
            model_settings=settings,
            model_request_parameters=parameters(question.rung),
            instrument=False,
        ) as stream:
            await _read(stream, answer)
            ending = _ending(stream, idle=answer.is_idle)
            usage = stream.usage
    except (ModelAPIError, httpx2.HTTPError, OSError) as error:
        if not answer.pieces or any(isinstance(cause, ResponseRefused) for cause in causes(error)):
            raise
    text = "".join(answer.pieces)
    counted = Usage(usage.input_tokens, usage.output_tokens, 1) if usage else Usage()
    return Exchange(text, ending, _or_estimated(counted, question.chars, len(text)))


class _Answer:
    """The pieces so far, within the bound, without what the model thought aloud before them."""

    def __init__(self, limit: int, on_text: Callable[[str], bool]) -> None:
        self.pieces: list[str] = []
        self._thoughts = ThoughtFilter()
        self._left = limit
        self._on_text = on_text
        self._idle = 0
        self._complete = False

    def add(self, piece: str) -> None:
        self._left -= len(piece.encode("utf-8", "replace"))
        if self._left < 0:
            raise ResponseTooLarge("the answer exceeds its limit")
        if self._complete:
            self._idle += len(piece)
            return
        if not (piece := self._thoughts.pass_on(piece)):
            return
        self.pieces.append(piece)
        self._complete = self._on_text(piece)

    @property
    def is_idle(self) -> bool:
        return self._idle > IDLE_TALK_CHARS


async def _read(stream: StreamedResponse, answer: _Answer) -> None:
    events = aiter(stream)
    async for event in events:
        if piece := _text_of(event):
            answer.add(piece)
            if answer.is_idle:
                with suppress(NotImplementedError):
                    await stream.cancel()
                return


def _text_of(event: ModelResponseStreamEvent) -> str:
    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
        return event.part.content
    if isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
        return event.delta.content_delta
    return ""


def _ending(stream: StreamedResponse, *, idle: bool) -> Ending:
    if idle:
        return Ending.DONE
    if stream.finish_reason == "length":
        return Ending.LENGTH
    if stream.finish_reason == "content_filter":
        return Ending.DECLINED
    # The library reads a missing reason as "stop"; only the server's own word counts as one.
    said = (stream.provider_details or {}).get("finish_reason")
    return Ending.DONE if said else Ending.CUT


def _or_estimated(usage: Usage, asked_chars: int, answered_chars: int) -> Usage:
    """The provider's count, or ours, marked as an estimate, where it sent none."""
    if usage.input_tokens or usage.output_tokens:
        return usage
    return Usage(
        input_tokens=-(-asked_chars // CHARS_PER_TOKEN),
        output_tokens=-(-answered_chars // CHARS_PER_TOKEN),
        requests=1,
        estimated=True,
    )
