import pandas as pd
import pytest

from dashboards.figures import progress
from dashboards.style import STATUSES
from tests.dashboards.figures.world import EVERY_STYLE, sound, style, texts

NAN = float("nan")


def measures(*changes):
    usual = {
        "label": "5G base stations", "unit": "stations", "status": "on_track", "qualifier": "exact", "kind": "target",
        "baseline": 124_000.0, "target": 220_000.0, "expected": 180_000.0, "value": 190_000.0,
        "due_on": pd.Timestamp("2026-12-31"),
    }  # fmt: skip
    return pd.DataFrame([usual | change for change in changes], columns=None if changes else list(usual))


@pytest.mark.parametrize("look", EVERY_STYLE)
@pytest.mark.parametrize("count", [0, 1, 9])
def test_empty_one_and_many_measures_draw(count, look):
    figure = progress.track(measures(*({"status": STATUSES[n % len(STATUSES)]} for n in range(count))), look)
    sound(figure)
    if count:
        assert look.compact(190_000) in texts(figure)


def test_each_status_has_its_own_mark_beside_its_colour():
    figure = progress.track(measures(*({"status": status} for status in STATUSES)), style())
    marks = figure.data[0].marker
    pairs = set(zip(marks.symbol, marks.color, strict=True))
    assert len(pairs) == len(STATUSES)
    for status in STATUSES:
        assert style().t(f"status.{status}") in texts(figure)


def test_the_mark_stands_where_the_figure_is_between_baseline_and_target():
    figure = progress.track(measures({"value": 172_000.0}), style())
    assert figure.data[0].x[0] == pytest.approx(0.5)


def test_falling_targets_run_the_same_way():
    figure = progress.track(
        measures({"baseline": 2.0, "target": 1.0, "value": 1.25, "expected": 1.5}), style()
    )
    assert figure.data[0].x[0] == pytest.approx(0.75)


def test_a_figure_far_beyond_the_target_stays_in_the_picture():
    figure = progress.track(measures({"value": 4_430_000.0}), style())
    assert figure.data[0].x[0] == progress.HIGH


def test_a_qualified_figure_keeps_its_qualifier():
    assert "over 190,000" in texts(progress.track(measures({"qualifier": "over"}), style()))


def test_a_measure_without_target_is_told_and_not_drawn():
    figure = progress.track(
        measures(
            {"target": NAN, "baseline": NAN, "expected": NAN, "due_on": pd.NaT, "status": "not_assessed"}
        ),
        style(),
    )
    assert style().t("status.reason_no_target") in texts(figure)
    assert not figure.data[0].x
    assert not figure.layout.shapes


def test_a_target_without_baseline_shows_no_place_on_the_way():
    figure = progress.track(measures({"baseline": NAN, "expected": NAN}), style())
    assert not figure.data[0].x
    assert "220,000 by 31 Dec 2026" in texts(figure)


def test_a_reference_is_drawn_and_never_judged():
    figure = progress.track(measures({"kind": "reference", "status": "off_track"}), style())
    assert style().t("status.off_track") not in texts(figure)
    assert style().t("figure.reference") in texts(figure)
    assert figure.data[0].marker.color[0] == style().palette.soft


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_tell_status_actual_expected_and_target(look):
    said = progress.alt(measures({}), look)
    assert look.t("status.on_track") in said
    for figure in (190_000, 180_000, 220_000):
        assert look.compact(figure) in said
