"""Figures for programs: derived ones are worked out, periods narrow them, the order lasts."""

from __future__ import annotations

from datetime import date

from dashboards.api.figures import figures, observations, telling
from dashboards.api.parameters import CURSOR, FORMAT, FROM, INDICATOR, LANG, LIMIT, PLACES, TO, VINTAGES, read

EVERY = (INDICATOR, PLACES, FROM, TO, VINTAGES, LIMIT, CURSOR, FORMAT, LANG)


def call(desk, indicator: str, **given: str):
    query = {"indicator": [indicator]} | {name.rstrip("_"): [text] for name, text in given.items()}
    return read(EVERY, query, desk)


def test_a_figure_nobody_publishes_is_worked_out_by_the_catalogues_rule(opening_desk):
    rule = opening_desk.catalogue.get("fiveg_bs_per_km2")
    found = figures(call(opening_desk, rule.id, places="shenzhen"))
    of = opening_desk.metrics.history(
        rule.derive.of, call(opening_desk, rule.id).filters.as_of, places=["shenzhen"]
    )
    published = opening_desk.metrics.history(
        rule.id, call(opening_desk, rule.id).filters.as_of, places=["shenzhen"]
    )
    assert len(found) == (len(published) or len(of))


def test_a_period_narrows_figures_and_vintages_alike(opening_desk):
    for vintages in ("", "all"):
        given = {"vintages": vintages} if vintages else {}
        found = figures(call(opening_desk, "fiveg_base_stations", from_="2020", to="2020-12-31", **given))
        ends = found["period_end"].dt.date
        assert len(found)
        assert ends.between(date(2020, 1, 1), date(2020, 12, 31)).all()


def test_the_order_is_the_same_however_often_one_asks(opening_desk):
    first, second = (figures(call(opening_desk, "fiveg_base_stations", vintages="all")) for _ in range(2))
    assert first.equals(second)


def test_answer_and_file_hold_the_same_rows(opening_desk):
    asked = call(opening_desk, "fiveg_base_stations", limit="5", lang="zh-Hans")
    said, told = observations(asked), telling(asked)
    assert [row["figure"] for row in said["data"]] == told.rows["figure"].tolist()
    assert told.title == said["name"]
