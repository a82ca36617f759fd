"""An OpenID provider: where it is, asking it who somebody is, and checking that it said so."""

import base64
import binascii
import json
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2

SCOPE = "openid email profile"
# Signatures by a key that only the provider has: no `none`, no shared secrets.
KEY_TYPES = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "EC", "ES384": "EC", "ES512": "EC",
}  # fmt: skip
MAX_BYTES = 128 * 1024
MAX_KEYS = 50
SILENCE_SECONDS = 3.0
TOTAL_SECONDS = 8.0
KEPT_SECONDS = 3_600.0
ASK_AGAIN_SECONDS = 60.0
LEEWAY_SECONDS = 60
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class ProviderFailed(Exception):
    """It cannot be reached, or its answer is not what the standard asks for."""


class CodeRefused(Exception):
    """The provider does not take the code: used already, too old, or not ours."""


class TokenRejected(Exception):
    """The token does not prove that our provider said this, to us, now."""


@dataclass(frozen=True)
class ClientRegistration:
    """What the provider and this installation know of each other."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True)
class Leaving:
    """What a browser takes to the provider, and what must come back from it."""

    state: str
    nonce: str
    code_verifier: str


class OidcProvider:
    """Remembers addresses and keys for an hour. Shared by all threads of a process."""

    def __init__(self, registration: ClientRegistration) -> None:
        self.registration = registration
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def address(self, leaving: Leaving) -> str:
        """Where the browser goes to sign in. Raises ProviderFailed."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        to = self._endpoint("authorization_endpoint")
        query = {
            "response_type": "code",
            "client_id": self.registration.client_id,
            "redirect_uri": self.registration.redirect_uri,
            "scope": SCOPE,
            "state": leaving.state,
            "nonce": leaving.nonce,
            "code_challenge": create_s256_code_challenge(leaving.code_verifier),
            "code_challenge_method": "S256",
        }
        return f"{to}{'&' if '?' in to else '?'}{urlencode(query)}"

    def claims(self, code: str, leaving: Leaving) -> dict[str, Any]:
        """Who the code stands for.

        Raises:
            ProviderFailed, CodeRefused, TokenRejected
        """
        answer = self._redeem(code, leaving)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderFailed("no id_token")
        return self._verified(token, leaving.nonce)

    def _redeem(self, code: str, leaving: Leaving) -> dict[str, Any]:
        ours = self.registration
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": ours.redirect_uri,
            "code_verifier": leaving.code_verifier,
        }
        auth = None
        methods = self._metadata().get("token_endpoint_auth_methods_supported")
        if not ours.client_secret:
            form["client_id"] = ours.client_id
        elif isinstance(methods, list) and "client_secret_basic" not in methods:
            form |= {"client_id": ours.client_id, "client_secret": ours.client_secret}
        else:
            auth = httpx2.BasicAuth(ours.client_id, ours.client_secret)
        return _fetch("POST", self._endpoint("token_endpoint"), data=form, auth=auth)

    def _verified(self, token: str, nonce: str) -> dict[str, Any]:
        # With all of cryptography, which an installation without a provider never needs.
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import import_key

        header = _header_of(token)
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm not in KEY_TYPES:
            raise TokenRejected("algorithm")
        try:
            key = import_key(self._key(str(algorithm), key_id))
            decoded = jwt.decode(token, key, algorithms=[str(algorithm)])
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": self.registration.issuer},
                    "aud": {"essential": True, "value": self.registration.client_id},
                },
                params={"nonce": nonce, "client_id": self.registration.client_id},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise TokenRejected(type(error).__name__) from error
        return dict(claims)

    def _key(self, algorithm: str, key_id: Any) -> dict[str, Any]:
        """The one key that may have signed; keys that are new are asked for, now and then."""
        found = _fitting(self._keys(KEPT_SECONDS), algorithm, key_id)
        if not found:
            found = _fitting(self._keys(ASK_AGAIN_SECONDS), algorithm, key_id)
        if len(found) != 1:
            raise TokenRejected("key")
        return found[0]

    def _keys(self, max_age: float) -> list[Any]:
        keys = self._remembered(self._endpoint("jwks_uri"), max_age).get("keys")
        if not isinstance(keys, list) or len(keys) > MAX_KEYS:
            raise ProviderFailed("keys")
        return keys

    def _metadata(self) -> dict[str, Any]:
        issuer = self.registration.issuer
        at = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._remembered(at, KEPT_SECONDS)
        if found.get("issuer") != issuer:
            raise ProviderFailed("issuer")
        return found

    def _endpoint(self, name: str) -> str:
        address = self._metadata().get(name)
        if not isinstance(address, str) or not is_safe_address(address):
            raise ProviderFailed(name)
        # A provider on this very machine is for trials; no other one leads us back inside.
        local = urlsplit(self.registration.issuer).hostname in LOOPBACK
        if urlsplit(address).hostname in LOOPBACK and not local:
            raise ProviderFailed(name)
        return address

    def _remembered(self, address: str, max_age: float) -> dict[str, Any]:
        with self._lock:
            at, document = self._kept.get(address, (0.0, None))
        if document is not None and time.monotonic() - at < max_age:
            return document
        document = _fetch("GET", address)
        with self._lock:
            self._kept[address] = (time.monotonic(), document)
        return document


def is_safe_address(address: str) -> bool:
    """https; plain http only on this machine."""
    parts = urlsplit(address)
    if parts.fragment or parts.username or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _fitting(keys: list[Any], algorithm: str, key_id: Any) -> list[dict[str, Any]]:
    return [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("kty") == KEY_TYPES[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (key_id is None or key.get("kid") == key_id)
    ]


def _header_of(token: str) -> dict[str, Any]:
    """What the token says about itself; nothing of it is believed yet."""
    part = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise TokenRejected("header") from error
    if not isinstance(header, dict):
        raise TokenRejected("header")
    return header


def _fetch(method: str, address: str, **more: Any) -> dict[str, Any]:
    """A JSON object: no redirect, no proxy, no compression, few bytes, few seconds."""
    end = time.monotonic() + TOTAL_SECONDS
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    body = bytearray()
    try:
        with (
            httpx2.Client(trust_env=False, follow_redirects=False, timeout=SILENCE_SECONDS) as http,
            http.stream(method, address, headers=headers, **more) as response,
        ):
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > MAX_BYTES or time.monotonic() > end:
                    raise ProviderFailed("too much, or too slow")
        if method == "POST" and response.status_code == 400:
            raise CodeRefused
        if response.status_code != 200:
            raise ProviderFailed(f"status {response.status_code}")
        document = json.loads(body)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
        raise ProviderFailed(type(error).__name__) from error
    if not isinstance(document, dict):
        raise ProviderFailed("no object")
    return document
