"""Trees: organisation charts, hierarchies, site maps."""

from app.domain.kinds.tree.layout import arrange
from app.domain.kinds.tree.reading import read_hierarchy
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
        "de": phrases("organigramm"),
    },
    everyday=vocabulary("hierarchy tree"),
    aliases=phrases("orgchart, org_chart, org chart, hierarchy"),
    phrase="a tree",
    example="org chart: CEO: CTO, CFO; CTO: Dev, Ops",
    icon="binary-tree",
    meaning="one root; edges go from parent to child.",
    instead_of={"team": 22, "family": 23},
    readers=(Reader(50, read_hierarchy),),
    rooted=True,
    takes_arrows=True,
    repair=tied_if_bare,
    arrange=arrange,
    roles=roots,
)
