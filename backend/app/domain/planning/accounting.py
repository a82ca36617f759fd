"""Gives every word of an instruction a place, and decides about those that have none.

A word is part of a name in the drawing, belongs to the grammar of the reader that drew it, to a
command, to a request that was carried out, to politeness, or to an aside that a remark quotes.
What is left over is refused or quoted, by the one rule in `Accounting.settle`; it is never drawn.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.names import squashed, stem
from app.domain.planning.not_names import Labels, is_no_name
from app.domain.planning.text import squeeze, vocabulary

_WORD = re.compile(r"[^\W_]+(?:['\u2019.][^\W_]+)*")
_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab`]([^\"\u201d\u201c\u00bb`\n]{1,400})[\"\u201d\u201c\u00bb`]"
)
_SENTENCE = re.compile(r"[.!?](?=\s|$)|[;\n]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKER = re.compile(
    r"(?:^|(?<=[\s,;:]))\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z])[.):]?\)?(?=\s)", re.M
)
_LEAST_STEM, _ENDING = 4, 3  # letters
LITTLE = vocabulary(
    """
    a an the this that these those it its of to for in on at by as is are be and or with from my our
    your we i you there their them they one following below above here some also
    der die das den dem des ein eine einen einem einer eines und oder mit von vom im in an am auf zu
    zum zur für aus als ist sind es sie er wir ich
    le la les un une des du de d l et ou avec au aux en dans pour par est sont ce cette il elle qui
    el los las una unos unas del al y o e con para por en es son que se su lo
    """
)
_REVERSING = vocabulary(
    """
    not never only except without unless but no neither nor nicht nie nur außer ohne kein keine
    ne pas jamais sauf sans seulement ni nunca solo sólo excepto sin
    """
)
POLITENESS = vocabulary(
    """
    please kindly thanks thank you hi hello hey dear bitte danke hallo merci bonjour svp gracias
    hola favor
    """
)


class WordRole(Enum):
    NAME = "name"
    GRAMMAR = "grammar"
    COMMAND = "command"
    REQUEST = "request"
    POLITENESS = "politeness"
    ASIDE = "aside"


@dataclass(frozen=True)
class Claim:
    start: int
    end: int
    role: WordRole


class Verdict(Enum):
    """What becomes of words that nobody read."""

    REMARK = "remark"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Leftover:
    words: str
    verdict: Verdict


class Accounting:
    """The words of one text, and who claimed which of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Claim] = []

    def claim(self, start: int, end: int, role: WordRole) -> None:
        self.spans.append(Claim(start, end, role))

    def claim_words(self, words: Iterable[str], role: WordRole) -> None:
        """Claim these words wherever they stand."""
        known = {_folded(part) for word in words for part in _WORD.findall(word)}
        for match in _WORD.finditer(self.text):
            if _folded(match.group()) in known:
                self.claim(match.start(), match.end(), role)

    def claim_names(self, names: Iterable[str], grammar: frozenset[str]) -> None:
        """Claim the words that names of the drawing are made of, in whatever form. What is
        written without spaces is made of names and of words of the grammar."""
        text = "\n".join(names)
        known = {_folded(word) for word in _WORD.findall(text)}
        tight = squashed(text)
        wide = sorted((word for word in grammar if _WIDE.search(word)), key=len, reverse=True)
        for match in _WORD.finditer(self.text):
            word = match.group()
            if _is_form(_folded(word), known):
                self.claim(match.start(), match.end(), WordRole.NAME)
            elif _WIDE.search(word):
                rest = squashed(word)
                for part in wide:
                    rest = rest if rest in tight else rest.replace(part, "", 1)
                if rest in tight:
                    self.claim(match.start(), match.end(), WordRole.NAME)

    def leftovers(self) -> list[Leftover]:
        """Runs of words that nobody claimed, each with what is to become of it.

        The rule: a sentence of which nothing was read is quoted in a remark; words left over
        inside a sentence that was read may change what it says, so they are refused; and so is
        whatever reverses or limits something, wherever it stands.
        """
        return [
            found
            for sentence in self._sentences()
            if (found := self._of_sentence(sentence)) is not None
        ]

    def _of_sentence(self, sentence: list[re.Match[str]]) -> Leftover | None:
        free = [word for word in sentence if not self._claimed(word)]
        telling = [word for word in free if word.group().casefold() not in LITTLE]
        if not telling:
            return None
        words = squeeze(self.text[telling[0].start() : telling[-1].end()])
        read = any(self._claimed(word, WordRole.NAME) for word in sentence)
        reversing = any(word.group().casefold() in _REVERSING for word in telling)
        return Leftover(words, Verdict.REFUSE if read or reversing else Verdict.REMARK)

    def _claimed(self, word: re.Match[str], role: WordRole | None = None) -> bool:
        return any(
            span.start <= word.start() < span.end and (role is None or span.role is role)
            for span in self.spans
        )

    def _sentences(self) -> list[list[re.Match[str]]]:
        cuts = [match.end() for match in _SENTENCE.finditer(self.text)]
        bounds = [0, *cuts, len(self.text)]
        words = list(_WORD.finditer(self.text))
        return [
            [word for word in words if start <= word.start() < end]
            for start, end in pairwise(bounds)
        ]

    def settle(
        self, builder: GraphBuilder, words: frozenset[str], labels: Labels
    ) -> list[Leftover]:
        """What the reader with this grammar left over of the text, in what it has drawn."""
        in_quotes = {name.casefold() for name in quoted(self.text)}
        named = [*(node.label for node in builder.nodes), *(g.label for g in builder.groups)]
        bad = [
            Leftover(name, Verdict.REFUSE)
            for name in named
            if name.casefold() not in in_quotes and is_no_name(name, labels)
        ]
        if bad:
            return bad
        said = [edge.label for edge in builder.edges]
        rows = [row for node in builder.nodes for row in node.rows]
        for mark in _MARKER.finditer(self.text):
            self.claim(mark.start(), mark.end(), WordRole.GRAMMAR)
        self.claim_words(words, WordRole.GRAMMAR)
        self.claim_words(POLITENESS, WordRole.POLITENESS)
        self.claim_names([*named, *said, *rows, builder.title], words)
        return self.leftovers()


def quoted(text: str) -> list[str]:
    """What stands in quotation marks."""
    return [squeeze(match[1]) for match in _QUOTED.finditer(text)]


def _is_form(word: str, known: set[str]) -> bool:
    """Whether a word is one of these, or one of them with another ending."""
    if word in known or len(word) < _LEAST_STEM:
        return word in known
    return any(
        abs(len(one) - len(word)) <= _ENDING and (one.startswith(word) or word.startswith(one))
        for one in known
        if len(one) >= _LEAST_STEM
    )


def _folded(word: str) -> str:
    return stem(word.casefold().replace("\u2019", "'"))
