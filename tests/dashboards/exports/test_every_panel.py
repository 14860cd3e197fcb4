"""Every panel of every page says in its table what it shows, and shows what its table says, in every language."""

from __future__ import annotations

import pytest

from dashboards import pages
from dashboards.desk import Desk, Filters
from dashboards.exports.formats import TABLES
from dashboards.exports.telling import tell
from dashboards.panel import Page, discover, moment_of, panels_of
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import AsOf, day_as_of, now_as_of
from tests.dashboards.exports import agreement
from tests.opened import NOW

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
PAGES = discover(pages)
MOMENTS = {
    "now": now_as_of(NOW),
    "second meeting": day_as_of(NOW.date().replace(year=2025, month=5, day=15), clock=NOW),
    "before everything": day_as_of(NOW.date().replace(year=1990), clock=NOW),
}
# Chart kinds whose bars and dots stand for something else than the amounts in the table.
ON_A_SCALE_OF_THEIR_OWN = {"tracks"}


def items(page: Page, desk: Desk) -> list[str]:
    if "<" not in page.path:
        return [""]
    known = list(page.items(desk))
    return known if len(known) <= 6 else [known[0], known[len(known) // 2], known[-1]]


def views(page: Page, desk: Desk, lang: str, as_of: AsOf):
    """Return every panel of *page* that speaks, told, with its frame and view."""
    for item in items(page, desk):
        filters = Filters(lang=lang, as_of=as_of, item=item)
        for panel in panels_of(page, desk, filters):
            if not panel.speaks:
                continue
            telling = tell(page, panel, desk, filters, shapes=Shapes())
            own = moment_of(panel, filters)
            view = view_of(desk, own, NOW.date(), Shapes())
            yield panel, panel.query(desk, own), view, telling


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", ["now", "second meeting"])
def test_what_a_table_says_is_written_in_its_panel(opening_desk, page, lang, moment) -> None:
    wrong = []
    for panel, frame, view, telling in views(page, opening_desk, lang, MOMENTS[moment]):
        text = agreement.written(panel, frame, view)
        wrong += [(panel.id, row["figure"]) for row in agreement.unwritten(telling, text, view)]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("moment", ["now", "second meeting"])
def test_what_a_chart_draws_is_in_its_table_value_by_value(opening_desk, page, moment) -> None:
    wrong = []
    for panel, _, view, telling in views(page, opening_desk, "en", MOMENTS[moment]):
        if telling.figure is None or panel.id in ON_A_SCALE_OF_THEIR_OWN:
            continue
        known = set(telling.rows["value"].dropna())
        drawn = agreement.amounts(telling.figure(view.style))
        wrong += [(panel.id, one) for one in drawn if one not in known]
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_has_labels_and_says_each_figure_with_its_qualifier(opening_desk, page, lang) -> None:
    for panel, _, view, telling in views(page, opening_desk, lang, MOMENTS["now"]):
        assert telling.columns, panel.id
        assert all(column.label for column in telling.columns), panel.id
        assert list(telling.rows.columns) == [column.id for column in telling.columns], panel.id
        ids = [column.id for column in telling.columns]
        assert len(ids) == len(set(ids)), panel.id
        if not {"figure", "value", "qualifier"} <= set(ids):
            continue
        told = telling.rows[telling.rows["value"].notna()]
        for row in told.to_dict("records"):
            if row["qualifier"] not in {"", "exact"}:
                bare = view.words.t(f"qualifier.{row['qualifier']}_pattern", n="").strip()
                assert bare in row["figure"], (panel.id, row["figure"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_before_anything_was_known_every_panel_still_has_a_table(opening_desk, page) -> None:
    for panel, _, _, telling in views(page, opening_desk, "zh-Hant", MOMENTS["before everything"]):
        assert telling.columns or telling.empty, panel.id
        for form in TABLES:
            assert form.write(telling), (panel.id, form.id)


def test_a_day_by_day_count_is_told_as_it_is_drawn(days_desk) -> None:
    page = next(one for one in PAGES if one.id == "transport")
    for panel, frame, view, telling in views(page, days_desk, "zh-Hans", MOMENTS["now"]):
        text = agreement.written(panel, frame, view)
        assert agreement.unwritten(telling, text, view) == [], panel.id
