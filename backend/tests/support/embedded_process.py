"""A server process without HTTP: the embedded engine on a data folder, with the planner by files.

`python -m tests.support.embedded_process FOLDER`: settings come from the environment.
"""

import sys
import threading

from app import create_app
from app.factory import runtime_of
from app.services.jobs.engine import JobEngine
from tests.support.scripted_worker import use_file_planner

if __name__ == "__main__":
    use_file_planner(sys.argv[1])
    JobEngine(runtime_of(create_app()), slots=10).start()
    threading.Event().wait()
