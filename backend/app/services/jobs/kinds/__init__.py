"""The kinds of jobs that this program runs: a module and a line each."""

from app.services.jobs.kind import registry
from app.services.jobs.kinds import drawing

JOB_KINDS = registry(
    drawing.CREATE_CANVAS,
    drawing.MODIFY_CANVAS,
)
