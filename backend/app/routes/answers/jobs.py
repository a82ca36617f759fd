"""AI jobs."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.domain.errors import JobFailure
from app.domain.jobs.lifecycle import JobStatus
from app.domain.scene.effects import ACTIONS, THINGS
from app.routes.answers.base import (
    Answer,
    Count,
    Message,
    Percent,
    Person,
    Rate,
    Success,
    Time,
)
from app.routes.answers.kinds import FromKinds, one_for_each_kind, phases, with_fields_of
from app.services.jobs.kinds import JOB_KINDS


def _codes(kind: type[JobFailure]) -> set[str]:
    return {kind.code}.union(*(_codes(child) for child in kind.__subclasses__()))


JobErrorCode = Annotated[
    str, WithJsonSchema({"type": "string", "enum": sorted(_codes(JobFailure))})
]


JobType = Annotated[str, FromKinds(lambda made: made | {"enum": list(JOB_KINDS)})]
Phase = Annotated[str, FromKinds(lambda made: made | {"enum": phases()})]


class JobRequest(Answer):
    """What was asked for. Empty for who may not read it: only the requester and the canvas's
    editors may."""

    model_config = ConfigDict(extra="allow")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return with_fields_of([kind.request for kind in JOB_KINDS.values()], schema, handler)


class JobResult(Answer):
    """What a completed job made."""

    model_config = ConfigDict(extra="allow")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return with_fields_of([kind.result for kind in JOB_KINDS.values()], schema, handler)


class JobSuggestion(Answer):
    """Something near that can be drawn."""

    title: str
    instructions: str


class Job(Answer):
    """An AI job, as it is now."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "9a1cbb0e-58f5-4c0f-a7a5-3a1d57a0f0aa",
                    "user_id": "3d6f4a52-7f0e-4b0c-9a6b-0f3d8a1b2c3d",
                    "canvas_id": "0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11",
                    "job_type": "create_canvas",
                    "status": "processing",
                    "priority": 0,
                    "request_data": {
                        "instructions": "browser -> API -> database",
                        "style": "modern",
                        "colorScheme": "default",
                        "selection": [],
                    },
                    "result_data": None,
                    "error_message": None,
                    "retry_count": 0,
                    "max_retries": 3,
                    "created_at": "2026-11-20T09:30:00.120000+00:00",
                    "started_at": "2026-11-20T09:30:00.410000+00:00",
                    "completed_at": None,
                    "progress": 85,
                    "phase": "drawing",
                    "message": "0 of 3 shapes drawn",
                    "planned": 3,
                    "drawn": 0,
                    "queue_position": None,
                    "attempt": 1,
                    "error_code": None,
                    "event_seq": 4,
                    "requested_by": {
                        "id": "3d6f4a52-7f0e-4b0c-9a6b-0f3d8a1b2c3d",
                        "name": "Ben",
                    },
                    "undone": False,
                    "can_redo": False,
                    "can_retry": False,
                    "tokens": 0,
                    "values": {},
                    "suggestions": [],
                }
            ]
        }
    )

    id: str
    user_id: str
    canvas_id: str | None
    """Null once the canvas is deleted."""
    job_type: JobType
    status: JobStatus
    priority: int
    request_data: JobRequest
    result_data: JobResult | None
    error_message: str | None
    """Why it failed, in words for people; `message` says it in the language of the instruction."""
    retry_count: Count
    max_retries: Count
    created_at: Time
    started_at: Time | None
    completed_at: Time | None
    progress: Percent
    phase: Phase
    message: str
    planned: Count
    """Shapes."""
    drawn: Count
    queue_position: Annotated[int, Field(ge=1)] | None
    """1 is next; null once it has begun."""
    attempt: Count
    error_code: JobErrorCode | None
    event_seq: Count
    """Grows with everything that happens to the job: of two descriptions the higher one holds."""
    requested_by: Person
    undone: bool
    """What it drew was taken back."""
    can_redo: bool
    """Whether it can be done again: it was undone as a job, not by hand."""
    can_retry: bool
    """Whether the person who asks may run it again."""
    tokens: Count
    """What a language model read and wrote for it."""
    values: dict[str, str]
    """What the sentence of a refusal was made of: its `reason`, the `language` of the instruction,
    and the words that it quotes. Empty for who may not read the instruction."""
    suggestions: list[JobSuggestion]
    """What can be drawn instead."""


class AcceptedJob(Success):
    """The job is stored and will run; nothing can lose it any more."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "success": True,
                    "job_id": "9a1cbb0e-58f5-4c0f-a7a5-3a1d57a0f0aa",
                    "message": "Canvas creation job started",
                    "status": "queued",
                    "canvas_id": "0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11",
                }
            ]
        }
    )

    job_id: str
    message: str
    status: Literal["queued"]
    canvas_id: str | None
    """The canvas that is drawn on; a new one, if the request named none."""


class JobAnswer(Success):
    job: Job


class JobList(Success):
    """Newest first."""

    jobs: list[Job]


class JobResultAnswer(Success):
    result: JobResult


class JobEffect(Answer):
    """What became of a canvas, as people count it."""

    action: Literal[tuple(ACTIONS)]  # type: ignore[valid-type]
    thing: Literal[tuple(THINGS)]  # type: ignore[valid-type]
    count: Count


class Undone(Message):
    restored: Count
    """Stored objects that are as before."""
    skipped: list[str]
    """Objects that did not change: a person edited them, or what they belong to, or a later job
    changed them, or they are gone for good."""
    effects: list[JobEffect]
    """What became of the canvas, as people count it."""


class Spread(Answer):
    """Percentiles; null when there is nothing to count."""

    p50: float | None
    p95: float | None


class JobTimes(Answer):
    wait_seconds: Spread
    """From submission to start."""
    duration_seconds: Spread
    """From start to end."""


class JobGroup(JobTimes):
    """How many there are of each status; times of those that completed."""

    queued: Count
    processing: Count
    completed: Count
    failed: Count
    cancelled: Count
    tokens: Count
    """What language models read and wrote for them."""


JobsByType = Annotated[dict[str, JobGroup], FromKinds(one_for_each_kind)]


class JobsByOutcome(Answer):
    completed: JobTimes
    failed: JobTimes
    cancelled: JobTimes


class JobStatistics(Answer):
    """Times in seconds, rates in percent."""

    total_jobs: Count
    queued_jobs: Count
    processing_jobs: Count
    completed_jobs: Count
    failed_jobs: Count
    cancelled_jobs: Count
    success_rate: Rate
    """Completed jobs among those that completed or failed."""
    wait_seconds: Spread
    duration_seconds: Spread
    by_type: JobsByType
    by_model: dict[str, JobGroup]
    """By the model that drew, or else was asked for, or else is the installation's own now."""
    by_outcome: JobsByOutcome
    failures: dict[str, Count]
    """How many jobs failed for which `error_code`, the most frequent first."""


class JobStatisticsAnswer(Success):
    stats: JobStatistics
