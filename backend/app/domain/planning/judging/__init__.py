"""Judges what a language model answered, between reading and drawing: the one place that decides.

Defects are told to the model, once or twice. What stays faulty is not drawn if the defect is fatal;
otherwise it is drawn with a remark.
"""

from dataclasses import dataclass

from app.domain.errors import InvalidOutput
from app.domain.planning.judging import content, edits
from app.domain.planning.judging.evidence import Answer, Defect, JudgingRule
from app.domain.planning.judging.mending import joined_to_what_exists, without_strays
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.plan import Plan
from app.domain.planning.request import PlanRequest
from app.domain.planning.sentences import say
from app.domain.planning.speech import Language, language_of

RULES: dict[str, JudgingRule] = {
    "M1": content.repeats_nothing,
    "M2": content.is_no_example,
    "M3": content.is_connected,
    "M4": content.has_the_names,
    "M5": edits.is_about_what_exists,
    "M6": content.is_of_reasonable_size,
    "M7": content.is_in_the_language,
    "M8": edits.deletes_what_was_asked,
}
# An answer that breaks off had no time to name everything.
_OF_WHOLE_ANSWERS = frozenset({"M4"})


@dataclass(frozen=True)
class Judgement:
    """`plan` is what may be drawn of the answer."""

    plan: Plan
    defects: tuple[Defect, ...]
    language: Language

    @property
    def is_fatal(self) -> bool:
        return any(defect.fatal for defect in self.defects)

    @property
    def complaint(self) -> str:
        """In words for the model."""
        return " ".join(defect.words for defect in self.defects)

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(self._said(defect, self.language) for defect in self.defects)

    def refusal(self) -> InvalidOutput:
        """Why nothing is drawn."""
        defect = next(defect for defect in self.defects if defect.fatal)
        sentence, english = (
            say("not_drawn", language, why=self._said(defect, language))
            for language in (self.language, "en")
        )
        values = {"reason": defect.reason, "language": self.language, **defect.values}
        return InvalidOutput(sentence, english=english, values=values)

    @staticmethod
    def _said(defect: Defect, language: Language) -> str:
        return say(defect.reason, language, **defect.values)


def judge(plan: Plan, request: PlanRequest, kinds: PlanKinds, *, whole: bool = True) -> Judgement:
    """`whole`: the answer was read to its end."""
    plan = joined_to_what_exists(plan, request)
    answer = Answer(plan, request, kinds)
    rules = (rule for id_, rule in RULES.items() if whole or id_ not in _OF_WHOLE_ANSWERS)
    defects = tuple(defect for rule in rules if (defect := rule(answer)) is not None)
    return Judgement(without_strays(plan, answer), defects, language_of(request.instruction))
