"""A whole canvas under random work and random faults, decided by a seed; and what must hold."""

import contextlib
import random
import unittest.mock
from collections import Counter
from typing import Any

from flask import Flask
from sqlalchemy import update

from app.domain.errors import Conflict, DomainError, NotFound
from app.domain.sync.messages import parse_changes
from app.extensions import db, socketio
from app.models import Canvas, CanvasPermission, ChangeSet
from app.models.sql_time import utc_after
from app.services import (
    history_service,
    history_upkeep,
    scene_reading,
    version_list,
    version_names,
)
from app.services.access_service import Actor
from app.services.scene_service import Applied, Push, apply_changes, commit_pushes
from app.services.undo_service import undo_change_set
from app.services.unit_of_work import unit_of_work
from app.utils import fast_json
from tests.support.elements import arrow, creation, label, rectangle
from tests.support.people import People
from tests.support.room_model import Tab


class Broken(AssertionError):
    """A rule of the protocol does not hold."""


class World:
    """One canvas on the real services, two to five tabs, and a network that loses, doubles and
    reorders frames. `rules` turns rules off, so that the checks can be checked. With `history`
    people also go back to earlier versions."""

    def __init__(
        self, app: Flask, people: People, seed: int, *rules: str, history: bool = False
    ) -> None:
        self.rng = random.Random(seed)  # noqa: S311
        self.people, self.off, self.history = people, set(rules), history
        self.log: dict[int, dict[str, Any]] = {}
        self.gone: set[tuple[str, Any]] = set()  # edits that were answered as coming too late
        self.restored: set[int] = set()  # numbers of changes that brought earlier values back
        self.present: set[Tab] = set()  # who is in the server's room
        self.marks = 0
        self.jobs: list[str] = []
        self.canvas_id = self._new_canvas()
        everybody = [people.ana, people.ben, people.vic, people.ben, people.olu]
        self.tabs = [
            Tab(f"tab-{number}", user.id)
            for number, user in enumerate(everybody[: self.rng.randint(2, 5)])
        ]
        for tab in self.tabs:
            tab.heals = "healing" not in self.off

    def _new_canvas(self) -> str:
        roles = zip(
            (self.people.ana, self.people.ben, self.people.vic, self.people.olu),
            ("owner", "editor", "viewer", "editor"),
            strict=True,
        )
        with unit_of_work():
            canvas = Canvas(title="Fuzz", owner_id=self.people.ana.id)
            db.session.add(canvas)
            db.session.flush()
            for user, role in roles:
                db.session.add(CanvasPermission(canvas_id=canvas.id, user_id=user.id, role=role))
            return canvas.id

    def run(self, operations: int) -> None:
        """Random work, then peace, then the checks. Raises Broken."""
        steps = (
            (30, self._edit), (14, self._nudge), (22, self._serve), (26, self._deliver),
            (4, self._go_offline), (6, self._connect), (2, self._reload), (2, self._change_access),
            (2, self._draw), (1, self._undo), (2, self._head), (1, self._crash), (2, self._prune),
        )  # fmt: skip
        if self.history:  # beside the others, so that pinned seeds mean what they meant
            steps += ((3, self._go_back), (1, self._name))
        weights, actions = zip(*steps, strict=True)
        socketio.bind(self._hear)
        try:
            for tab in self.tabs:
                tab.connect()
            for _ in range(operations):
                self.rng.choices(actions, weights)[0]()
            self._settle()
        finally:
            socketio.bind(None)
        self._check()

    # --- people -------------------------------------------------------------------------------

    def _tab(self) -> Tab:
        return self.rng.choice(self.tabs)

    def _mark(self) -> int:
        """A number that no other edit carries: by it an edit is found again."""
        self.marks += 1
        return self.marks

    def _edit(self) -> None:
        tab = self._tab()
        tab.edit(*(self._change(tab) for _ in range(self.rng.randint(1, 3))))

    def _change(self, tab: Tab) -> dict[str, Any]:
        mark, shown = self._mark(), tab.room.shown()
        gone = [key for key, element in tab.room.base.items() if element["isDeleted"]]
        kind = self.rng.random()
        if kind < 0.03:
            return creation(f"bad-{mark}", seed=mark, width="wide")
        if gone and kind < 0.08:
            return {"id": self.rng.choice(gone), "set": {"isDeleted": False, "seed": mark}}
        if not shown or kind < 0.25:
            return creation(f"e-{mark}", seed=mark)
        target = self.rng.choice(sorted(shown))
        edits: list[dict[str, Any]] = [
            {"x": mark, "y": mark, "width": 10, "height": 10, "angle": 0},
            {"seed": mark, "strokeColor": f"#{mark % 4096:03x}"},
            {"link": f"https://example.org/{mark}"},
            {"isDeleted": True, "seed": mark},
        ]
        return {"id": target, "set": self.rng.choice(edits)}

    def _nudge(self) -> None:
        self._tab().nudge()

    def _connect(self) -> None:
        tab = self._tab()
        if not tab.connected:
            tab.connect()

    def _go_offline(self) -> None:
        self._leave(self._tab())

    def _leave(self, tab: Tab) -> None:
        tab.disconnect()
        self.present.discard(tab)

    def _reload(self) -> None:
        tab = self._tab()
        tab.reload(saved=self.rng.random() < 0.7)
        self.present.discard(tab)

    def _change_access(self) -> None:
        user = self.rng.choice([self.people.ben, self.people.vic, self.people.olu])
        role = self.rng.choice(["editor", "editor", "viewer", None])
        with unit_of_work():
            row = db.session.get(CanvasPermission, (self.canvas_id, user.id))
            if row is not None and role is None:
                db.session.delete(row)
            elif row is not None:
                row.role = role
            elif role is not None:
                row = CanvasPermission(canvas_id=self.canvas_id, user_id=user.id, role=role)
                db.session.add(row)
        for tab in self.tabs:
            if tab in self.present and tab.user_id == user.id:
                tab.down.append(("role", role) if role else ("removed", None))
                if role is None:
                    self.present.discard(tab)

    # --- jobs ---------------------------------------------------------------------------------

    def _draw(self) -> None:
        """On the scene as some tab saw it, which may be long ago."""
        mark, seen = self._mark(), sorted(self._tab().room.base)
        box, text, line = f"box-{mark}", f"text-{mark}", f"line-{mark}"
        end = self.rng.choice(seen) if seen else box
        bound = [{"id": text, "type": "text"}, {"id": line, "type": "arrow"}]
        changes = [
            {"id": box, "create": True, "set": rectangle(box, boundElements=bound)},
            {"id": text, "create": True, "set": label(text, box)},
            {"id": line, "create": True, "set": arrow(line, box, end)},
        ]
        if seen:
            changes.append({"id": end, "set": {"boundElements": bound[1:]}})
            other = self.rng.choice(seen)
            changes.append({"id": other, "set": {"isDeleted": self.rng.random() < 0.5}})
        with unit_of_work() as work:
            applied = apply_changes(
                work, canvas_id=self.canvas_id, user_id=self.people.ana.id, changes=changes,
                job_id=f"job-{mark}",
            )  # fmt: skip
        self.jobs.append(str(applied.change_set_id))

    def _undo(self) -> None:
        if self.jobs:
            change_set = self.jobs.pop(self.rng.randrange(len(self.jobs)))
            if db.session.get(ChangeSet, change_set) is None:
                return  # too long ago
            try:
                with unit_of_work() as work:
                    undone = undo_change_set(
                        work, change_set_id=change_set, user_id=self.people.ana.id
                    ).applied
            except Conflict:
                return  # others have changed all of it since
            self.restored.update(range(undone.first_seq, undone.last_seq + 1))

    def _go_back(self) -> None:
        """To any version there is, also to one that is known by its name alone."""
        listed = version_list.list_versions(self.canvas_id, 50, None)["versions"]
        version = self.rng.choice([0, *(version["version"] for version in listed)])
        try:
            made = history_service.restore(self._ana(), self.canvas_id, version)
        except (Conflict, NotFound):
            return
        self.restored.update(range(made["version"] - made["changes"] + 1, made["version"] + 1))

    def _name(self) -> None:
        with contextlib.suppress(Conflict):  # it has one
            version_names.name_version(self._ana(), self.canvas_id, "Now", None)

    def _ana(self) -> Actor:
        ana = self.people.ana
        return Actor(ana.id, ana.name, ana.email, "session")

    def _prune(self) -> None:
        """All that happened is long ago: edits are gathered, most tombstones go."""
        with unit_of_work():
            db.session.execute(update(ChangeSet).values(created_at=utc_after(-3600)))
        with unittest.mock.patch.object(history_upkeep, "KEEP_TOMBSTONES", 1):
            history_upkeep.settle(self.canvas_id)

    # --- the server ---------------------------------------------------------------------------

    def _serve(self) -> None:
        """Read one message of each of some tabs; pushes that come together commit together."""
        tabs = [tab for tab in self.tabs if tab.up and self.rng.random() < 0.6]
        pushes: list[tuple[Tab, dict[str, Any]]] = []
        for tab in tabs:
            kind, body = tab.up.popleft()
            if kind == "join":
                self._join(tab, body)
            elif tab not in self.present:
                tab.down.append(("answer", {"n": body["n"], "code": "not_joined"}))
            elif self.rng.random() < 0.05:
                tab.down.append(("answer", {"n": body["n"], "code": "rate_limited"}))
            else:
                pushes.append((tab, body))
        if pushes:
            self._commit(pushes)

    def _join(self, tab: Tab, body: dict[str, Any]) -> None:
        tab_of = (self.canvas_id, tab.user_id, tab.room.client_id)
        (answer,) = scene_reading.welcome([scene_reading.Arrival(*tab_of, **body)])
        if isinstance(answer, DomainError) or answer.role is None:
            tab.down.append(("joined", {"code": "not_found"}))
            return
        self.present.add(tab)
        objects = fast_json.loads(fast_json.dumps(answer.objects))  # as they cross the wire
        reply = vars(answer) | {"role": str(answer.role), "objects": objects}
        tab.down.append(("joined", reply))

    def _commit(self, pushes: list[tuple[Tab, dict[str, Any]]]) -> None:
        if "durable" in self.off:  # acknowledged, but never committed
            tab, body = pushes.pop(self.rng.randrange(len(pushes)))
            tab.down.append(("answer", {"n": body["n"], "seq": tab.room.seq}))
        answers = commit_pushes(
            self.canvas_id, [self._push(tab, body) for tab, body in pushes]
        ) if pushes else []  # fmt: skip
        for (tab, body), answer in zip(pushes, answers, strict=True):
            reply = _reply(answer) | {"n": body["n"]}
            if isinstance(answer, Applied):
                late = [c for c in body["changes"] if c["id"] in answer.refused]
                self.gone.update(mark for change in late for mark in _marks(change))
            if tab.connected:
                tab.down.append(("answer", reply))

    def _push(self, tab: Tab, body: dict[str, Any]) -> Push:
        changes = parse_changes(body["changes"])
        if "once" in self.off:
            return Push(tab.user_id, changes)
        return Push(tab.user_id, changes, tab.room.client_id, body["n"], after=body.get("after"))

    def _crash(self) -> None:
        """The process dies after a commit, before it has told anybody."""
        tabs = [tab for tab in self.tabs if tab.up and tab.up[0][0] == "push"]
        if tabs:
            self._commit([(tab, tab.up.popleft()[1]) for tab in tabs])
        for tab in self.tabs:
            self._leave(tab)

    def _head(self) -> None:
        head = scene_reading.read_scene(self.canvas_id, since=2**40).seq
        for tab in self.tabs:
            if tab in self.present and "healing" not in self.off:
                tab.down.append(("head", head))

    def _hear(self, event: str, frame: Any, _room: str) -> None:
        """A frame on its way to everybody: now and then one of them does not get it."""
        assert event == "scene_update"
        for change in frame["changes"]:
            if change["seq"] in self.log:
                raise Broken(f"two changes are number {change['seq']}")
            self.log[change["seq"]] = change
        for tab in self.tabs:
            if tab in self.present:
                times = self.rng.choices([0, 1, 2], [8, 88, 4])[0]
                tab.down += [("frame", frame)] * times

    def _deliver(self) -> None:
        tab = self._tab()
        if tab.down:
            late = self.rng.random() < 0.15  # overtaken by what was sent after it
            place = self.rng.randrange(len(tab.down)) if late else 0
            tab.take(tab.down.pop(place))

    # --- peace, and what must hold ------------------------------------------------------------

    def _settle(self) -> None:
        for _ in range(400):
            for tab in self.tabs:
                if tab.ended:
                    continue
                if not tab.connected:
                    tab.connect()
                while tab.up:
                    kind, body = tab.up.popleft()
                    if kind == "join":
                        self._join(tab, body)
                    elif tab in self.present:
                        self._commit([(tab, body)])
                    else:
                        tab.down.append(("answer", {"n": body["n"], "code": "not_joined"}))
                while tab.down:
                    tab.take(tab.down.pop(0))
                tab.nudge()
            self._head()
            if all(tab.ended or self._is_quiet(tab) for tab in self.tabs):
                return
        raise Broken("the tabs never come to rest")

    def _is_quiet(self, tab: Tab) -> bool:
        room = tab.room
        busy = room.sent or room.pending or tab.up or tab.held or tab.joining
        return not busy and all(kind == "head" for kind, _ in tab.down) and self._is_current(tab)

    def _is_current(self, tab: Tab) -> bool:
        return "healing" in self.off or tab.room.seq >= max(self.log, default=0)

    def _check(self) -> None:
        stored = {element["id"]: element for element in scene_reading.load_scene(self.canvas_id)}
        if sorted(self.log) != list(range(1, len(self.log) + 1)):
            raise Broken("numbers are missing")
        for tab in self.tabs:
            if not tab.ended and tab.room.shown() != stored:
                raise Broken(f"{tab.room.client_id} shows something else than the database")
        applied = self._applied()
        twice = [mark for mark, times in applied.items() if times > 1]
        if twice:
            raise Broken(f"applied twice: {twice}")
        for tab in self.tabs:
            for change in tab.acknowledged:
                if set(_marks(change)) - applied.keys() - self.gone:
                    raise Broken(f"acknowledged and lost: {change}")

    def _applied(self) -> Counter[tuple[str, Any]]:
        """How often each edit was applied. An object that comes back repeats what it was."""
        applied: Counter[tuple[str, Any]] = Counter()
        known: set[str] = set()
        for seq, change in sorted(self.log.items()):
            comes_back = "type" in change["set"] and change["id"] in known
            known.add(change["id"])
            if seq not in self.restored:
                marks = _marks(change)
                applied.update(m for m in marks if not comes_back or m not in applied)
        return applied


def _reply(answer: Applied | DomainError) -> dict[str, Any]:
    if isinstance(answer, Applied):
        return {"seq": answer.last_seq}
    return {"code": answer.code}


def _marks(change: dict[str, Any]) -> list[tuple[str, Any]]:
    """The unique values of an edit. What jobs, their undo and repairs write carries none."""
    if str(change.get("by", "")).startswith("job:"):
        return []
    if change["set"].get("containerId", "") is None and "type" not in change["set"]:
        return []  # a second label that the server put below its shape
    if "points" in change["set"] and "type" not in change["set"]:
        return []  # an arrow that the server let follow its shapes: two may begin at the same place
    props, found = change["set"], []
    if props.get("seed", 7) != 7:
        found.append(("seed", props["seed"]))
    if "x" in props and props["x"] != 10:
        found.append(("x", props["x"]))
    if props.get("link"):
        found.append(("link", props["link"]))
    return found
