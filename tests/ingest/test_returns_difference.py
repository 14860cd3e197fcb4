"""What a return would change, and what a second person should look at twice."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.returns_difference import difference, known_text
from ingest.returns_form import ReturnRow
from metrics.warehouse.values import Observation, Series, start_of_day

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


def observation(day: date, value: float, *, published: date | None = None, **more) -> Observation:
    series = {
        "indicator_id": "fps_registrations",
        "place_id": "hong_kong",
        "span": "point",
        "unit": "accounts",
    }
    return Observation(
        series=Series(**series),
        period_start=day,
        period_end=day,
        known_at=start_of_day(published or day),
        value=value,
        source_id="made_up",
        **more,
    )


def row(day: date, value: float, **more) -> ReturnRow:
    facts = {
        "row": 5,
        "cell": "I5",
        "indicator": "fps_registrations",
        "place": "hong_kong",
        "start": day,
        "end": day,
        "span": "point",
        "unit": "accounts",
        "value": value,
    }
    return ReturnRow(**(facts | more))


JULY, AUGUST, SEPTEMBER = date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)


@pytest.fixture
def known(store):
    run_id = store.open_run("made_up", trigger="hand", logical_time="x")
    store.append(
        [
            observation(JULY, 16_000_000.0),
            observation(AUGUST, 16_500_000.0, published=date(2026, 9, 20), qualifier="over"),
        ],
        run_id=run_id,
    )
    return store


def one(given: ReturnRow, store):
    (change,) = difference([given], store, now=NOW)
    return change


def test_new_changed_and_same_are_told_apart(known):
    kinds = [
        change.kind
        for change in difference(
            [row(JULY, 16_000_000.0), row(AUGUST, 16_500_000.0), row(SEPTEMBER, 17_000_000.0)], known, now=NOW
        )
    ]
    assert kinds == ["same", "changed", "new"]


def test_a_change_of_the_qualifier_alone_is_a_change(known):
    change = one(row(AUGUST, 16_500_000.0), known)
    assert known_text(change.known, "zh-Hant") == "超過16,500,000（2026-08-31）"
    assert one(row(AUGUST, 16_500_000.0, qualifier="over"), known).kind == "same"


@pytest.mark.parametrize(("value", "doubts"), [(60_000_000.0, 1), (5_000_000.0, 1), (17_000_000.0, 0)])
def test_a_leap_either_way_is_doubted_against_the_figure_before(known, value, doubts):
    change = one(row(SEPTEMBER, value), known)
    assert [doubt.key for doubt in change.doubts] == ["doubt.jump"] * doubts
    if doubts:
        assert "16,500,000" in change.doubts[0].told("en")
        assert "2026-08-31" in change.doubts[0].told("zh-Hans")


def test_the_figures_of_the_return_itself_are_before_too(known):
    rows = [row(SEPTEMBER, 49_000_000.0), row(date(2026, 10, 31), 60_000_000.0, row=6, cell="I6")]
    changes = difference(rows, known, now=NOW)
    assert [len(change.doubts) for change in changes] == [0, 0]
    leap = [row(SEPTEMBER, 10_000_000.0), row(date(2026, 10, 31), 60_000_000.0, row=6, cell="I6")]
    assert [len(change.doubts) for change in difference(leap, known, now=NOW)] == [0, 1]


def test_what_is_impossible_is_doubted_in_plain_values(known):
    change = one(row(SEPTEMBER, -1.0), known)
    assert [doubt["key"] for doubt in change.plain_doubts()] == ["doubt.bounds", "doubt.jump"]
    assert next(iter(change.plain_doubts()))["cell"] == "I5"


def test_a_figure_published_before_the_one_known_is_said_to_be_an_earlier_version(known):
    keys = [doubt.key for doubt in one(row(AUGUST, 1.65e7, published_on=date(2026, 9, 1)), known).doubts]
    assert keys == ["doubt.superseded"]
    assert not one(row(AUGUST, 1.65e7, published_on=date(2026, 10, 1)), known).doubts


def test_a_running_total_does_not_fall(store):
    run_id = store.open_run("made_up", trigger="hand", logical_time="x")
    start = date(2020, 1, 1)
    series = Series(indicator_id="dvp_uses_cum", place_id="hong_kong", span="since", unit="uses")
    told = {"series": series, "period_start": start, "period_end": AUGUST, "known_at": start_of_day(AUGUST)}
    store.append([Observation(**told, value=900.0, source_id="made_up")], run_id=run_id)
    given = row(SEPTEMBER, 800.0, indicator="dvp_uses_cum", start=start, span="since", unit="uses")
    assert [doubt.key for doubt in one(given, store).doubts] == ["doubt.falls"]


def test_nothing_known_means_new(store):
    change = one(row(JULY, 5.0), store)
    assert (change.kind, change.known, change.doubts) == ("new", None, ())
