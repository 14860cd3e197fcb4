"""Adding up: the parts to their whole, the days to their month; a published whole stands before a sum."""

from __future__ import annotations

import pandas as pd

from metrics.explore import Question
from metrics.explore_sums import WHOLE, parts_added
from metrics.warehouse.values import Series


def frame(*rows: tuple[str, str, float, str]) -> pd.DataFrame:
    """Make figures of (month, breakdown, value, qualifier)."""
    made = []
    for month, part, value, qualifier in rows:
        names = {
            "indicator_id": "i",
            "place_id": "macao",
            "counting_basis": "b",
            "span": "month",
            "unit": "trips",
        }
        series = Series(**names, breakdown=part)
        made.append(
            names
            | {
                "breakdown": part, "series_id": series.id, "period_start": pd.Timestamp(f"{month}-01"),
                "period_end": pd.Timestamp(f"{month}-28"), "value": value, "qualifier": qualifier, "status": "final",
                "tier": "official", "source_id": "s", "figure_ref": "", "run_id": "r", "payload_sha256": "",
                "known_precision": "day", "known_at": pd.Timestamp("2024-01-01", tz="UTC"),
                "recorded_at": pd.Timestamp("2024-01-01", tz="UTC"),
            }
        )  # fmt: skip
    return pd.DataFrame(made)


def told(found: pd.DataFrame) -> list[tuple]:
    return list(found[["breakdown", "value", "reason"]].itertuples(index=False, name=None))


ASKED = Question(indicators=("i",))


def test_the_parts_make_their_whole() -> None:
    rows = frame(("2024-01", "direction=arrival", 3, "exact"), ("2024-01", "direction=departure", 4, "exact"))
    found = parts_added(rows, ASKED)
    assert told(found) == [("", 7.0, "")]
    assert found["series_id"].tolist() == [
        Series(indicator_id="i", place_id="macao", counting_basis="b", span="month", unit="trips").id
    ]


def test_a_whole_that_lacks_a_part_states_nothing() -> None:
    rows = frame(
        ("2024-01", "direction=arrival", 3, "exact"),
        ("2024-01", "direction=departure", 4, "exact"),
        ("2024-02", "direction=arrival", 5, "exact"),
    )
    found = parts_added(rows, ASKED)
    assert found["reason"].tolist() == ["", "incomplete"]
    assert pd.isna(found["value"].iloc[1])


def test_qualified_parts_prove_no_sum() -> None:
    rows = frame(("2024-01", "direction=arrival", 3, "over"), ("2024-01", "direction=departure", 4, "exact"))
    assert parts_added(rows, ASKED)["reason"].tolist() == ["not_provable"]


def test_a_single_part_keeps_its_qualifier_where_it_is_kept_apart() -> None:
    rows = frame(("2024-01", "direction=arrival", 3, "over"), ("2024-01", "direction=departure", 4, "exact"))
    found = parts_added(rows, Question(indicators=("i",), split=("direction",)))
    assert found[["value", "qualifier"]].to_numpy().tolist() == [[3.0, "over"], [4.0, "exact"]]


def test_a_published_whole_stands_in_place_of_the_sum() -> None:
    rows = frame(
        ("2024-01", "", 8, "approx"),
        ("2024-01", "direction=arrival", 3, "exact"),
        ("2024-01", "direction=departure", 4, "exact"),
    )
    assert told(parts_added(rows, ASKED)) == [("", 8.0, "")]
    split = parts_added(rows, Question(indicators=("i",), split=("direction",)))
    assert [value for _, value, _ in told(split)] == [3.0, 4.0]


def test_a_breakdown_that_is_no_partition_is_never_added_up() -> None:
    assert "age" not in WHOLE
    rows = frame(("2024-01", "age=65+", 3, "exact"), ("2024-01", "age=0-64", 4, "exact"))
    assert sorted(value for _, value, _ in told(parts_added(rows, ASKED))) == [3.0, 4.0]


def test_asked_parts_leave_out_what_has_none() -> None:
    rows = frame(("2024-01", "", 8, "exact"), ("2024-01", "direction=arrival", 3, "exact"))
    only = Question(indicators=("i",), parts=(("direction", "arrival"),))
    assert [value for _, value, _ in told(parts_added(rows, only))] == [3.0]
    assert parts_added(frame(("2024-01", "", 8, "exact")), only)["value"].tolist() == [8.0]
