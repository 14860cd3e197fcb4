"""What stewards are shown: names in their language, what waits and why."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from ingest.checks import Doubt as Doubtful
from ingest.quarantine import suspects_of
from ingest.returns_difference import Change, Doubt
from ingest.returns_form import Fault
from ingest.steward_lines import fault_line, figure_line, handed, held_line, how_counted
from metrics.warehouse.returns import Return
from tests.ingest.making import payload, record, source
from tests.ingest.test_returns_difference import row

AT = datetime(2026, 11, 21, 4, tzinfo=UTC)
DAY = date(2026, 9, 30)


def test_a_fault_names_what_its_row_is_about():
    about = {"indicator": "fps_registrations", "place": "hong_kong"}
    fault = Fault(sheet="數字", cell="I9", row=9, column="value", key="wrong.missing", found="", about=about)
    line = fault_line(fault, "zh-Hant")
    assert (line.cell, line.column, line.found) == ("I9", "數字", "留空")
    assert line.about.endswith("、香港")


def test_a_figure_carries_its_doubts_in_words():
    change = Change(
        row=row(DAY, 5.0), kind="new", doubts=(Doubt(key="doubt.bounds", args={"low": 0, "high": 2}),)
    )
    line = figure_line(change, "zh-Hans")
    assert (line.kind, line.known, line.counted) == ("new", None, "")
    assert line.doubts == ["超出该指标的合理范围（0至2）：即使审核通过，仍会留在隔离区待核"]
    assert how_counted(row(DAY, 5.0, counting_basis="provincial"), "en")


def test_a_return_is_counted():
    given = Return(
        return_id="r1",
        template="1/en",
        department="dpo",
        handed_in_by="alice",
        handed_in_at=AT,
        payload_sha256="a" * 64,
        rows=[{}, {}],
        faults=[{}],
    )
    shown = handed(given)
    assert (shown.rows, shown.doubts, shown.sha256, shown.verdict) == (2, 1, "a" * 64, "")


@pytest.mark.parametrize(
    ("source_id", "record", "releasable", "name"),
    [
        ("made_up", {"record": {}}, True, "虛構"),
        ("made_up", {"payload": "x"}, False, "虛構"),
        ("gone", {"record": {}}, False, "gone"),
    ],
)
def test_only_single_figures_of_known_sources_can_be_released(source_id, record, releasable, name):
    told = {
        "item": "i1",
        "source_id": source_id,
        "rule": "bounds",
        "said": "expected less",
        "record": record,
        "recorded_at": pd.Timestamp(AT),
    }
    line = held_line(told, {"made_up": source()}, "zh-Hant")
    assert (line.releasable, line.source, line.held_at, line.figure) == (releasable, name, AT, None)


def test_what_is_held_is_told_as_a_figure_or_as_what_was_wrong_with_a_file():
    held = suspects_of(
        source(), [record(value=5e9)], [Doubtful(index=0, rule="bounds", said="x")], payload("x")
    )
    told = {
        "item": "i1",
        "source_id": "made_up",
        "rule": "bounds",
        "said": "x",
        "recorded_at": pd.Timestamp(AT),
    }
    figure = held_line({**told, "record": dict(held[0].row)}, {}, "en").figure
    assert (figure.indicator, figure.value, figure.span) == ("bcp_passengers_daily", 5e9, "day")
    whole = {**told, "record": {"payload": "ab"}, "said": "row 2: expected JSON, found x"}
    (line,) = held_line(whole, {}, "en").lines
    assert (line.key, line.args["row"]) == ("shape", 2)
