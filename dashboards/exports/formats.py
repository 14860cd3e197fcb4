"""The forms that what a panel says is handed out in: a form is one line of a table.

Who adds a form states it as a ``Format`` and hands it to ``gathered`` (tables are here, pictures, slides and
documents state theirs where they are made).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from dashboards.i18n import Words

if TYPE_CHECKING:
    from dashboards.exports.telling import Telling


def _always() -> str | None:
    return None


class NotMadeError(RuntimeError):
    """Says that a form could not be made of a telling, though it can be made: *reason* is a term key."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values

    def said(self, words: Words) -> str:
        """Return why, in the language of *words*."""
        return words.t(self.reason, **self.values)


@dataclass(frozen=True, kw_only=True)
class Format:
    """A form: *id* is what the address calls it (``format=csv``), *name* what the menu does.

    *write* makes the bytes, the same for the same telling; it takes the form's *options* (name -> allowed values,
    the first of them meant when none is given) as keyword arguments. *available* says why there is none now (a term
    key), None when it can be made. *chart* forms are only for panels with a chart.
    One that isn't *listed* stands in no menu. *by_browser* is the id of the form from which the browser makes this
    one where the server can't.
    """

    id: str
    name: str
    media_type: str
    extension: str
    write: Callable[..., bytes]
    available: Callable[[], str | None] = _always
    chart: bool = False
    listed: bool = True
    by_browser: str = ""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, *, has_chart: bool) -> bool:
        """Say whether the form is for a panel with or without a chart."""
        return has_chart or not self.chart


def _comma(telling: Telling) -> bytes:
    from dashboards.exports.tables import comma  # noqa: PLC0415  (forms load when they are asked for)

    return comma.write(telling)


def _workbook(telling: Telling) -> bytes:
    from dashboards.exports.tables import workbook  # noqa: PLC0415

    return workbook.write(telling)


def _parquet(telling: Telling) -> bytes:
    from dashboards.exports.tables import parquet  # noqa: PLC0415

    return parquet.write(telling)


def _json(telling: Telling) -> bytes:
    from dashboards.exports.tables import json_text  # noqa: PLC0415

    return json_text.write(telling)


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = (
    Format(id="csv", name="CSV", media_type="text/csv; charset=utf-8", extension="csv", write=_comma),
    Format(id="xlsx", name="XLSX", media_type=XLSX_TYPE, extension="xlsx", write=_workbook),
    Format(
        id="parquet", name="Parquet", media_type="application/vnd.apache.parquet", extension="parquet", write=_parquet
    ),
    Format(id="json", name="JSON", media_type="application/json", extension="json", write=_json),
)  # fmt: skip


def gathered(*more: Iterable[Format]) -> Mapping[str, Format]:
    """Return every form by its id, tables first; raise ValueError when two are called the same."""
    found: dict[str, Format] = {}
    for one in [*TABLES, *(one for group in more for one in group)]:
        if found.setdefault(one.id, one) is not one:
            raise ValueError(f"format {one.id!r} is stated twice: give one of them another id")
    return MappingProxyType(found)
