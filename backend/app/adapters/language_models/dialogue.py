"""The conversation that one plan takes: the ladder of forms, continuations, repairs, Mermaid."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2

from app.adapters.language_models import exchange as exchanges
from app.adapters.language_models import follow_ups
from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.exchange import Ending, Exchange, Question
from app.adapters.language_models.failures import DECLINED, classify, form_may_be_refused
from app.adapters.language_models.ladder import Ladder, Rung
from app.adapters.language_models.reading import AnswerReader
from app.adapters.language_models.transport import ExchangeLimits
from app.adapters.language_models.window import ContextWindow, for_the_log
from app.domain.errors import (
    InvalidOutput,
    JobFailure,
    ProviderUnavailable,
    TooLarge,
)
from app.domain.kinds import KINDS
from app.domain.planning.judging import Judgement, judge
from app.domain.planning.prompt import build_messages
from app.domain.planning.request import Planned, PlanRequest, Progress, Usage
from app.domain.planning.sentences import say
from app.utils.logger import SmartLogger

if TYPE_CHECKING:
    from pydantic_ai.models import Model

MAX_REPAIRS = 2
MOST_REFUSALS = 6
MAX_CONTINUATIONS = 2
ENDLESS = frozenset({"repeated", "series"})
NO_ROOM = "The language model ran out of room before it answered. Ask for less at once."
BROKE_OFF = "The language model's answer broke off before anything could be drawn."


@dataclass(frozen=True)
class Remote:
    """The model at the other end, and what is known of its endpoint."""

    model: "Model"
    client: httpx2.AsyncClient
    endpoint: Endpoint
    ladder: Ladder
    window: ContextWindow
    limits: ExchangeLimits


class Dialogue:
    """Holds what one plan has cost and shown so far. Used once."""

    def __init__(
        self, remote: Remote, request: PlanRequest, progress: Callable[[Progress], None]
    ) -> None:
        self._remote = remote
        self._ladder = remote.ladder
        self._request = request
        self._progress = progress
        self._system, self._user = self._prompt()
        self._rung = self._ladder.first()
        self._usage = Usage()
        self._trouble: JobFailure | None = None
        """Why the last answer could not be continued."""
        self._kept: tuple[AnswerReader, Judgement] | None = None

    def _prompt(self) -> tuple[str, str]:
        return build_messages(self._request, KINDS, self._remote.window.prompt_chars)

    async def run(self) -> Planned:
        """Raises JobFailure subclasses, and the client's own errors for the caller to classify."""
        turns: tuple[str, ...] = ()
        for left in range(MAX_REPAIRS, -1, -1):
            reading = await self._answer(turns)
            try:
                plan = reading.finish()
            except InvalidOutput as problem:
                if reading.is_cut:
                    return self._salvaged(reading, self._trouble or ProviderUnavailable(BROKE_OFF))
                turns = self._repair(reading, problem.message)
                continue
            judgement = judge(plan, self._request, KINDS)
            if not judgement.defects:
                return self._planned(reading, judgement)
            self._keep(reading, judgement)
            if left == 0 or (left < MAX_REPAIRS and not judgement.is_fatal):
                break
            turns = self._repair(reading, judgement.complaint)
        if self._kept is not None:
            return self._settled(*self._kept)
        if self._request.mode == "modify":
            # Half of an edit is worse than none, and Mermaid cannot say edits.
            raise InvalidOutput
        return await self._ask_for_mermaid() or self._salvaged(reading, InvalidOutput())

    def _keep(self, reading: AnswerReader, judgement: Judgement) -> None:
        """The latest answer, unless an earlier one could at least be drawn."""
        if self._kept is None or self._kept[1].is_fatal or not judgement.is_fatal:
            self._kept = reading, judgement

    def _settled(self, reading: AnswerReader, judgement: Judgement) -> Planned:
        """What becomes of an answer that stays faulty."""
        if judgement.is_fatal:
            raise judgement.refusal()
        return self._planned(reading, judgement)

    def _repair(self, reading: AnswerReader, problem: str) -> tuple[str, ...]:
        if not reading.text.strip():
            # Some servers take a form and then answer nothing at all.
            self._rung = self._ladder.below(self._rung) or self._rung
            return ()
        return (reading.text, follow_ups.repair(problem))

    async def _answer(self, turns: tuple[str, ...]) -> AnswerReader:
        """One answer, continued while it breaks off."""
        reading = AnswerReader(self._request, self._progress)
        self._note(reading, await self._ask_down_the_ladder(turns, reading))
        for _ in range(MAX_CONTINUATIONS):
            if not reading.is_cut or self._is_hopeless(reading):
                break
            if not reading.text.strip():
                raise TooLarge(NO_ROOM)
            reading.expect_continuation()
            # A schema would force the continuation to start a new object.
            question = self._question((*turns, reading.text, follow_ups.CONTINUE), Rung.PLAIN)
            try:
                self._note(reading, await self._ask(question, reading))
            except Exception as error:  # noqa: BLE001 - what was answered before is still good
                self._trouble = classify(error)
                break
        return reading

    def _is_hopeless(self, reading: AnswerReader) -> bool:
        """It went on and on: a continuation would be more of the same."""
        plan = reading.salvage()
        if plan is None:
            return False
        defects = judge(plan, self._request, KINDS, whole=False).defects
        return any(defect.reason in ENDLESS for defect in defects)

    async def _ask_down_the_ladder(self, turns: tuple[str, ...], reading: AnswerReader) -> Exchange:
        for left in range(MOST_REFUSALS, -1, -1):
            question = self._question(turns, self._rung)
            try:
                return await self._ask(question, reading)
            except Exception as error:
                if left and await self._has_learnt(error, question):
                    continue
                lower = self._ladder.below(self._rung)
                known = self._ladder.has_worked(self._rung)
                if lower is None or known or not form_may_be_refused(error):
                    raise
                self._rung = lower
        raise InvalidOutput

    def _question(self, turns: tuple[str, ...], rung: Rung) -> Question:
        """`turns` are what followed the request."""
        return Question(self._system, (self._user, *turns), rung)

    async def _has_learnt(self, error: Exception, question: Question) -> bool:
        """Whether the endpoint said what it takes; from now on it is told as much as it holds."""
        window = self._remote.window
        if not await window.learn(error, question.chars, self._remote.client):
            return False
        self._system, self._user = self._prompt()
        SmartLogger().log_warning(
            "model_window",
            planner=self._remote.endpoint.name,
            tokens=window.tokens,
            said=for_the_log(error, self._remote.endpoint.key),
        )
        return True

    async def _ask(self, question: Question, reading: AnswerReader) -> Exchange:
        return await exchanges.ask(
            self._remote.model,
            question,
            limits=self._remote.limits,
            settings=self._remote.window.settings(question.chars),
            on_text=reading.feed,
        )

    def _note(self, reading: AnswerReader, exchange: Exchange) -> None:
        self._usage += exchange.usage
        if exchange.ending is Ending.DECLINED:
            raise InvalidOutput(DECLINED)
        reading.close(cut=exchange.ending is not Ending.DONE)

    def _planned(self, reading: AnswerReader, judgement: Judgement) -> Planned:
        if reading.is_json:
            self._ladder.worked(self._rung)
            return self._result(reading, judgement)
        return self._result(reading, judgement, "from_mermaid", partial=reading.is_cut)

    def _salvaged(self, reading: AnswerReader, otherwise: JobFailure) -> Planned:
        plan = reading.salvage()
        if plan is None:
            raise otherwise
        judgement = judge(plan, self._request, KINDS, whole=False)
        if judgement.is_fatal:
            raise judgement.refusal()
        return self._result(reading, judgement, "partial", partial=True)

    def _result(
        self, reading: AnswerReader, judgement: Judgement, *reasons: str, partial: bool = False
    ) -> Planned:
        said = (say(reason, judgement.language) for reason in reasons)
        return Planned(
            judgement.plan,
            self._remote.endpoint.name,
            self._usage,
            partial=partial,
            remarks=(*reading.remarks, *judgement.remarks, *said),
        )

    async def _ask_for_mermaid(self) -> Planned | None:
        """The last resort for a small model."""
        reading = AnswerReader(self._request, self._progress)
        question = Question(follow_ups.MERMAID, (self._request.instruction,), Rung.MERMAID)
        self._note(reading, await self._ask(question, reading))
        try:
            plan = reading.finish()
        except InvalidOutput:
            return None
        return self._settled(reading, judge(plan, self._request, KINDS))
