from __future__ import annotations

import pandas as pd
import pytest

from metrics.warehouse.frames import COLUMNS
from tests.metrics.warehouse.made import DAY, INDICATOR, LONG_AFTER, MAY, figure, line, shown

pytestmark = pytest.mark.engine


def story(warehouse, as_of=LONG_AFTER, indicator=INDICATOR):
    return warehouse.stories([indicator], as_of=as_of)


def since(frame) -> list:
    return [moment.to_pydatetime() for moment in frame["shown_from"]]


def test_a_period_said_once_has_no_story(warehouse):
    warehouse.append([figure(1), figure(2, series=line(place="macao"))], run_id="a")
    frame = story(warehouse)
    assert frame.empty
    assert tuple(frame.columns) == (*COLUMNS, "shown_from")
    assert str(frame["shown_from"].dtype) == "datetime64[us, UTC]"


def test_each_word_that_changed_the_figure_shown_is_told_with_when(warehouse):
    warehouse.append([figure(1), figure(2, MAY + DAY), figure(3, MAY + 5 * DAY)], run_id="a")
    frame = story(warehouse)
    assert shown(frame) == [1, 2, 3]
    assert since(frame) == [MAY, MAY + DAY, MAY + 5 * DAY]


def test_a_story_is_told_as_it_was_known(warehouse):
    warehouse.append([figure(1), figure(2, MAY + DAY), figure(3, MAY + 5 * DAY)], run_id="a")
    assert shown(story(warehouse, MAY + 2 * DAY)) == [1, 2]
    assert story(warehouse, MAY).empty


def test_a_word_that_does_not_change_what_is_shown_is_not_told(warehouse):
    weaker = figure(9, MAY + DAY, tier="press")
    agreeing = figure(50, MAY + 2 * DAY, qualifier="over")
    warehouse.append([figure(54), weaker, agreeing], run_id="a")
    assert shown(story(warehouse)) == [54]


def test_a_better_source_takes_over_from_when_it_speaks(warehouse):
    warehouse.append([figure(9, tier="press"), figure(10, MAY + DAY)], run_id="a")
    frame = story(warehouse)
    assert list(zip(shown(frame), frame["tier"], strict=True)) == [(9, "press"), (10, "official")]


def test_a_withdrawal_ends_what_was_shown_and_a_new_word_begins_again(warehouse):
    gone = figure(1, MAY + DAY, status="withdrawn")
    warehouse.append([figure(1), gone, figure(4, MAY + 3 * DAY)], run_id="a")
    frame = story(warehouse)
    assert frame["status"].tolist() == ["final", "withdrawn", "final"]
    assert since(frame) == [MAY, MAY + DAY, MAY + 3 * DAY]


def test_what_was_recorded_after_the_stamp_is_not_told(warehouse):
    warehouse.append([figure(1)], run_id="a")
    stamp = warehouse.stamp()
    warehouse.append([figure(2, MAY + DAY)], run_id="b")
    assert shown(story(warehouse)) == [1, 2]
    assert warehouse.stories([INDICATOR], as_of=LONG_AFTER, stamp=stamp).empty


def test_only_the_places_asked_for_are_told(warehouse):
    here, there = line(), line(place="macao")
    warehouse.append(
        [figure(value, MAY + value * DAY, series=one) for one in (here, there) for value in (1, 2)],
        run_id="a",
    )
    frame = warehouse.stories([INDICATOR], as_of=LONG_AFTER, places=["macao"])
    assert set(frame["place_id"]) == {"macao"}
    assert len(story(warehouse)) == 4


def test_what_is_shown_at_any_moment_is_the_last_of_the_story_by_then(warehouse):
    words = [
        figure(50, MAY, qualifier="over"),
        figure(54, MAY + 2 * DAY),
        figure(54, MAY + 3 * DAY, status="withdrawn"),
        figure(60, MAY + 4 * DAY, tier="press"),
        figure(55, MAY + 6 * DAY),
    ]
    warehouse.append(words, run_id="a")
    frame = story(warehouse)
    for n in range(9):
        moment = MAY + n * DAY
        told = frame[frame["shown_from"] <= pd.Timestamp(moment)]
        last = (
            told[told["status"].ne("withdrawn")] if told["status"].iat[-1] != "withdrawn" else told.iloc[:0]
        )
        history = warehouse.history([INDICATOR], as_of=moment)
        assert history["value"].tolist() == last["value"].tolist()[-1:]
