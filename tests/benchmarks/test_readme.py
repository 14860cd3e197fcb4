import json
from pathlib import Path

import pytest

from benchmarks._readme import BEGIN, END, README, table, with_table

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results.json"
ROW = {
    "what": "as-of query", "where": "sqlite", "measured": 1.5, "unit": "ms", "budget": "<= 3 ms",
    "within": True, "yardstick": "the same rows by key", "yardstick_measured": 1.25, "ratio": 1.2,
}  # fmt: skip
WRITTEN = {
    "measured_at": "2026-11-22T00:00:00+00:00", "scale": "full", "results": [ROW],
    "machine": {"processors": 2, "system": "Linux", "python": "3.11", "sqlite": "3"},
}  # fmt: skip


def test_each_result_is_a_row_with_its_budget_and_yardstick():
    row = "| as-of query | sqlite | 1.50 ms | <= 3 ms, within | the same rows by key: 1.25 | 1.20 |"
    assert table(WRITTEN).splitlines()[-1] == row


def test_a_budget_that_is_missed_is_said_loudly():
    missed = {**WRITTEN, "results": [{**ROW, "within": False}]}
    assert "**over**" in table(missed)


def test_the_table_goes_between_its_marks_and_nowhere_else():
    assert with_table(f"a\n{BEGIN}\nold\n{END}\nb\n", "new") == f"a\n{BEGIN}\nnew\n{END}\nb\n"
    with pytest.raises(ValueError, match="expected the marks"):
        with_table("nothing", "new")


def test_the_readme_holds_the_newest_results_and_no_others():
    text = README.read_text(encoding="utf-8")
    newest = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert with_table(text, table(newest)) == text
