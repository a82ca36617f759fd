"""Writes random graphs down as people do: prose, lists, arrows, tables, in four languages."""

# ruff: noqa: E501 - words stand on one line

import random
from dataclasses import dataclass, field
from itertools import pairwise

NOUNS = {
    "en": "Invoice Order Warehouse Ticket Patient Server Report Budget Contract Parcel Lesson Garden "
    "Camera Engine Bridge Harbour Kitchen Ledger Market Museum Orchard Pencil Quarry Railway Shelter "
    "Tunnel Valley Window Bakery Clinic",
    "de": "Rechnung Bestellung Lager Vorgang Patient Rechner Bericht Haushalt Vertrag Paket Unterricht "
    "Garten Kamera Motor Hafen Markt Museum Obstwiese Bleistift Steinbruch Bahnhof Tal Fenster "
    "Praxis Werkstatt Schule Wiese Fabrik Küche",
    "fr": "Facture Commande Entrepôt Dossier Patient Serveur Rapport Budget Contrat Colis Cours Jardin "
    "Caméra Moteur Port Marché Musée Verger Crayon Carrière Gare Vallée Fenêtre Clinique Atelier "
    "École Prairie Usine Cuisine Tunnel",
    "es": "Factura Pedido Almacén Expediente Paciente Servidor Informe Presupuesto Contrato Paquete "
    "Clase Jardín Cámara Motor Puerto Mercado Museo Huerto Lápiz Cantera Estación Valle Ventana "
    "Clínica Taller Escuela Prado Fábrica Cocina Túnel",
}
MORE = {
    "en": "Central Digital Northern Internal Public",
    "de": "Zentral Digital Nord Intern Extra",
    "fr": "Central Digital Nord Interne Public",
    "es": "Central Digital Norte Interno Público",
}
DEEDS = {
    "en": "check the {} | send the {} | print the {} | review the {} | archive the {}",
    "de": "{} prüfen | {} senden | {} drucken | {} ablegen | {} öffnen",
    "fr": "vérifier {} | envoyer {} | imprimer {} | classer {} | ouvrir {}",
    "es": "revisar {} | enviar {} | imprimir {} | archivar {} | abrir {}",
}
AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}
YES_NO = {"en": ("yes", "no"), "de": ("ja", "nein"), "fr": ("oui", "non"), "es": ("sí", "no")}
NAMES = {
    "flow": {"en": "flowchart", "de": "Flussdiagramm", "fr": "logigramme", "es": "diagrama de flujo"},
    "tree": {"en": "org chart", "de": "Organigramm", "fr": "organigramme", "es": "organigrama"},
    "mind": {"en": "mind map", "de": "Mindmap", "fr": "carte mentale", "es": "mapa mental"},
    "system": {
        "en": "architecture", "de": "Architektur", "fr": "architecture système", "es": "arquitectura"
    },
    "sequence": {
        "en": "sequence diagram", "de": "Sequenzdiagramm", "fr": "diagramme de séquence",
        "es": "diagrama de secuencia",
    },
    "state": {
        "en": "state diagram", "de": "Zustandsdiagramm", "fr": "diagramme d'états",
        "es": "diagrama de estados",
    },
    "board": {"en": "kanban", "de": "Kanban-Board", "fr": "tableau kanban", "es": "tablero kanban"},
}  # fmt: skip
DRAW = {"en": "draw a {}", "de": "zeichne ein {}", "fr": "dessine un {}", "es": "dibuja un {}"}
FIRST = {
    "en": ("First {}", ", then {}", ", and then {}"),
    "de": ("Zuerst {}", ", dann {}", ", danach {}"),
    "fr": ("D'abord {}", ", puis {}", ", ensuite {}"),
    "es": ("Primero {}", ", luego {}", ", después {}"),
}
REPORTS = {
    "en": ("{} reports to {}", "{} report to {}"),
    "de": ("{} berichtet an {}", "{} berichten an {}"),
    "fr": ("{} rapporte à {}", "{} rapportent à {}"),
    "es": ("{} reporta a {}", "{} reportan a {}"),
}
TALKS = {
    "en": ("{} talks to {}", "{} talk to {}"),
    "de": ("{} spricht mit {}", "{} sprechen mit {}"),
    "fr": ("{} parle à {}", "{} parlent à {}"),
    "es": ("{} habla con {}", "{} hablan con {}"),
}
HEADINGS = {
    "en": (("from", "to"), ("name", "manager")),
    "de": (("von", "nach"), ("name", "vorgesetzter")),
    "fr": (("source", "cible"), ("nom", "chef")),
    "es": (("origen", "destino"), ("nombre", "jefe")),
}


@dataclass
class Written:
    """A text, and what it says: labels and (source, target)."""

    text: str
    language: str
    form: str
    nodes: set[str] = field(default_factory=set)
    edges: set[tuple[str, str]] = field(default_factory=set)


class Author:
    """Writes with one source of chance, so that a seed gives a text."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test
        self.language = self.chance.choice(list(NOUNS))

    def write(self) -> Written:
        forms = (
            self.arrows, self.steps, self.deeds, self.decision, self.tree_prose, self.tree_list,
            self.tree_sections, self.tree_table, self.mind, self.system, self.system_arrows,
            self.links, self.sequence, self.states, self.board, self.bullets,
        )  # fmt: skip
        form = self.chance.choice(forms)
        return form()

    def names(self, least: int, most: int) -> list[str]:
        nouns = NOUNS[self.language].split()
        found = self.chance.sample(nouns, self.chance.randint(least, most))
        more = MORE[self.language].split()
        return [
            f"{self.chance.choice(more)} {name}" if self.chance.random() < 0.3 else name
            for name in found
        ]

    def head(self, kind: str) -> str:
        name = NAMES[kind][self.language]
        if self.chance.random() < 0.5:
            name = DRAW[self.language].format(name)
        return f"{name}: "

    def listed(self, names: list[str]) -> str:
        if len(names) == 1:
            return names[0]
        return f"{', '.join(names[:-1])} {AND[self.language]} {names[-1]}"

    def made(self, text: str, form: str, nodes: list[str], edges: list[tuple[str, str]]) -> Written:
        return Written(text, self.language, form, set(nodes), set(edges))

    def chain(self, names: list[str]) -> list[tuple[str, str]]:
        return list(pairwise(names))

    def arrows(self) -> Written:
        names = self.names(3, 7)
        sign = self.chance.choice([" -> ", " => ", " → ", " --> "])
        head = self.head("flow") if self.chance.random() < 0.5 else ""
        return self.made(head + sign.join(names), "arrows", names, self.chain(names))

    def steps(self) -> Written:
        names = self.names(3, 6)
        text = "\n".join(f"{i}. {name}" for i, name in enumerate(names, 1))
        return self.made(text, "numbered list", names, self.chain(names))

    def deeds(self) -> Written:
        verbs = DEEDS[self.language].split(" | ")
        names = [self.chance.choice(verbs).format(noun) for noun in self.names(3, 5)]
        first, then, after = FIRST[self.language]
        rest = "".join(self.chance.choice([then, after]).format(name) for name in names[1:])
        return self.made(f"{first.format(names[0])}{rest}.", "prose", names, self.chain(names))

    def decision(self) -> Written:
        one, asked, good, bad = self.names(4, 4)
        yes, no = YES_NO[self.language]
        text = f"{self.head('flow')}{one} -> {asked}? {yes} -> {good}, {no} -> {bad}"
        question = f"{asked}?"
        edges = [(one, question), (question, good), (question, bad)]
        return self.made(text, "decision", [one, question, good, bad], edges)

    def tree(self) -> tuple[list[str], dict[str, list[str]]]:
        names = self.names(4, 8)
        below: dict[str, list[str]] = {}
        for i, name in enumerate(names[1:], 1):
            above = names[self.chance.randrange(min(i, 3))]
            below.setdefault(above, []).append(name)
        return names, below

    def pairs(self, below: dict[str, list[str]]) -> list[tuple[str, str]]:
        return [(above, name) for above, names in below.items() for name in names]

    def tree_prose(self) -> Written:
        names, below = self.tree()
        one, many = REPORTS[self.language]
        said = [
            (one if len(under) == 1 else many).format(self.listed(under), above)
            for above, under in below.items()
        ]
        return self.made(
            self.head("tree") + "; ".join(said), "tree prose", names, self.pairs(below)
        )

    def outline(self, below: dict[str, list[str]], name: str, depth: int = 0) -> list[str]:
        lines = [f"{'  ' * depth}- {name}"]
        for under in below.get(name, []):
            lines += self.outline(below, under, depth + 1)
        return lines

    def tree_list(self) -> Written:
        names, below = self.tree()
        text = "\n".join(self.outline(below, names[0]))
        return self.made(text, "tree list", names, self.pairs(below))

    def bullets(self) -> Written:
        names, below = self.tree()
        text = self.head("mind").rstrip() + "\n" + "\n".join(self.outline(below, names[0]))
        return self.made(text, "mind map list", names, self.pairs(below))

    def tree_sections(self) -> Written:
        names, below = self.tree()
        text = "; ".join(f"{above}: {', '.join(under)}" for above, under in below.items())
        return self.made(self.head("tree") + text, "tree sections", names, self.pairs(below))

    def tree_table(self) -> Written:
        names, below = self.tree()
        heading = ",".join(HEADINGS[self.language][1])
        rows = [f"{name},{above}" for above, name in self.pairs(below)]
        return self.made("\n".join([heading, *rows]), "table", names, self.pairs(below))

    def mind(self) -> Written:
        names = self.names(5, 8)
        root, first, *rest = names
        inner, outer = rest[:2], rest[2:]
        branches = ", ".join([f"{first} ({', '.join(inner)})", *outer])
        edges = [(root, first), *((first, name) for name in inner), *((root, o) for o in outer)]
        return self.made(f"{self.head('mind')}{root}: {branches}", "mind map", names, edges)

    def system(self) -> Written:
        names = self.names(4, 6)
        one, many = TALKS[self.language]
        front, middle, back = names[:2], names[2], names[3:]
        said = [many.format(self.listed(front), middle), one.format(middle, self.listed(back))]
        edges = [(name, middle) for name in front] + [(middle, name) for name in back]
        return self.made(self.head("system") + "; ".join(said), "system prose", names, edges)

    def system_arrows(self) -> Written:
        names = self.names(4, 6)
        edges = self.chain(names)
        text = "; ".join(f"{one} -> {other}" for one, other in edges)
        return self.made(self.head("system") + text, "system arrows", names, edges)

    def links(self) -> Written:
        names = self.names(3, 6)
        heading = ",".join(HEADINGS[self.language][0])
        edges = self.chain(names)
        rows = [f"{one},{other}" for one, other in edges]
        return self.made("\n".join([heading, *rows]), "table of links", names, edges)

    def sequence(self) -> Written:
        names = self.names(2, 4)
        edges = [*self.chain(names), (names[1], names[0])]
        words = self.names(len(edges), len(edges))
        text = "; ".join(f"{a} -> {b}: {w}" for (a, b), w in zip(edges, words, strict=True))
        return self.made(self.head("sequence") + text, "sequence", names, edges)

    def states(self) -> Written:
        names = self.names(3, 5)
        edges = [*self.chain(names), (names[-1], names[0])]
        text = "; ".join(f"{one} -> {other}" for one, other in edges)
        return self.made(self.head("state") + text, "states", names, edges)

    def board(self) -> Written:
        names = self.names(6, 8)
        columns, cards = names[:3], names[3:]
        parts = [[card for i, card in enumerate(cards) if i % 3 == c] for c in range(3)]
        said = zip(columns, parts, strict=True)
        text = "; ".join(f"{name}: {', '.join(part)}" for name, part in said)
        return self.made(self.head("board") + text, "board", cards, [])


GREETINGS = {
    "en": ("Hi Ana,\n\n", "Hello team, ", "Dear all,\n", "Good morning! "),
    "de": ("Hallo zusammen,\n\n", "Guten Tag, ", "Hallo Eva,\n"),
    "fr": ("Bonjour,\n\n", "Salut Marie, "),
    "es": ("Hola a todos,\n\n", "Buenos días, "),
}
ENDINGS = {
    "en": ("\n\nThanks\nBen", ". Thank you!", "\nKind regards, Tom"),
    "de": ("\n\nDanke\nUwe", ". Vielen Dank!", "\nViele Grüße, Eva"),
    "fr": ("\n\nMerci\nLuc", ". Merci beaucoup !"),
    "es": ("\n\nGracias\nLuis", ". ¡Gracias!"),
}
ASIDES = {
    "en": (
        ". It is for my boss.", ". We need it by Friday.", ". Please make it colourful.",
        ". This is only a draft.", ", with 3 ideas each", "; leave room for 4 cards in each",
        ", please use big boxes", " (this is just a first version)", ". Let me know if it works.",
        ", each with its own budget", ", which we bought last year", ", if there is time",
        ", 2 examples per item", ". My colleague will check the numbers.",
    ),
    "de": (
        ". Es ist für meinen Chef.", ". Wir brauchen das bis Freitag.", ". Bitte mach es bunt.",
        ". Das ist nur ein Entwurf.", ", mit je 3 Ideen", ", falls noch Zeit ist",
        "; Platz für 4 Karten pro Spalte", ", welche wir gekauft haben",
    ),
    "fr": (
        ". C'est pour mon chef.", ". Nous avons une réunion vendredi.", ", avec 3 idées chacun",
        ". Utilise des couleurs.", ", qui est nouveau", ", si possible",
    ),
    "es": (
        ". Es para mi jefe.", ". Lo necesitamos el viernes.", ", con 3 ideas cada uno",
        ". Usa colores.", ", que compramos ayer", ", si hay tiempo",
    ),
}  # fmt: skip


def with_noise(written: Written, seed: int) -> Written:
    """The same text with a greeting, an ending and something aside, or some of these."""
    chance = random.Random(seed)  # noqa: S311 - a test
    text, language = written.text, written.language
    aside = chance.choice(ASIDES[language])
    if written.form == "system prose" and "its own" in aside:  # there it is understood
        aside = ASIDES[language][0]
    text = text.rstrip(".") + aside if chance.random() < 0.8 else text
    if chance.random() < 0.5:
        text = chance.choice(GREETINGS[language]) + text
    if chance.random() < 0.5:
        text += chance.choice(ENDINGS[language])
    return Written(text, language, written.form, written.nodes, written.edges)
