"""What stewards are shown of returns and quarantine: plain values, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.lines import Line, recognised
from ingest.quarantine import record_of
from ingest.returns_difference import Change, Known
from ingest.returns_form import Fault, ReturnRow
from ingest.returns_words import counted, named, said
from ingest.source import Record
from metrics.warehouse.returns import Return


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a deed: whether it was done, what to say, and which return it is about."""

    done: bool
    said: str
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class FaultLine:
    """One wrong cell: where it is, what its row is about, what was expected and found."""

    sheet: str
    cell: str
    column: str
    about: str
    expected: str
    found: str


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One figure of a return. *kind* is new, changed or same (empty once it was decided), *known* what was known."""

    row: ReturnRow
    counted: str
    kind: str = ""
    known: Known | None = None
    doubts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What a file says, in its own language: why it was refused, or its faults, or its figures."""

    lang: str
    department: str = ""
    refused: str = ""
    faults: Sequence[FaultLine] = ()
    sound: int = 0
    figures: Sequence[FigureLine] = ()
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A return that was handed in, with its figures where it is looked at alone."""

    return_id: str
    department: str
    handed_in_by: str
    handed_in_at: datetime
    rows: int
    doubts: int
    verdict: str
    reviewed_by: str
    reviewed_at: datetime | None
    why: str
    run_id: str
    sha256: str
    figures: Sequence[FigureLine] = ()


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something in quarantine: what was said about it, and whether it can be released by itself.

    *figure* is the record that was held back (None for a whole file), *lines* what was said, told by keys.
    """

    item: str
    source: str
    rule: str
    said: str
    held_at: datetime
    releasable: bool
    figure: Record | None
    lines: Sequence[Line]


def how_counted(row: ReturnRow, lang: str) -> str:
    """Return how the figure of a row is counted, in *lang*."""
    return counted(row.breakdown, row.counting_basis, lang)


def fault_line(fault: Fault, lang: str) -> FaultLine:
    """Return a fault as it is shown in *lang*."""
    about = [named(kind, one, lang) for kind, one in fault.about.items()]
    return FaultLine(
        sheet=fault.sheet,
        cell=fault.cell,
        column=named("column", fault.column, lang),
        about=said("form.separator", lang).join(about),
        expected=fault.expected(lang),
        found=fault.found_in(lang),
    )


def figure_line(change: Change, lang: str) -> FigureLine:
    """Return a figure and what it would change as they are shown in *lang*."""
    return FigureLine(
        row=change.row,
        counted=how_counted(change.row, lang),
        kind=change.kind,
        known=change.known,
        doubts=[doubt.told(lang) for doubt in change.doubts],
    )


def handed(given: Return, figures: Sequence[FigureLine] = ()) -> Handed:
    """Return a return as it is shown."""
    same = (
        "return_id",
        "department",
        "handed_in_by",
        "handed_in_at",
        "verdict",
        "reviewed_by",
        "reviewed_at",
    )
    return Handed(
        **{name: getattr(given, name) for name in (*same, "why", "run_id")},
        rows=len(given.rows),
        doubts=len(given.faults),
        sha256=given.payload_sha256,
        figures=figures,
    )


def held_line(row: Mapping[str, Any], known: Mapping[str, Any], lang: str) -> Held:
    """Return a row of the quarantine as it is shown in *lang*; *known* are the sources by id."""
    source = known.get(row["source_id"])
    return Held(
        item=row["item"],
        source=source.title[lang] if source else row["source_id"],
        rule=row["rule"],
        said=row["said"],
        held_at=row["recorded_at"].to_pydatetime(),
        releasable=source is not None and "record" in row["record"],
        figure=_figure(row["record"]),
        lines=recognised(row["said"]) if "record" not in row["record"] else (),
    )


def _figure(row: Mapping[str, Any]) -> Record | None:
    try:
        return record_of(row)
    except (KeyError, TypeError, ValueError):  # a whole file, or a row kept in a form of before
        return None
