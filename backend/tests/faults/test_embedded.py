"""The whole server is killed in the middle of ten running jobs."""

import sys
from pathlib import Path

import pytest

from tests.conftest import MakeApp
from tests.support.jobs import check_jobs, job_row, submit, wait_for
from tests.support.people import add_people
from tests.support.worker_processes import Workers

pytestmark = pytest.mark.timeout(120)


def test_ten_running_jobs_survive_kill_9_and_draw_once(
    make_sqlite_app: MakeApp, tmp_path: Path
) -> None:
    """The lease is long: what brings the jobs back is the restart on the same machine."""
    app = make_sqlite_app(job_lease_seconds=600, ai_user_concurrency=10)
    people = add_people(app)
    servers = Workers(app, tmp_path / "steering")
    command = [sys.executable, "-m", "tests.support.embedded_process", servers.folder]
    ids = [submit(app, people.ana.id, f"Wait {number}") for number in range(10)]
    try:
        first = servers.run(command)
        servers.wait_until_asked(10)
        servers.kill(first.pid)
        assert {job_row(app, job_id).status for job_id in ids} == {"processing"}
        servers.go()
        servers.run(command)
        for job_id in ids:
            assert wait_for(app, job_id, "completed", seconds=40).attempt == 2
    finally:
        servers.close()
    assert check_jobs(app) == 10
