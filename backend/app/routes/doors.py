"""The doors of this program: the permission table, and one for each kind of job."""

from app.domain.access.policy import AGENT, DOORS, Rule
from app.services.jobs.kinds import JOB_KINDS

JOB_DOOR = f"POST {AGENT}" + "{path}"


def doors() -> dict[str, Rule]:
    """What each asks. What a job does to its canvas is held to its kind's permission besides."""
    return dict.fromkeys(job_limits(), Rule.SIGNED_IN) | DOORS


def job_limits() -> dict[str, str]:
    """Requests per account for each kind of job that people ask for."""
    return {
        JOB_DOOR.format(path=kind.door.path): kind.door.limit
        for kind in JOB_KINDS.values()
        if kind.door
    }
