"""`python -m bench.programs.worker [options]`: the worker program with the instant planner."""

import sys

import worker
from bench.programs.planners import use_instant_planner

if __name__ == "__main__":
    use_instant_planner()
    sys.exit(worker.main(sys.argv[1:]))
