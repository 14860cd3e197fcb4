"""What a request asks for: which page, and with which filters; read once for addresses that come again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import parse_qs

from dashboards.desk import Desk, Fault, Filters, parse_filters
from dashboards.i18n import DEFAULT_LANGUAGE, LANGUAGES
from dashboards.panel import Page, options_of
from dashboards.style import THEMES

MOST_FIELDS = 60
MOST_REMEMBERED = 4096


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page (None: there is none at *path*) and its filters; with *faults* the filters are only the language."""

    path: str
    page: Page | None
    filters: Filters
    faults: tuple[Fault, ...] = ()


def matched(pages: Sequence[Page], desk: Desk, path: str) -> tuple[Page, str] | None:
    """Return the page at *path* and its item, or None."""
    for page in pages:
        stem, variable, _ = page.path.partition("<")
        if not variable:
            if path == page.path:
                return page, ""
        elif path.startswith(stem) and (item := path[len(stem) :]) in page.items(desk):
            return page, item
    return None


def fields_of(query: bytes) -> Mapping[str, Sequence[str]]:
    """Return the fields of a query string; raise ValueError when there are too many."""
    return parse_qs(query.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)


def ask(
    pages: Sequence[Page], desk: Desk, path: str, query: Mapping[str, Sequence[str]], clock: datetime
) -> Asked:
    """Return what *path* with *query* asks for."""
    found = matched(pages, desk, path)
    if found is None:
        return Asked(path=path, page=None, filters=spoken(query))
    page, item = found
    options = options_of(page, desk)
    filters = parse_filters(query, places=desk.atlas, options=options, item=item, clock=clock)
    if isinstance(filters, Filters):
        return Asked(path=path, page=page, filters=filters)
    return Asked(path=path, page=page, filters=spoken(query), faults=filters)


def spoken(query: Mapping[str, Sequence[str]]) -> Filters:
    """Return filters of the language and theme that *query* names, and nothing else."""
    lang, theme = query.get("lang", [""])[0], query.get("theme", [""])[0]
    return Filters(
        lang=lang if lang in LANGUAGES else DEFAULT_LANGUAGE, theme=theme if theme in THEMES else "light"
    )


@dataclass(kw_only=True)
class Memory:
    """Remembers what query strings ask for, for one Hong Kong day."""

    _day: date | None = None
    _known: dict[bytes, Asked] = field(default_factory=dict)

    def get(self, query: bytes, today: date) -> Asked | None:
        """Return what *query* was found to ask for today."""
        if today != self._day or len(self._known) > MOST_REMEMBERED:
            self._day, self._known = today, {}
        return self._known.get(query)

    def keep(self, query: bytes, asked: Asked) -> None:
        """Remember *asked*, unless it is wrong or names an instant ahead of the clock, which will not stay so."""
        if asked.faults or asked.page is None or (asked.filters.as_of.current and b"as_of=" in query):
            return
        self._known[query] = asked
