"""The switches of the transport page and the figures that lead it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels.transport_head import controls_panel, leads_panel, markable
from dashboards.panels.transport_passengers import Passengers
from metrics.asof import instant_as_of
from tests.dashboards.panels.crossing_days import MOMENT, total
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, put, text

THEN = instant_as_of(MOMENT)


def links(component, found=None):
    found = [] if found is None else found
    if isinstance(component, (list, tuple)):
        for one in component:
            links(one, found)
    elif hasattr(component, "to_plotly_json"):
        if getattr(component, "href", None):
            found.append((component.children, component.href, getattr(component, "aria-current", None)))
        links(getattr(component, "children", None), found)
    return found


def controls(desk, filters):
    return put(controls_panel(Passengers(desk, filters), desk), desk, filters).component


def test_the_period_links_keep_everything_else(days_desk):
    filters = Filters(as_of=THEN, lang="zh-Hans", places=("hk_lo_wu",), options=(("feed", "daily"),))
    (href,) = (href for text, href, _ in links(controls(days_desk, filters)) if text == "2024")
    for part in ("from=2024-01-01", "to=2024-12-31", "places=hk_lo_wu", "lang=zh-Hans", "feed=daily"):
        assert part in href


def test_the_link_of_what_is_shown_says_so(days_desk):
    filters = Filters(as_of=THEN, start=date(2024, 1, 1), end=date(2024, 12, 31))
    chosen = [text for text, _, current in links(controls(days_desk, filters)) if current]
    assert chosen == ["2024", "daily file"]


def test_a_city_asked_for_stays_the_choice(days_desk):
    filters = Filters(as_of=THEN, places=("shenzhen",))
    assert '["shenzhen", "Shenzhen"]' in str(controls(days_desk, filters).to_plotly_json())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_newest_month_leads_with_its_period(days_desk, lang):
    filters = Filters(as_of=THEN, lang=lang)
    said = text(leads_panel(Passengers(days_desk, filters), days_desk), days_desk, filters)
    month = total(date(2025, 2, 1), date(2025, 2, 28))
    assert days_desk.words[lang].compact(month) in said


def test_the_month_is_told_against_the_same_month_a_year_before(days_desk):
    filters = Filters(as_of=THEN)
    said = text(leads_panel(Passengers(days_desk, filters), days_desk), days_desk, filters)
    now, then = total(date(2025, 2, 1), date(2025, 2, 28)), total(date(2024, 2, 1), date(2024, 2, 29))
    words = days_desk.words["en"]
    assert words.t("transport.on_year_before", change=words.percent((now / then - 1) * 100, 1)) in said


def test_no_change_is_told_where_the_year_before_is_not_known(days_desk):
    filters = Filters(as_of=on(2024, 8, 15))
    said = text(leads_panel(Passengers(days_desk, filters), days_desk), days_desk, filters)
    assert "on the year before" not in said


def test_residents_gone_north_by_land_are_told(days_desk):
    filters = Filters(as_of=THEN)
    said = text(leads_panel(Passengers(days_desk, filters), days_desk), days_desk, filters)
    assert days_desk.words["en"].t("transport.residents_north") in said
    assert "| 730 |" in said  # one more a day and control point, two of them by land, 365 days


def test_before_everything_there_is_no_figure(opening_desk):
    filters = Filters(as_of=on(2015, 1, 1))
    said = text(leads_panel(Passengers(opening_desk, filters), opening_desk), opening_desk, filters)
    assert opening_desk.words["en"].t("ui.no_figure") in said


def test_without_days_no_busiest_day_is_told(opening_desk):
    filters = Filters(as_of=NOW)
    said = text(leads_panel(Passengers(opening_desk, filters), opening_desk), opening_desk, filters)
    assert opening_desk.words["en"].t("transport.busiest_day") not in said


def test_only_control_points_of_hong_kong_can_be_marked(opening_desk):
    reader = markable(opening_desk)
    assert reader("hk_lo_wu,hk_airport,hk_lo_wu") == "hk_lo_wu,hk_airport"
    for wrong in ("guangzhou", "sz_futian", "nowhere", ","):
        with pytest.raises(ValueError, match=wrong):
            reader(wrong)
