"""Each entry is checked by itself."""

from __future__ import annotations

from datetime import date

import pytest

from metrics import agenda_entries as entries
from metrics.agenda_reading import Faults, Reader

NAMES = {"en": "One", "zh-Hant": "一", "zh-Hans": "一"}
SOURCE = {"title": "T", "publisher": "P", "tier": "official"}
MILESTONE = {
    "id": "one",
    "work_item": 1,
    "kind": "target",
    "outcome": "pending",
    "title": NAMES,
    "source": SOURCE,
}
TARGET = {
    "id": "one",
    "indicator": "dc_racks",
    "place": "guangdong",
    "kind": "target",
    "value": 10,
    "qualifier": "exact",
    "unit": "racks",
    "direction": "higher_is_better",
    "model": "linear",
    "source": SOURCE,
}
HEAD = "gathered_on = 2026-11-21\n"


def toml(kind, entry):
    lines = [f"[[{kind}]]"]
    for key, value in entry.items():
        lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return value.isoformat() if isinstance(value, date) else str(value)


def milestone(tmp_path, **changes):
    text = HEAD + toml("milestone", MILESTONE | changes)
    (tmp_path / "milestones.toml").write_text(text, encoding="utf-8")
    faults = Faults()
    return entries.milestones(tmp_path, faults)["one"], faults.said


def target(tmp_path, **changes):
    (tmp_path / "targets.toml").write_text(HEAD + toml("target", TARGET | changes), encoding="utf-8")
    faults = Faults()
    return entries.targets(tmp_path, faults)[0], faults.said


def test_a_commitment_without_announcement_is_known_by_its_source_at_the_latest_by_its_due_date(tmp_path):
    due = {"due_on": date(2025, 12, 31)}
    assert milestone(tmp_path, **due)[0].announced.on == date(2025, 12, 31)
    early = SOURCE | {"published_on": date(2025, 3, 1)}
    found, said = milestone(tmp_path, **due, source=early)
    assert (found.announced.on, found.announced.precision, said) == (date(2025, 3, 1), "estimated", [])
    late = SOURCE | {"published_on": date(2026, 3, 1)}
    assert milestone(tmp_path, **due, source=late)[0].announced.on == date(2025, 12, 31)


def test_a_commitment_with_no_date_at_all_is_known_since_it_was_gathered(tmp_path):
    found, _ = milestone(tmp_path)
    assert (found.announced.on, found.announced.precision) == (date(2026, 11, 21), "estimated")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "event"}, "outcome 'pending' does not go with kind 'event'"),
        ({"outcome": "met"}, "outcome 'met' needs outcome_known_on"),
        ({"outcome_known_on": date(2025, 1, 1)}, "outcome 'pending' has no outcome_known_on"),
        (
            {"kind": "event", "outcome": "happened", "outcome_known_on": date(2025, 1, 1)},
            "happened, but happened_on is missing",
        ),
        ({"outcome": "not_verified"}, "not_verified needs the date that it was due on"),
        (
            {"outcome": "met", "outcome_known_on": date(2024, 1, 1), "announced_on": date(2025, 1, 1)},
            "its outcome was known before it was announced",
        ),
        ({"inferred": ["happened_on"]}, "inferred names 'happened_on', which is no date of this entry"),
        ({"work_item": 6}, "work_item = 6; expected 1 to 5"),
    ],
)
def test_a_milestone_that_contradicts_itself_is_told(tmp_path, changes, fault):
    _, said = milestone(tmp_path, **changes)
    assert f"milestones.toml: one: {fault}" in said


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"baseline": 3}, "a baseline has a value and a date, or neither"),
        ({"baseline_on": date(2024, 1, 1)}, "a baseline has a value and a date, or neither"),
        ({"spans": ["decade"]}, "spans holds 'decade'"),
        ({"inferred": ["due_on"]}, "inferred names 'due_on', which is no date of this entry"),
        ({"direction": "up"}, "direction = 'up'; expected one of higher_is_better, lower_is_better"),
        ({"value": "ten"}, "value = 'ten' is not of the kind expected"),
    ],
)
def test_a_target_that_does_not_hold_together_is_told(tmp_path, changes, fault):
    _, said = target(tmp_path, **changes)
    assert any(one.startswith(f"targets.toml: one: {fault}") for one in said)


def test_a_target_is_a_figure_at_one_point_unless_it_says_otherwise(tmp_path):
    found, said = target(tmp_path)
    assert (found.spans, found.counting_basis, said) == (("point",), "as_published", [])


def test_a_scope_row_makes_one_entry_for_each_indicator_and_place():
    faults = Faults()
    row = {
        "kind": "not_in_scope",
        "reason": "why",
        "start": date(2023, 1, 1),
        "indicators": ["a", "b"],
        "places": ["macao", "zhuhai"],
    }
    found = list(entries.scope_entries(Reader("scope.toml: 1", row, faults), {"why"}))
    assert [(s.indicator_id, s.place_id) for s in found] == [
        ("a", "macao"),
        ("a", "zhuhai"),
        ("b", "macao"),
        ("b", "zhuhai"),
    ]
    assert faults.said == []


def test_a_scope_row_without_a_told_reason_or_a_place_is_a_fault():
    faults = Faults()
    row = {"kind": "withheld", "reason": "none", "start": date(2023, 1, 1), "indicators": ["a"]}
    assert list(entries.scope_entries(Reader("scope.toml: 1", row, faults), {"why"})) == []
    assert faults.said == [
        "scope.toml: 1: reason 'none' is not told; add a [[reason]] entry",
        "scope.toml: 1: names no indicator or no place",
    ]
