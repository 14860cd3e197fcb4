"""What panels say of corrected figures: only of what they show, calmly, with the way to the revisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from dash import html

from dashboards.desk import Filters
from dashboards.frames import framed
from dashboards.i18n import LANGUAGES
from dashboards.notices import PageNotices, changes_known, lines, notices_for
from dashboards.panel import Panel
from dashboards.panels.headlines import Lead, lead_panel
from dashboards.shell import page_parts, view_of
from dashboards.style import Shapes
from metrics.asof import day_as_of, now_as_of
from metrics.warehouse.values import breakdown
from tests.dashboards.corrected import CORRECTED, REVISED, WITHDRAWN
from tests.dashboards.panels.drawn import told
from tests.opened import NOW

TODAY = date(2026, 11, 21)


def filters(day: date | None = None, lang: str = "en") -> Filters:
    return Filters(lang=lang, as_of=day_as_of(day, clock=NOW) if day else now_as_of(NOW))


def panel(*indicators: str, stated: bool = True, **more) -> Panel:
    return Panel(
        id="made",
        title="ui.overview",
        query=lambda desk, asked: desk.metrics.latest(list(indicators), asked.as_of),
        body=lambda _frame, _view: html.P("figures"),
        indicators=indicators if stated else (),
        **more,
    )


def seen(desk, *panels: Panel, day: date | None = None, lang: str = "en") -> str:
    asked = filters(day, lang)
    view = view_of(desk, asked, TODAY, Shapes())
    view = replace(view, notices=PageNotices(desk=desk, filters=asked, panels=panels))
    return " | ".join(text for one in panels for text in told(framed(one, desk, view).component))


def test_a_panel_that_shows_a_corrected_figure_says_was_and_is(corrected_desk):
    said = seen(corrected_desk, panel(CORRECTED))
    assert "Corrected 5 Oct 2026: Hong Kong services under CBPS, Hong Kong, end of Jun 2026" in said
    assert "was 70 services, is 71 services" in said
    assert "Revisions" in said


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize("framed_panel", [True, False])
def test_a_panel_says_it_whether_or_not_it_states_its_indicators_or_has_a_frame(
    corrected_desk, stated, framed_panel
):
    assert "Corrected 5 Oct 2026" in seen(
        corrected_desk, panel(CORRECTED, stated=stated, framed=framed_panel)
    )


def test_a_provisional_figure_made_final_is_no_correction(corrected_desk):
    assert "orrected" not in seen(corrected_desk, panel(REVISED))
    assert [one.kind for one in changes_known(corrected_desk, [REVISED])] == ["updated"]


def test_a_withdrawal_is_said_where_no_figure_is_left(corrected_desk):
    said = seen(corrected_desk, panel(WITHDRAWN))
    assert "Withdrawn 7 Oct 2026" in said
    assert "was 336 services" in said


def test_a_page_as_known_before_the_correction_says_that_it_came_since(corrected_desk):
    said = seen(corrected_desk, panel(CORRECTED), day=date(2026, 8, 1))
    assert "Corrected since, on 5 Oct 2026" in said
    assert "shown here as known then, 70 services; now 71 services" in said


def test_a_page_as_known_before_the_first_word_says_nothing(corrected_desk):
    assert "orrected" not in seen(corrected_desk, panel(CORRECTED, WITHDRAWN), day=date(2026, 7, 1))


def test_a_panel_that_shows_another_place_says_nothing(corrected_desk):
    elsewhere = replace(
        panel(CORRECTED),
        query=lambda desk, asked: desk.metrics.latest([CORRECTED], asked.as_of).assign(place_id="macao"),
    )
    assert "orrected" not in seen(corrected_desk, elsewhere)


def test_a_heading_or_switch_says_nothing_since_it_shows_no_figure(corrected_desk):
    assert "orrected" in seen(corrected_desk, panel(CORRECTED, framed=False))
    assert "orrected" not in seen(corrected_desk, panel(CORRECTED, framed=False, speaks=False))


def test_leading_figures_say_it_of_the_place_that_leads_alone(corrected_desk):
    told_here = lead_panel("leads", "services.leads", [Lead(indicator=CORRECTED, place="hong_kong")])
    elsewhere = lead_panel("leads", "services.leads", [Lead(indicator=CORRECTED, place="macao")])
    anywhere = lead_panel("leads", "services.leads", [Lead(indicator=CORRECTED)])
    assert "was 70 services, is 71 services" in seen(corrected_desk, told_here)
    assert "was 70 services, is 71 services" in seen(corrected_desk, anywhere)
    assert "orrected" not in seen(corrected_desk, elsewhere)


def test_the_warehouse_is_asked_once_for_all_panels_of_a_page(corrected_desk, monkeypatch):
    asked: list[list[str]] = []
    stories = corrected_desk.metrics.warehouse.stories

    def counted(indicators, **more):
        asked.append(list(indicators))
        return stories(indicators, **more)

    monkeypatch.setattr(corrected_desk.metrics.warehouse, "stories", counted)
    seen(corrected_desk, panel(CORRECTED), panel(REVISED), panel(WITHDRAWN))
    assert asked == [sorted([CORRECTED, REVISED, WITHDRAWN])]


def test_figures_of_another_audience_are_not_told(corrected_desk):
    book = corrected_desk.catalogue
    hidden = replace(book.get(CORRECTED), audience="officials")
    metrics = replace(
        corrected_desk.metrics, catalogue=replace(book, by_id={**book.by_id, CORRECTED: hidden})
    )
    assert notices_for(replace(corrected_desk, metrics=metrics), filters(), [CORRECTED]) == ()


@dataclass(frozen=True)
class Mended:
    indicator: str = CORRECTED
    place: str = "hong_kong"
    breakdown: str = ""
    start: date = date(2026, 6, 30)
    end: date = date(2026, 6, 30)
    expect: float = 70
    value: float = 71
    reason: str = "The list counted one service twice."


def test_a_declared_correction_tells_its_reason(corrected_desk):
    desk = replace(corrected_desk, declared=lambda: (Mended(),))
    assert "The list counted one service twice." in seen(desk, panel(CORRECTED))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_many_corrections_are_told_by_the_newest_three_in_every_language(corrected_desk, lang):
    (one,) = notices_for(corrected_desk, filters(lang=lang), [CORRECTED])
    parted = replace(one, lane=replace(one.lane, breakdown=breakdown(direction="arrival", kind="unheard_of")))
    view = view_of(corrected_desk, filters(lang=lang), TODAY, Shapes())
    (made,) = lines([parted] * 5, view)
    assert len(made.children) == 4
    said = " ".join(told(made))
    assert f"{view.t('part.arrival')} / unheard_of" in said
    assert view.t("correction.more", n="2") in said
    assert f"lang={lang}" in made.children[0].children[-1].href or lang == "en"


def test_a_whole_page_says_it_too(corrected_desk):
    from dashboards.pages.services import PAGE

    view = view_of(corrected_desk, filters(), TODAY, Shapes())
    made, well = page_parts(PAGE, (PAGE,), corrected_desk, view)
    assert well
    assert "Corrected 5 Oct 2026" in " | ".join(told(made["main"]))
