"""Trees: organisation charts, hierarchies, site maps."""

from app.domain.kinds.tree.edits import read_edit
from app.domain.kinds.tree.layout import arrange
from app.domain.kinds.tree.reading import WORDS, read_hierarchy
from app.domain.planning.kinds import Reader
from app.domain.planning.repair_hierarchy import tied_if_bare
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import roots
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="tree",
    names={
        "en": phrases(
            """
            org chart, organization chart, organisation chart, organizational chart,
            organisational chart, orgchart, organigram, organogram, hierarchy, tree,
            tree diagram, family tree, sitemap, site map, reporting structure,
            work breakdown structure, wbs
            """
        ),
        "de": phrases(
            """
            organigramm, baumdiagramm, hierarchie, stammbaum, projektstrukturplan, baum
            """
        ),
        "fr": phrases(
            """
            organigramme, arborescence, hiérarchie, arbre généalogique, plan du site
            """
        ),
        "es": phrases(
            """
            organigrama, jerarquía, árbol genealógico, mapa del sitio
            """
        ),
        "cjk": phrases(
            """
            组织结构图, 组织架构图, 组织图, 組織図, 조직도
            """
        ),
    },
    everyday=vocabulary("hierarchy tree baum"),
    aliases=phrases("orgchart, org_chart, org chart, hierarchy"),
    phrase="a tree",
    example="org chart: CEO: CTO, CFO; CTO: Dev, Ops",
    translated={
        "de": (
            "ein Baumdiagramm",
            "Organigramm: Leitung: Technik, Vertrieb; Technik: Web, Betrieb",
        ),
        "fr": (
            "un organigramme",
            "Organigramme: Direction: Ventes, Technique; Technique: Web, Mobile",
        ),
        "es": ("un organigrama", "Organigrama: Dirección: Ventas, Técnica; Técnica: Web, Móvil"),
    },
    icon="binary-tree",
    meaning="one root; edges go from parent to child.",
    instead_of={"team": 22, "family": 23},
    labels="names",
    links="all",
    acyclic=True,
    readers=(Reader(50, read_hierarchy, WORDS),),
    rooted=True,
    takes_arrows=True,
    repair=tied_if_bare,
    arrange=arrange,
    roles=roots,
    regular=True,
    read_edit=read_edit,
)
