"""What people ask of a drawing is done to what it is: a message, a column, a period, a report."""

from itertools import pairwise

import pytest

from app.domain.errors import NotUnderstood
from app.domain.scene.elements import rect_of
from app.domain.scene.lint import lint
from app.domain.scene.topology import Topology
from tests.domain.edits.asking import arrows, asked, board, groups, labels, shape
from tests.domain.edits.boards import Hand, seeded
from tests.domain.scene.drawing import Scene, arrows_between, find

SEQUENCE = "sequence: Guest -> Till: order; Till -> Bank: pay; Bank --> Till: ok"
ENTITIES = "ER diagram: customers(id, name), orders(id); customers has many orders"
QUARTERS = "timeline: Q1 2026: Plan; Q2 2026: Build; Q3 2026: Test; Q4 2026: Launch"
COMPANY = "org chart: CEO: VP Sales, VP Product; VP Sales: Ann, Bob; VP Product: Cid, Dan"
BOARD = "To do: design, write; Doing: build; Done: plan"
SWOT = "SWOT: Strengths: team; Weaknesses: budget; Opportunities: EU; Threats: law"
TRAVEL = "mind map: Travel: Flights, Hotel, Work; Hotel: Cheap, Near"
MACHINE = (
    "state machine: Idle -> Running on start; Running -> Idle on stop; Running -> Failed on error"
)
FLOW = "Client -> API -> DB"


def changed(before: Scene, after: Scene) -> set[str]:
    old = {element["id"]: element for element in before}
    return {e["id"] for e in after if e["id"] in old and old[e["id"]] != e}


def test_a_message_comes_at_its_height_and_later_ones_move_down() -> None:
    before = board(SEQUENCE)
    after, _, _ = asked(before, "after 'pay', Till asks Bank for approval")
    assert arrows(after) == [
        "Guest -order-> Till",
        "Till -pay-> Bank",
        "Till -approval-> Bank",
        "Bank -ok-> Till",
    ]
    heights = [find(after, label)["y"] for label in ("order", "pay", "approval", "ok")]
    steps = {round(low - high) for high, low in pairwise(heights)}
    assert len(steps) == 1
    assert find(after, "pay") == find(before, "pay")
    assert lint(after).findings == ()


def test_a_new_participant_has_a_life_line_of_full_length() -> None:
    after, _, _ = asked(board(SEQUENCE), "add a participant Printer at the right end")
    printer = shape(after, "Printer")
    assert printer["x"] > shape(after, "Bank")["x"]
    lines = [e for e in after if e["type"] == "line"]
    assert len(lines) == 4
    assert len({round(rect_of(line).bottom) for line in lines}) == 1
    middle = printer["x"] + printer["width"] / 2
    assert any(abs(rect_of(line).x - middle) < 1 for line in lines)


def test_what_a_participant_does_alone_leads_back_to_it_and_a_stranger_is_refused() -> None:
    after, _, _ = asked(board(SEQUENCE), "Till checks the amount")
    assert "Till -checks the amount-> Till" in arrows(after)
    with pytest.raises(NotUnderstood):
        asked(board(SEQUENCE), "Bank asks Auditor for a stamp")


def test_a_deleted_participant_takes_its_life_line_and_its_messages_along() -> None:
    after, _, _ = asked(board(SEQUENCE), "delete Bank")
    assert arrows(after) == ["Guest -order-> Till"]
    assert len([e for e in after if e["type"] == "line"]) == 2
    assert lint(after).findings == ()


def test_a_column_goes_into_its_entity_whose_frame_grows_and_whose_arrows_stay() -> None:
    before = board(ENTITIES)
    after, _, _ = asked(before, "add a column email to customers, after id")
    rows = next(e for e in after if e["type"] == "text" and "email" in e["text"])
    assert rows["text"].split("\n") == ["id", "email", "name"]
    assert shape(after, "Customers")["height"] > shape(before, "Customers")["height"]
    assert shape(after, "Orders") == shape(before, "Orders")
    assert arrows(after) == arrows(before)
    assert lint(after).findings == ()


@pytest.mark.parametrize(
    ("instruction", "rows"),
    [
        ("drop the column name from customers", ["id"]),
        ("rename column name of customers to full_name", ["id", "full_name"]),
        ("add columns email and phone to customers", ["id", "name", "email", "phone"]),
        ("füge der Tabelle customers eine Spalte email hinzu", ["id", "name", "email"]),
    ],
)
def test_columns_come_go_and_get_other_names(instruction: str, rows: list[str]) -> None:
    after, _, _ = asked(board(ENTITIES), instruction)
    topology = Topology(after)
    customers = next(i for i in topology.shapes if topology.label(i) == "Customers")
    assert list(topology.rows(customers)) == rows


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(NotUnderstood) as refused:
        asked(board(ENTITIES), "remove the column phone from customers")
    assert refused.value.values["words"] == "phone"
    assert refused.value.values["names"] == '"id", "name"'


def test_a_period_comes_to_its_place_on_the_axis() -> None:
    before = board(QUARTERS)
    after, _, _ = asked(before, "add Q1 2027 with 'Second shop'; add Q4 2025: Idea")
    assert list(groups(after).items()) == [
        ("Q4 2025", ["Idea"]),
        ("Q1 2026", ["Plan"]),
        ("Q2 2026", ["Build"]),
        ("Q3 2026", ["Test"]),
        ("Q4 2026", ["Launch"]),
        ("Q1 2027", ["Second shop"]),
    ]
    marks = [e for e in after if e["type"] == "ellipse"]
    assert len(marks) == 6
    assert lint(after).findings == ()


def test_a_vice_president_with_reports_makes_a_tree_again_and_moves_stay() -> None:
    before = board(COMPANY)
    cid = shape(before, "Cid")["id"]
    moved = [
        {**e, "y": e["y"] + 30} if e["id"] == cid or e.get("containerId") == cid else e
        for e in before
    ]
    after, _, _ = asked(moved, "add a VP Finance with reports Tax and Audit")
    heights = {shape(after, f"VP {name}")["y"] for name in ("Sales", "Product", "Finance")}
    assert len(heights) == 1
    assert shape(after, "Tax")["y"] == shape(after, "Dan")["y"]
    assert shape(after, "Cid")["y"] == shape(after, "Dan")["y"] + 30
    assert {"CEO -> VP Finance", "VP Finance -> Tax", "VP Finance -> Audit"} <= set(arrows(after))


def test_whoever_reported_to_somebody_who_leaves_moves_up_and_that_is_said() -> None:
    after, _, planned = asked(board(COMPANY), "delete VP Sales")
    assert {"CEO -> Ann", "CEO -> Bob"} <= set(arrows(after))
    assert planned.remarks == ('"Ann", "Bob" moved up below "CEO".',)
    assert lint(after).findings == ()


def test_a_branch_of_a_mind_map_goes_with_what_hangs_on_it() -> None:
    after, _, _ = asked(board(TRAVEL), "delete Hotel")
    assert labels(after) == ["Flights", "Travel", "Work"]


def test_a_board_gets_columns_and_cards_in_their_order() -> None:
    after, _, _ = asked(
        board(BOARD), "add a column Review after Doing with check docs; mark design as done"
    )
    assert list(groups(after).items()) == [
        ("To do", ["Write"]),
        ("Doing", ["Build"]),
        ("Review", ["Check docs"]),
        ("Done", ["Plan", "Design"]),
    ]
    after, _, _ = asked(after, "move the Done column to the left", seed="next")
    assert next(iter(groups(after))) == "Done"
    assert lint(after).findings == ()


def test_entries_of_a_matrix_stay_in_their_quadrants() -> None:
    after, _, _ = asked(board(SWOT), "add weather and strikes to threats; move budget to Strengths")
    assert groups(after)["Threats"] == ["Law", "Weather", "Strikes"]
    assert groups(after)["Strengths"] == ["Team", "Budget"]


def test_transitions_have_their_events() -> None:
    after, _, _ = asked(
        board(MACHINE),
        "add a state Paused; Running -> Paused on pause; Failed goes to Idle on reset",
    )
    assert {"Running -pause-> Paused", "Failed -reset-> Idle"} <= set(arrows(after))


def test_the_kind_of_an_old_drawing_is_seen_in_its_shape() -> None:
    for instruction, edit in (
        (QUARTERS, "add Q1 2027 with 'Second shop'"),
        (SEQUENCE, "after 'pay', Till asks Bank for approval"),
    ):
        old = [
            {**e, "customData": {k: v for k, v in e["customData"].items() if k in ("job", "node")}}
            for e in board(instruction)
        ]
        new, _, _ = asked(board(instruction), edit)
        after, _, _ = asked(old, edit)
        assert labels(after) == labels(new)
        assert [rect_of(e) for e in after] == [rect_of(e) for e in new]


def test_a_drawing_without_marks_is_boxes_and_arrows() -> None:
    plain = [{**e, "customData": {}} for e in board(FLOW)]
    after, _, _ = asked(plain, "add a cache between API and DB")
    assert arrows(after) == ["Client -> API", "API -> Cache", "Cache -> DB"]


def test_it_is_what_was_just_named() -> None:
    before = board(FLOW)
    after, _, _ = asked(
        before,
        "add a cache between API and database and make it green",
        selected=["Client", "API", "DB"],
    )
    assert "#" in shape(after, "Cache")["backgroundColor"]
    assert shape(after, "Cache")["backgroundColor"] != shape(after, "API")["backgroundColor"]
    for label in ("Client", "API", "DB"):
        assert shape(after, label)["backgroundColor"] == shape(before, label)["backgroundColor"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("the database", "DB"),
        ("die Datenbank", "DB"),
        ("the db box", "DB"),
        ("the app server", "Application server"),
    ],
)
def test_things_are_found_as_people_call_them(words: str, label: str) -> None:
    scene = board("Client -> Application server -> DB")
    after, _, _ = asked(scene, f"make {words} red")
    assert shape(after, label)["backgroundColor"] != shape(scene, label)["backgroundColor"]


def test_where_two_fit_the_question_names_them_and_offers_both() -> None:
    with pytest.raises(NotUnderstood) as refused:
        asked(board("Orders DB -> Sync -> Users DB"), "make the database green")
    assert refused.value.values["names"] == '"Orders DB", "Users DB"'
    assert [offer.title for offer in refused.value.suggestions] == ["Orders DB", "Users DB"]
    scene = board("Orders DB -> Sync -> Users DB")
    asked(scene, refused.value.suggestions[0].instructions)


@pytest.mark.parametrize(
    ("instruction", "arrow"),
    [
        ("the API also writes to S3", "API -writes to-> S3"),
        ("API sends metrics to Grafana", "API -sends metrics to-> Grafana"),
        ("die API schreibt auch in S3", "API -schreibt in-> S3"),
        ("the API needs to talk to Redis too", "API -talk to-> Redis"),
        ("füge zwischen Client und API ein CDN ein", "Client -> CDN"),
        ("füge nach der API eine Queue ein", "API -> Queue"),
    ],
)
def test_a_sentence_about_a_shape_is_an_arrow_of_it(instruction: str, arrow: str) -> None:
    before = board(FLOW)
    after, _, _ = asked(before, instruction)
    assert arrow in arrows(after)
    assert len(labels(after)) == 4


@pytest.mark.parametrize(
    "instruction",
    [
        "if the API is down show an error page",
        "only show the API",
        "make everything nicer",
        "add a worker that reads from Redis",
        "the API validates the token",
        "add five queues",
        "connect API to DB and make it dashed",
        "add a cache between API and the warehouse",
    ],
)
def test_what_is_not_understood_is_refused_by_name_and_never_made_into_a_shape(
    instruction: str,
) -> None:
    with pytest.raises(NotUnderstood) as refused:
        asked(board(FLOW), instruction)
    quoted = refused.value.values.get("words") or refused.value.message
    assert set(quoted.split()) & set(instruction.split())


def test_notes_move_beside_the_rest() -> None:
    scene = board(FLOW)
    for text in ("ask legal", "cheaper?"):
        scene, _, _ = asked(scene, f"add a note '{text}'", seed=text)
    after, _, _ = asked(scene, "put the notes on the left")
    others = min(shape(after, label)["x"] for label in ("Client", "API", "DB"))
    assert all(rect_of(shape(after, text)).right < others for text in ("ask legal", "cheaper?"))


def test_new_parts_look_like_their_neighbours() -> None:
    hand = Hand(seeded(1))
    for k, label in enumerate(("Client", "API", "DB")):
        hand.box(label, 0, k * 140, 150, 70, jitter=0)
    hand.arrow("Client", "API")
    hand.arrow("API", "DB")
    scene = hand.done().scene
    for element in scene:
        if element["type"] == "rectangle":
            element |= {"strokeWidth": 4, "fillStyle": "hachure", "strokeColor": "#1971c2"}
    after, _, _ = asked(scene, "add a queue between API and DB")
    queue, api = shape(after, "Queue"), shape(after, "API")
    for name in ("strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle",
                 "roughness", "roundness", "width", "height"):  # fmt: skip
        assert queue[name] == api[name], name
    assert find_text(after, "Queue")["fontFamily"] == find_text(after, "API")["fontFamily"]
    after, _, _ = asked(scene, "add a note 'check this' near API", seed="note")
    assert find_text(after, "check this")["fontFamily"] == find_text(after, "API")["fontFamily"]


def find_text(scene: Scene, label: str) -> dict[str, object]:
    return next(e for e in scene if e.get("originalText") == label)


def test_a_longer_question_wraps_and_its_exits_keep_their_sides() -> None:
    before = board("start -> Valid? if yes Ship, if no Reject")
    after, _, _ = asked(before, "rename 'Valid?' to 'Is the e-mail address confirmed?'")
    new = "Is the e-mail address confirmed?"
    assert shape(after, new)["width"] <= 1.8 * shape(before, "Valid?")["width"]
    for end in ("Ship", "Reject"):
        (old,), (now,) = arrows_between(before, "Valid?", end), arrows_between(after, new, end)
        one, other = (e["startBinding"]["fixedPoint"] for e in (old, now))
        assert all(abs(a - b) < 0.1 for a, b in zip(one, other, strict=True))
    assert lint(after).findings == ()


def test_what_a_change_could_not_do_is_said() -> None:
    _, drawing, _ = asked(board("Client -> API"), "distribute everything horizontally")
    assert drawing.remarks


@pytest.mark.parametrize(
    ("drawn", "first", "second", "there"),
    [
        (SWOT, "delete law", "add tariffs to Threats", "Tariffs"),
        (BOARD, "delete build", "add test to Doing", "Test"),
        (QUARTERS, "remove Q4 2026", "add Q4 2026 with Party", "Party"),
        (COMPANY, "delete Ann", "add Eve under VP Sales", "Eve"),
        (SEQUENCE, "delete Bank", "add a participant Printer at the right end", "Printer"),
    ],
)
def test_what_was_deleted_is_nobodys_neighbour(
    drawn: str, first: str, second: str, there: str
) -> None:
    """In one instruction: the new part stands where the deleted one stood."""
    after, drawing, _ = asked(board(drawn), f"{first} and {second}")
    assert there in labels(after)
    along = ('Deleted along with it: "Launch".',) if drawn == QUARTERS else ()
    assert drawing.remarks == along
    assert lint(after).findings == ()


@pytest.mark.parametrize(
    ("drawn", "instruction", "fresh"),
    [
        (SEQUENCE, "Till retries three times if pay fails", None),
        (SEQUENCE, "add a database participant after Bank", "Database"),
        (SEQUENCE, "add Tax office on the far right", None),
        (MACHINE, "add a state Archived after Failed", "Archived"),
        (QUARTERS, "füge im Herbst Abnahme hinzu", None),
        (COMPANY, "Dan moves to Ann's team", ""),
        (FLOW, "remove API and connect the rest", ""),
        (FLOW, "replace the database by two databases", None),
        (FLOW, "füge vor der DB eine Prüfung ein und mach sie gelb", "Prüfung"),
        (FLOW, 'füge eine Notiz "nur PDF" bei API hinzu', "nur PDF"),
    ],
)
def test_places_counts_and_conditions_are_no_names(
    drawn: str, instruction: str, fresh: str | None
) -> None:
    """`fresh` is what comes new; None: it is refused."""
    before = board(drawn)
    if fresh is None:
        with pytest.raises(NotUnderstood):
            asked(before, instruction)
        return
    after, _, _ = asked(before, instruction)
    assert set(labels(after)) - set(labels(before)) == ({fresh} if fresh else set())
    assert lint(after).findings == ()
