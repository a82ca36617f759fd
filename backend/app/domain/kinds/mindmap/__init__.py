"""Mind maps: one root in the middle, branches to both sides."""

from app.domain.kinds.mindmap.coloring import by_branch
from app.domain.kinds.mindmap.edits import read_edit
from app.domain.kinds.mindmap.layout import arrange
from app.domain.kinds.mindmap.mermaid import read_mindmap as read_mermaid
from app.domain.kinds.mindmap.mermaid import write_mindmap
from app.domain.kinds.mindmap.reading import WORDS, read_mindmap
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
        "de": phrases(
            """
            mindmap diagramm, gedankenkarte, gedankenlandkarte
            """
        ),
        "fr": phrases(
            """
            carte mentale, carte heuristique, carte conceptuelle
            """
        ),
        "es": phrases(
            """
            mapa mental, mapa conceptual
            """
        ),
        "cjk": phrases(
            """
            思维导图, 脑图, マインドマップ, 마인드맵
            """
        ),
    },
    everyday=vocabulary("brainstorm"),
    aliases=phrases("mind_map, mind map, mind-map"),
    phrase="a mind map",
    example="mind map of coffee: beans (arabica, robusta), brewing, shops",
    translated={
        "de": ("eine Mindmap", "Mindmap Kaffee: Bohnen (Arabica, Robusta), Zubereitung, Läden"),
        "fr": ("une carte mentale", "carte mentale de voyage: vols, hôtels (ville, plage), budget"),
        "es": ("un mapa mental", "mapa mental de viaje: vuelos, hoteles (ciudad, playa), comida"),
    },
    icon="brain",
    meaning="one root; edges go from parent to child.",
    instead_of={"use case": 7, "persona": 8},
    links="all",
    acyclic=True,
    readers=(Reader(40, read_mindmap, WORDS),),
    rooted=True,
    takes_arrows=True,
    repair=tied,
    mermaid=(MermaidType(60, "mindmap", r"mindmap", read_mermaid, follows=r"[ \t].*\S"),),
    write_mermaid=write_mindmap,
    arrange=arrange,
    roles=roots,
    colors=by_branch,
    read_edit=read_edit,
    grows_at_root=True,
)
