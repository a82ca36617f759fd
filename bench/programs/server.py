"""`python -m bench.programs.server`: the server as `collabcanvas serve` runs it."""

from app.cli.serve import serve
from bench.programs.planners import use_instant_planner

if __name__ == "__main__":
    use_instant_planner()
    serve()
