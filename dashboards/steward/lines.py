"""Figures of a return and returns themselves as the templates show them: named, written, in order of what matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.i18n import Words
from dashboards.steward.desk import FigureLine, Handed

KINDS = {"new": "steward.kind_new", "changed": "steward.kind_changed", "same": "steward.kind_same"}
STATUSES = {
    "provisional": "flag.provisional",
    "estimated": "flag.estimated",
    "revised": "flag.revised",
    "withdrawn": "steward.withdrawn",
}
VERDICTS = {
    "": "steward.verdict_waiting",
    "approve": "steward.verdict_approve",
    "send_back": "steward.verdict_send_back",
}
_ORDER = ("changed", "new", "same", "")


def named(kind: str, one: str, words: Words) -> str:
    """Return the name of an id; the id itself where it has none any more."""
    key = f"{kind}.{one}"
    return words.t(key) if words.has(key) else one


def figure_lines(figures: Sequence[FigureLine], words: Words) -> list[dict[str, Any]]:
    """Return figures as rows to show: doubtful ones first, then changed, new and known ones."""
    ordered = sorted(figures, key=lambda line: (not line.doubts, _ORDER.index(line.kind)))
    return [_figure(line, words) for line in ordered]


def _figure(line: FigureLine, words: Words) -> dict[str, Any]:
    row, known = line.row, line.known
    status = words.t(STATUSES[row.status]) if row.status in STATUSES else ""
    before = words.number(known.value, row.unit, known.qualifier) if known else ""
    if known:
        before = words.tiered(before, known.tier)
    return {
        "cell": row.cell,
        "indicator": named("indicator", row.indicator, words),
        "counted": line.counted,
        "place": named("place", row.place, words),
        "period": words.period(row.start, row.end, row.span),
        "figure": words.number(row.value, row.unit, row.qualifier),
        "status": status,
        "known": before,
        "kind": line.kind,
        "kind_text": words.t(KINDS[line.kind]) if line.kind else "",
        "published": words.day(row.published_on) if row.published_on else "",
        "cited": row.title,
        "url": row.url,
        "doubts": line.doubts,
    }


def figure_said(record: Any, words: Words) -> str:
    """Return a figure that is held back: what it says, of what, where and when."""
    parts = [words.t(f"explore.{key}_{value}") if words.has(f"explore.{key}_{value}") else value
             for key, value in (part.split("=", 1) for part in record.breakdown.split(";") if part)]  # fmt: skip
    of = [named("indicator", record.indicator, words), named("place", record.place, words), *parts]
    when = words.period(record.start, record.end, record.span)
    figure = words.number(
        record.value, record.unit if words.has(f"unit.{record.unit}") else "", record.qualifier
    )
    return words.t("steward.held_figure", of=words.listing(of), when=when, figure=figure)


def summary(figures: Sequence[FigureLine], words: Words) -> str:
    """Return how many figures there are, and of them new, changed, as known and doubtful."""
    kinds = [line.kind for line in figures]
    return words.t(
        "steward.summary",
        n=len(kinds),
        new=kinds.count("new"),
        changed=kinds.count("changed"),
        same=kinds.count("same"),
        doubtful=sum(bool(line.doubts) for line in figures),
    )


def handed_line(given: Handed, words: Words) -> dict[str, Any]:
    """Return a return as a row to show."""
    return {
        "id": given.return_id,
        "department": named("organisation", given.department, words),
        "by": given.handed_in_by,
        "at": words.instant(given.handed_in_at),
        "rows": given.rows,
        "doubts": given.doubts,
        "verdict": words.t(VERDICTS[given.verdict]),
        "waits": not given.verdict,
        "reviewed_by": given.reviewed_by,
        "reviewed_at": words.instant(given.reviewed_at) if given.reviewed_at else "",
        "why": given.why,
        "run": given.run_id,
        "sha256": given.sha256,
    }
