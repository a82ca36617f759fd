"""Architectures: parts of a system in groups, and who talks to whom."""

from app.domain.kinds.architecture.reading import read_architecture
from app.domain.layout import flow
from app.domain.planning.kinds import Reader
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import by_group
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="architecture",
    names={
        "en": phrases(
            """
            architecture diagram, architecture, system diagram, system architecture,
            deployment diagram, network diagram, component diagram, block diagram,
            infrastructure diagram, system, data flow, data flow diagram, microservices,
            microservice architecture
            """
        ),
        "de": phrases("architekturdiagramm, systemarchitektur"),
    },
    everyday=vocabulary("system"),
    aliases=phrases("system, network, deployment"),
    phrase="an architecture",
    example="architecture: web and mobile talk to API; API -> database",
    icon="server-2",
    meaning="components inside groups, edges for calls and data.",
    instead_of={"network": 18, "service": 19, "server": 20, "cloud": 21},
    readers=(Reader(120, read_architecture),),
    takes_arrows=True,
    grows=True,
    arrange=flow.in_rows,
    colors=by_group,
)
