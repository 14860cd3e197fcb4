"""What the cells of a table that leaves a page say: one function for each kind of column, frame in, cells out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.desk import Desk
from dashboards.figures.rows import ABSENCES, absence_words
from dashboards.notices import breakdown_said
from dashboards.panel import View
from metrics.asof import HONG_KONG

Cells = Sequence[Any]
Filling = Callable[[pd.DataFrame, "Teller"], Cells]


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


def named(prefix: str, column: str) -> Filling:
    """Return what writes the ids of *column* as terms ``<prefix>.<id>``."""
    return lambda frame, teller: said_once(frame[column], teller.term(prefix))


def as_it_is(column: str) -> Filling:
    """Return what takes the cells of *column* as they are."""
    return lambda frame, _teller: frame[column].tolist()


def codes(column: str) -> Filling:
    """Return what takes the codes of *column*, "" where there is none."""
    return lambda frame, _teller: said_once(frame[column], lambda code: "" if code is None else str(code))


def days(column: str) -> Filling:
    """Return what takes the days of *column*, None where there is none."""

    def taken(frame: pd.DataFrame, _teller: Teller) -> Cells:
        stamps = [pd.Timestamp(day) for day in frame[column]]  # a text may be no day either, such as ""
        return [None if pd.isna(stamp) else stamp.date() for stamp in stamps]

    return taken


def parts(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write each breakdown by the names of its parts."""
    return said_once(
        frame["breakdown"], lambda parts: breakdown_said(parts, teller.view.words) if parts else ""
    )


def period(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write the period of each row, "" where it has none."""
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


def figures(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write each figure with its qualifier, or why there is none."""
    qualifiers = frame["qualifier"] if "qualifier" in frame.columns else ["exact"] * len(frame)
    written = []
    for value, qualifier, absence in zip(frame["value"], qualifiers, absences(frame, teller), strict=True):
        if pd.isna(value):
            written.append(absence_words(absence, teller.view.style))
        else:
            said = qualifier if isinstance(qualifier, str) and qualifier else "exact"
            written.append(teller.view.words.number(float(value), qualifier=said))
    return written


def absences(frame: pd.DataFrame, _teller: Teller) -> Cells:
    """Return why each row has no figure (one of ABSENCES), "" where it has one."""
    name = next((name for name in ("absence", "state") if name in frame.columns), "")
    told = frame[name] if name else [""] * len(frame)
    return [
        "" if not pd.isna(value) else absence if absence in ABSENCES else "no_figure"
        for value, absence in zip(frame["value"], told, strict=True)
    ]


def indicators(frame: pd.DataFrame) -> pd.Series:
    """Return the indicator of each row; where a frame has one alone, rows without a figure are of it too."""
    known = frame["indicator_id"].dropna().unique()
    return frame["indicator_id"].fillna(known[0]) if len(known) == 1 else frame["indicator_id"]


def absent_because(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write the reason on record why a row has no figure."""
    say = teller.term("reason")
    return [
        say(why) if pd.isna(value) else "" for value, why in zip(frame["value"], frame["why"], strict=True)
    ]


def flag(frame: pd.DataFrame, teller: Teller) -> Cells:
    """Write the flag of each figure; a final figure has none."""
    say = teller.term("flag")
    return said_once(frame["status"], lambda status: "" if status == "final" else say(status))


def publishers(frame: pd.DataFrame, teller: Teller) -> Cells:
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


def cited(field: str) -> Filling:
    """Return what tells *field* of the publication each figure stands in."""

    def cells(frame: pd.DataFrame, teller: Teller) -> Cells:
        told = _citations(frame, teller)
        return said_once(frame["figure_ref"], lambda ref: told.get(ref, {}).get(field) or "")

    return cells


def _citations(frame: pd.DataFrame, teller: Teller) -> Mapping[Any, Mapping[str, Any]]:
    return teller.desk.metrics.citations() if "figure_ref" in frame.columns and len(frame) else {}


def published(frame: pd.DataFrame, _teller: Teller) -> Cells:
    """Return the Hong Kong day on which each figure became known."""
    return said_once(frame["known_at"], lambda at: None if at is None else at.tz_convert(HONG_KONG).date())


def instants(frame: pd.DataFrame, _teller: Teller) -> Cells:
    """Write the instant at which each figure became known, in UTC."""
    return said_once(frame["known_at"], lambda at: "" if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def divisor(frame: pd.DataFrame, teller: Teller) -> Cells:
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
