"""A briefing in an address: what goes in comes out, and nothing else is believed."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.briefings.token import MOST_TOKEN, OWN, choice, packed, texts, unpacked
from dashboards.briefings.values import MOST_NOTE, Briefing, Choice
from metrics.asof import AsOf, day_as_of, now_as_of
from tests.opened import NOW

MINE = Briefing(
    id="x",
    names={"en": "For the “third” meeting", "zh-Hant": "第三次會議"},
    as_of=day_as_of(NOW.date().replace(year=2025)),
    panels=(
        Choice(
            page_path="/connectivity", panel_id="fiveg-map", query="year=2020", note={"zh-Hans": "备注<b>"}
        ),
        Choice(page_path="", panel_id="late"),
    ),
    languages=("zh-Hant", "en"),
    audience="group",
)


def token_of(told: object) -> str:
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    return base64.urlsafe_b64encode(zlib.compress(text)).rstrip(b"=").decode()


def test_what_an_address_carries_is_what_was_composed():
    back = unpacked(packed(MINE), clock=NOW)
    assert (back.names, back.languages, back.audience) == (MINE.names, MINE.languages, MINE.audience)
    assert back.panels == MINE.panels
    assert (back.as_of.instant, back.as_of.current, back.id) == (MINE.as_of.instant, False, OWN)


def test_a_briefing_as_known_now_stays_so():
    moving = Briefing(id="x", names={}, as_of=now_as_of(NOW), panels=(), languages=("en",))
    assert unpacked(packed(moving), clock=NOW).as_of.current


def test_a_stamp_goes_with_it():
    stamped = AsOf(instant=MINE.as_of.instant, day=MINE.as_of.day, stamp=1234567)
    briefing = Briefing(id="x", names={}, as_of=stamped, panels=(), languages=("en",))
    assert unpacked(packed(briefing), clock=NOW).stamp == 1234567


def test_a_usual_briefing_fits_into_an_address():
    many = tuple(
        Choice(page_path="/connectivity", panel_id=f"panel-{n}", query=f"year=20{n:02d}") for n in range(30)
    )
    assert (
        len(packed(Briefing(id="", names={}, as_of=MINE.as_of, panels=many, languages=("en",)))) < MOST_TOKEN
    )


GOOD = {"n": {}, "l": ["en"], "a": "public", "t": "", "s": 0, "p": []}


@pytest.mark.parametrize(
    "told",
    [
        [],
        "text",
        GOOD | {"l": []},
        GOOD | {"l": ["en", "zh-Hant", "zh-Hans"]},
        GOOD | {"l": ["en", "en"]},
        GOOD | {"l": [["en"]]},
        GOOD | {"l": ["fr"]},
        GOOD | {"a": "everybody"},
        GOOD | {"a": ["public"]},
        GOOD | {"t": "yesterday"},
        GOOD | {"t": "2025-05-15T00:00:00"},
        GOOD | {"t": "0001-01-01T00:00:00+00:00"},
        GOOD | {"t": 5},
        GOOD | {"s": -1},
        GOOD | {"s": "1"},
        GOOD | {"n": {"fr": "nom"}},
        GOOD | {"n": {"en": 5}},
        GOOD | {"p": {}},
        GOOD | {"p": [["/a", "b", "c", {}]] * 61},
        GOOD | {"p": [["//evil.example", "b", "", {}]]},
        GOOD | {"p": [["javascript:alert(1)", "b", "", {}]]},
        GOOD | {"p": [["/a", "<b>", "", {}]]},
        GOOD | {"p": [["/a", "b", "x" * 501, {}]]},
        GOOD | {"p": [["/a", "b", "a\u0000b", {}]]},
        GOOD | {"p": [["/a", "b", ""]]},
        GOOD | {"p": [["/a", "b", "", []]]},
    ],
)
def test_what_cannot_be_a_briefing_is_refused(told):
    with pytest.raises(ValueError, match=r"\w"):
        unpacked(token_of(told), clock=NOW)


@pytest.mark.parametrize(
    "token", ["", "a b", "AAAA", "-", "é", "../..", token_of(b"x" * 100), token_of(b"[" * 5000)]
)
def test_a_damaged_token_is_refused(token):
    with pytest.raises(ValueError, match=r"\w"):
        unpacked(token, clock=NOW)


def test_a_small_token_that_unpacks_without_end_is_refused():
    bomb = token_of(b'"' + b"a" * 5_000_000 + b'"')
    assert len(bomb) < 20_000
    with pytest.raises(ValueError, match="more than a briefing can"):
        unpacked(bomb, clock=NOW)


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text):
    with pytest.raises(ValueError, match=r"[\s\S]"):
        unpacked(text, clock=NOW)


def test_notes_lose_control_characters_and_end_somewhere():
    told = texts({"en": "a\u0000b\r\nc" + "x" * 1000}, MOST_NOTE)
    assert told["en"].startswith("a b\nc")
    assert len(told["en"]) == MOST_NOTE


def test_a_choice_is_a_panel_of_a_page_of_ours():
    assert choice("/work-items/3", "status").page_path == "/work-items/3"
    with pytest.raises(ValueError, match="path of a page"):
        choice("/a/../../b?", "x")
