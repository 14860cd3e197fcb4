"""The whole catalogue as one file: a CSV for each indicator, what they mean, and descriptors for programs.

The file is a zip with a Frictionless descriptor (``datapackage.json``), a CSVW one (``csv-metadata.json``) and a
README in each language. It is written resource by resource, so that its size is no matter of memory, and the same
question has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.exports.columns import Column, told
from dashboards.exports.package_words import readme
from dashboards.exports.tables.comma import table
from dashboards.i18n import LANGUAGES
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import HONG_KONG

_FIXED = (1980, 1, 1, 0, 0, 0)
_TYPES = {"text": "string", "code": "string", "number": "number", "date": "date"}
ENCODING = "utf-8-sig"
Step = Callable[[int, int, str], None]
"""Is told before each part: how many are done, of how many, and which comes; it may raise to stop."""


def _quietly(_done: int, _all: int, _what: str) -> None:
    return


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """A CSV of the package as its descriptors tell it."""

    name: str
    path: str
    title: str
    columns: tuple[Column, ...]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table to be written: its *name*, its *path* in the zip, its *title* and what makes it."""

    name: str
    path: str
    title: str
    made: Callable[[], tuple[tuple[Column, ...], pd.DataFrame]]


def write_package(
    out: IO[bytes], desk: Desk, filters: Filters, *, origin: str = "", step: Step = _quietly
) -> None:
    """Write the package of all that *desk* may show, as known at *filters*, into *out* (which need not seek)."""
    parts = list(_parts(desk, filters))
    resources: list[Resource] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for done, part in enumerate(parts):
            step(done, len(parts), part.title)
            if (resource := _put_table(file, part)) is not None:
                resources.append(resource)
        about = descriptor(resources, desk, filters, origin)
        _put(file, "datapackage.json", _json(about))
        _put(file, "csv-metadata.json", _json(csvw(resources, about)))
        for lang in LANGUAGES:
            name = "README.md" if lang == "en" else f"README.{lang}.md"
            _put(file, name, readme(resources, desk, filters, lang, origin).encode())
    step(len(parts), len(parts), "")


def _parts(desk: Desk, filters: Filters) -> Iterator[Part]:
    """Return the tables: the catalogue, places and publications first, then the figures of each indicator."""
    view = view_of(desk, filters, desk.clock().astimezone(HONG_KONG).date(), Shapes())
    words = view.words

    def figures(indicator: str) -> Callable[[], tuple[tuple[Column, ...], pd.DataFrame]]:
        return lambda: told(desk.metrics.history(indicator, filters.as_of), desk, view, own=False)

    for name, key, frame in (
        ("indicators", "package.indicators", _indicators),
        ("places", "package.places", _places),
    ):
        yield Part(
            name=name,
            path=f"{name}.csv",
            title=words.t(key),
            made=lambda frame=frame: told(frame(desk, filters.lang), desk, view, own=True),  # type: ignore[misc]
        )
    for one in desk.catalogue:
        if desk.metrics.may_see(one.id):
            yield Part(
                name=one.id,
                path=f"figures/work-item-{one.work_item}/{one.id}.csv",
                title=words.t(f"indicator.{one.id}"),
                made=figures(one.id),
            )


def _indicators(desk: Desk, lang: str) -> pd.DataFrame:
    words = desk.words[lang]

    def said(key: str) -> str:
        return words.t(key) if words.has(key) else ""

    rows = [
        {
            "indicator_id": one.id,
            "work_item": str(one.work_item),
            "unit": one.unit,
            "frequency": one.frequency,
            **{f"name_{code}": one.names[code] for code in LANGUAGES},
            "definition": said(f"definition.{one.id}"),
            "comparability": said(f"comparability.{one.id}"),
            "owner": said(f"organisation.{one.owner}"),
        }
        for one in desk.catalogue
        if desk.metrics.may_see(one.id)
    ]
    return pd.DataFrame(rows)


def _places(desk: Desk, _lang: str) -> pd.DataFrame:
    rows = [
        {"place_id": one.id, "kind": one.kind, **{f"name_{code}": one.names[code] for code in LANGUAGES}}
        for one in desk.atlas
    ]
    return pd.DataFrame(rows)


def _put_table(file: zipfile.ZipFile, part: Part) -> Resource | None:
    """Write a table and return what the descriptors say of it; one without rows is left out."""
    columns, rows = part.made()
    if rows.empty:
        return None
    body = table(columns, rows, ids=True).encode("utf-8")
    _put(file, part.path, body)
    return Resource(
        name=part.name,
        path=part.path,
        title=part.title,
        columns=columns,
        rows=len(rows),
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _put(file: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED)
    entry.external_attr = 0o600 << 16
    file.writestr(entry, body, zipfile.ZIP_DEFLATED, compresslevel=6)


def _json(body: dict[str, Any]) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def descriptor(resources: list[Resource], desk: Desk, filters: Filters, origin: str) -> dict[str, Any]:
    """Return the Frictionless descriptor: every table with its fields, size and hash."""
    words = desk.words[filters.lang]
    day = filters.as_of.day.isoformat()
    return {
        "profile": "tabular-data-package",
        "name": "gba-monitor",
        "title": words.t("ui.product_name"),
        "description": words.t("package.description", date=words.day(filters.as_of.day)),
        "homepage": origin or "/",
        "version": f"{day}+{filters.as_of.stamp or 0}",
        "languages": [words.html_lang],
        "audience": desk.audience,
        "resources": [_resource(one) for one in resources],
    }


def _resource(one: Resource) -> dict[str, Any]:
    fields = [
        {"name": column.id, "title": column.label, "type": _TYPES[column.kind]}
        | ({"format": "%Y-%m-%d"} if column.kind == "date" else {})
        for column in one.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "path": one.path,
        "title": one.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": ENCODING,
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        "rows": one.rows,
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {"fields": fields, "missingValues": [""]},
    }


def csvw(resources: list[Resource], about: dict[str, Any]) -> dict[str, Any]:
    """Return the CSVW description of the same tables."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": about["languages"][0]}],
        "dc:title": about["title"],
        "dc:description": about["description"],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tables": [
            {
                "url": one.path,
                "dc:title": one.title,
                "tableSchema": {
                    "columns": [
                        {"name": column.id, "titles": column.id, "dc:description": column.label,
                         "datatype": _TYPES[column.kind], "null": ""}
                        for column in one.columns
                    ]
                },
            }
            for one in resources
        ],
    }  # fmt: skip
