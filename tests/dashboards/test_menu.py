"""The menu of a panel."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.exports.formats import Format, gathered
from dashboards.fragments import markup
from dashboards.menu import OPEN, file_href, menu_items, state_of
from dashboards.pages.connectivity import PAGE
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import day_as_of, now_as_of
from tests.opened import NOW

PICTURE = Format(
    id="png", name="PNG", media_type="image/png", extension="png", write=lambda _t: b"", chart=True
)
AWAY = Format(
    id="svg",
    name="SVG",
    media_type="x",
    extension="svg",
    write=lambda _t: b"",
    chart=True,
    available=lambda: "ui.retry",
)


def view(desk, lang: str = "en", **asked):
    filters = Filters(lang=lang, **({"as_of": now_as_of(NOW)} | asked))
    return view_of(desk, filters, NOW.date(), Shapes())


def menu(desk, panel_id: str, forms=None, state=None, **asked) -> str:
    panel = next(one for one in PAGE.panels if one.id == panel_id)
    seen = view(desk, **asked)
    items = menu_items(
        panel,
        panel.query(desk, seen.filters),
        "Title",
        seen,
        path="/connectivity",
        formats=forms or gathered([PICTURE, AWAY]),
        state=state,
    )
    return markup(list(items)) or ""


def test_every_form_that_can_be_had_is_a_link_in_the_state_at_hand(opening_desk) -> None:
    said = menu(opening_desk, "fiveg-map", lang="zh-Hant", per="km2")
    for form in ("csv", "xlsx", "parquet", "json", "png"):
        assert (
            f"/api/v1/panels/fiveg-map?page=/connectivity&amp;format={form}&amp;lang=zh-Hant&amp;per=km2"
            in said
        )
    assert "format=svg" not in said


def test_a_panel_without_a_chart_offers_no_picture(opening_desk) -> None:
    assert "format=png" not in menu(opening_desk, "fiveg-table")


def test_switches_and_headings_have_nothing_to_take_away(opening_desk) -> None:
    assert menu(opening_desk, "uptake") == ""
    assert menu(opening_desk, "fiveg-switches") == ""


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_the_citation_names_the_day_even_of_now(opening_desk, lang) -> None:
    said = menu(opening_desk, "fiveg-map", lang=lang)
    assert "{origin}/connectivity?" in said
    assert "as_of=2026-11-21" in said


def test_a_link_to_the_past_stays_in_the_past(opening_desk) -> None:
    seen = view(opening_desk, as_of=day_as_of(NOW.date().replace(year=2025)))
    assert (
        file_href("x", "/transport", "csv", state_of("/transport", seen))
        == "/api/v1/panels/x?page=/transport&format=csv&as_of=2025-11-21"
    )


def test_a_menu_left_open_has_addresses_that_the_browser_completes(opening_desk) -> None:
    said = menu(opening_desk, "fiveg-map", lang="zh-Hant", per="km2", state=OPEN)
    assert 'data-asks="/api/v1/panels/fiveg-map?page=/connectivity&amp;format=csv"' in said
    assert 'data-brief="#fiveg-map"' in said
    assert "{origin}{page}#panel-fiveg-map" in said
    assert "per=km2" not in said
