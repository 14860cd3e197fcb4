"""The columns of a table that leaves a page: which of them a frame can fill, and what each cell says.

A frame of the warehouse fills columns by its own. Codes (ids, qualifiers, statuses) stand in columns of the kind
"code", and beside each the same in the reader's words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboards.desk import Desk
from dashboards.figures.rows import ABSENCES, absence_words
from dashboards.notices import breakdown_said
from dashboards.panel import View
from metrics.asof import HONG_KONG

Kind = Literal["text", "number", "date", "code"]
Cells = Sequence[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table: *id* for programs, *label* for the reader, *kind* of what its cells hold."""

    id: str
    label: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Teller:
    """What cells are written with: the desk and the reader's view."""

    desk: Desk
    view: View

    def term(self, prefix: str) -> Callable[[Any], str]:
        """Return what writes an id as the term ``<prefix>.<id>``; an id without words stands as it is."""
        words = self.view.words

        def said(code: Any) -> str:
            if not isinstance(code, str) or not code:
                return ""
            key = f"{prefix}.{code}"
            return words.t(key) if words.has(key) else code

        return said


def said_once(cells: pd.Series, say: Callable[[Any], Any]) -> list[Any]:
    """Return *say* of each of *cells* (None where there is nothing), asked once for each that differs."""
    places, known = pd.factorize(cells)
    said = [*(say(one) for one in known), say(None)]
    return [said[place] for place in places.tolist()]  # -1, nothing, is the last


def _named(prefix: str, column: str) -> Callable[[pd.DataFrame, Teller], Cells]:
    return lambda frame, teller: said_once(frame[column], teller.term(prefix))


def _as_it_is(column: str) -> Callable[[pd.DataFrame, Teller], Cells]:
    return lambda frame, _teller: frame[column].tolist()


def _codes(column: str) -> Callable[[pd.DataFrame, Teller], Cells]:
    return lambda frame, _teller: said_once(frame[column], lambda code: "" if code is None else str(code))


def _days(column: str) -> Callable[[pd.DataFrame, Teller], Cells]:
    return lambda frame, _teller: [
        None if pd.isna(day) else pd.Timestamp(day).date() for day in frame[column]
    ]


def _parts(frame: pd.DataFrame, teller: Teller) -> Cells:
    return said_once(frame["breakdown"], lambda parts: breakdown_said(parts, teller.view) if parts else "")


def _period(frame: pd.DataFrame, teller: Teller) -> Cells:
    ends = frame["period_end"]
    starts = frame["period_start"] if "period_start" in frame.columns else ends
    spans = frame["span"] if "span" in frame.columns else pd.Series("point", index=frame.index)
    periods = pd.DataFrame({"start": starts, "end": ends, "span": spans})
    places = periods.groupby(["start", "end", "span"], dropna=False, sort=False).ngroup()

    def said(start: Any, end: Any, span: Any) -> str:
        if pd.isna(end):
            return ""
        start = end if pd.isna(start) else start
        return teller.view.words.period(start.date(), end.date(), span if isinstance(span, str) else "point")

    known = [said(*row) for row in periods[~places.duplicated()].itertuples(index=False)]
    return [known[place] for place in places.tolist()]


def _figures(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write each figure with its qualifier, or why there is none."""
    qualifiers = frame["qualifier"] if "qualifier" in frame.columns else ["exact"] * len(frame)
    written = []
    for value, qualifier, absence in zip(frame["value"], qualifiers, _absences(frame, teller), strict=True):
        if pd.isna(value):
            written.append(absence_words(absence, teller.view.style))
        else:
            said = qualifier if isinstance(qualifier, str) and qualifier else "exact"
            written.append(teller.view.words.number(float(value), qualifier=said))
    return written


def _absences(frame: pd.DataFrame, _teller: Teller) -> Cells:
    """Return why each row has no figure (one of ABSENCES), "" where it has one."""
    name = next((name for name in ("absence", "state") if name in frame.columns), "")
    told = frame[name] if name else [""] * len(frame)
    return [
        "" if not pd.isna(value) else absence if absence in ABSENCES else "no_figure"
        for value, absence in zip(frame["value"], told, strict=True)
    ]


def _indicators(frame: pd.DataFrame) -> pd.Series:
    """Return the indicator of each row; where a frame has one alone, rows without a figure are of it too."""
    known = frame["indicator_id"].dropna().unique()
    return frame["indicator_id"].fillna(known[0]) if len(known) == 1 else frame["indicator_id"]


def _absent_because(frame: pd.DataFrame, teller: Teller) -> Cells:
    say = teller.term("reason")
    return [
        say(why) if pd.isna(value) else "" for value, why in zip(frame["value"], frame["why"], strict=True)
    ]


def _flag(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write the flag of each figure; a final figure has none."""
    say = teller.term("flag")
    return said_once(frame["status"], lambda status: "" if status == "final" else say(status))


def _publishers(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Return who published each figure: the publisher of its publication, else the source it came from."""
    told, organisations = _citations(frame, teller), teller.desk.catalogue.organisations
    source, lang = teller.term("source"), teller.view.words.lang

    def said(pair: tuple[Any, Any]) -> str:
        cited = told.get(pair[1])
        return organisations.name(cited["publisher"], lang) if cited else source(pair[0])

    sources = ["" if pd.isna(one) else one for one in frame["source_id"]]
    refs = frame["figure_ref"].tolist() if "figure_ref" in frame.columns else [""] * len(frame)
    known = {pair: said(pair) for pair in set(zip(sources, refs, strict=True))}
    return [known[pair] for pair in zip(sources, refs, strict=True)]


def _cited(field: str) -> Callable[[pd.DataFrame, Teller], Cells]:
    def cells(frame: pd.DataFrame, teller: Teller) -> Cells:
        told = _citations(frame, teller)
        return said_once(frame["figure_ref"], lambda ref: told.get(ref, {}).get(field) or "")

    return cells


def _citations(frame: pd.DataFrame, teller: Teller) -> Mapping[Any, Mapping[str, Any]]:
    return teller.desk.metrics.citations() if "figure_ref" in frame.columns and len(frame) else {}


def _published(frame: pd.DataFrame, _teller: Teller) -> Cells:
    return said_once(frame["known_at"], lambda at: None if at is None else at.tz_convert(HONG_KONG).date())


def _instants(frame: pd.DataFrame, _teller: Teller) -> Cells:
    return said_once(frame["known_at"], lambda at: "" if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _divisor(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write what each derived figure was divided by, with its date."""
    view, written = teller.view, []
    for value, qualifier, end in zip(
        frame["per_value"], frame["per_qualifier"], frame["per_period_end"], strict=True
    ):
        if pd.isna(value):
            written.append("")
            continue
        amount = view.words.number(float(value), qualifier=qualifier)
        when = view.words.period(end.date(), end.date(), "point")
        written.append(view.t("figure.aside", text=amount, aside=when))
    return written


@dataclass(frozen=True, kw_only=True, slots=True)
class Spec:
    """How a column is filled: it is there when a frame has all of *needs*."""

    id: str
    kind: Kind
    needs: tuple[str, ...]
    cells: Callable[[pd.DataFrame, Teller], Cells]


def _spec(name: str, kind: Kind, cells: Callable[[pd.DataFrame, Teller], Cells], *needs: str) -> Spec:
    return Spec(id=name, kind=kind, needs=needs, cells=cells)


SPECS = (
    _spec("label", "text", _codes("label"), "label"),
    _spec("place", "text", _named("place", "place_id"), "place_id"),
    _spec("indicator", "text", lambda frame, teller: said_once(_indicators(frame), teller.term("indicator")),
          "indicator_id"),
    _spec("direction", "text", _named("figure", "direction"), "direction"),
    _spec("breakdown_words", "text", _parts, "breakdown"),
    _spec("period", "text", _period, "period_end"),
    _spec("figure", "text", _figures, "value"),
    _spec("unit", "text", _named("unit", "unit"), "unit"),
    _spec("value", "number", _as_it_is("value"), "value"),
    _spec("qualifier_words", "text", _named("qualifier", "qualifier"), "qualifier"),
    _spec("status_words", "text", _flag, "status"),
    _spec("basis", "text", _named("basis", "counting_basis"), "counting_basis"),
    _spec("divided_by", "text", _divisor, "per_value", "per_qualifier", "per_period_end"),
    _spec("absence_reason", "text", _absent_because, "why", "value"),
    _spec("underived", "text", _named("reason", "reason"), "reason", "derived"),
    _spec("source", "text", _publishers, "source_id"),
    _spec("source_title", "text", _cited("title"), "figure_ref"),
    _spec("source_url", "text", _cited("url"), "figure_ref"),
    _spec("tier_words", "text", _named("tier", "tier"), "tier"),
    _spec("published_on", "date", _published, "known_at"),
    _spec("published_precision", "code", _codes("known_precision"), "known_precision"),
    _spec("known_at", "text", _instants, "known_at"),
    _spec("period_start", "date", _days("period_start"), "period_start"),
    _spec("period_end", "date", _days("period_end"), "period_end"),
    _spec("span", "code", _codes("span"), "span"),
    _spec("place_id", "code", _codes("place_id"), "place_id"),
    _spec("indicator_id", "code", lambda frame, _teller: said_once(_indicators(frame), lambda one: one or ""),
          "indicator_id"),
    _spec("breakdown", "code", _codes("breakdown"), "breakdown"),
    _spec("unit_id", "code", _codes("unit"), "unit"),
    _spec("qualifier", "code", _codes("qualifier"), "qualifier"),
    _spec("status", "code", _codes("status"), "status"),
    _spec("counting_basis", "code", _codes("counting_basis"), "counting_basis"),
    _spec("divided_by_value", "number", _as_it_is("per_value"), "per_value"),
    _spec("divided_by_qualifier", "code", _codes("per_qualifier"), "per_qualifier"),
    _spec("divided_by_on", "date", _days("per_period_end"), "per_period_end"),
    _spec("absence", "code", _absences, "value"),
    _spec("tier", "code", _codes("tier"), "tier"),
    _spec("source_id", "code", _codes("source_id"), "source_id"),
    _spec("figure_ref", "code", _codes("figure_ref"), "figure_ref"),
)  # fmt: skip
KNOWN = frozenset(spec.id for spec in SPECS) | {name for spec in SPECS for name in spec.needs}
"""Columns of a frame that the specs above read or make."""


def told(
    frame: pd.DataFrame, desk: Desk, view: View, *, own: bool
) -> tuple[tuple[Column, ...], pd.DataFrame]:
    """Return the columns that *frame* fills, and the rows (one column of cells for each, by its id).

    With *own* the columns of the frame that no spec knows come first, as a panel's table has them: their labels
    are the terms ``column.<id>``, their kinds follow from what they hold.
    """
    teller = Teller(desk=desk, view=view)
    columns: list[Column] = []
    cells: dict[str, Cells] = {}
    for name in [name for name in frame.columns if name not in KNOWN] if own else []:
        kind = _kind(name, frame[name])
        columns.append(Column(id=name, label=view.t(f"column.{name}"), kind=kind))
        cells[name] = _own_cells(kind, name, frame, teller)
    for spec in SPECS:
        if all(name in frame.columns for name in spec.needs):
            columns.append(Column(id=spec.id, label=view.t(f"column.{spec.id}"), kind=spec.kind))
            cells[spec.id] = spec.cells(frame, teller)
    rows = {column.id: pd.Series(cells[column.id], dtype=_DTYPES[column.kind]) for column in columns}
    return tuple(columns), pd.DataFrame(rows)


_DTYPES: Mapping[Kind, Any] = {"text": "str", "code": "str", "number": "float64", "date": "object"}


def _kind(name: str, cells: pd.Series) -> Kind:
    if pd.api.types.is_datetime64_any_dtype(cells):
        return "date"
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        return "number"
    return "code" if name.endswith("_id") else "text"


def _own_cells(kind: Kind, name: str, frame: pd.DataFrame, teller: Teller) -> Cells:
    if kind == "date":
        return _days(name)(frame, teller)
    return _as_it_is(name)(frame, teller) if kind == "number" else _codes(name)(frame, teller)
