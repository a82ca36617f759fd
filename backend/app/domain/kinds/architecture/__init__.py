"""Architectures: parts of a system in groups, and who talks to whom."""

from app.domain.kinds.architecture.reading import WORDS, read_architecture
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
        "de": phrases(
            """
            architekturdiagramm, systemarchitektur, architektur, systemdiagramm,
            netzwerkdiagramm, komponentendiagramm, blockdiagramm
            """
        ),
        "fr": phrases(
            """
            architecture système, diagramme d'architecture, diagramme de composants, schéma
            réseau
            """
        ),
        "es": phrases(
            """
            arquitectura, diagrama de arquitectura, arquitectura del sistema, diagrama de red,
            diagrama de componentes
            """
        ),
        "cjk": phrases(
            """
            架构图, 系统架构图, アーキテクチャ図, 아키텍처
            """
        ),
    },
    everyday=vocabulary("system"),
    aliases=phrases("system, network, deployment"),
    phrase="an architecture",
    example="architecture: web and mobile talk to API; API -> database",
    translated={
        "de": ("eine Architektur", "Architektur: Web und App sprechen mit API; API -> Datenbank"),
        "fr": (
            "une architecture",
            "architecture: web et mobile parlent à API; API -> base de données",
        ),
        "es": (
            "una arquitectura",
            "arquitectura: web y móvil hablan con API; API -> base de datos",
        ),
    },
    icon="server-2",
    meaning="components inside groups, edges for calls and data.",
    instead_of={"network": 18, "service": 19, "server": 20, "cloud": 21},
    labels="names",
    links="some",
    readers=(Reader(120, read_architecture, WORDS),),
    takes_arrows=True,
    grows=True,
    arrange=flow.in_rows,
    colors=by_group,
)
