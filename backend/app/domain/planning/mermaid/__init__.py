"""Mermaid both ways: text to graph, and graph to text that reads back as the same graph."""
