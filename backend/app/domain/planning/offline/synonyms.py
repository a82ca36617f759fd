"""What people call things: synonyms, abbreviations, and what a product is an example of."""

# ruff: noqa: E501 - a pattern stands on one line

import re

from app.domain.planning.names import stem
from app.domain.planning.text import key, words

# Each line means one thing.
_SAME = """
db, database, data base, datenbank, datenbasis, base de données, base de datos
auth, authentication, auth service, authentifizierung, anmeldung
config, configuration, konfiguration
app, application, anwendung
svc, service, dienst
mq, message queue, queue, warteschlange
k8s, kubernetes
repo, repository
dev, development, entwicklung
prod, production, produktion
hr, human resources, people team, personal, personalabteilung
lb, load balancer, lastverteiler
fe, frontend, front end, front-end
be, backend, back end, back-end
ui, user interface, oberfläche, benutzeroberfläche
admin, administrator
docs, documentation, dokumentation
vp, vice president
ceo, chief executive officer, chief executive
cto, chief technology officer
cfo, chief financial officer
coo, chief operating officer
gw, gateway
cdn, content delivery network
fs, file system, dateisystem
mail, e-mail, email
todo, to do, to-do, zu tun
doing, in progress, wip, in arbeit
done, finished, completed, fertig, erledigt
user, benutzer, nutzer
payment, zahlung
order, bestellung
cache, zwischenspeicher
"""
_EXAMPLES = {
    "database": "postgres postgresql mysql mariadb sqlite mongodb mongo oracle dynamodb cassandra mssql",
    "cache": "redis memcached varnish",
    "queue": "kafka rabbitmq sqs nats celery",
    "storage": "s3 minio gcs",
    "load balancer": "nginx haproxy traefik envoy",
}  # fmt: skip
_GROUPS = tuple(
    frozenset(key(name) for name in line.split(",")) for line in _SAME.strip().splitlines()
)


def same_thing(reference: str, label: str) -> bool:
    """Whether the words may be another name for what bears the label."""
    one, other = key(reference), key(label)
    if not one or not other:
        return False
    return (
        any(one in group and other in group for group in _GROUPS)
        or _initials(one, other)
        or _initials(other, one)
        or _by_words(one, other)
        or _is_example(one, other)
    )


def _initials(short: str, long: str) -> bool:
    parts = words(long)
    return len(parts) > 1 and short.replace(".", "") == "".join(part[0] for part in parts)


def _by_words(one: str, other: str) -> bool:
    """ "the orders database" and "Orders DB": word for word."""
    first, second = words(one), words(other)
    if len(first) != len(second) or len(first) < 2:
        return False
    return all(
        stem(a) == stem(b) or any(a in group and b in group for group in _GROUPS)
        for a, b in zip(first, second, strict=True)
    )


def _is_example(reference: str, label: str) -> bool:
    """ "the database" where the label is Postgres, or has the word in it."""
    group = next((g for g in _GROUPS if reference in g), frozenset([reference]))
    named = set(words(label))
    return any(
        thing in group and bool(named & set(known.split())) for thing, known in _EXAMPLES.items()
    ) or any(re.search(rf"\b{re.escape(name)}\b", label) for name in group - {reference})
