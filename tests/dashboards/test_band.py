"""The band: which day is meant, how to choose another, and how fresh the sources are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from dashboards.band import band
from dashboards.desk import Freshness
from metrics.asof import AsOf
from tests.dashboards.demo import NOW, demo_desk
from tests.dashboards.test_parts import text_of
from tests.dashboards.test_shell import MEETING, links, view


def test_today_the_band_says_today_and_how_fresh_the_sources_are() -> None:
    told = band("/", demo_desk(), view())
    said = text_of(told)
    assert "today, 21 Nov 2026" in said
    assert "24 of 26 sources on time" in said
    assert told.className == "band"


def test_on_another_day_the_band_changes_and_says_so() -> None:
    told = band("/x", demo_desk(), view(lang="zh-Hant", as_of=MEETING))
    said = text_of(told)
    assert "以2025年5月15日所知為準" in said
    assert "來源" not in said
    assert told.className == "band band-past"
    assert next(link.href for link in links(told)) == "/x?lang=zh-Hant"


def test_an_instant_within_a_day_is_said_with_its_time() -> None:
    noon = AsOf(instant=datetime.fromisoformat("2025-05-15T12:00+08:00"), day=date(2025, 5, 15))
    assert "As known on 15 May 2025, 12:00" in text_of(band("/", demo_desk(), view(as_of=noon)))


def test_meetings_are_in_the_band_the_latest_first_and_dated_as_they_are_known() -> None:
    told = band("/x", demo_desk(), view(as_of=MEETING))
    chips = links(told)[1:]
    assert [text_of(chip) for chip in chips] == ["Meeting 2 · 15 May 2025", "Meeting 1 · Mar 2024"]
    assert [chip.href for chip in chips] == ["/x?as_of=2025-05-15", "/x?as_of=2024-03-31"]
    assert [getattr(chip, "aria-current", None) for chip in chips] == ["true", None]


def test_freshness_is_told_only_where_it_is_known() -> None:
    unknown = demo_desk(freshness=lambda: None)
    assert "sources on time" not in text_of(band("/", unknown, view()))
    whole = demo_desk(freshness=lambda: Freshness(on_time=3, total=3))
    assert band("/", whole, view()).children[0].children[-1].className == "fresh fresh-whole"


def test_the_day_field_reaches_from_the_beginning_to_today() -> None:
    told = band("/x", demo_desk(), view(as_of=MEETING, lang="zh-Hant"))
    form = next(part for part in told.children[0].children if type(part).__name__ == "Form")
    place = form.children[0].children[1]
    assert getattr(place, "data-value") == "2025-05-15"
    assert getattr(place, "data-max") == "2026-11-21"
    assert getattr(form, "data-keep") == "lang=zh-Hant"


def test_a_meeting_of_today_is_now() -> None:
    meetings = demo_desk().agenda.meetings
    today = replace(meetings[1], as_of=NOW.date(), date=NOW.date())
    desk = demo_desk(
        agenda=replace(demo_desk().agenda, meetings=(today,)), clock=lambda: NOW + timedelta(hours=1)
    )
    chip = links(band("/", desk, view(desk)))[0]
    assert chip.href == "/"
    assert getattr(chip, "aria-current", None) is None
