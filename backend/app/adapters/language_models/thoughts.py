"""Leaves out what a reasoning model writes between think tags before its answer."""

TAGS = (("<think>", "</think>"), ("<thinking>", "</thinking>"))


class ThoughtFilter:
    """Fed piece by piece; tags may be cut anywhere. Only a thought at the very beginning counts:
    later a tag is part of somebody's label."""

    def __init__(self) -> None:
        self._held = ""
        self._closing = ""
        self._answering = False

    def pass_on(self, piece: str) -> str:
        """The part of the answer that is known to be one by now."""
        if self._answering:
            return piece
        self._held += piece
        if self._closing:
            return self._after_thought()
        start = self._held.lstrip("\ufeff \t\r\n")
        for opening, closing in TAGS:
            if start.startswith(opening):
                self._closing = closing
                return self._after_thought()
        if any(opening.startswith(start) for opening, _ in TAGS):
            return ""
        self._answering = True
        return self._held

    def _after_thought(self) -> str:
        _, found, rest = self._held.partition(self._closing)
        if not found:
            # The closing tag may lie across two pieces; nothing else of the thought is kept.
            self._held = self._held[-len(self._closing) :]
            return ""
        self._held = self._closing = ""
        return self.pass_on(rest)
