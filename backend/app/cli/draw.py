"""`draw`: an instruction becomes a file, without any server."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import click

from app import create_app
from app.cli.files import read_drawing
from app.domain.formats import all_formats
from app.domain.formats.record import Content, Format, SceneDocument
from app.domain.planning.request import Mode
from app.runtime import runtime
from app.services import drawing_service
from app.services.export_service import render

STYLES = ("modern", "corporate", "creative", "minimal")
COLORS = ("default", "pastel", "vibrant", "monochrome")


def _by_suffix() -> dict[str, Format]:
    written = [found for found in all_formats() if found.write or found.write_plan]
    return {f".{found.extension}": found for found in written}


def _named() -> str:
    """All suffixes, each with what it stands for where it does not say so itself."""
    *names, last = (
        suffix if found.name.lower() == found.extension else f"{suffix} ({found.name})"
        for suffix, found in _by_suffix().items()
    )
    return f"{', '.join(names)} or {last}"


@click.command(help=f"Draw INSTRUCTION to a file: {_named()}.")
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
    file_format = _by_suffix().get(output.suffix)
    if file_format is None:
        raise click.ClickException(f"The file has to end in one of {', '.join(_by_suffix())}.")
    given = read_drawing(canvas) if canvas else SceneDocument([])
    scene = given.elements
    seed = hashlib.sha256(instruction.encode()).hexdigest()[:32]  # the same words, the same file
    mode: Mode = "modify" if canvas else "create"
    task = drawing_service.Task(seed, instruction, mode, style, colors)
    with create_app().app_context():
        briefing = drawing_service.brief(task, scene)
        plan = runtime().planner().plan(briefing.request, lambda _progress: None)
        planned = asyncio.run(plan)
        if file_format.write_plan is not None:
            content: Content = file_format.write_plan(planned.plan)
        else:
            answer = drawing_service.PlannerAnswer(planned, briefing.aliases)
            drawing = drawing_service.draw(answer, task, scene)
            drawn = _applied(scene, drawing.changes)
            content = render(SceneDocument(drawn, given.pictures), file_format)
        output.write_bytes(content if isinstance(content, bytes) else "".join(content).encode())
    for remark in planned.remarks:
        click.echo(remark, err=True)
    click.echo(f"{output}: {planned.plan.summary or planned.plan.title or 'drawn'}")


def _applied(scene: list[dict[str, Any]], changes: Any) -> list[dict[str, Any]]:
    elements = {element["id"]: element for element in scene}
    for change in changes:
        elements[change["id"]] = {**elements.get(change["id"], {}), **change["set"]}
    return [element for element in elements.values() if not element.get("isDeleted")]
