"""The door: who knocks, whether the permission table lets them in, and how often they may."""

from inspect import signature
from typing import cast

from flask import Flask, Request, current_app, g, request

from app.config.settings import Settings
from app.domain.access.ids import PROOFS, OperatorId, proves
from app.domain.access.policy import GRANTS, Role, Rule
from app.domain.errors import NotAllowed, NotAuthenticated, NotFound, RateLimited
from app.routes.doors import doors, job_limits
from app.services import access_service, auth_service
from app.services.access_service import Actor
from app.services.rate_limits import RateLimits
from app.utils.browser import bearer_of, cookie_name, same_origin

METRICS = "/metrics"  # its Bearer is the monitoring's own, no account's
CHECKED = frozenset({"canvas_id", "job_id"})  # names of identifiers in addresses
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Requests per account (or address, for who is not signed in), beside the general bound. What asks
# for a job is bounded by its kind.
LIMITS: dict[str, str] = {
    "POST /api/auth/register": "10/10minutes",
    "POST /api/auth/login": "20/5minutes",
    "GET /api/auth/oidc/start": "120/5minutes",
    "GET /api/auth/oidc/callback": "120/5minutes",
    "POST /api/canvases/<canvas_id>/files": "600/hour",
    "POST /api/canvases/<canvas_id>/duplicate": "120/hour",
    "POST /api/canvases/<canvas_id>/import": "120/hour",
    "POST /api/canvases/<canvas_id>/review": "300/hour",
    "POST /api/invitations/accept": "30/hour",
    "POST /api/share-links/open": "30/hour",
}
GENERAL_LIMIT = "1200/minute"


def install_guards(app: Flask, limits: RateLimits) -> None:
    """Hold every request to the permission table; a route that is not in it is refused."""

    rules, specific = doors(), LIMITS | job_limits()

    @app.before_request
    def _knock() -> None:
        if request.method == "OPTIONS" or request.url_rule is None:
            return
        door = door_of(request)
        rule = rules.get(door)
        if rule is None:
            raise NotFound
        settings: Settings = current_app.config["SETTINGS"]
        actor = _identify(settings, rule)
        g.actor = actor
        if settings.rate_limits:
            _count(limits, door, specific.get(door), actor)
        if rule is not Rule.PUBLIC:
            _admit(rule, actor)


def door_of(req: Request) -> str:
    method = "GET" if req.method == "HEAD" else req.method
    return f"{method} {req.url_rule}"


def current_actor() -> Actor:
    """The signed-in person of this request (the door has checked that there is one)."""
    return cast("Actor", g.actor)


def current_role() -> Role:
    """That of the signed-in person on the canvas of this request (the door has asked for it)."""
    return cast("Role", g.role)


def current_operator() -> OperatorId:
    """The signed-in person, as whom the door has let in for running the installation."""
    return cast("OperatorId", g.operator)


def hold_routes_to_the_table(app: Flask) -> None:
    """What a route takes for a checked identifier, its door has checked.

    Raises:
        RuntimeError: it has not, or the route takes the identifier as a plain string.
    """
    table = doors()
    for address in app.url_map.iter_rules():
        view = app.view_functions[address.endpoint]
        takes = signature(view, eval_str=True).parameters
        for method in (address.methods or set()) - {"HEAD", "OPTIONS"}:
            door = f"{method} {address}"
            for name in takes.keys() & CHECKED:
                if not proves(table.get(door, Rule.PUBLIC), takes[name].annotation):
                    raise RuntimeError(f"{door} does not check {name} as its route takes it")


def _identify(settings: Settings, rule: Rule) -> Actor | None:
    """A Bearer decides alone: a wrong one never falls back to the cookie."""
    secret = bearer_of(request.headers.get("Authorization"))
    if secret is not None and request.path != METRICS:
        actor = auth_service.authenticate(secret, ("login", "token"))
        if actor is None:
            raise NotAuthenticated("The token is not valid or has expired.")
        return actor
    cookie = request.cookies.get(cookie_name(secure=settings.secure_cookies))
    if not cookie:
        return None
    if request.method not in SAFE_METHODS and not same_origin(
        request.headers.get, settings.public_url, settings.cors_origins
    ):
        if rule is Rule.PUBLIC:
            return None
        raise NotAllowed("This request came from another site and was refused.")
    return auth_service.authenticate(cookie, ("browser",))


def _admit(rule: Rule, actor: Actor | None) -> None:
    if actor is None:
        raise NotAuthenticated
    values = request.view_args or {}
    if rule is Rule.OPERATOR:
        g.operator = access_service.require_operator(actor)
    elif rule in GRANTS:
        g.role = access_service.role_of(actor.id, values["canvas_id"])
        access_service.check(values["canvas_id"], g.role, rule)
    elif rule in PROOFS:
        access_service.require_job(actor.id, rule, values["job_id"])


def _count(limits: RateLimits, door: str, specific: str | None, actor: Actor | None) -> None:
    who = actor.id if actor else (request.remote_addr or "unknown")
    wait = limits.hit(GENERAL_LIMIT, "http", who)
    if wait is None and specific:
        wait = limits.hit(specific, door, who)
    if wait is not None:
        raise RateLimited(wait)
