"""The notes under a slide: what it says in words, its source and its method."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.exports.sheet import stamp
from dashboards.exports.slide_words import Said
from dashboards.exports.telling import Telling
from dashboards.style import Style


def notes(telling: Telling, style: Style, note: str = "") -> list[Said]:
    """Return the notes of a panel: the *note* of whoever made the deck, figures, flags, source, method, citation."""
    return [Said(text=text, size=12) for text in _notes(telling, style, note) if text]


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
