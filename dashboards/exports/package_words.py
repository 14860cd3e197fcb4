"""What the data package says to people: a README in each language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboards.desk import Desk, Filters
from dashboards.exports.about import audience_line
from dashboards.exports.citation import citation

if TYPE_CHECKING:
    from dashboards.exports.data_package import Resource


def readme(resources: Sequence[Resource], desk: Desk, filters: Filters, lang: str, origin: str) -> str:
    """Return the README of the package in *lang*."""
    words = desk.words[lang]
    day = words.day(filters.as_of.day)
    product = words.t("ui.product_name")
    rows = sum(one.rows for one in resources if one.path.startswith("figures/"))
    counts = words.t(
        "package.counts",
        figures=words.number(float(rows)),
        indicators=words.number(float(sum(one.path.startswith("figures/") for one in resources))),
    )
    cite = citation(
        words,
        title=words.t("package.title"),
        as_of=day,
        sources=(),
        address=f"{origin}/?as_of={filters.as_of.day}",
    )
    sections = (
        (
            "package.what",
            [words.t("package.description", date=day), counts, audience_line(desk.audience, words)],
        ),
        ("package.files", [f"`{name}` {words.t(key)}" for name, key in _FILES]),
        ("package.reading", [words.t(f"package.rule_{n}") for n in range(1, 6)]),
        ("download.cite", [cite]),
    )
    lines = [f"# {product}", ""]
    for title, said in sections:
        lines += [f"## {words.t(title)}", "", *(f"- {line}" for line in said), ""]
    return "\n".join(lines)


_FILES = (
    ("figures/work-item-<n>/<id>.csv", "package.file_figures"),
    ("indicators.csv", "package.file_indicators"),
    ("places.csv", "package.file_places"),
    ("datapackage.json", "package.file_descriptor"),
    ("csv-metadata.json", "package.file_csvw"),
)
