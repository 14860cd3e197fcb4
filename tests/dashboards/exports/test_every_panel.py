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


def disagreements(panel, frame, view, telling) -> list[object]:
    """Return where words, chart and table of a panel differ."""
    text = agreement.written(panel, frame, view)
    wrong: list[object] = [row["figure"] for row in agreement.unwritten(telling, text, view)]
    if telling.figure is not None and panel.id not in ON_A_SCALE_OF_THEIR_OWN:
        known = set(telling.rows["value"].dropna())
        wrong += [one for one in agreement.amounts(telling.figure(view.style)) if one not in known]
    return [*wrong, *unqualified(telling, view)]


def unqualified(telling, view) -> list[str]:
    """Return the figures of a table that are written without their qualifier."""
    if not {"figure", "value", "qualifier"} <= set(telling.rows.columns):
        return []
    told = telling.rows[telling.rows["value"].notna() & ~telling.rows["qualifier"].isin(["", "exact"])]
    pairs = zip(told["figure"], told["qualifier"], strict=True)
    words = {name: view.t(f"qualifier.{name}_pattern", n="").strip() for name in set(told["qualifier"])}
    return [figure for figure, qualifier in pairs if words[qualifier] not in figure]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize(
    ("lang", "moment"),
    [("en", "now"), ("zh-Hant", "now"), ("zh-Hans", "now"), ("zh-Hant", "second meeting")],
    ids=["en", "zh-Hant", "zh-Hans", "zh-Hant-then"],
)
def test_chart_words_and_table_agree_value_by_value(opening_desk, page, lang, moment) -> None:
    wrong = {}
    for panel, frame, view, telling in views(page, opening_desk, lang, MOMENTS[moment]):
        ids = [column.id for column in telling.columns]
        assert ids, panel.id
        assert ids == list(telling.rows.columns), panel.id
        assert len(ids) == len(set(ids)), panel.id
        assert all(column.label for column in telling.columns), panel.id
        wrong |= {panel.id: found} if (found := disagreements(panel, frame, view, telling)) else {}
    assert wrong == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_before_anything_was_known_every_panel_still_has_a_table(opening_desk, page) -> None:
    for panel, _, _, telling in views(page, opening_desk, "zh-Hant", MOMENTS["before everything"]):
        assert telling.columns or telling.empty, panel.id
        for form in TABLES:
            assert form.write(telling), (panel.id, form.id)


def test_a_day_by_day_count_is_told_as_it_is_drawn(days_desk) -> None:
    page = next(one for one in PAGES if one.id == "transport")
    for panel, frame, view, telling in views(page, days_desk, "zh-Hans", MOMENTS["now"]):
        assert disagreements(panel, frame, view, telling) == [], panel.id
