"""The notes under a slide: what it says in words, its source and its method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboards.exports.sheet import stamp
from dashboards.exports.slide_table import Grid, grid
from dashboards.exports.slide_words import Said
from dashboards.exports.telling import Telling
from dashboards.figures.drawn import Ways, amounts
from dashboards.i18n_numbers import digits
from dashboards.style import Style


def notes(telling: Telling, style: Style, note: str = "", rest: Grid | None = None) -> list[Said]:
    """Return the notes of a panel: the *note* of whoever made the deck, figures, flags, source, method, citation.

    *rest* are rows of the table that the slide itself does not say.
    """
    texts = (*_notes(telling, style, note), *_rows(rest, style))
    return [Said(text=text, size=12) for text in texts if text]


def _rows(rest: Grid | None, style: Style) -> Iterator[str]:
    if rest is None or not rest.rows:
        return
    yield style.t("picture.figures")
    for row in (rest.labels, *rest.rows):
        yield " · ".join(text for text in row if text)
    if rest.left_out:
        yield style.t("slides.left_out", n=digits(rest.left_out))


def _notes(telling: Telling, style: Style, note: str) -> Iterator[str]:
    yield note
    yield stamp(telling, style)
    yield telling.alt
    yield telling.unit
    yield telling.note
    if telling.flags:
        yield style.t("picture.flags", flags=style.words.listing(telling.flags))
    yield from telling.corrections
    if telling.data_to:
        yield style.t("ui.data_to", date=telling.data_to)
    yield style.source_line(telling.sources, telling.as_of)
    for one in telling.definitions:
        for text in (one.definition, one.comparability):
            if text:
                yield style.t("figure.named", name=one.name, figure=text)
    yield telling.citation
    yield telling.permalink


def untold(telling: Telling, drawn: object, style: Style, room: float) -> Grid | None:
    """Return the rows of *telling* whose figure its chart does not show: all of those behind a picture."""
    rows = telling.rows
    if isinstance(drawn, Ways) or rows.empty:
        return None
    if (shown := amounts(drawn)) is not None and "value" in rows:
        rows = rows[rows["value"].notna() & ~rows["value"].isin(shown)]
    return grid(replace(telling, rows=rows), style, room) if len(rows) else None
