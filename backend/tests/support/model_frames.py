"""How three vendors put a streamed answer into frames, as their public API references show it."""

import json
from collections.abc import Iterator
from typing import Any, Literal

Vendor = Literal["openai", "anthropic", "google"]
ANTHROPIC_REASONS = {"stop": "end_turn", "length": "max_tokens"}
GOOGLE_REASONS = {"stop": "STOP", "length": "MAX_TOKENS"}


def vendor_of(path: str) -> Vendor:
    if path.endswith("/messages"):
        return "anthropic"
    return "google" if ":streamGenerateContent" in path else "openai"


def frames(
    vendor: Vendor, pieces: Iterator[str], finish: str | None, usage: tuple[int, int] | None
) -> Iterator[bytes]:
    makers = {"openai": _openai, "anthropic": _anthropic, "google": _google}
    return makers[vendor](pieces, finish, usage)


def _data(value: Any, event: str = "") -> bytes:
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {json.dumps(value)}\n\n".encode()


def _openai(
    pieces: Iterator[str], finish: str | None, usage: tuple[int, int] | None
) -> Iterator[bytes]:
    base = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "local"}

    def choice(delta: dict[str, str], reason: str | None = None) -> bytes:
        choices = [{"index": 0, "delta": delta, "finish_reason": reason}]
        return _data({**base, "choices": choices})

    yield choice({"role": "assistant", "content": ""})
    for piece in pieces:
        yield choice({"content": piece})
    if finish is None:
        return
    yield choice({}, finish)
    if usage:
        counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
        yield _data({**base, "choices": [], "usage": {**counts, "total_tokens": sum(usage)}})
    yield b"data: [DONE]\n\n"


def _anthropic(
    pieces: Iterator[str], finish: str | None, usage: tuple[int, int] | None
) -> Iterator[bytes]:
    def event(kind: str, **rest: Any) -> bytes:
        return _data({"type": kind, **rest}, kind)

    asked, answered = usage or (0, 0)
    message: dict[str, Any] = {
        "id": "m1",
        "type": "message",
        "role": "assistant",
        "model": "local",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": asked, "output_tokens": 0},
    }
    yield event("message_start", message=message)
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for piece in pieces:
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
    if finish is None:
        return
    yield event("content_block_stop", index=0)
    reason = {"stop_reason": ANTHROPIC_REASONS[finish], "stop_sequence": None}
    yield event("message_delta", delta=reason, usage={"output_tokens": answered})
    yield event("message_stop")


def _google(
    pieces: Iterator[str], finish: str | None, usage: tuple[int, int] | None
) -> Iterator[bytes]:
    def candidate(text: str, **rest: Any) -> dict[str, Any]:
        content = {"role": "model", "parts": [{"text": text}]}
        return {"candidates": [{"index": 0, "content": content, **rest}], "modelVersion": "local"}

    for piece in pieces:
        yield _data(candidate(piece))
    if finish is None:
        return
    last = candidate("", finishReason=GOOGLE_REASONS[finish])
    if usage:
        last["usageMetadata"] = {
            "promptTokenCount": usage[0],
            "candidatesTokenCount": usage[1],
            "totalTokenCount": sum(usage),
        }
    yield _data(last)
