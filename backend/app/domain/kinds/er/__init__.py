"""Data models: entities with their fields, classes, and relations."""

from app.domain.kinds.er.classes import read_classes, write_classes
from app.domain.kinds.er.edits import read_edit
from app.domain.kinds.er.mermaid import read_er
from app.domain.kinds.er.reading import WORDS, read_entities
from app.domain.layout import flow
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="er",
    names={
        "en": phrases(
            """
            er, er diagram, erd, entity relationship diagram, entity-relationship diagram,
            database schema, data model, schema, database diagram, class diagram, er model
            """
        ),
        "de": phrases(
            """
            datenmodell, er-diagramm, entity-relationship-diagramm, er-modell,
            datenbankschema, klassendiagramm, datenbankmodell
            """
        ),
        "fr": phrases(
            """
            modèle de données, diagramme er, schéma de base de données, diagramme de classes,
            diagramme entité-association
            """
        ),
        "es": phrases(
            """
            modelo de datos, diagrama er, diagrama entidad-relación, esquema de base de datos,
            diagrama de clases
            """
        ),
        "cjk": phrases(
            """
            实体关系图, er图
            """
        ),
    },
    everyday=vocabulary("schema er"),
    aliases=phrases("class, erd, entity_relationship, schema"),
    phrase="a data model",
    example="ER diagram: Order (id, date) has many Items (id, quantity)",
    translated={
        "de": (
            "ein Datenmodell",
            "ER-Diagramm: Kunde hat viele Bestellungen; Bestellung hat viele Positionen",
        ),
        "fr": (
            "un modèle de données",
            "modèle de données: Client a plusieurs Commandes; Commande a plusieurs Lignes",
        ),
        "es": (
            "un modelo de datos",
            "modelo de datos: Cliente tiene muchos Pedidos; Pedido tiene muchos Artículos",
        ),
    },
    icon="database",
    meaning="entities with their columns in rows; edges labelled with the relation, arrow none.",
    instead_of={"database": 24},
    direction="right",
    labels="names",
    links="some",
    keyed=True,
    readers=(Reader(100, read_entities, WORDS),),
    takes_arrows=True,
    mermaid=(
        MermaidType(30, "class", r"classDiagram", read_classes, r"classDiagram(?:-v2)?[ \t]*$"),
        MermaidType(50, "ER", r"erDiagram", read_er, r"erDiagram[ \t]*$"),
    ),
    write_mermaid=write_classes,
    arrange=flow.arrange,
    read_edit=read_edit,
)
