"""Accounts over HTTP: signing up, in and out; where a request may come from."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import MakeApp
from tests.support.people import People
from tests.support.signing_in import bearer, browser_secret

ANA = {"email": "Ana@Example.org", "password": "correct horse", "name": "Ana"}
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def register(client: FlaskClient, **changes: str) -> object:
    return client.post("/api/auth/register", json={**ANA, **changes})


def test_a_new_account_is_signed_in_by_cookie_and_by_token(client: FlaskClient, app: Flask) -> None:
    response = register(client)
    assert response.status_code == 201
    assert set(response.json) == {"success", "token", "user"}
    assert response.json["user"]["email"] == "ana@example.org"
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get("/api/auth/me").json["user"]["name"] == "Ana"
    token = {"Authorization": f"Bearer {response.json['token']}"}
    assert app.test_client().get("/api/auth/me", headers=token).status_code == 200


def test_a_person_changes_the_name_that_others_see(client: FlaskClient) -> None:
    register(client)
    own = {"Sec-Fetch-Site": "same-origin"}
    answer = client.patch("/api/auth/me", json={"name": " Ana Ortiz "}, headers=own)
    assert (answer.status_code, answer.json["user"]["name"]) == (200, "Ana Ortiz")
    assert client.get("/api/auth/me").json["user"]["name"] == "Ana Ortiz"
    for name in ("", "x" * 81, "two\nlines"):
        refused = client.patch("/api/auth/me", json={"name": name}, headers=own)
        assert (refused.status_code, set(refused.json["fields"])) == (422, {"name"})


def test_an_address_has_one_account(client: FlaskClient) -> None:
    register(client)
    assert register(client, email="ANA@example.org").status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("password", "short"),
        ("name", ""),
        ("name", "a\nb"),
        ("name", "x" * 81),
        ("password", "x" * 257),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_stored(
    client: FlaskClient, field: str, value: str
) -> None:
    response = register(client, **{field: value})
    assert response.status_code == 422
    assert list(response.json["fields"]) == [field]
    assert client.post("/api/auth/login", json=login_of(ANA)).status_code == 401


def login_of(who: dict[str, str]) -> dict[str, str]:
    return {"email": who["email"], "password": who["password"]}


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: FlaskClient) -> None:
    register(client)
    wrong = client.post("/api/auth/login", json=login_of({**ANA, "password": "wrong one"}))
    unknown = client.post("/api/auth/login", json=login_of({**ANA, "email": "x@example.org"}))
    assert (wrong.status_code, wrong.json) == (unknown.status_code, unknown.json)
    assert wrong.status_code == 401


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient, app: Flask) -> None:
    token = {"Authorization": f"Bearer {register(client).json['token']}"}
    other = app.test_client()
    assert other.post("/api/auth/logout", headers=token).status_code == 200
    assert other.get("/api/auth/me", headers=token).status_code == 401


def test_a_wrong_token_never_falls_back_to_the_cookie(client: FlaskClient) -> None:
    register(client)
    assert client.get("/api/auth/me", headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get("/api/auth/me", headers={"Authorization": "Bearer "}).status_code == 200


def test_a_browser_cookie_is_no_bearer_and_a_bearer_no_cookie(app: Flask, people: People) -> None:
    client = app.test_client()
    secret = browser_secret(app, people.ana)
    header = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/auth/me", headers=header).status_code == 401
    token = bearer(app, people.ana)["Authorization"].removeprefix("Bearer ")
    client.set_cookie("collabcanvas_session", token)
    assert client.get("/api/auth/me").status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "https://evil.localhost"}, 403),
        ({"Origin": "http://localhost"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_cookie_counts_only_from_our_own_page(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    register(client)
    response = client.post("/api/canvases", json={"title": "T"}, headers=headers)
    assert response.status_code == status


def test_no_other_origin_is_ever_allowed(client: FlaskClient) -> None:
    response = client.get("/api/config", headers={"Origin": "https://evil.example"})
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(("policy", "status"), [("open", 201), ("invite", 403), ("closed", 403)])
def test_registration_follows_the_setting(
    make_sqlite_app: MakeApp, policy: str, status: int
) -> None:
    client = make_sqlite_app(registration=policy).test_client()
    assert register(client).status_code == status


def test_an_invited_address_may_register_and_join(make_sqlite_app: MakeApp) -> None:
    app = make_sqlite_app(registration="invite")
    from tests.support.people import add_canvas, add_people

    people = add_people(app)
    canvas = add_canvas(app, people)
    client = app.test_client()
    owner = bearer(app, people.ana)
    shared = client.post(
        f"/api/canvases/{canvas.id}/permissions",
        json={"email": "new@example.org", "role": "editor"},
        headers=owner,
    )
    secret = shared.json["invitation"]["url"].split("#")[1]
    stranger = bearer(app, people.olu)
    accept = "/api/invitations/accept"
    assert client.post(accept, json={"token": secret}, headers=stranger).status_code == 404
    signed = register(client, email="new@example.org")
    assert signed.status_code == 201
    mine = {"Authorization": f"Bearer {signed.json['token']}"}
    assert client.post(accept, json={"token": secret}, headers=mine).json["role"] == "editor"
    assert client.post(accept, json={"token": secret}, headers=mine).status_code == 404
    assert client.get(f"/api/canvases/{canvas.id}", headers=mine).json["canvas"]["role"] == "editor"


def test_too_many_sign_ins_are_told_to_wait(make_sqlite_app: MakeApp) -> None:
    client = make_sqlite_app(rate_limits=True).test_client()
    answers = [client.post("/api/auth/login", json=login_of(ANA)) for _ in range(11)]
    assert answers[9].status_code == 401
    assert answers[10].status_code == 429
    assert int(answers[10].headers["Retry-After"]) >= 1


def test_api_tokens_are_shown_once_listed_and_revoked(app: Flask, people: People) -> None:
    client, mine = app.test_client(), bearer(app, people.ana)
    made = client.post("/api/auth/tokens", json={"name": "ci"}, headers=mine)
    assert made.status_code == 201
    program = {"Authorization": f"Bearer {made.json['secret']}"}
    assert client.get("/api/auth/me", headers=program).status_code == 200
    [listed] = client.get("/api/auth/tokens", headers=mine).json["tokens"]
    assert "secret" not in listed
    theirs = bearer(app, people.ben)
    address = f"/api/auth/tokens/{listed['id']}"
    assert client.delete(address, headers=theirs).status_code == 404
    assert client.delete(address, headers=mine).status_code == 200
    assert client.get("/api/auth/me", headers=program).status_code == 401
