"""The catalogue as a page to read: ``docs/indicators.md`` is generated from here and never edited by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo.places import LANGUAGES
from metrics.indicators import DOMAINS, Break, Catalogue, Derivation, Indicator

_TITLES = {
    "services": "Public services",
    "connectivity": "Networks and the industries on them",
    "infrastructure": "Shared infrastructure and denominators",
    "data_flow": "Flow of data",
    "cooperation": "Co-operation and the economy",
    "transport": "Crossings, transport and travel",
}
_DIRECTIONS = {
    "higher_is_better": "higher is better",
    "lower_is_better": "lower is better",
    "context": "context: neither",
}
_HEAD = """# Indicators

Generated from `metrics/catalogue/*.toml` by `python app.py describe`; edit those files, not this page.

{count} indicators in {units} units; {leading} of them lead pages and carry a definition, bounds, an owner and a date
of review, the others give context. A figure of an indicator is only ever compared with figures of the same counting
basis, unit and span. *Lag* is how many days after the end of a period its figure is usual; *status expires* is how
many days after it a status may still rest on it.
"""


def render_indicators(catalogue: Catalogue) -> str:
    """Return the whole catalogue as Markdown: by domain, the leading indicators in full, the others in a table."""
    head = _HEAD.format(count=len(catalogue), units=len(catalogue.unit_table), leading=len(catalogue.leading))
    return "\n".join([head, *_domains(catalogue), *_bases(catalogue)]).rstrip() + "\n"


def _domains(catalogue: Catalogue) -> Iterator[str]:
    for domain in DOMAINS:
        mine = [one for one in catalogue if one.domain == domain]
        yield f"## {_TITLES[domain]}\n"
        for one in mine:
            if one.leads:
                yield from _in_full(one, catalogue)
        if others := [one for one in mine if not one.leads]:
            yield "### Context\n"
            yield from _table(
                ("id", *LANGUAGES, "unit", "work item", "published", "direction"),
                (
                    (
                        f"`{one.id}`",
                        *(one.names[lang] for lang in LANGUAGES),
                        _units(one, catalogue),
                        str(one.work_item),
                        _plain(one.frequency),
                        _DIRECTIONS[one.direction],
                    )
                    for one in others
                ),
            )


def _in_full(one: Indicator, catalogue: Catalogue) -> Iterator[str]:
    yield f"### `{one.id}`\n"
    texts = {"name": one.names, "definition": one.definition, "comparability": one.comparability}
    yield from _table(
        ("", *LANGUAGES),
        ((key, *(text[lang] for lang in LANGUAGES)) for key, text in texts.items() if text),
    )
    low, high = one.bounds or (0.0, 0.0)
    facts = {
        "Work item": one.work_item,
        "Unit": _units(one, catalogue),
        "Kind": "level at a date" if one.stock else "flow within a period",
        "Published": _plain(one.frequency),
        "Direction": _DIRECTIONS[one.direction],
        "Plausible": f"{low:,.0f} to {high:,.0f}",
        "Lag": f"{one.lag_days} days",
        "Status expires": f"{one.fresh_days} days",
        "Answers for it": catalogue.organisations.get(one.owner).names["en"] if one.owner else "",
        "Worked out": _rule(one.derive) if one.derive else "",
        "Series breaks": ", ".join(_break(each) for each in one.breaks),
        "Reviewed": f"{one.reviewed}, next {one.next_review}",
    }
    yield "; ".join(f"{key}: {value}" for key, value in facts.items() if value) + ".\n"


def _rule(derive: Derivation) -> str:
    when = "of the same period" if derive.match == "same_period" else "newest by its date"
    times = f" × {derive.times:,.0f}" if derive.times != 1 else ""
    return f"`{derive.of}` / `{derive.per}`{times} ({when}), where it is not published"


def _break(one: Break) -> str:
    return f"from {one.on}" + (f" ({', '.join(one.places)})" if one.places else "")


def _bases(catalogue: Catalogue) -> Iterator[str]:
    yield "## Counting bases\n"
    rows = ((f"`{key}`", *(names[lang] for lang in LANGUAGES)) for key, names in catalogue.bases.items())
    yield from _table(("id", *LANGUAGES), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = list(head)
    yield f"| {' | '.join(cells)} |"
    yield f"|{'---|' * len(cells)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _units(one: Indicator, catalogue: Catalogue) -> str:
    return ", ".join(catalogue.units[unit]["en"] for unit in one.units)


def _plain(word: str) -> str:
    return word.replace("_", "-")
