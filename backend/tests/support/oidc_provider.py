"""A small OpenID provider on loopback: it signs with its own key, keeps the rules, and can be
told to break one of them."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "collabcanvas"
CLIENT_SECRET = "a secret: of this+client"
REDIRECT = "/api/auth/oidc/callback"
MAX_BODY = 10_000


class OidcProvider:
    """Whoever arrives is `person`, at once. What is put into `claims` stands in the next tokens
    instead of the truth; `None` leaves a claim out."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})
        self.person: dict[str, Any] = {
            "sub": "ana-1",
            "email": "ana@corp.example",
            "email_verified": True,
            "name": "Ana of Corp",
        }
        self.claims: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {}
        self.answers: dict[str, bytes | tuple[int, str]] = {}
        self.sign_with = self.signed
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        return f"{_part({'alg': 'none'})}.{_part(claims)}."

    def signed_with_the_public_key(self, claims: dict[str, Any]) -> str:
        """As if the public key were a secret that both sides share."""
        content = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
        mac = hmac.digest(self.key.as_pem(private=False), content.encode(), "sha256")
        return f"{content}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    def signed_by_somebody_else(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))

    def rotate(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "two", "use": "sig"})
        self.sign_with = lambda claims: jwt.encode({"alg": "RS256", "kid": "two"}, claims, self.key)

    def visit(self, address: str) -> str:
        """Do what a browser does here: sign in, and be sent back; where to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        assert asked["redirect_uri"].endswith(REDIRECT)
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        return f"{REDIRECT}?{urlencode({'code': code, 'state': asked['state']})}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _documents(self) -> dict[str, Any]:
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.discovery,
            },
            "/keys": {"keys": [self.key.as_dict(private=False)]},
        }

    def _token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        asked = self._codes.pop(form["code"], None)
        if asked is None:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert challenge == asked["code_challenge"]
        assert form["redirect_uri"] == asked["redirect_uri"]
        credentials = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        assert authorization == f"Basic {credentials}"
        now = int(time.time())
        truth = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.person,
        }  # fmt: skip
        claims = {key: value for key, value in (truth | self.claims).items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.sign_with(claims)}

    def _handler(provider: "OidcProvider") -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                provider.asked.append(path)
                if path == "/authorize":
                    redirect = parse_qs(urlsplit(self.path).query)["redirect_uri"][0]
                    back = redirect.removesuffix(REDIRECT) + provider.visit(self.path)
                    self._answer(302, b"", Location=back)
                    return
                special = provider.answers.get(path)
                if isinstance(special, tuple):
                    self._answer(special[0], b"", Location=special[1])
                    return
                document = special or json.dumps(provider._documents()[path]).encode()
                self._answer(200, document)

            def do_POST(self) -> None:
                length = min(int(self.headers["Content-Length"]), MAX_BODY)
                form = dict(parse_qsl(self.rfile.read(length).decode()))
                answer = provider._token(form, self.headers.get("Authorization", ""))
                body = json.dumps(answer or {"error": "invalid_grant"}).encode()
                self._answer(200 if answer else 400, body)

            def _answer(self, status: int, body: bytes, **headers: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(body)
                except ConnectionError:
                    self.close_connection = True  # who asked had heard enough

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler


def _part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


@contextmanager
def running_provider() -> Iterator[OidcProvider]:
    provider = OidcProvider()
    provider.start()
    try:
        yield provider
    finally:
        provider.stop()
