"""What takes its time, so that others come in between. No outcome depends on how long it is."""

import time


def slowly(seconds: float = 0.05) -> None:
    time.sleep(seconds)
