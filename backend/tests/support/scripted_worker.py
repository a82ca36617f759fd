"""The real worker program with a planner that the test steers by files.

`python -m tests.support.scripted_worker FOLDER [worker options]`: an instruction that begins with
"Wait" is answered once FOLDER/go exists; every call is noted as a line in FOLDER/asked.
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import worker
from app import runtime
from app.config.settings import Settings
from app.domain.planning.request import Planned, PlanRequest, Progress, Usage
from tests.support.planners import boxes


class FilePlanner:
    name = "by-files"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def plan(self, request: PlanRequest, _progress: Callable[[Progress], None]) -> Planned:
        with (self._folder / "asked").open("a", encoding="utf-8") as asked:
            asked.write(request.instruction + "\n")
        if request.instruction.startswith("Wait"):
            while not (self._folder / "go").exists():
                await asyncio.sleep(0.02)
        return Planned(boxes(request.instruction), self.name, Usage(1, 1, 1))


def use_file_planner(folder: str) -> None:
    def build(_settings: Settings) -> FilePlanner:
        return FilePlanner(Path(folder))

    runtime.build_planner = build


if __name__ == "__main__":
    use_file_planner(sys.argv[1])
    sys.exit(worker.main(sys.argv[2:]))
