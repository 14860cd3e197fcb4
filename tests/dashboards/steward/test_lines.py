"""Figures and returns as the templates show them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

from dashboards.steward.lines import figure_lines, handed_line, named, summary
from tests.dashboards.steward.conftest import WORDS

ROW = SimpleNamespace(
    cell="I5",
    indicator="iam_smart_users",
    place="hong_kong",
    start=date(2026, 10, 1),
    end=date(2026, 10, 31),
    span="month",
    unit="users",
    value=4_100_000.0,
    qualifier="over",
    status="provisional",
    published_on=date(2026, 11, 2),
    title="Annual report",
    url="",
)
KNOWN = SimpleNamespace(value=4e6, qualifier="exact", tier="press", known_on=date(2026, 11, 1))


def line(kind: str, doubts=(), known=None, **more):
    row = SimpleNamespace(**{**vars(ROW), **more})
    return SimpleNamespace(row=row, counted="", kind=kind, known=known, doubts=doubts)


def test_what_matters_comes_first():
    lines = [
        line("same", cell="a"),
        line("new", cell="b"),
        line("changed", cell="c"),
        line("same", ["!"], cell="d"),
    ]
    assert [one["cell"] for one in figure_lines(lines, WORDS["en"])] == ["d", "c", "b", "a"]


def test_a_figure_keeps_qualifier_status_and_tier_in_words():
    (shown,) = figure_lines([line("changed", known=KNOWN)], WORDS["zh-Hant"])
    assert shown["figure"].startswith("超過4,100,000")
    assert (shown["status"], shown["period"]) == ("臨時數字", "2026年10月")
    assert "4,000,000" in shown["known"]
    assert WORDS["zh-Hant"].t("tier.press") in shown["known"]


def test_a_withdrawn_figure_says_so_and_a_decided_one_has_no_kind():
    (shown,) = figure_lines([line("", status="withdrawn")], WORDS["en"])
    assert (shown["status"], shown["kind_text"]) == ("withdrawn", "")


def test_kinds_are_counted():
    lines = [line("new", ["!"]), line("same"), line("changed")]
    assert summary(lines, WORDS["en"]) == "Figures: 3 (1 new, 1 changed, 1 as known); doubtful: 1."


def test_an_id_without_a_name_stands_for_itself():
    assert named("indicator", "gone_since", WORDS["en"]) == "gone_since"


def test_a_return_is_told_with_its_verdict():
    given = SimpleNamespace(
        return_id="r1",
        department="dpo",
        handed_in_by="alice",
        handed_in_at=datetime(2026, 11, 21, 4, tzinfo=UTC),
        rows=2,
        doubts=0,
        verdict="send_back",
        reviewed_by="bob",
        reviewed_at=datetime(2026, 11, 21, 5, tzinfo=UTC),
        why="late",
        run_id="",
        sha256="a",
    )
    shown = handed_line(given, WORDS["en"])
    assert (shown["verdict"], shown["waits"], shown["by"]) == ("sent back", False, "alice")
    assert "12:00" in shown["at"]
