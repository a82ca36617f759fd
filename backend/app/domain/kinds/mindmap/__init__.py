"""Mind maps: one root in the middle, branches to both sides."""

from app.domain.kinds.mindmap.coloring import by_branch
from app.domain.kinds.mindmap.layout import arrange
from app.domain.kinds.mindmap.mermaid import read_mindmap as read_mermaid
from app.domain.kinds.mindmap.mermaid import write_mindmap
from app.domain.kinds.mindmap.reading import read_mindmap
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.repair_hierarchy import tied
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import roots
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="mindmap",
    names={
        "en": phrases(
            """
            mind map, mindmap, mind-map, brainstorm, concept map, brainstorming, spider diagram,
            brainstorm ideas
            """
        ),
    },
    everyday=vocabulary("brainstorm"),
    aliases=phrases("mind_map, mind map, mind-map"),
    phrase="a mind map",
    example="mind map of coffee: beans (arabica, robusta), brewing, shops",
    icon="brain",
    meaning="one root; edges go from parent to child.",
    instead_of={"use case": 7, "persona": 8},
    readers=(Reader(40, read_mindmap),),
    rooted=True,
    takes_arrows=True,
    repair=tied,
    mermaid=(MermaidType(60, "mindmap", r"mindmap", read_mermaid, follows=r"[ \t].*\S"),),
    write_mermaid=write_mindmap,
    arrange=arrange,
    roles=roots,
    colors=by_branch,
)
