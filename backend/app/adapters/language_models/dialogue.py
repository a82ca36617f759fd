"""The conversation that one plan takes: the ladder of forms, continuations, repairs, Mermaid."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.adapters.language_models import exchange as exchanges
from app.adapters.language_models import follow_ups
from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.exchange import Ending, Exchange, Question
from app.adapters.language_models.failures import DECLINED, classify, form_may_be_refused
from app.adapters.language_models.ladder import Ladder, Rung
from app.adapters.language_models.reading import AnswerReader
from app.adapters.language_models.transport import ExchangeLimits
from app.domain.errors import (
    InvalidOutput,
    JobFailure,
    ProviderUnavailable,
    TooLarge,
)
from app.domain.kinds import KINDS
from app.domain.planning.plan import Plan
from app.domain.planning.prompt import build_messages
from app.domain.planning.request import Planned, PlanRequest, Progress, Usage

if TYPE_CHECKING:
    from pydantic_ai.models import Model

MAX_REPAIRS = 2
MAX_CONTINUATIONS = 2
PARTIAL = "The language model's answer could not be read to its end; the first part was drawn."
FROM_MERMAID = "The language model answered with a Mermaid diagram, which was drawn."
NO_ROOM = "The language model ran out of room before it answered. Ask for less at once."
BROKE_OFF = "The language model's answer broke off before anything could be drawn."


class Dialogue:
    """Holds what one plan has cost and shown so far. Used once."""

    def __init__(
        self,
        model: "Model",
        endpoint: Endpoint,
        ladder: Ladder,
        limits: ExchangeLimits,
        request: PlanRequest,
        progress: Callable[[Progress], None],
    ) -> None:
        self._model = model
        self._endpoint = endpoint
        self._ladder = ladder
        self._limits = limits
        self._request = request
        self._progress = progress
        self._system, self._user = build_messages(request, KINDS)
        self._rung = ladder.first()
        self._usage = Usage()
        self._trouble: JobFailure | None = None
        """Why the last answer could not be continued."""

    async def run(self) -> Planned:
        """Raises JobFailure subclasses, and the client's own errors for the caller to classify."""
        turns: tuple[str, ...] = (self._user,)
        for _ in range(1 + MAX_REPAIRS):
            reading = await self._answer(turns)
            try:
                return self._planned(reading, reading.finish())
            except InvalidOutput as problem:
                if reading.is_cut:
                    return self._salvaged(reading, self._trouble or ProviderUnavailable(BROKE_OFF))
                turns = self._repair(reading, problem)
        if self._request.mode == "modify":
            # Half of an edit is worse than none, and Mermaid cannot say edits.
            raise InvalidOutput
        return await self._ask_for_mermaid() or self._salvaged(reading, InvalidOutput())

    def _repair(self, reading: AnswerReader, problem: InvalidOutput) -> tuple[str, ...]:
        if not reading.text.strip():
            # Some servers take a form and then answer nothing at all.
            self._rung = self._ladder.below(self._rung) or self._rung
            return (self._user,)
        return (self._user, reading.text, follow_ups.repair(problem.message))

    async def _answer(self, turns: tuple[str, ...]) -> AnswerReader:
        """One answer, continued while it breaks off."""
        reading = AnswerReader(self._request, self._progress)
        self._note(reading, await self._ask_down_the_ladder(turns, reading))
        for _ in range(MAX_CONTINUATIONS):
            if not reading.is_cut:
                break
            if not reading.text.strip():
                raise TooLarge(NO_ROOM)
            reading.expect_continuation()
            # A schema would force the continuation to start a new object.
            question = Question(
                self._system, (*turns, reading.text, follow_ups.CONTINUE), Rung.PLAIN
            )
            try:
                self._note(reading, await self._ask(question, reading))
            except Exception as error:  # noqa: BLE001 - what was answered before is still good
                self._trouble = classify(error)
                break
        return reading

    async def _ask_down_the_ladder(self, turns: tuple[str, ...], reading: AnswerReader) -> Exchange:
        while True:
            try:
                return await self._ask(Question(self._system, turns, self._rung), reading)
            except Exception as error:
                lower = self._ladder.below(self._rung)
                known = self._ladder.has_worked(self._rung)
                if lower is None or known or not form_may_be_refused(error):
                    raise
                self._rung = lower

    async def _ask(self, question: Question, reading: AnswerReader) -> Exchange:
        return await exchanges.ask(
            self._model,
            question,
            limits=self._limits,
            max_tokens=self._endpoint.provider.max_tokens,
            on_text=reading.feed,
        )

    def _note(self, reading: AnswerReader, exchange: Exchange) -> None:
        self._usage += exchange.usage
        if exchange.ending is Ending.DECLINED:
            raise InvalidOutput(DECLINED)
        reading.close(cut=exchange.ending is not Ending.DONE)

    def _planned(self, reading: AnswerReader, plan: Plan) -> Planned:
        if reading.is_json:
            self._ladder.worked(self._rung)
            return self._result(reading, plan)
        return self._result(reading, plan, FROM_MERMAID, partial=reading.is_cut)

    def _salvaged(self, reading: AnswerReader, otherwise: JobFailure) -> Planned:
        plan = reading.salvage()
        if plan is None:
            raise otherwise
        return self._result(reading, plan, PARTIAL, partial=True)

    def _result(
        self, reading: AnswerReader, plan: Plan, *remarks: str, partial: bool = False
    ) -> Planned:
        return Planned(
            plan,
            self._endpoint.name,
            self._usage,
            partial=partial,
            remarks=(*reading.remarks, *remarks),
        )

    async def _ask_for_mermaid(self) -> Planned | None:
        """The last resort for a small model."""
        reading = AnswerReader(self._request, self._progress)
        question = Question(follow_ups.MERMAID, (self._request.instruction,), Rung.MERMAID)
        self._note(reading, await self._ask(question, reading))
        try:
            return self._planned(reading, reading.finish())
        except InvalidOutput:
            return None
