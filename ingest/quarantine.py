"""Records held back: how they are told, how a person's release brings them back, and nothing else does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from ingest.checks import Doubt
from ingest.lines import Line
from ingest.source import Payload, Record, Source
from ingest.tools import Tools
from metrics.warehouse.entries import Suspect
from metrics.warehouse.quarantine import item_of

_FACTS = tuple(field.name for field in fields(Record) if field.name != "row")


def suspects_of(
    source: Source, records: Sequence[Record], found: Sequence[Doubt], payload: Payload
) -> dict[int, Suspect]:
    """Return one suspect a doubted record, by the record's index; its rules and reasons are joined."""
    reasons: dict[int, list[Doubt]] = defaultdict(list)
    for doubt in found:
        reasons[doubt.index].append(doubt)
    return {
        index: Suspect(
            source_id=source.id,
            rule=", ".join(dict.fromkeys(doubt.rule for doubt in doubted)),
            said=f"{where(records[index])}: " + "; ".join(doubt.said for doubt in doubted),
            row={"record": _facts(records[index]), "row": dict(records[index].row or {})},
            payload_sha256=payload.sha256,
        )
        for index, doubted in reasons.items()
    }


def released(held: Mapping[int, Suspect], tools: Tools) -> Collection[int]:
    """Return the indexes of those that a person has released: they are loaded after all."""
    if not held:
        return ()
    frame = tools.warehouse.quarantined(open_only=False)
    free = set(frame.loc[frame["what"] == "release", "item"])
    return {index for index, suspect in held.items() if item_of(suspect) in free}


def where(record: Record) -> str:
    """Return where a record stood, in words."""
    number = getattr(record.row, "number", None)
    at = f"row {number}: " if number else ""
    return f"{at}{record.indicator} {record.place} {record.end}".rstrip()


def record_of(row: Mapping[str, Any]) -> Record:
    """Return the record that a suspect's row tells; raises KeyError where it tells none."""
    told = dict(row["record"])
    for name in ("start", "end", "known_on"):
        told[name] = date.fromisoformat(told[name]) if told.get(name) else None
    told["at"] = datetime.fromisoformat(told["at"]) if told.get("at") else None
    return Record(**told, row=row.get("row") or None)


def _facts(record: Record) -> dict[str, Any]:
    facts = {name: getattr(record, name) for name in _FACTS}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
        if value not in (None, "")
    }


def told(found: Sequence[Doubt], records: Sequence[Record]) -> list[Line]:
    """Return one line a rule: how many records it doubts, and the first of them in full."""
    first: dict[str, list[Doubt]] = {}
    for doubt in found:
        first.setdefault(doubt.rule, []).append(doubt)
    return [_line(rule, doubted, records[doubted[0].index]) for rule, doubted in first.items()]


def _line(rule: str, doubted: Sequence[Doubt], first: Record) -> Line:
    key, words = ("held", "held back") if doubted[0].gates else ("doubtful", "doubtful")
    return Line(
        f"{len(doubted)} {words} ({rule}): {where(first)}: {doubted[0].said}",
        key, n=len(doubted), rule=rule, indicator=first.indicator, place=first.place, day=first.end.isoformat(),
    )  # fmt: skip
