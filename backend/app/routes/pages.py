"""The client: its built files, its page for every address of its own, and the safety headers."""

import mimetypes
import re
from pathlib import Path

from flask import Blueprint, Flask, Response, request, send_from_directory
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.security import safe_join

from app.domain.errors import NotFound
from app.routes.methods import allowed_methods

pages_bp = Blueprint("pages", __name__)

DIST = Path(__file__).parents[3] / "frontend" / "dist"
API_PREFIXES = ("api/", "socket.io")
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
YEAR = "public, max-age=31536000, immutable"
# Files whose name contains a digest of their content: they never change.
FOREVER = re.compile(r"assets/|fonts/.*-[0-9a-f]{32}\.woff2$")
# What a copy is called that the build has compressed, the smallest first.
COPIES = {"br": ".br", "gzip": ".gz"}

# `style-src 'unsafe-inline'`: the editor styles elements inline. Nothing runs from elsewhere.
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; "
    "frame-src 'none'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'"
)
NOT_BUILT = (
    "<!doctype html><title>CollabCanvas</title>"
    "<p>The client is not built yet. Run <code>make run</code>, which builds it."
)


@pages_bp.get("/")
def page() -> Response:
    return _page("index.html")


@pages_bp.get("/docs")
def docs() -> Response:
    return _page("docs.html")


@pages_bp.get("/<path:path>")
def file_or_page(path: str) -> Response:
    if path.startswith(API_PREFIXES):
        raise MethodNotAllowed(allowed_methods())  # none: then it is nothing at all
    if _is_built(path):
        response = _built(path)
        response.headers["Cache-Control"] = YEAR if FOREVER.match(path) else "no-cache"
        return response
    if "." in path.rsplit("/", 1)[-1]:
        raise NotFound
    return _page("canvas.html" if path.startswith("canvas/") else "index.html")


def _page(name: str) -> Response:
    if not _is_built(name):
        return Response(NOT_BUILT, status=503, mimetype="text/html")
    response = _built(name)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _is_built(path: str) -> bool:
    """False for what lies elsewhere or cannot be a file's name: nobody learns what else is here."""
    found = safe_join(str(DIST), path)
    try:
        return found is not None and Path(found).is_file()
    except OSError:  # too long for a name
        return False


def _built(path: str) -> Response:
    """The file, or the smallest copy of it that the browser understands."""
    kind = TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0]
    copies = {coding: suffix for coding, suffix in COPIES.items() if _is_built(f"{path}{suffix}")}
    coding = next((coding for coding in copies if request.accept_encodings[coding]), None)
    name = path + copies[coding] if coding else path
    response = send_from_directory(DIST, name, mimetype=kind)
    if coding:
        response.headers["Content-Encoding"] = coding
    if copies:
        response.vary.add("Accept-Encoding")
    return response


def install_headers(app: Flask, *, https: bool) -> None:
    @app.after_request
    def _harden(response: Response) -> Response:
        headers = response.headers
        headers.pop("Date", None)  # the server writes it, for every answer
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if response.mimetype == "text/html":
            headers.setdefault("Content-Security-Policy", CSP)
        if https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.path.startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")
        return response
