"""Reads commands that change what is on the canvas: "rename A to B; make C red; tidy up"."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.kinds import PlanKind, PlanKinds
from app.domain.planning.offline.edit_arrange import read_arrangement
from app.domain.planning.offline.edit_arrows import read_arrows
from app.domain.planning.offline.edit_names import check_names, unread
from app.domain.planning.offline.edit_phrases import without_colon
from app.domain.planning.offline.edit_reshape import read_reshaping
from app.domain.planning.offline.edit_sentences import read_sentence
from app.domain.planning.offline.edit_structure import read_structure
from app.domain.planning.offline.edit_style import read_style
from app.domain.planning.offline.german import in_english
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import (
    MAX_OPERATIONS,
    Add,
    AddGroup,
    Delete,
    Duplicate,
    InsertBetween,
    Operation,
    SetText,
)
from app.domain.planning.request import SceneContext
from app.domain.planning.speech import Language
from app.domain.planning.text import split_top, squeeze

_VERBS = (
    r"make|colou?r|paint|turn|set|change|fill|mark|highlight|rename|relabel|replace|call|add|insert|put|place|create"
    r"|draw|delete|remove|erase|drop|clear|connect|link|join|disconnect|unlink|detach|align|distribute|spread|space"
    r"|tidy|clean|arrange|rearrange|re-?layout|lay|organi[sz]e|move|shift|group|frame|annotate|attach|cent(?:er|re)"
    r"|left-align|right-align|emphasi[sz]e|convert|retitle|name|get\s+rid|swap|exchange|duplicate|copy|clone|resize"
    r"|enlarge|shrink|widen"
)
_GERMAN_VERBS = (
    r"mache?|f\u00e4rbe?|f\u00fcge?|benenne?|nenne?|l\u00f6sche?|entferne?|verbinde?|verschiebe?|setze?|stelle?|schiebe?"
    r"|tausche?|vertausche?|dupliziere?|kopiere?|r\u00e4ume?|ordne?|lege?|ziehe?"
)
# "remove X and connect the rest" is one command.
_APART = r"(?!connect\s+(?:the\s+)?(?:rest|others?|neighbou?rs|line|chain|flow)\b)"
_COMMANDS = re.compile(
    r"[;\n]|[.!](?=\s|$)|\s*,?\s+(?:and\s+)?then\s+"
    rf"|\s*,\s*(?:and\s+)?(?=(?:{_VERBS})\s){_APART}|\s+and\s+(?=(?:{_VERBS})\s){_APART}"
    rf"|\s*,?\s+(?:und\s+)?(?:dann|danach)\s+|\s*,?\s+und\s+(?=(?:{_GERMAN_VERBS})\s)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:(?:please|now|also|first|next|finally|just|can\s+you|could\s+you|would\s+you|i\s+want\s+(?:you\s+)?to"
    r"|let['\u2019]s|[-*\u2022]|\d{1,2}[.)])[,\s]\s*)+",
    re.IGNORECASE,
)
_SINGLE_QUOTED = re.compile(r"(?<!\w)['\u2018]([^'\u2019\n]{1,80})['\u2019](?!\w)")
# What is there already is moved, not added once more.
_PLACE = re.compile(
    r"(?:put|place)\s+(?:the\s+)?(?P<what>.+?)(?P<where>\s+(?:to|in|into|inside|under|below|beneath|on|at|after|before|above"
    r"|left|right|next|beside)\s.+)",
    re.IGNORECASE,
)
_UNDO = re.compile(r"(?:undo|redo|revert)(?:\s+(?:it|that|this|the\s+last\s+\w+))?", re.IGNORECASE)
_CLEARLY = re.compile(
    r"(?:add\s+(?:an?\s+)?(?:new\s+)?(?:column|lane)|rename|relabel|delete|remove|erase|disconnect|unlink|align|distribute|tidy|clean\s+up|rearrange|clear"
    r"|swap|duplicate|enlarge|shrink|widen|resize|retitle|recolou?r|highlight|connect|move|(?:make|turn|colou?r|change)\s+(?:it|this|these|the|everything|all))\b",
    re.IGNORECASE,
)


def commands(text: str) -> list[str]:
    """The single commands of an instruction, without pleasantries."""
    parts = split_top(squeeze_lines(text), _COMMANDS)
    stripped = [_POLITE.sub("", part).strip() for part in parts]
    return [re.sub(r"\s*,?\s+please$", "", part, flags=re.IGNORECASE) for part in stripped if part]


def squeeze_lines(text: str) -> str:
    return "\n".join(squeeze(line) for line in text.split("\n"))


def looks_like_edit(text: str) -> bool:
    """Whether the first command has a verb that only makes sense on something that exists."""
    found = commands(text)
    return bool(found) and _CLEARLY.match(found[0]) is not None


def read_edits(
    text: str,
    context: SceneContext,
    kinds: PlanKinds,
    language: Language = "en",
    remarks: list[str] | None = None,
) -> list[Operation] | None:
    """The operations, or None if the text is no edit command at all. Raises NotUnderstood if
    it is one but names what is not there, or if only some of its commands are understood."""
    targets = Targets(context, kinds, instruction=text, language=language)
    targets.remarks = remarks if remarks is not None else []
    operations: list[Operation] = []
    found = commands(text)
    for number, command in enumerate(found):
        step = read_command(command, targets)
        if step is None and len(found) > 1:
            step = read_arrows(command, targets)
        if step is None:
            if number == 0:
                return None
            raise unread(command, language)
        check_names(step, command, targets)
        targets.forget([one for it in step if isinstance(it, Delete) for one in it.targets])
        targets.named, targets.steps = _named(step), number + 1
        operations += step
        if len(operations) > MAX_OPERATIONS:
            raise NotUnderstood(f"At most {MAX_OPERATIONS} changes at once are possible.")
    return operations or None


def _named(step: list[Operation]) -> list[str]:
    """What "it" means in the next command: what this one made, or was about."""
    found: list[str] = []
    for one in step:
        match one:
            case Add() | InsertBetween():
                found.append(one.node.id)
            case AddGroup():
                found.append(one.group.id)
            case SetText():
                found.append(one.target)
            case Duplicate():
                found += one.ids
            case Delete():
                pass
            case _:
                found += getattr(one, "targets", [])
    if any(isinstance(one, AddGroup) for one in step):
        return [one.group.id for one in step if isinstance(one, AddGroup)]
    return list(dict.fromkeys(found))


def _present(targets: Targets) -> list[PlanKind]:
    """The kinds of the drawings that are there."""
    found = {node.kind for node in targets.context.nodes}
    return [kind for kind in targets.kinds if kind.id in found]


def is_own_edit(text: str, context: SceneContext, kinds: PlanKinds) -> bool:
    """Whether a drawing that is there has a command of its own for this ("add a table ...")."""
    targets = Targets(context, kinds, instruction=text)
    try:
        return any(
            kind.read_edit(one, targets) for kind in _present(targets) for one in commands(text)[:1]
        )
    except NotUnderstood:
        return False


def is_begun(text: str, context: SceneContext, kinds: PlanKinds) -> bool:
    """Whether the first of several commands is a change of what is there."""
    found = commands(text)
    if len(found) < 2:
        return False
    try:
        return read_command(found[0], Targets(context, kinds, instruction=text)) is not None
    except NotUnderstood:
        return False


def read_command(command: str, targets: Targets) -> list[Operation] | None:
    """Kinds that are on the canvas are asked first."""
    command = in_english(_SINGLE_QUOTED.sub(r'"\1"', command), lambda it: bool(targets.known(it)))
    command = without_colon(command)
    placed = _PLACE.fullmatch(command)
    if placed and targets.any_exact(placed["what"]):
        command = f"move {placed['what']}{placed['where']}"
    if _UNDO.fullmatch(command):
        raise NotUnderstood("Use Undo, on the job's card or in the editor: it takes changes back.")
    own = [kind.read_edit for kind in _present(targets)]
    common = (read_arrangement, read_reshaping, read_style, read_structure, read_sentence)
    for reader in (*own, *common):
        operations = reader(command, targets)
        if operations:
            return operations
    return None
