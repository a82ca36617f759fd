"""Tables, and the SQL that touches them."""

from app.models.ai_job import AIJob
from app.models.auth_session import AuthSession
from app.models.canvas import Canvas
from app.models.canvas_file import CanvasFile
from app.models.canvas_object import CanvasObject
from app.models.canvas_permission import CanvasPermission
from app.models.change_set import ChangeSet
from app.models.invitation import Invitation
from app.models.named_version import NamedVersion
from app.models.oidc import OidcAttempt, OidcIdentity
from app.models.share_link import ShareLink
from app.models.sync_client import SyncClient
from app.models.user import User

__all__ = [
    "AIJob",
    "AuthSession",
    "Canvas",
    "CanvasFile",
    "CanvasObject",
    "CanvasPermission",
    "ChangeSet",
    "Invitation",
    "NamedVersion",
    "OidcAttempt",
    "OidcIdentity",
    "ShareLink",
    "SyncClient",
    "User",
]
