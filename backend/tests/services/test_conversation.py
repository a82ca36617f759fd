"""A follow-up knows what was asked on its canvas before, and nothing of other canvases."""

from flask import Flask

from app.domain.planning.plan import Plan, SetText
from app.domain.planning.request import EarlierJob
from app.models.canvas import Canvas
from app.services.jobs.single_run import run_named
from app.services.jobs.steering import undo
from tests.support.jobs import job_row, submit
from tests.support.people import People
from tests.support.planners import ScriptedPlanner, boxes, use_planner


def carried_out(app: Flask, user_id: str, words: str, canvas_id: str | None) -> str:
    job_id = submit(app, user_id, canvas_id=canvas_id, instructions=words)
    with app.app_context():
        run_named(job_id)
    return job_id


def test_a_follow_up_is_told_what_was_asked_before(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    first = boxes("Alpha").model_copy(update={"summary": "A box called Alpha."})
    planner = ScriptedPlanner(first, boxes("Beta"))
    use_planner(any_app, planner)
    carried_out(any_app, people.ana.id, "draw Alpha", canvas.id)
    carried_out(any_app, people.ana.id, "on a canvas of its own", None)
    carried_out(any_app, people.ben.id, "and one more", canvas.id)
    assert [request.earlier for request in planner.requests] == [
        (),
        (),
        (EarlierJob("draw Alpha", "A box called Alpha."),),
    ]


def test_what_failed_is_not_told_and_what_was_undone_is_marked(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    nothing = Plan(operations=[SetText(target="nobody", text="x")])
    planner = ScriptedPlanner(boxes("Alpha"), nothing, boxes("Beta"))
    use_planner(any_app, planner)
    undone = carried_out(any_app, people.ana.id, "draw Alpha", canvas.id)
    failed = carried_out(any_app, people.ana.id, "change nobody", canvas.id)
    assert job_row(any_app, failed).status == "failed"
    with any_app.app_context():
        undo(undone, people.ana.id)
    carried_out(any_app, people.ana.id, "go on", canvas.id)
    assert planner.requests[-1].earlier == (EarlierJob("draw Alpha", "", undone=True),)


def test_only_the_last_few_are_told(app: Flask, people: People, canvas: Canvas) -> None:
    planner = ScriptedPlanner(boxes("Again"))
    use_planner(app, planner)
    for i in range(9):
        carried_out(app, people.ana.id, f"number {i}", canvas.id)
    received = [job.instruction for job in planner.requests[-1].earlier]
    assert received == [f"number {i}" for i in range(2, 8)]
