"""Panels in all their forms: each asked for at its own address, as a visitor asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote_plus

from flask.testing import FlaskClient

from dashboards.asked import ask
from dashboards.desk import Desk
from dashboards.exports.asking import wanted
from dashboards.exports.images import inlined
from dashboards.exports.telling import Telling, tell
from dashboards.panel import Panel, View, moment_of, panels_of
from dashboards.shell import view_of
from dashboards.style import Shapes
from tests.dashboards.exports.nine import read
from tests.dashboards.exports.nine.asked import Asked
from tests.security.house import NOW, Product

FILES = ("json", "csv", "xlsx", "parquet", "pptx", "pdf")


@dataclass(frozen=True, kw_only=True)
class Web:
    """The running product, asked as a visitor asks it."""

    product: Product
    client: FlaskClient
    observed: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    spent: list[int] = field(default_factory=lambda: [0])

    @cached_property
    def desk(self) -> Desk:
        """Return the desk of the public audience."""
        return self.product.desks.seeing("public")

    @cached_property
    def shapes(self) -> Shapes:
        """Return the map shapes as values."""
        return inlined(self.desk)

    def get(self, address: str) -> Any:
        """Ask one address, each time from another place, so that nobody is asked to wait."""
        self.spent[0] += 1
        n = self.spent[0]
        return self.client.get(
            address, environ_base={"REMOTE_ADDR": f"10.{n // 65536}.{n // 256 % 256}.{n % 256}"}
        )


@dataclass(frozen=True, kw_only=True)
class Case:
    """One panel of a page in a state: what was made of it in every form."""

    asked: Asked
    panel: Panel
    telling: Telling
    view: View
    page: read.Shown
    files: Mapping[str, bytes]
    said: list[str]

    @cached_property
    def table(self) -> read.Table:
        """Return the table of the API, against which the others are held."""
        return read.from_json(self.files["json"])

    @cached_property
    def values(self) -> set[float]:
        """Return every number of the table."""
        return {
            cell
            for at, name in enumerate(self.table.ids)
            if self.table.kinds[name] == "number"
            for cell in (row[at] for row in self.table.rows)
            if cell is not None
        }


def fields(query: str) -> dict[str, list[str]]:
    """Return the fields of a query string."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return {name: [unquote_plus(text)] for name, _, text in pairs}


def cases(web: Web, asked: Asked) -> Iterator[Case | str]:
    """Yield every panel of a page that speaks, in all its forms; a sentence for one that cannot be had."""
    answer = web.get(f"/_page?path={quote(asked.path)}&{asked.query}")
    if answer.status_code != 200:
        yield f"{asked.address}: the page answers {answer.status_code}"
        return
    told = answer.get_json()
    formats = web.desk.formats
    query = fields(asked.query) | {"page": [asked.path]}
    pages = web.product.server.extensions["pages"]
    any_panel = _speaking(web, asked, query)
    for panel in any_panel:
        found = wanted(panel.id, query, desk=web.desk, pages=pages, formats=formats)
        telling = tell(
            found.page, found.panel, web.desk, found.filters, shapes=web.shapes, origin="http://localhost"
        )
        view = view_of(web.desk, moment_of(panel, found.filters), NOW.date(), Shapes())
        shown = read.from_page(told, panel.id)
        files, wrong = _files(web, asked, panel.id)
        if shown is None or wrong:
            yield f"{asked.address} {panel.id}: {wrong or 'is not on its page'}"
            continue
        yield Case(asked=asked, panel=panel, telling=telling, view=view, page=shown, files=files, said=[])


def _speaking(web: Web, asked: Asked, query: Mapping[str, list[str]]) -> list[Panel]:
    found = ask(web.product.server.extensions["pages"], web.desk, asked.path, query, web.desk.clock())
    assert found.page is not None
    return [one for one in panels_of(found.page, web.desk, found.filters) if one.speaks]


def _files(web: Web, asked: Asked, panel_id: str) -> tuple[dict[str, bytes], str]:
    files = {}
    for form in FILES:
        state = f"page={quote(asked.path)}&{asked.query}&format={form}"
        answer = web.get(f"/api/v1/panels/{panel_id}?{state}")
        if answer.status_code != 200:
            return files, f"{form} answers {answer.status_code} {answer.text[:200]}"
        files[form] = answer.data
    return files, ""
