"""The client's half of the protocol as frontend/src/sync/room.ts and canvasSession.ts have it:
base + sent + pending. It speaks through two lists, so that a test decides what arrives."""

import copy
from collections import deque
from collections.abc import Iterable
from typing import Any

from app.domain.sync.vocabulary import REFUSALS

Element = dict[str, Any]
Change = dict[str, Any]
Message = tuple[str, Any]

MAX_CHANGES = 3  # small, so that outboxes take several batches
BUSY, FORBIDDEN = REFUSALS["busy"], REFUSALS["forbidden"]


def merge_change(earlier: Change | None, later: Change) -> Change:
    if earlier is None:
        return later
    merged = {"id": later["id"], "set": {**earlier["set"], **later["set"]}}
    return merged | ({"create": True} if earlier.get("create") or later.get("create") else {})


class Room:
    """What one tab knows: `base` (the server's state at `seq`), the batch on its way, and edits."""

    def __init__(self, client_id: str) -> None:
        self.client_id = client_id
        self.epoch = ""
        self.seq = -1
        self.base: dict[str, Element] = {}
        self.sent: dict[str, Any] | None = None
        self.pending: dict[str, Change] = {}
        self.next_n = 1
        self.last_n = 0

    def shown(self) -> dict[str, Element]:
        view = {key: dict(element) for key, element in self.base.items()}
        sent = self.sent["changes"] if self.sent else []
        for change in [*sent, *self.pending.values()]:
            if change["id"] in view or change.get("create"):
                view[change["id"]] = {**view.get(change["id"], {}), **change["set"]}
        return {key: element for key, element in view.items() if not element["isDeleted"]}

    def edit(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self.pending[change["id"]] = merge_change(self.pending.get(change["id"]), change)

    def take_batch(self) -> dict[str, Any] | None:
        if self.sent or not self.pending:
            return None
        ids = list(self.pending)[:MAX_CHANGES]
        self.sent = {"n": self.next_n, "changes": [self.pending.pop(key) for key in ids]}
        self.next_n += 1
        return self.sent

    def acknowledge(self, n: int, seq: int) -> None:
        self.last_n = max(self.last_n, n)
        if self.sent and self.sent["n"] == n:
            self.sent["committed_at"] = seq
            self.settle(0)

    def refuse(self, n: int) -> None:
        if not self.sent or self.sent["n"] != n:
            return
        changes, self.sent = self.sent["changes"], None
        if len(changes) == 1:
            if changes[0].get("create"):
                self.pending.pop(changes[0]["id"], None)
            return
        half = (len(changes) + 1) // 2
        for change in changes[half:]:
            newer = self.pending.pop(change["id"], None)
            self.edit([change, newer] if newer else [change])
        self.sent = {"n": self.next_n, "changes": changes[:half]}
        self.next_n += 1

    def discard(self) -> None:
        self.pending.clear()
        self.sent = None

    def apply_frame(self, frame: dict[str, Any]) -> bool:
        """Whether it continued what is known."""
        if frame["from"] > self.seq + 1 or self._has_stranger(frame):
            return False
        for change in frame["changes"]:
            if change["seq"] > self.seq:
                self._apply(change)
        self.seq = max(self.seq, frame["to"])
        self.settle(frame["acks"].get(self.client_id, 0))
        return True

    def apply_join(self, reply: dict[str, Any]) -> None:
        if reply["mode"] == "snapshot":
            self.base.clear()
        self.base.update((element["id"], element) for element in reply["objects"])
        if self.sent and reply["epoch"] != self.epoch:
            self.sent.pop("committed_at", None)  # another epoch counts anew: it is sent again
        self.epoch, self.seq = reply["epoch"], reply["seq"]
        self.next_n = max(self.next_n, reply["last_n"] + 1)
        self.last_n = reply["last_n"]
        self.settle(reply["last_n"])

    def settle(self, last_n: int) -> None:
        self.last_n = max(self.last_n, last_n)
        if self.sent is None:
            return
        committed = self.sent.get("committed_at")
        if self.sent["n"] <= last_n or (committed is not None and self.seq >= committed):
            self.sent = None

    def _has_stranger(self, frame: dict[str, Any]) -> bool:
        met: set[str] = set()
        for change in frame["changes"]:
            key = change["id"]
            if change["seq"] <= self.seq or key in self.base or key in met:
                continue
            met.add(key)
            if "type" not in change["set"] and change["set"].get("isDeleted") is False:
                return True
        return False

    def _apply(self, change: dict[str, Any]) -> None:
        before = self.base.get(change["id"])
        if before is not None or "type" in change["set"]:
            self.base[change["id"]] = {**(before or {}), **change["set"], "id": change["id"]}


class Tab:
    """A room with a connection. `up` is what the server has not read yet, `down` what this tab has
    not. Timers of the client are calls of `nudge`."""

    def __init__(self, client_id: str, user_id: str) -> None:
        self.user_id = user_id
        self.room = Room(client_id)
        self.up: deque[Message] = deque()
        self.down: list[Message] = []
        self.held: list[dict[str, Any]] = []
        self.connected = self.joining = self.ready = self.ended = False
        self.heals = True  # a tab without gap detection is what the tests must be able to find
        self.role = ""
        self.kept: Any = None
        self.acknowledged: list[Change] = []

    def connect(self) -> None:
        self.connected = True
        self.join()

    def disconnect(self) -> None:
        self.connected = self.joining = False
        self.up.clear()
        self.down.clear()

    def reload(self, *, saved: bool) -> None:
        """A new page on the same device; not `saved`: the browser was killed."""
        if saved:
            self.save()
        self.disconnect()
        room, self.room = self.room, Room(self.room.client_id)
        if self.kept is not None:
            outbox, base, self.room.epoch, self.room.seq = copy.deepcopy(self.kept)
            self.room.base = base
            self.room.next_n, self.room.sent, pending = outbox
            self.room.edit(pending)
        self.room.next_n = max(self.room.next_n, 1)
        self.held, self.ready, self.ended, self.role = [], False, False, ""
        assert room.client_id == self.room.client_id

    def save(self) -> None:
        room, sent = self.room, self.room.sent
        plain = sent and {"n": sent["n"], "changes": sent["changes"]}
        outbox = (room.next_n, plain, list(room.pending.values()))
        self.kept = copy.deepcopy((outbox, room.base, room.epoch, room.seq))

    def edit(self, *changes: Change) -> None:
        if self.role in {"owner", "editor"} and not self.ended:
            self.room.edit(changes)

    def nudge(self) -> None:
        """Whatever timer is due: send what waits, ask again for what seems lost."""
        if not self.connected or self.ended or self.joining:
            return
        waiting = self.room.sent is not None and "committed_at" in self.room.sent
        if (self.held or waiting or not self.ready) and self.heals:
            self.join()
        else:
            self.flush()

    def join(self) -> None:
        self.joining = True
        since = {"epoch": self.room.epoch, "since": self.room.seq} if self.room.seq >= 0 else {}
        self.up.append(("join", since))

    def flush(self) -> None:
        if self.connected and self.ready and self.room.take_batch():
            self.save()  # before it leaves, so that a reload repeats it under its own number
            self._transmit()

    def take(self, message: Message) -> None:
        """Something has arrived."""
        kind, body = message
        if not self.ended:
            getattr(self, f"_on_{kind}")(body)

    def _transmit(self) -> None:
        sent = self.room.sent
        if sent is not None and "committed_at" not in sent:
            changes = copy.deepcopy(sent["changes"])
            self.up.append(
                ("push", {"n": sent["n"], "after": self.room.last_n, "changes": changes})
            )

    def _on_joined(self, reply: dict[str, Any]) -> None:
        self.joining = False
        if "code" in reply:
            if reply["code"] in FORBIDDEN:
                self._on_removed(None)
            return
        if self.room.sent and self.room.sent["n"] <= reply["last_n"]:
            self.acknowledged += self.room.sent["changes"]
        self.room.apply_join(reply)
        self.ready = True
        self._on_role(reply["role"])
        self._replay()
        if self.room.sent:
            self._transmit()
        else:
            self.flush()

    def _on_frame(self, frame: dict[str, Any]) -> None:
        if self.joining or self.room.seq < 0 or not self._apply(frame):
            self.held.append(frame)
        elif self.held:
            self._replay()

    def _on_answer(self, answer: dict[str, Any]) -> None:
        n, sent = answer["n"], self.room.sent
        if "seq" in answer:
            if sent and sent["n"] == n:
                self.acknowledged += sent["changes"]
            self.room.acknowledge(n, answer["seq"])
        elif answer["code"] in BUSY:
            self._transmit()
        elif answer["code"] in REFUSALS["rejoin"]:
            self.join()
        elif answer["code"] in FORBIDDEN:
            self.room.discard()
            self.join()
        else:
            self.room.refuse(n)
            self.save()  # the halves have numbers of their own
            self._transmit()

    def _on_head(self, seq: int) -> None:
        if seq > self.room.seq and not self.joining and self.heals:
            self.join()

    def _on_role(self, role: str) -> None:
        self.role = role
        if role == "viewer":
            self.room.discard()

    def _on_removed(self, _body: Any) -> None:
        self.room.discard()
        self.ended = True

    def _apply(self, frame: dict[str, Any]) -> bool:
        if self.room.sent and self.room.sent["n"] <= frame["acks"].get(self.room.client_id, 0):
            self.acknowledged += self.room.sent["changes"]
        if not self.heals:
            self.room.seq = max(self.room.seq, frame["from"] - 1)
        return self.room.apply_frame(frame)

    def _replay(self) -> None:
        frames, self.held = sorted(self.held, key=lambda frame: frame["from"]), []
        self.held = [frame for frame in frames if not self._apply(frame)]
