"""What is judged of a new drawing: connections, repetition, names, size, language."""

import re
from collections import Counter

from app.domain.planning.judging.evidence import Answer, Defect, same
from app.domain.planning.names import squashed, stems
from app.domain.planning.plan import Graph, Node
from app.domain.planning.prompt import EXAMPLES
from app.domain.planning.speech import scores_of, script_of

MOST_ALIKE = 3
"""So often a label may stand in a drawing, or in a fifth of it."""
LONGEST_SERIES = 12
USUAL_SHAPES, SHAPES_A_WORD = 80, 3
ECHOED = 3
WEEKS_OF_A_YEAR = 53
LONGEST_NAME = 4
"""Words; what is longer is a sentence, which a drawing may say otherwise."""
_LISTED = 6
_NO_ARROWS = re.compile(
    r"\b(?:no|without|ohne|keine|sans|pas de|sin)\b[^.,;\n]{0,20}"
    r"(?:arrow|connect|line|edge|pfeil|verbindung|linie|fl[e\u00e8]che|lien|flecha|conexi)",
    re.IGNORECASE,
)
_OF_LANGUAGES = re.compile(
    r"\b(?:english|german|french|spanish|chinese|japanese|korean|russian|italian|englisch\w*|"
    r"deutsch\w*|franz\u00f6sisch\w*|spanisch\w*|anglais\w*|allemand\w*|fran\u00e7ais\w*|espagnol\w*|"
    r"ingl\u00e9s|alem\u00e1n|franc\u00e9s|espa\u00f1ol|translat\w*|\u00fcbersetz\w*|tradui\w*|traduc\w*)\b",
    re.IGNORECASE,
)  # fmt: skip


# "each with its own database"
_EACH = re.compile(
    r"\b(?:each|every|own|per|jede[rsnm]?|jeweils|je|eigene[rsnm]?|chaque|chacune?|cada)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?P<noun>nodes?|steps?|labels?|texts?|box|items?|shapes?|title|placeholder|knoten|schritt|\u00e9tape|paso|n)\s?(?:\d{1,3}|[a-z])?",
    re.IGNORECASE,
)


def is_connected(answer: Answer) -> Defect | None:
    """Connections where the kind has them. A drawing without any is no such drawing."""
    if _NO_ARROWS.search(answer.request.instruction) or _asked_for_loose_shapes(answer):
        return None
    for graph in answer.graphs:
        links = answer.kinds[graph.kind].links
        shapes = [n for n in graph.nodes if n.shape not in ("note", "text") and n.label.strip()]
        if links == "none" or len(shapes) < 2:
            continue
        ends = {end for edge in graph.edges for end in (edge.source, edge.target)}
        loose = [node.label for node in shapes if node.id not in ends]
        if not graph.edges:
            words = f"The {graph.kind} has no edges. Connect its nodes with edges."
            return Defect(words, "unconnected", links == "all")
        if links == "all" and loose:
            named = _listing(loose)
            return Defect(f"These nodes have no edge: {named}.", "loose", False, {"names": named})
    return None


def _asked_for_loose_shapes(answer: Answer) -> bool:
    read = answer.read_offline
    graphs = [one for one in read.operations if isinstance(one, Graph)] if read else []
    return bool(graphs) and not any(graph.edges for graph in graphs)


def repeats_nothing(answer: Answer) -> Defect | None:
    """No label many times over, no endless series, unless as many were asked for."""
    labels = [same(node.label) for node in answer.nodes]
    if not labels:
        return None
    share = 2 if _EACH.search(answer.request.instruction) else 5
    allowed = max(MOST_ALIKE, len(labels) // share, answer.largest_number)
    # The same card may stand in every column.
    in_groups = Counter((node.group, same(node.label)) for node in answer.nodes)
    (_, label), times = in_groups.most_common(1)[0]
    if times > allowed and not _repeating_kind(answer):
        first = next(node.label for node in answer.nodes if same(node.label) == label)
        shown = " ".join(first.split())[:60]
        words = f'The label "{shown}" stands {times} times. Write every thing once.'
        return Defect(words, "repeated", True, {"words": shown, "count": str(times)})
    series, length = Counter(re.sub(r"\d+", "#", label) for label in labels).most_common(1)[0]
    asked = _is_a_series_of_time(series, answer)
    longest = WEEKS_OF_A_YEAR if asked else max(LONGEST_SERIES, len(labels) // 2)
    if "#" in series and length > max(longest, answer.largest_number):
        words = f"{length} nodes differ only in their number. Write only what was asked for."
        return Defect(words, "series", True, {"count": str(length)})
    return None


def _is_a_series_of_time(series: str, answer: Answer) -> bool:
    """Sprints, weeks or lessons that the person speaks of, in a drawing without connections."""
    unit = squashed(series.replace("#", ""))
    loose = all(answer.kinds[graph.kind].links == "none" for graph in answer.graphs)
    return bool(unit and answer.graphs) and loose and unit in squashed(answer.request.instruction)


def _repeating_kind(answer: Answer) -> bool:
    """Fields of a screen, cells of a grid may well be called alike."""
    return bool(answer.graphs) and all(
        answer.kinds[graph.kind].same_names for graph in answer.graphs
    )


def is_no_example(answer: Answer) -> Defect | None:
    """Nothing of the prompt's examples and placeholders, unless the request is about the same."""
    asked = squashed(answer.known_before)  # "an e-mail check", "our signup"
    for example in EXAMPLES:
        known = {same(label) for label in example.labels}
        drawn = {same(node.label) for node in answer.drawn_by(example.op)}
        echo = known & drawn
        echoes = len(echo) >= min(ECHOED, len(known)) and len(echo) * 2 > len(drawn)
        if echoes and not any(word in asked for word in example.topic):
            words = "This is the example of the instructions. Answer the request instead."
            return Defect(words, "example", True)
    empty = [node for node in answer.nodes if _is_empty(node, answer) and not node.rows]
    if len(empty) * 2 > len(answer.nodes):
        return Defect("Most nodes have no label. Write what they are.", "wordless", True)
    return None


def _is_empty(node: Node, answer: Answer) -> bool:
    """Without words, or with a word like "Node 3" that the person did not use."""
    found = _PLACEHOLDER.fullmatch(node.label.strip())
    said = set(stems(answer.known_before))
    placeholder = found is not None and not said & set(stems(found["noun"]))
    return not squashed(node.label) or (placeholder and len(answer.nodes) <= LONGEST_SERIES)


def has_the_names(answer: Answer) -> Defect | None:
    """The names that the person spelled out are there."""
    wanted = [name for name in answer.spelled_out if len(name.split()) <= LONGEST_NAME]
    if not answer.texts or _OF_LANGUAGES.search(answer.request.instruction):
        return None
    missing = [answer.as_written(name) for name in wanted if not answer.says(name)]
    if not missing:
        return None
    named = _listing(missing)
    fatal = len(missing) * 2 > len(wanted) and len(wanted) > 1
    return Defect(f"These are missing: {named}.", "missing", fatal, {"names": named})


def is_of_reasonable_size(answer: Answer) -> Defect | None:
    """Not many times what the request gives words for."""
    asked = len(answer.request.instruction.split()) * SHAPES_A_WORD
    most = max(USUAL_SHAPES + asked, answer.largest_number * 2)
    count = len(answer.nodes)
    if count <= most:
        return None
    words = f"{count} nodes are too many for this request. Draw at most {most}."
    return Defect(words, "oversized", count > 2 * most, {"count": str(count)})


def is_in_the_language(answer: Answer) -> Defect | None:
    """Labels in the language of the request, as far as small words and letters tell."""
    instruction = answer.request.instruction
    if _OF_LANGUAGES.search(instruction) or not answer.nodes:
        return None
    shown = "\n".join(node.label for node in answer.nodes)
    defect = Defect(
        "The labels are not in the language of the request. Write them in that language.",
        "foreign",
        True,
    )
    asked_script, used_script = script_of(instruction), script_of(shown)
    if asked_script and used_script and asked_script != used_script:
        return defect
    asked, used = scores_of(instruction), scores_of(shown)
    wanted, found = max(asked, key=asked.__getitem__), max(used, key=used.__getitem__)
    clear = asked[wanted] > 1 and used[found] > 2 and used[wanted] == asked[found] == 0
    return defect if clear and wanted != found else None


def _listing(names: list[str]) -> str:
    shown = ", ".join(" ".join(name.split())[:60] for name in names[:_LISTED])
    return shown + (", ..." if len(names) > _LISTED else "")
