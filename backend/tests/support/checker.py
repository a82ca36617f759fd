"""The one checker: after any fault it compares what Ana was told with what the database holds."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from app.domain.jobs.lifecycle import TERMINAL
from tests.support.trial import NOTES, Trial

FIRST_LABEL = "Order arrives"  # drawn once by every drawing of the model's sample
OTHER_CANVASES = """
SELECT coalesce(md5(string_agg(md5(o::text), '' ORDER BY o.canvas_id, o.id)), '')
FROM canvas_object o JOIN canvas c ON c.id = o.canvas_id WHERE c.owner_id <> %s"""


class Checker:
    """Made before the fault, so that it knows what everything else looked like."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._others = self._digest_of_others()
        self._notes = self._digest_of_notes()

    def violations(self) -> list[str]:
        """Empty: every promise was kept, and nothing happened that nobody asked for."""
        return [
            *self._unkept_promises(),
            *self._unruly_jobs(),
            *self._wrong_drawings(),
            *self._wrong_edits(),
            *self._torn_histories(),
            *self._touched_others(),
        ]

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        return self._trial.stack.sql(statement, *values)

    def _jobs(self) -> list[Any]:
        return self._rows(
            "SELECT id, status, idempotency_key, canvas_id, change_set_id, result_data FROM ai_jobs"
            " WHERE user_id = %s ORDER BY created_at",
            self._trial.user_id,
        )

    def _unkept_promises(self) -> Iterator[str]:
        """Accepted jobs exist; a key gave one job; what was answered is what is true."""
        jobs = self._jobs()
        trial = self._trial
        known = {job[0]: job[1] for job in jobs}
        for job_id in trial.accepted - known.keys():
            yield f"job {job_id} was accepted and is not there"
        for key, count in Counter(job[2] for job in jobs).items():
            if count != 1 or key not in trial.keys:
                yield f"key {key} has {count} jobs"
        for key, told in trial.keys.items():
            if len(told) > 1:
                yield f"key {key} was answered with {len(told)} jobs"
        for job_id in trial.cancelled:
            if known.get(job_id) != "cancelled":
                yield f"job {job_id} was said to be cancelled and is {known.get(job_id)}"

    def _unruly_jobs(self) -> Iterator[str]:
        """Each job reached one terminal state, once for each time that it was started."""
        history: dict[str, list[tuple[str | None, str]]] = {}
        moves = self._rows(
            "SELECT h.job_id, h.was, h.became FROM job_history h JOIN ai_jobs j ON j.id = h.job_id"
            " WHERE j.user_id = %s ORDER BY h.n",
            self._trial.user_id,
        )
        for job_id, was, became in moves:
            history.setdefault(job_id, []).append((was, became))
        for job_id, status, *_ in self._jobs():
            ends = sum(became in TERMINAL for _, became in history[job_id])
            starts = 1 + history[job_id].count(("failed", "queued"))
            left = [move for move in history[job_id] if move[0] in TERMINAL - {"failed"}]
            if status not in TERMINAL:
                yield f"job {job_id} is still {status}"
            elif ends != starts or left:
                yield f"job {job_id} ended {ends} times: {history[job_id]}"
            if starts > 1 + (job_id in self._trial.retried):
                yield f"job {job_id} was started {starts} times"

    def _wrong_drawings(self) -> Iterator[str]:
        """A completed job's objects are there once, any other job's are not."""
        trial = self._trial
        live: Counter[str] = Counter()
        for job_id, status, _, canvas_id, change_set_id, result in self._jobs():
            sets = self._rows("SELECT id, inverse FROM change_set WHERE job_id = %s", job_id)
            if len(sets) != (status == "completed"):
                yield f"job {job_id} ({status}) has {len(sets)} change sets"
            if status != "completed":
                continue
            objects = self._rows(
                "SELECT deleted FROM canvas_object WHERE canvas_id = %s AND id = ANY(%s)",
                canvas_id,
                [entry["id"] for _, inverse in sets for entry in inverse],
            )
            undone = job_id in trial.undone
            live[canvas_id] += not undone
            if sets and sets[0][0] != change_set_id:
                yield f"job {job_id} names another change set"
            if Counter(row[0] for row in objects) != Counter({undone: result["objects"]}):
                yield f"job {job_id} has {len(objects)} of {result['objects']} objects"
        for canvas_id in {job[3] for job in self._jobs()} | {trial.canvas_id}:
            labels = self._rows(
                "SELECT count(*) FROM canvas_object"
                " WHERE canvas_id = %s AND NOT deleted AND data->>'originalText' = %s",
                canvas_id,
                FIRST_LABEL,
            )[0][0]
            if labels != live[canvas_id]:
                yield f"canvas {canvas_id} shows {labels} drawings of {live[canvas_id]}"

    def _wrong_edits(self) -> Iterator[str]:
        """What was acknowledged is there; the batch on its way is there as a whole or not."""
        canvas_id = self._trial.canvas_id
        rows = self._rows("SELECT id, data FROM canvas_object WHERE canvas_id = %s", canvas_id)
        objects = dict(rows)
        expected = set(NOTES) | self._drawn_by_jobs(canvas_id)
        for author in self._trial.authors:
            yield from author.lost
            found = self._rows(
                "SELECT last_n FROM sync_client WHERE canvas_id = %s AND client_id = %s",
                canvas_id,
                author.name,
            )
            last = found[0][0] if found else 0
            if last not in {author.acknowledged, author.acknowledged + 1}:
                yield f"{author.name} heard of {author.acknowledged}, stored is {last}"
            author.acknowledged = last
            expected |= author.objects() if last else set()
            first = objects.get(f"{author.name}-1", {})
            if last and first.get("x") != last:
                yield f"{author.name}-1 is at {first.get('x')} instead of {last}"
        if objects.keys() != expected:
            yield f"unexpected objects: {sorted(objects.keys() ^ expected)[:5]}"

    def _drawn_by_jobs(self, canvas_id: str) -> set[str]:
        sets = self._rows(
            "SELECT inverse FROM change_set WHERE canvas_id = %s AND job_id IS NOT NULL", canvas_id
        )
        return {entry["id"] for (inverse,) in sets for entry in inverse}

    def _torn_histories(self) -> Iterator[str]:
        """The change sets of a canvas cover its numbers 1 to `head_seq` without gap or overlap."""
        sets = self._rows(
            "SELECT c.id, c.head_seq, s.first_seq, s.last_seq FROM canvas c"
            " LEFT JOIN change_set s ON s.canvas_id = c.id"
            " WHERE c.owner_id = %s ORDER BY c.id, s.first_seq",
            self._trial.user_id,
        )
        reached: dict[str, int] = {}
        heads: dict[str, int] = {}
        for canvas_id, head, first, last in sets:
            heads[canvas_id] = head
            if first is not None and first != reached.get(canvas_id, 0) + 1:
                yield f"canvas {canvas_id}: {first} follows {reached.get(canvas_id, 0)}"
            reached[canvas_id] = last or 0
        for canvas_id, head in heads.items():
            if reached[canvas_id] != head:
                yield f"canvas {canvas_id} is at {head}, its history at {reached[canvas_id]}"

    def _touched_others(self) -> Iterator[str]:
        if self._digest_of_others() != self._others:
            yield "something on somebody else's canvas changed"
        if self._digest_of_notes() != self._notes:
            yield "the notes changed"

    def _digest_of_others(self) -> str:
        return str(self._rows(OTHER_CANVASES, self._trial.user_id)[0][0])

    def _digest_of_notes(self) -> str:
        notes = self._rows(
            "SELECT data::text, seq FROM canvas_object WHERE canvas_id = %s AND id = ANY(%s)"
            " ORDER BY id",
            self._trial.canvas_id,
            list(NOTES),
        )
        assert len(notes) == len(NOTES)
        return hashlib.sha256(repr(notes).encode()).hexdigest()
