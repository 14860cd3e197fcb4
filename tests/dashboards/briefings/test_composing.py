"""What buttons and fields make of a briefing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.briefings import composing
from dashboards.briefings.values import MOST_PANELS, Choice
from dashboards.i18n import LANGUAGES


@pytest.fixture
def desk(room):
    return room.desks.public


@pytest.fixture
def three(desk):
    blank = composing.blank(desk, "en")
    return composing.added(blank, [Choice(page_path="/services", panel_id=name) for name in ("a", "b", "c")])


def ids(briefing) -> str:
    return "".join(one.panel_id for one in briefing.panels)


def test_a_menu_names_a_panel_by_page_query_and_id():
    named = composing.named_panel(
        "/connectivity?year=2020&places=macao,foshan&lang=zh-Hant&as_of=2025-05-15#fiveg-map"
    )
    assert (named.page_path, named.panel_id) == ("/connectivity", "fiveg-map")
    assert named.query == "year=2020&places=macao,foshan"
    assert composing.named_panel("#late").page_path == ""
    assert composing.named_panel("/#panel-map").page_path == "/"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/services",
        "#",
        "https://evil.example/#x",
        "//evil#x",
        "?a=1#late",
        "/a#<script>",
        "/a?" + "x=1&" * 40 + "#b",
    ],
)
def test_what_names_no_panel_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        composing.named_panel(text)


@given(st.text(max_size=120))
def test_no_text_breaks_the_reading_of_a_panels_name(text):
    try:
        named = composing.named_panel(text)
    except ValueError:
        return
    assert named.page_path == "" or named.page_path.startswith("/")


def test_panels_move_by_one_and_stop_at_the_ends(three):
    assert ids(composing.moved(three, 0, 1)) == "bac"
    assert ids(composing.moved(three, 2, -1)) == "acb"
    assert ids(composing.moved(three, 0, -1)) == "abc"
    assert ids(composing.moved(three, 2, 1)) == "abc"
    assert ids(composing.moved(three, 99, 1)) == "abc"


def test_a_panel_is_removed_or_nothing_is(three):
    assert ids(composing.removed(three, 1)) == "ac"
    assert ids(composing.removed(three, -1)) == "abc"


def test_a_panel_is_there_once_and_there_is_an_end_to_them(three):
    assert ids(composing.added(three, three.panels)) == "abc"
    many = [Choice(page_path="/a", panel_id=f"p{n}") for n in range(200)]
    assert len(composing.added(three, many).panels) == MOST_PANELS


def test_fields_fill_in_names_notes_languages_and_audience(three, desk):
    form = {
        "name-en": " Mine ",
        "note-1-zh-Hant": "備註",
        "language": "zh-Hans",
        "second": "en",
        "audience": "officials",
    }
    mine = composing.filled_in(three, form, desk)
    assert mine.names == {"en": "Mine"}
    assert [dict(one.note) for one in mine.panels] == [{}, {"zh-Hant": "備註"}, {}]
    assert (mine.languages, mine.audience) == (("zh-Hans", "en"), "officials")
    assert composing.filled_in(three, {"language": "en", "second": "en"}, desk).languages == ("en",)


def test_no_field_changes_nothing(three, desk):
    assert composing.filled_in(three, {}, desk) == three


@pytest.mark.parametrize(
    "form",
    [
        {"language": "fr"},
        {"language": "en", "second": "fr"},
        {"audience": "all"},
        {"moment": "egscc_99"},
        {"moment": "day", "day": "soon"},
        {"moment": "day", "day": "0001-01-01"},
        {"moment": "day"},
    ],
)
def test_a_value_that_the_form_does_not_offer_is_refused(three, desk, form):
    with pytest.raises(ValueError, match=r"."):
        composing.filled_in(three, form, desk)


def test_a_moment_is_frozen_with_the_stamp_or_moves_on(three, desk):
    meeting = composing.filled_in(three, {"moment": "egscc_2"}, desk).as_of
    assert (meeting.day, meeting.current, meeting.stamp) == (date(2025, 5, 15), False, desk.stamp())
    day = composing.filled_in(three, {"moment": "day", "day": "2024-01-31"}, desk).as_of
    assert (day.day, day.current) == (date(2024, 1, 31), False)
    now = composing.filled_in(three, {"moment": "frozen"}, desk).as_of
    assert (now.instant, now.current, now.stamp) == (desk.clock(), False, desk.stamp())
    assert composing.filled_in(three, {"moment": "moving"}, desk).as_of.current
    assert composing.filled_in(three, {"moment": "kept"}, desk).as_of == three.as_of


def test_an_audience_is_never_looser_than_the_strictest_panel():
    assert composing.strict_enough("public", "group") == "group"
    assert composing.strict_enough("officials", "group") == "officials"


def test_a_blank_briefing_speaks_the_readers_language(desk):
    assert [composing.blank(desk, lang).languages for lang in LANGUAGES] == [(lang,) for lang in LANGUAGES]
