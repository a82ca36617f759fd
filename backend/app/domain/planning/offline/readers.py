"""All readers of plain words in their order; the ones here belong to no kind of diagram."""

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Reader, Source
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.outlines import read_list
from app.domain.planning.offline.shapes import read_shapes, read_words
from app.domain.planning.offline.tokens import T, tokenize


def _diagram_of_arrows(source: Source) -> GraphBuilder | None:
    """A named kind whose content is only arrows keeps the arrows: "mind map: a -> b"."""
    if source.kind is None or not source.kinds[source.kind].takes_arrows:
        return None
    if not any(token.kind is T.ARROW for token in tokenize(source.body)):
        return None
    builder = GraphBuilder(source.kind, source.direction or "down", source.title)
    return read_flow(source.body, builder)


_SHARED = (
    Reader(10, read_words),
    Reader(140, read_list),
    Reader(150, _diagram_of_arrows),
    Reader(170, read_shapes),
)


def read(source: Source) -> GraphBuilder | None:
    """The first reading that gives a drawing. A reader that recognises its kind but not the
    content raises NotUnderstood; the others are still asked before that is believed."""
    refusal: NotUnderstood | None = None
    own = (reader for kind in source.kinds for reader in kind.readers)
    for reader in sorted((*_SHARED, *own), key=lambda reader: reader.turn):
        try:
            builder = reader.read(source)
        except NotUnderstood as error:
            refusal = refusal or error
            continue
        if builder is not None and (builder.nodes or builder.groups):
            return builder
    if refusal is not None:
        raise refusal
    return None
