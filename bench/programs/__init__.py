"""Our own program, started with a planner that costs nothing or only waits."""
