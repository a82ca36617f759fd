"""Word lists of the grammar: verbs that begin an action, answers, colours."""

import re

from app.domain.planning.plan import Color
from app.domain.planning.text import vocabulary

VERBS = vocabulary(
    """
    abort accept activate add alert allow analyse analyze answer apply approve archive ask
    assign authenticate authorise authorize automate backup ban begin block book build buy
    calculate call cancel capture charge check choose clean clear click close collect compare
    compile complete compute configure confirm connect contact continue convert cook copy
    correct create deactivate debug decide decline decrypt delete deliver deny deploy describe
    detect determine disable discard display download draft draw drop edit email enable encrypt
    end enter escalate estimate evaluate execute exit expand export fail fetch file fill filter
    find finish fix flag follow forward gather generate get give go grant handle hide hire hold
    identify ignore implement import increase increment inform initialise initialize insert
    inspect install invite invoice issue keep launch leave let list listen load lock log login
    logout look loop mail make mark measure merge message migrate monitor move notify offer open
    order output pack park parse pause pay perform pick place plan play post prepare present
    press print proceed process produce promote prompt provide publish pull push put queue quit
    raise read rebuild receive record redirect redo reduce refund refuse register reject release
    reload remind remove rename render repair repeat replace reply report request reschedule
    resend reserve reset resolve respond restart restore resume retrieve retry return review
    revise revoke rewrite roll route run save scan schedule scrap search see select send serve
    set setup share ship show shut sign skip sort split stamp start stop store submit subscribe
    suggest suspend switch sync take tell terminate test throw train transfer transform trigger
    try turn unlock unsubscribe update upgrade upload use validate verify view visit wait warn
    wash write add bake boil bring brush buy chop clap count crop cut dance dig drink drive dry
    eat feed freeze fry grab grill grow heat iron jump knock learn lift marinate melt mix paint
    peel plug pour preheat ride rinse sand season serve sing sit sleep slice sow spread stir
    stand study swim taste turn walk water weigh whisk work wrap
    """
)

YES = frozenset(
    [
        "yes",
        "ja",
        "oui",
        "sí",
        "si",
        "\u662f",
        "\u306f\u3044",
        "\uc608",
        "y",
        "true",
        "so",
        "ok",
        "okay",
        "yep",
        "it is",
        "it does",
    ]
)
NO = frozenset(
    [
        "no",
        "nein",
        "non",
        "\u5426",
        "\u4e0d\u662f",
        "\u3044\u3044\u3048",
        "\uc544\ub2c8\uc624",
        "n",
        "false",
        "not",
        "nope",
        "it is not",
        "it isn't",
        "it does not",
    ]
)

OPPOSITES = (
    ("valid", "invalid"), ("succeeds", "fails"), ("success", "failure"), ("ok", "not ok"),
    ("exists", "does not exist"), ("correct", "incorrect"), ("correct", "wrong"),
    ("approved", "rejected"), ("accepted", "rejected"), ("accepted", "declined"),
    ("available", "unavailable"), ("passes", "fails"), ("passed", "failed"),
    ("successful", "unsuccessful"), ("in stock", "out of stock"), ("online", "offline"),
    ("authorized", "unauthorized"), ("authorised", "unauthorised"), ("known", "unknown"),
    ("complete", "incomplete"), ("empty", "not empty"), ("open", "closed"), ("on", "off"),
    ("success", "error"), ("succeeded", "failed"), ("works", "fails"),
)  # fmt: skip

COLORS: dict[str, Color] = {
    "red": "red", "crimson": "red", "scarlet": "red", "maroon": "red", "orange": "orange",
    "amber": "orange", "yellow": "yellow", "gold": "yellow", "golden": "yellow",
    "green": "green", "lime": "green", "olive": "green", "teal": "teal", "cyan": "teal",
    "turquoise": "teal", "aqua": "teal", "blue": "blue", "navy": "blue", "indigo": "violet",
    "violet": "violet", "purple": "violet", "lilac": "violet", "lavender": "violet",
    "pink": "pink", "magenta": "pink", "rose": "pink", "gray": "gray", "grey": "gray",
    "silver": "gray", "black": "black", "default": "default",
}  # fmt: skip

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip

_SUBJECT_STOP = vocabulary(
    """
    to the a an of can must should will not
    """
)


def starts_with_verb(text: str) -> bool:
    first = re.match(r"[A-Za-z]+", text.strip())
    return bool(first) and bare_verb(first.group().lower()) in VERBS if first else False


def bare_verb(word: str) -> str:
    """ "sends" and "goes" as "send" and "go"."""
    if word in VERBS:
        return word
    for ending in ("es", "s"):
        if word.endswith(ending) and word[: -len(ending)] in VERBS:
            return word[: -len(ending)]
    return word


def action_start(text: str) -> int | None:
    """Where the action begins in "email is valid send mail": the first bare verb that can."""
    previous = ""
    for match in re.finditer(r"[A-Za-z'\u2019-]+", text):
        word = match.group().lower()
        if match.start() > 0 and word in VERBS and previous not in _SUBJECT_STOP:
            return match.start()
        previous = word
    return None
