"""Mermaid both ways: text to graph, and graph to text that reads back as the same graph."""

from app.domain.planning.mermaid.export import to_mermaid
from app.domain.planning.mermaid.reader import find_mermaid, read_mermaid

__all__ = ["find_mermaid", "read_mermaid", "to_mermaid"]
