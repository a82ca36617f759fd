"""`python -m tests.support.skewed_clock SECONDS program ...`: a Python program on a machine whose
clock is wrong by so much."""

import runpy
import sys
import time

import time_machine


def main() -> None:
    _, seconds, *program = sys.argv
    time_machine.travel(time.time() + float(seconds), tick=True).start()
    if program[0] == "-m":
        sys.argv = program[1:]
        runpy.run_module(program[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")


if __name__ == "__main__":
    main()
