"""Draws a suite of instructions and measures what came out: contents, geometry, what was kept."""
