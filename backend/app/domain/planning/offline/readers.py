"""All readers of plain words in their order; the ones here belong to no kind of diagram."""

import re
from dataclasses import replace

from app.domain.errors import NotUnderstood
from app.domain.planning.accounting import Accounting, Verdict, WordRole
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Reader, Source
from app.domain.planning.offline import header
from app.domain.planning.offline.asides import Plain
from app.domain.planning.offline.flow import FLOW_WORDS, read_flow
from app.domain.planning.offline.help import refusal
from app.domain.planning.offline.outlines import LIST_WORDS, read_list
from app.domain.planning.offline.shapes import SHAPE_WORDS, read_shapes, read_words
from app.domain.planning.offline.tokens import T, tokenize
from app.domain.planning.sentences import say


def _diagram_of_arrows(source: Source) -> GraphBuilder | None:
    """A named kind whose content is only arrows keeps the arrows: "mind map: a -> b"."""
    if source.kind is None or not source.kinds[source.kind].takes_arrows:
        return None
    if not any(token.kind is T.ARROW for token in tokenize(source.body)):
        return None
    builder = GraphBuilder(source.kind, source.direction or "down", source.title)
    return read_flow(source.body, builder)


SHARED = (
    Reader(10, read_words, SHAPE_WORDS),
    Reader(140, read_list, FLOW_WORDS | LIST_WORDS),
    Reader(150, _diagram_of_arrows, FLOW_WORDS),
    Reader(170, read_shapes, SHAPE_WORDS),
)


def read(source: Source, plain: Plain) -> GraphBuilder | None:
    """The first reading that gives a drawing and accounts for every word. A reader that
    recognises its kind but not the content raises NotUnderstood; unless that kind was asked for
    by name, the others are still asked before that is believed."""
    refused: NotUnderstood | None = None
    own = (reader for kind in source.kinds for reader in kind.readers)
    for reader in sorted((*SHARED, *own), key=lambda reader: reader.turn):
        try:
            builder = reader.read(source)
            if builder is not None and (builder.nodes or builder.groups):
                _settle(builder, reader, source, plain)
                return builder
        except NotUnderstood as error:
            refused = refused or error
            if source.kind and reader in source.kinds[source.kind].readers:
                break  # it is of this kind, so nobody else may read it as something looser
    if refused is not None:
        raise refused
    return None


def _settle(builder: GraphBuilder, reader: Reader, source: Source, plain: Plain) -> None:
    """Adds what was left out as remarks. Raises NotUnderstood for what may not be left out."""
    account = Accounting(plain.account.text)
    account.spans = list(plain.account.spans)
    left = [*plain.left, *builder.left]
    for role, parts in ((WordRole.ASIDE, builder.left), (WordRole.GRAMMAR, builder.used)):
        for words in parts:
            for match in re.finditer(re.escape(words), account.text):
                account.claim(match.start(), match.end(), role)
    head = f"{source.named} {source.typed} {source.title}"
    account.claim_words(head.split(), WordRole.COMMAND)
    account.claim_words(header.WORDS, WordRole.COMMAND)
    labels = source.kinds[builder.kind].labels
    for found in account.settle(builder, reader.words, labels):
        if found.verdict is Verdict.REFUSE:
            raise refusal("unread", source.language, words=found.words[:120])
        left.append(found.words)
    builder.remarks += [say("left_out", source.language, words=words[:200]) for words in left]
    for asked, words in plain.asked.items():
        if asked not in reader.honours:
            builder.remarks.append(say("no_ideas", source.language, words=words))
        elif asked == "places":
            builder.remarks.append(say("to_fill_in", source.language, words=words))


def sourced(plain: Plain, source: Source) -> Source:
    """The source with what was asked for outside the drawing."""
    return replace(source, room=plain.room, places=plain.places, title=source.title or plain.title)
