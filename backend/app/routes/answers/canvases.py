"""Canvases, their scenes, their members, their pictures."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel

from app.domain.access.policy import Role
from app.routes.answers.base import Answer, Count, Person, Success, Time


class Canvas(Answer):
    """A canvas, as one of its members sees it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11",
                    "title": "Sign-up flow",
                    "role": "owner",
                    "owner": {"id": "3d6f4a52-7f0e-4b0c-9a6b-0f3d8a1b2c3d", "name": "Ben"},
                    "object_count": 11,
                    "seq": 42,
                    "thumbnail": "/api/canvases/0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11/thumbnail"
                    "?v=5f0c1a2b-42",
                    "created_at": "2026-11-20T09:30:00.120000+00:00",
                    "updated_at": "2026-11-20T09:31:04.500000+00:00",
                }
            ]
        }
    )

    id: str
    title: str
    role: Role
    """Of the person who asks."""
    owner: Person
    object_count: Count
    seq: Count
    """The number of the newest change."""
    thumbnail: str
    """The address of a small picture, which changes with what the canvas shows."""
    created_at: Time
    updated_at: Time


class CanvasAnswer(Success):
    canvas: Canvas


class CanvasList(Success):
    canvases: list[Canvas]
    next_cursor: str | None
    """Asks for the next page as `cursor`; null on the last one."""


class SceneElement(Answer):
    """An object: an Excalidraw element (format of 0.18.1) with all its properties.

    Beside these an element has those of its type: `text` and `fontSize`, `points`, `fileId` ...
    """

    model_config = ConfigDict(extra="allow")

    id: str
    type: Literal[
        "rectangle", "ellipse", "diamond", "line", "arrow", "text", "freedraw", "frame", "image"
    ]
    x: float
    y: float
    width: float
    height: float
    angle: float
    strokeColor: str  # noqa: N815  the editor's spelling, as below
    backgroundColor: str  # noqa: N815
    fillStyle: Literal["solid", "hachure", "cross-hatch", "zigzag"]  # noqa: N815
    strokeWidth: float  # noqa: N815
    strokeStyle: Literal["solid", "dashed", "dotted"]  # noqa: N815
    roughness: float
    opacity: Annotated[float, Field(ge=0, le=100)]
    groupIds: list[str]  # noqa: N815
    frameId: str | None  # noqa: N815
    index: str
    """The order of drawing: a fractional index."""
    roundness: dict[str, Any] | None
    seed: int
    version: int
    """The server counts it."""
    versionNonce: int  # noqa: N815
    isDeleted: bool  # noqa: N815
    boundElements: list[dict[str, Any]] | None  # noqa: N815
    updated: int
    link: str | None
    locked: bool


class Scene(Success):
    """The objects of a canvas at one moment, in the order in which they are drawn."""

    epoch: str
    """Changes when the canvas's history was replaced, for example by a backup."""
    seq: Count
    """The number of the newest change."""
    min_seq: Count
    """The oldest `since` for which a delta is still known."""
    mode: Literal["snapshot", "delta"]
    """`snapshot`: all objects that are not deleted. `delta`: those that changed after `since`,
    with deleted ones."""
    objects: list[SceneElement]


class ExcalidrawDocument(Answer):
    """An .excalidraw file."""

    type: Literal["excalidraw"]
    version: Literal[2]
    source: str
    elements: list[SceneElement]
    appState: dict[str, Any]  # noqa: N815
    files: dict[str, "DocumentFile"]


class DocumentFile(Answer):
    """A picture within an .excalidraw file."""

    id: str
    mimeType: str  # noqa: N815
    dataURL: str  # noqa: N815
    created: int


class Imported(Success):
    added: Count
    """Objects."""
    skipped: Count
    """Objects that no canvas can hold, and images without their picture."""
    files: Count
    """Pictures."""
    seq: Count
    """The number of the change that put them there."""


class CanvasFile(Answer):
    """A picture on a canvas. Its `id` is the SHA-256 of the bytes that were sent."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    mimeType: Literal["image/png", "image/jpeg"]  # noqa: N815
    width: Count
    height: Count
    size: Count
    """Bytes that count against the quotas."""
    created_at: Time
    url: str


class CanvasFileAnswer(Success):
    file: CanvasFile


class Member(Answer):
    """Somebody on a canvas."""

    user_id: str
    name: str
    email: str
    role: Role


class MemberAnswer(Success):
    member: Member


class MemberList(Success):
    role: Role
    """Of the person who asks."""
    members: list[Member]


class Transferred(Success):
    members: list[Member]


class Invitation(Answer):
    """An open invitation, for one e-mail address."""

    id: str
    email: str
    role: Literal["editor", "viewer"]
    created_at: Time
    expires_at: Time


class NewInvitation(Invitation):
    url: str
    """The link to join by, shown only now."""


class InvitationAnswer(Success):
    invitation: NewInvitation


class SharedWith(RootModel[MemberAnswer | InvitationAnswer]):
    """A member at once, or an invitation if the address has no account."""

    model_config = ConfigDict(defer_build=True)


class InvitationList(Success):
    invitations: list[Invitation]


class ShareLink(Answer):
    """A way in for everybody who has its address."""

    id: str
    role: Literal["editor", "viewer"]
    created_at: Time
    expires_at: Time


class NewShareLink(ShareLink):
    url: str
    """The address, shown only now."""


class ShareLinkAnswer(Success):
    share_link: NewShareLink


class ShareLinkList(Success):
    share_links: list[ShareLink]


class Entry(Success):
    """Where a link or an invitation led."""

    canvas_id: str
    role: Role
