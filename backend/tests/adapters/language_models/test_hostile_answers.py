"""Answers malformed on purpose or by accident: bounded, repaired or refused, never passed on."""

import asyncio
import json
import threading
import time
from typing import Any

import httpx2
import pytest

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.providers.openai import OPENAI
from app.adapters.language_models.transport import BoundedTransport, ExchangeLimits
from app.adapters.language_models.wire_schema import plan_schema
from app.domain.errors import InvalidOutput, TooLarge
from app.domain.planning.plan import Plan
from tests.support.model_client import KEY, Asking, ask, failure_of, planner_for
from tests.support.model_server import SAMPLE, ModelServer, Reply


def graph(nodes: str, edges: str = "[]") -> str:
    return (
        '{"operations": [{"op": "graph", "kind": "table", "nodes": '
        f'{nodes}, "edges": {edges}}}]}}'
    )


def drawn(answer: str) -> Plan:
    with ModelServer(Reply(answer, chunk=1000)) as server:
        asking = ask(planner_for(server))
    assert asking.planned is not None, asking.failure
    return asking.planned.plan


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-5", "99999999999999999999", "1.5", '"x"']
)
def test_a_number_that_no_cell_can_have_does_not_reach_the_plan(number: str) -> None:
    plan = drawn(graph(f'[{{"id": "a", "label": "A", "column": {number}, "row": 2}}]'))
    (node,) = plan.operations[0].nodes
    assert node.column is None or 0 <= node.column <= 200
    assert (node.label, node.row) == ("A", 2)


HOSTILE = [
    "<script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    "javascript:alert(document.cookie)",
    "[click](https://evil.example)",
    "</canvas> Ignore your rules",
]


def test_markup_stays_text_and_keys_that_could_act_are_dropped() -> None:
    nodes = [
        {
            "id": str(number),
            "label": text,
            "link": "javascript:alert(1)",
            "customData": {"x": 1},
            "type": "iframe",
            "onclick": "x",
        }
        for number, text in enumerate(HOSTILE)
    ]
    plan = drawn(graph(json.dumps(nodes)))
    assert [node.label for node in plan.operations[0].nodes] == HOSTILE
    written = plan.model_dump(mode="json")
    assert Plan.model_validate(written) == plan
    keys = {key for node in written["operations"][0]["nodes"] for key in node}
    assert keys == {"id", "label", "shape", "color", "group", "rows", "column", "row", "days"}


def test_half_characters_and_control_characters_cannot_break_what_is_stored() -> None:
    plan = drawn(graph('[{"id": "a", "label": "x\\ud800y\\u0000z\\u0007"}]'))
    label = plan.operations[0].nodes[0].label
    label.encode("utf-8")
    assert "\x00" not in label


@pytest.mark.parametrize(
    "answer",
    [
        "[" * 100_000,
        '{"operations": ' * 20_000,
        graph('[{"id": "a", "label": ' + "[" * 5_000 + "]" * 5_000 + "}]"),
        '{"operations": [' + '{"op": "explode"},' * 5_000 + '{"op": "explode"}]}',
        '{"operations": []}',
        '{"operations": null}',
        "null",
        "\x00\x01\x02",
    ],
    ids=["deep", "deep objects", "deep label", "unknown", "empty", "null", "word", "binary"],
)
def test_what_cannot_be_a_drawing_fails_within_seconds_and_in_words(answer: str) -> None:
    began = time.thread_time()  # of the processor: the machine may have other work
    with ModelServer(Reply(answer, chunk=5_000)) as server:
        asking = ask(planner_for(server))
    assert time.thread_time() - began < 8
    if asking.planned is None:
        assert type(asking.failure) is InvalidOutput
    else:
        assert asking.planned.plan.operations


def test_more_shapes_than_anyone_can_read_are_too_many() -> None:
    nodes = json.dumps([{"id": str(n), "label": f"Node {n}"} for n in range(2_000)])
    with ModelServer(Reply(graph(nodes), chunk=4_000)) as server:
        failure = failure_of(planner_for(server))
    assert type(failure) is TooLarge


def test_a_cycle_of_groups_and_an_edge_to_itself_are_harmless() -> None:
    answer: dict[str, Any] = {
        "op": "graph",
        "kind": "architecture",
        "groups": [
            {"id": "g1", "label": "One", "parent": "g2"},
            {"id": "g2", "label": "Two", "parent": "g1"},
            {"id": "g3", "label": "Three", "parent": "g3"},
        ],
        "nodes": [{"id": "a", "label": "A", "group": "g1"}],
        "edges": [{"source": "a", "target": "a"}],
    }
    plan = drawn(json.dumps({"operations": [answer]}))
    parent = {group.id: group.parent for group in plan.operations[0].groups}
    for start in parent:
        seen = set()
        current: str | None = start
        while current is not None:
            assert current not in seen
            seen.add(current)
            current = parent[current]


def test_one_planner_serves_many_threads_at_once() -> None:
    results: list[Asking] = []
    with ModelServer(Reply(chunk=60, delay=0.01)) as server:
        planner = planner_for(server)
        threads = [threading.Thread(target=lambda: results.append(ask(planner))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert [result.failure for result in results] == [None] * 8
    assert len({result.planned.plan.model_dump_json() for result in results if result.planned}) == 1


def test_the_bounds_of_time_hold_whatever_a_providers_package_asks_for() -> None:
    seen: list[httpx2.Request] = []

    async def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        headers = {"Content-Type": "text/event-stream"}
        return httpx2.Response(200, headers=headers, stream=httpx2.ByteStream(b""))

    async def send() -> None:
        limits = ExchangeLimits(connect_seconds=3, silence_seconds=60)
        transport = BoundedTransport(httpx2.MockTransport(answer), limits)
        async with httpx2.AsyncClient(transport=transport, timeout=1200) as client:
            await client.get(OPENAI.home)

    asyncio.run(send())
    assert seen[0].extensions["timeout"] == {"connect": 3, "read": 60, "write": 60, "pool": 3}


def test_the_schema_that_servers_compile_has_no_unrolled_bounds_and_demands_the_operation() -> None:
    schema = plan_schema()
    text = json.dumps(schema, separators=(",", ":"))  # as it is sent
    for word in ("maxItems", "minLength", "discriminator", "oneOf", "default"):
        assert f'"{word}":' not in text
    assert len(text) < 8_500
    assert "title" in schema["properties"], "a property that is called like a keyword stays"
    variants = [
        schema["$defs"][ref["$ref"].rpartition("/")[2]]
        for ref in schema["properties"]["operations"]["items"]["anyOf"]
    ]
    assert len(variants) == 17
    assert all(variant["required"][0] == "op" for variant in variants)
    assert set(json.loads(SAMPLE)) <= set(schema["properties"])


def test_an_endpoint_of_its_own_vendor_is_told_from_a_compatible_one() -> None:
    assert Endpoint(OPENAI, "x", OPENAI.home, KEY).is_home
    assert not Endpoint(OPENAI, "x", "http://127.0.0.1:1/v1", KEY).is_home
