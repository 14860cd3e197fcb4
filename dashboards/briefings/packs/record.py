"""The figures of a pack as programs read them: canonical rows, their hashes, and what they can be made again from."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dashboards.briefings.packs.values import Pack
from dashboards.briefings.token import choices_written
from dashboards.briefings.values import Briefing, Slide
from dashboards.exports.telling import Telling

FORM = "gba-monitor-pack"
EDITION = 1
FIGURE = (
    "indicator_id", "place_id", "direction", "breakdown", "counting_basis", "span", "period_start", "period_end",
    "value", "qualifier", "unit_id", "status", "absence",
)  # fmt: skip
"""What makes a figure what it is, whatever the language."""

SAID = ("role", "text", "mark", "detail")


def record(pack: Pack) -> dict[str, Any]:
    """Return the record of *pack*: plain values, the same for the same figures in whatever form they leave."""
    told = [_slide(at, slide) for at, slide in enumerate(pack.slides, 1) if slide.part == 0]
    return {
        "form": FORM,
        "edition": EDITION,
        "product": pack.words.t("ui.product_name"),
        "title": pack.title,
        "languages": list(pack.briefing.languages),
        "audience": pack.audience,
        "reader": pack.desk.audience,
        "as_of": pack.briefing.as_of.instant.isoformat(),
        "day": pack.day,
        "stamp": pack.briefing.as_of.stamp,
        "made_at": pack.made_at.isoformat(),
        "origin": pack.origin,
        "briefing": _briefing(pack.briefing),
        "sha256": digest([one["sha256"] for one in told]),
        "slides": told,
    }


def written(told: Mapping[str, Any]) -> bytes:
    """Return a record as a file holds it."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def digest(held: Any) -> str:
    """Return the SHA-256 of plain values in their canonical writing."""
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _briefing(briefing: Briefing) -> dict[str, Any]:
    """Return what the slides are chosen by, so that they can be made again when the briefing is no more."""
    return {
        "id": briefing.id,
        "version": briefing.version,
        "names": dict(briefing.names),
        "about": dict(briefing.about),
        "audience": briefing.audience,
        "made_by": "somebody" if briefing.made_by else "",
        "meeting_id": briefing.meeting_id,
        "panels": choices_written(briefing.panels),
        "yields": [one.yields for one in briefing.panels],
    }


def _slide(at: int, slide: Slide) -> dict[str, Any]:
    columns, rows = _rows(slide)
    return {
        "slide": at,
        "id": slide.id,
        "kind": slide.kind,
        "title": slide.title,
        "page": slide.telling.page_path if slide.telling else "",
        "columns": columns,
        "rows": rows,
        "sha256": digest([columns, rows]),
    }


def _rows(slide: Slide) -> tuple[list[str], list[list[Any]]]:
    """Return the figures of a slide; of one that is words, what it says."""
    if slide.telling is not None and slide.kind in {"chart", "table"}:
        return canonical(slide.telling)
    return list(SAID), [[line.role, line.text, line.mark, line.detail] for line in slide.lines]


def canonical(telling: Telling) -> tuple[list[str], list[list[Any]]]:
    """Return the columns and rows of *telling* that say its figures, in an order that no language changes.

    A table that is of no figures keeps all its columns, in its language.
    """
    held = telling.rows
    own = "value" not in held.columns or "indicator_id" not in held.columns
    names = list(held.columns) if own else [name for name in FIGURE if name in held.columns]
    rows = [[_plain(cell) for cell in row] for row in held[names].itertuples(index=False)]
    rows.sort(key=lambda row: json.dumps(row, ensure_ascii=False))
    return names, rows


def _plain(cell: Any) -> Any:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)) or cell != cell:  # noqa: PLR0124
        return None
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)


def hashes(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the title of each slide and the hash of its figures."""
    for one in told["slides"]:
        yield f"{one['slide']}. {one['title']}", one["sha256"]


def keyed(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return *rows* by what they are of: all but what may be put right about a figure."""
    said = ("value", "qualifier", "unit_id", "status", "absence")
    found: dict[str, list[Any]] = {}
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        named = " ".join(f"{name}={cell}" for name, cell in told.items() if name not in said and cell)
        amount = [told[name] for name in said if name in told]
        found.setdefault(named, []).append(amount)
    return found
