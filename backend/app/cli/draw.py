"""`draw`: an instruction becomes a file, without any server."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import click

from app import create_app
from app.cli.files import DrawingFile, read_drawing
from app.domain.jobs.lifecycle import JobType
from app.runtime import runtime
from app.services import drawing_service
from app.services.export_service import render

FORMATS = {
    ".svg": "svg",
    ".png": "png",
    ".excalidraw": "excalidraw",
    ".mmd": "mermaid",
    ".json": "plan",
}
STYLES = ("modern", "corporate", "creative", "minimal")
COLORS = ("default", "pastel", "vibrant", "monochrome")


@click.command()
@click.argument("instruction")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option(
    "--canvas",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An .excalidraw file to change instead of starting empty.",
)
@click.option("--style", type=click.Choice(STYLES), default="modern", show_default=True)
@click.option("--colors", type=click.Choice(COLORS), default="default", show_default=True)
def draw(instruction: str, output: Path, canvas: Path | None, style: str, colors: str) -> None:
    """Draw INSTRUCTION to a file: .svg, .png, .excalidraw, .mmd (Mermaid) or .json (the plan)."""
    file_format = FORMATS.get(output.suffix)
    if file_format is None:
        raise click.ClickException(f"The file has to end in one of {', '.join(FORMATS)}.")
    given = read_drawing(canvas) if canvas else DrawingFile([], {})
    scene = given.elements
    job_type = JobType.MODIFY_CANVAS if canvas else JobType.CREATE_CANVAS
    request = {"instructions": instruction, "style": style, "colorScheme": colors}
    seed = hashlib.sha256(instruction.encode()).hexdigest()[:32]  # the same words, the same file
    task = drawing_service.task_of(seed, job_type, request)
    with create_app().app_context():
        briefing = drawing_service.brief(task, scene)
        plan = runtime().planner().plan(briefing.request, lambda _progress: None)
        planned = asyncio.run(plan)
        if file_format == "plan":
            output.write_text(planned.plan.model_dump_json(indent=2), encoding="utf-8")
        else:
            answer = drawing_service.Answer(planned, briefing.aliases)
            drawing = drawing_service.draw(answer, task, scene)
            drawn = _applied(scene, drawing.changes)
            content = render(drawn, file_format, given.pictures)
            output.write_bytes(content if isinstance(content, bytes) else content.encode())
    for remark in planned.remarks:
        click.echo(remark, err=True)
    click.echo(f"{output}: {planned.plan.summary or planned.plan.title or 'drawn'}")


def _applied(scene: list[dict[str, Any]], changes: Any) -> list[dict[str, Any]]:
    elements = {element["id"]: element for element in scene}
    for change in changes:
        elements[change["id"]] = {**elements.get(change["id"], {}), **change["set"]}
    return [element for element in elements.values() if not element.get("isDeleted")]
