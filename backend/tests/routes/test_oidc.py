"""Signing in with another provider, which is believed only what it proves."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError
from sqlalchemy import select, update

from app.config.settings import Settings
from app.extensions import db
from app.models import AuthSession, OidcAttempt, OidcIdentity, User
from app.services import auth_service
from tests.conftest import MakeApp
from tests.support.oidc_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    OidcProvider,
    running_provider,
)
from tests.support.people import add_canvas, add_people

START = "/api/auth/oidc/start"


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with running_provider() as provider:
        yield provider


MakeOidcApp = Callable[..., Flask]


@pytest.fixture
def make_app(make_sqlite_app: MakeApp, provider: OidcProvider) -> MakeOidcApp:
    def make(**changes: Any) -> Flask:
        return make_sqlite_app(
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=CLIENT_SECRET,
            **changes,
        )

    return make


@pytest.fixture
def app(make_app: MakeOidcApp) -> Flask:
    return make_app()


@pytest.fixture
def any_oidc_app(make_any_app: MakeApp, provider: OidcProvider) -> Flask:
    return make_any_app(
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    )


def leave(client: FlaskClient, path: str = "/") -> str:
    answer = client.get(START, query_string={"next": path})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def sign_in(client: FlaskClient, provider: OidcProvider, path: str = "/") -> str:
    """To the provider and back; where the person ends up."""
    answer = client.get(provider.visit(leave(client, path)))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def who(client: FlaskClient) -> dict[str, Any] | None:
    return client.get("/api/config").json["user"]  # type: ignore[no-any-return]


def reason(location: str) -> str:
    return parse_qs(urlsplit(location).query)["sign_in_failed"][0]


def rows(app: Flask, model: Any) -> int:
    with app.app_context():
        return len(db.session.execute(select(model)).all())


def test_a_newcomer_gets_an_account_and_the_same_cookie_as_by_password(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    assert sign_in(client, provider, "/canvas/abc?x=1") == "/canvas/abc?x=1"
    me = who(client)
    assert me is not None
    assert (me["email"], me["name"], me["is_operator"]) == (
        "ana@corp.example",
        "Ana of Corp",
        False,
    )
    cookie = client.get_cookie("collabcanvas_session")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert client.get_cookie("collabcanvas_leaving") is None
    own = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/auth/logout", headers=own).status_code == 200
    assert who(client) is None


def test_on_both_databases_an_attempt_is_used_once_and_an_identity_linked_once(
    any_oidc_app: Flask, provider: OidcProvider
) -> None:
    client = any_oidc_app.test_client()
    assert sign_in(client, provider) == "/"
    again = any_oidc_app.test_client()
    assert sign_in(again, provider) == "/"
    assert who(client) == who(again) is not None
    assert [rows(any_oidc_app, model) for model in (User, OidcIdentity, OidcAttempt)] == [1, 1, 0]
    provider.person["sub"] = "successor-2"
    assert reason(sign_in(any_oidc_app.test_client(), provider)) == "taken"


def test_such_an_account_has_no_password(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    sign_in(client, provider)
    for password in ("!", "", "password"):
        body = {"email": "ana@corp.example", "password": password}
        assert app.test_client().post("/api/auth/login", json=body).status_code in {401, 422}


def test_the_identity_opens_its_account_also_after_the_address_has_changed(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    sign_in(client, provider)
    first = who(client)
    provider.person |= {"email": "ana.new@corp.example", "email_verified": False}
    other = app.test_client()
    assert sign_in(other, provider) == "/"
    assert who(other) == first
    assert rows(app, User) == 1


def test_who_has_an_account_keeps_it_but_no_older_way_in(
    app: Flask, provider: OidcProvider
) -> None:
    early = app.test_client()
    body = {"email": "Ana@corp.example", "password": "correct horse", "name": "Somebody"}
    token = early.post("/api/auth/register", json=body).json["token"]
    client = app.test_client()
    assert sign_in(client, provider) == "/"
    me = who(client)
    assert me is not None
    assert (me["name"], rows(app, User)) == ("Somebody", 1)
    assert who(early) is None
    bearer = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/auth/me", headers=bearer).status_code == 401
    login = {"email": "ana@corp.example", "password": "correct horse"}
    assert app.test_client().post("/api/auth/login", json=login).status_code == 401


def test_an_operator_keeps_the_password_for_the_day_when_the_provider_is_away(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    with app.app_context():
        auth_service.create_user("ana@corp.example", "correct horse", "Ana", is_operator=True)
    sign_in(client, provider)
    login = {"email": "ana@corp.example", "password": "correct horse"}
    assert app.test_client().post("/api/auth/login", json=login).status_code == 200


def test_an_address_that_was_given_to_somebody_else_does_not_open_the_account(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    sign_in(client, provider)
    provider.person["sub"] = "successor-2"
    other = app.test_client()
    assert reason(sign_in(other, provider)) == "taken"
    assert who(other) is None


LATER = int(datetime.now(UTC).timestamp()) - 3_600


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "false"}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email_verified": 1}, "unverified"),
        ({"email_verified": None}, "unverified"),
        ({"email": None}, "unverified"),
        ({"email": ["ana@corp.example"]}, "unverified"),
        ({"email": "ana@corp.example\n@evil.example"}, "unverified"),
        ({"email": "bo\u212a@corp.example"}, "unverified"),  # the Kelvin sign, k in lower case
        ({"nonce": "another"}, "untrusted"),
        ({"nonce": None}, "untrusted"),
        ({"aud": "another-client"}, "untrusted"),
        ({"aud": [CLIENT_ID, "another"]}, "untrusted"),  # without azp
        ({"aud": [CLIENT_ID, "another"], "azp": "another"}, "untrusted"),
        ({"aud": None}, "untrusted"),
        ({"iss": "https://evil.example"}, "untrusted"),
        ({"iss": None}, "untrusted"),
        pytest.param({"exp": LATER}, "untrusted", id="expired"),  # an id is the same in each worker
        ({"exp": None}, "untrusted"),
        pytest.param({"nbf": LATER + 10_000}, "untrusted", id="not valid yet"),
        ({"sub": ""}, "untrusted"),
        ({"sub": None}, "untrusted"),
        ({"sub": 7}, "untrusted"),
        ({"sub": "x" * 256}, "untrusted"),
    ],
    ids=str,
)
def test_a_token_that_does_not_prove_who_this_is_opens_nothing(
    claims: dict[str, Any], told: str, app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    provider.claims = claims
    assert reason(sign_in(client, provider)) == told
    assert who(client) is None
    assert (rows(app, User), rows(app, AuthSession)) == (0, 0)


@pytest.mark.parametrize(
    "forged", ["unsigned", "signed_with_the_public_key", "signed_by_somebody_else"]
)
def test_a_forged_signature_opens_nothing(
    forged: str, app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    provider.sign_with = getattr(provider, forged)
    assert reason(sign_in(client, provider)) == "untrusted"
    assert rows(app, User) == 0


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "[].e30.x", "W10.e30.x"])
def test_what_is_no_token_opens_nothing(
    token: str, app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    provider.sign_with = lambda _claims: token
    assert reason(sign_in(client, provider)) == "untrusted"


def test_a_state_is_used_once(app: Flask, client: FlaskClient, provider: OidcProvider) -> None:
    address = leave(client)
    cookie = client.get_cookie("collabcanvas_leaving")
    assert cookie is not None
    back = provider.visit(address)
    assert client.get(back).headers["Location"] == "/"
    client.set_cookie("collabcanvas_leaving", cookie.value)
    client.delete_cookie("collabcanvas_session")
    assert reason(client.get(back).headers["Location"]) == "expired"
    assert who(client) is None


def test_a_code_that_was_redeemed_is_not_taken_again(
    client: FlaskClient, provider: OidcProvider
) -> None:
    first = provider.visit(leave(client))
    client.get(first)
    client.delete_cookie("collabcanvas_session")
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    again = client.get(f"/api/auth/oidc/callback?code={code}&state={state}")
    assert reason(again.headers["Location"]) == "expired"
    assert who(client) is None


def test_another_browser_cannot_finish_a_sign_in_nor_spoil_it(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    """So that nobody can be signed in to an attacker's account by a link."""
    back = provider.visit(leave(client))
    victim = app.test_client()
    assert reason(victim.get(back).headers["Location"]) == "expired"
    leave(victim)  # with a cookie of its own
    assert reason(victim.get(back).headers["Location"]) == "expired"
    assert who(victim) is None
    assert client.get(back).headers["Location"] == "/"


def test_a_sign_in_that_took_too_long_is_not_finished(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    from app.models.sql_time import utc_after

    back = provider.visit(leave(client))
    with app.app_context():
        db.session.execute(update(OidcAttempt).values(expires_at=utc_after(-1)))
        db.session.commit()
    assert reason(client.get(back).headers["Location"]) == "expired"
    leave(client)
    assert rows(app, OidcAttempt) == 1  # the old one was swept


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example",
        "/\n/evil.example", "evil.example", "javascript:alert(1)", "", "/api/auth/me",
        "/" + "x" * 600, "/ö", "/canvas\r\nSet-Cookie: a=b", "\\\\evil.example",
    ],
)  # fmt: skip
def test_the_way_back_leads_to_our_own_pages_only(
    path: str, client: FlaskClient, provider: OidcProvider
) -> None:
    assert sign_in(client, provider, path) == "/"


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://corp.example/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": 7},
        {"jwks_uri": "https://user:password@corp.example/keys"},
    ],
    ids=str,
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    discovery: dict[str, Any], client: FlaskClient, provider: OidcProvider
) -> None:
    provider.discovery = discovery
    answer = client.get(START)
    location = str(answer.headers["Location"])
    if location.startswith(provider.issuer):
        location = str(client.get(provider.visit(location)).headers["Location"])
    assert reason(location) == "provider"
    assert who(client) is None


@pytest.mark.parametrize("at", ["/.well-known/openid-configuration", "/keys"])
@pytest.mark.parametrize(
    "answer",
    [b'{"issuer": "' + b"x" * 2_000_000 + b'"}', b"[" * 100_000, b"no json", b"[1]"],
    ids=["huge", "deep", "no json", "no object"],
)
def test_a_document_that_is_huge_or_senseless_is_refused_in_time(
    at: str, answer: bytes, client: FlaskClient, provider: OidcProvider
) -> None:
    provider.answers[at] = answer
    began = time.thread_time()  # of the processor: the machine may have other work
    location = str(client.get(START).headers["Location"])
    if at == "/keys":
        location = str(client.get(provider.visit(location)).headers["Location"])
    assert reason(location) == "provider"
    assert time.thread_time() - began < 10


def test_no_redirect_of_the_provider_is_followed(
    client: FlaskClient, provider: OidcProvider
) -> None:
    provider.answers["/.well-known/openid-configuration"] = (302, f"{provider.issuer}/inside")
    assert reason(client.get(START).headers["Location"]) == "provider"
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_a_provider_that_is_away_is_told_to_the_person(
    client: FlaskClient, provider: OidcProvider
) -> None:
    back = provider.visit(leave(client, "/canvas/abc"))
    provider.stop()
    location = client.get(back).headers["Location"]
    assert location.startswith("/canvas/abc?")
    assert reason(location) == "provider"


def test_new_keys_of_the_provider_are_learnt(
    client: FlaskClient, provider: OidcProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, provider)
    provider.rotate()
    monkeypatch.setattr("app.adapters.oidc.ASK_AGAIN_SECONDS", 0.0)
    client.delete_cookie("collabcanvas_session")
    assert sign_in(client, provider) == "/"
    assert who(client) is not None
    assert provider.asked.count("/keys") == 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    ("error", "told"), [("access_denied", "cancelled"), ("server_error", "provider")]
)
def test_who_changes_their_mind_comes_back_with_a_sentence(
    error: str, told: str, client: FlaskClient, provider: OidcProvider
) -> None:
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    back = client.get(f"/api/auth/oidc/callback?error={error}&state={state}")
    assert reason(back.headers["Location"]) == told


def test_an_answer_in_the_name_of_another_provider_is_refused(
    client: FlaskClient, provider: OidcProvider
) -> None:
    back = provider.visit(leave(client)) + "&iss=https://evil.example"
    assert reason(client.get(back).headers["Location"]) == "untrusted"


def test_a_disabled_person_stays_outside(
    app: Flask, client: FlaskClient, provider: OidcProvider
) -> None:
    with app.app_context():
        auth_service.create_user("ana@corp.example", "correct horse", "Ana")
        db.session.execute(update(User).values(is_disabled=True))
        db.session.commit()
    assert reason(sign_in(client, provider)) == "disabled"
    assert rows(app, OidcIdentity) == 0
    with app.app_context():
        db.session.execute(update(User).values(is_disabled=False))
        db.session.commit()
    sign_in(client, provider)
    with app.app_context():
        db.session.execute(update(User).values(is_disabled=True))
        db.session.commit()
    assert who(client) is None
    assert reason(sign_in(client, provider)) == "disabled"


def test_registration_is_as_for_passwords(make_app: MakeOidcApp, provider: OidcProvider) -> None:
    closed = make_app(registration="closed")
    assert reason(sign_in(closed.test_client(), provider)) == "closed"
    invited = make_app(registration="invite")
    assert reason(sign_in(invited.test_client(), provider)) == "not_invited"
    people = add_people(invited)
    canvas = add_canvas(invited, people)
    with invited.app_context():
        actor = auth_service.start_session(people.ana, "login").actor
        from app.services.member_service import invite

        invite(actor, canvas.id, "ana@corp.example", "editor")
    assert sign_in(invited.test_client(), provider) == "/"
    assert sign_in(closed.test_client(), provider) == "/"  # who has an account by now


def test_only_allowed_domains_come_in_also_later(
    make_app: MakeOidcApp, provider: OidcProvider
) -> None:
    app = make_app(oidc_allowed_domains="Other.example, corp.example")
    assert sign_in(app.test_client(), provider) == "/"
    provider.person |= {"sub": "eve-1", "email": "eve@evil.example"}
    assert reason(sign_in(app.test_client(), provider)) == "domain"
    provider.person |= {"sub": "eve-2", "email": "eve@corp.example.evil.example"}
    assert reason(sign_in(app.test_client(), provider)) == "domain"
    provider.person |= {"sub": "ana-1", "email": "ana@left.example"}
    assert reason(sign_in(app.test_client(), provider)) == "domain"


def test_the_page_is_told_the_name_of_the_button_and_no_secret(
    make_app: MakeOidcApp, make_sqlite_app: MakeApp
) -> None:
    answer = make_app(oidc_name="Corp").test_client().get("/api/config")
    assert answer.json["oidc"] == {"name": "Corp"}
    assert CLIENT_SECRET not in answer.text
    without = make_sqlite_app().test_client()
    assert without.get("/api/config").json["oidc"] is None
    assert without.get(START).status_code == 404
    assert without.get("/api/auth/oidc/callback?state=x&code=y").status_code == 404


def test_behind_https_the_cookie_of_the_way_is_bound_to_the_host(make_app: MakeOidcApp) -> None:
    client = make_app(public_url="https://board.example.org").test_client()
    answer = client.get(START, base_url="https://board.example.org")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-collabcanvas_leaving=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked["redirect_uri"] == ["https://board.example.org/api/auth/oidc/callback"]


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc_issuer": "http://corp.example", "oidc_client_id": "x"},
        {"oidc_issuer": "corp.example", "oidc_client_id": "x"},
        {"oidc_issuer": "https://corp.example"},
        {"oidc_issuer": "https://corp.example", "oidc_client_id": "x", "host": "0.0.0.0"},  # noqa: S104
    ],
    ids=str,
)
def test_the_program_does_not_start_with_half_a_provider(settings: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"OIDC_ISSUER|OIDC_CLIENT_ID|PUBLIC_URL"):
        Settings(**settings)  # type: ignore[arg-type]
