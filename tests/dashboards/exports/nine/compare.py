"""Do all forms of a panel say the same? Each is read, and held against the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import isclose, isnan
from typing import Any
from urllib.parse import quote

from dashboards.exports import slide_table
from dashboards.exports.images import paper
from dashboards.panel import View, moment_of
from tests.dashboards.exports import agreement
from tests.dashboards.exports.nine import read
from tests.dashboards.exports.nine.asked import Asked
from tests.dashboards.exports.nine.cases import Case, Web, cases
from tests.dashboards.exports.test_every_panel import ON_A_SCALE_OF_THEIR_OWN, unqualified

ROOM, MOST_ON_PAPER, MOST_ON_SLIDES = 760.0, 400, slide_table.MOST_ROWS


def tables(case: Case, _web: Web) -> Iterator[str]:
    """Yield where CSV, XLSX, Parquet, JSON and what they were made of differ."""
    like = case.table
    ours = [
        [read.plain(_said(cell)) for cell in row]
        for row in case.telling.rows[[*like.ids]].itertuples(index=False, name=None)
    ]
    found = {
        "telling": ours,
        "csv": read.from_csv(case.files["csv"], like).rows,
        "parquet": read.from_parquet(case.files["parquet"]).rows,
    }
    for name, rows in found.items():
        if rows != like.rows:
            yield f"{name}: {_first(rows, like.rows)}"
    yield from _workbook(case)
    yield from _codes(like)


_CODE = ("(code)", "（代碼）", "（代码）")


def _codes(like: read.Table) -> Iterator[str]:
    """Yield the columns of texts that are labelled as codes and hold words; codes of units may have spaces."""
    for name in like.ids:
        if like.kinds[name] != "code" and like.labels[name].endswith(_CODE):
            words = [cell for cell in like.column(name) if cell and not re.fullmatch(r"[!-~]+", str(cell))]
            if words:
                yield f"table: {like.labels[name]} ({name}) holds words: {words[0]}"


def _said(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell


def _first(rows: list[Any], other: list[Any]) -> str:
    if len(rows) != len(other):
        return f"{len(rows)} rows where JSON has {len(other)}"
    return next(
        f"row {at}: {one} where JSON has {two}"
        for at, (one, two) in enumerate(zip(rows, other, strict=True))
        if one != two
    )


def _workbook(case: Case) -> Iterator[str]:
    like, book = case.table, read.from_xlsx(case.files["xlsx"], case.table)
    for name, sheet in (("labelled", book.labelled), ("coded", book.coded)):
        for column in sheet.ids:
            said, height = sheet.column(column), len(like.rows)
            if height and [*said, *[None] * (height - len(said))][:height] != like.column(column):
                yield f"xlsx {name}: {column} differs"
    missing = {name for name in like.ids if any(cell is not None for cell in like.column(name))} - {
        *book.labelled.ids,
        *book.coded.ids,
    }
    if missing:
        yield f"xlsx: no column for {sorted(missing)}"
    words = case.view.t
    for form, value, qualifier in zip(
        book.formats, like.column("value"), like.column("qualifier"), strict=False
    ):
        pattern = words(f"qualifier.{qualifier}_pattern", n="\0") if qualifier else "\0"
        if value is not None and not all(part.replace('"', "") in form for part in pattern.split("\0")):
            yield f"xlsx shows {value} as {form}, which is {qualifier}"


def page(case: Case, _web: Web) -> Iterator[str]:
    """Yield which figures of the table the page does not show with their qualifier, and what it shows beside."""
    for row in agreement.unwritten(case.telling, case.page.text, case.view):
        if row.get("value") is None or not _named_in_the_legend(row, case):
            yield f"page: does not show {row['figure']}"
    yield from (
        f"table: {one} is written without its qualifier" for one in unqualified(case.telling, case.view)
    )
    if case.panel.id not in ON_A_SCALE_OF_THEIR_OWN:
        for one in case.page.amounts:
            if one not in case.values:
                yield f"chart: draws {one}, which is not in the table"


def _named_in_the_legend(row: Mapping[str, Any], case: Case) -> bool:
    """Say whether a page tells why there is no figure by the flag of that absence."""
    key = f"flag.{row.get('absence')}"
    return isnan(row["value"]) and case.view.words.has(key) and case.view.t(key) in case.page.text


def slides(case: Case, _web: Web) -> Iterator[str]:
    """Yield where slides and the workbooks behind their charts say otherwise than the table and the page's chart."""
    read.parts(case.files["pptx"])
    found = read.from_pptx(case.files["pptx"])
    drawn = [value for chart in found.charts for value in chart.values]
    for chart in found.charts:
        for value in chart.values:
            if not any(isclose(value, cell, rel_tol=1e-12) for cell in chart.cells):
                yield f"pptx: draws {value}, which is not in the workbook behind it"
    if case.panel.id not in ON_A_SCALE_OF_THEIR_OWN:
        yield from (
            f"pptx: draws {one}, which is not in the table" for one in drawn if one not in case.values
        )
        if drawn and (lost := set(case.page.amounts) - set(drawn)):
            yield f"pptx: does not draw {sorted(lost)[:3]}"
    text = found.text + "\n" + "\n".join(word for chart in found.charts for word in chart.words)
    rows = case.telling.rows if drawn else case.telling.rows.head(MOST_ON_SLIDES)
    for row in agreement.unwritten(replace(case.telling, rows=rows), text, case.view):
        if not _in_a_workbook(row, found, case.view):
            yield f"pptx: does not say {row['figure']} ({row.get('place', '')} {row.get('period', '')})"


def _in_a_workbook(row: Mapping[str, Any], found: read.Slides, view: View) -> bool:
    """Say whether a chart's workbook holds a figure and shows it with its qualifier."""
    held = [chart.formats.get(row.get("value"), set()) for chart in found.charts]
    pattern = view.t(f"qualifier.{row.get('qualifier') or 'exact'}_pattern", n="\0")
    wanted = [part for part in pattern.split("\0") if part]
    return any(all(part in form for part in wanted) for forms in held for form in forms)


def on_paper(case: Case, web: Web) -> Iterator[str]:
    """Yield which rows of the table stand nowhere in the PDF."""
    text = read.from_pdf(case.files["pdf"])
    if read.squeezed(case.telling.title) not in text:
        yield "pdf: its title stands nowhere"
    if not len(case.telling.rows):
        return
    style = paper(web.desk, case.telling.lang, web.shapes)
    for row in slide_table.grid(case.telling, style, ROOM, MOST_ON_PAPER).rows:
        if read.squeezed("".join(row)) not in text:
            yield f"pdf: {' | '.join(row)} stands nowhere"
    told = case.telling.rows.head(MOST_ON_PAPER)
    if "figure" in told:
        for row in told.to_dict("records"):
            if not any(read.squeezed(form) in text for form in agreement.forms(row, case.view)):
                yield f"pdf: does not say {row['figure']}"


IDENTITY = ("indicator_id", "place_id", "breakdown", "counting_basis", "span", "period_start", "period_end")


def api(case: Case, web: Web) -> Iterator[str]:
    """Yield which published figures of the table the API of figures does not tell alike as of the same instant."""
    table = case.table
    if not {"figure_ref", "value", "unit_id", *IDENTITY} <= set(table.ids) or "divided_by_value" in table.ids:
        return
    at = moment_of(case.panel, case.view.filters).as_of
    instant = "" if at.current else at.instant.isoformat()
    for row in table.rows:
        told = dict(zip(table.ids, row, strict=True))
        if not told["figure_ref"] or told["value"] is None:
            continue
        known = _observed(web, told["indicator_id"], instant)
        mine = [one for one in known if all(one[name] == told[name] for name in IDENTITY)]
        said = [(one["value"], one["qualifier"]) for one in mine]
        if (told["value"], told["qualifier"]) not in said:
            yield f"api: {said} where the panel has {told['figure']} {told['figure_ref']}"


def _observed(web: Web, indicator: str, instant: str) -> list[dict[str, Any]]:
    key = (indicator, instant)
    if key not in web.observed:
        state = f"&as_of={quote(instant)}" if instant else ""
        found, cursor = [], ""
        while cursor is not None:
            more = f"&cursor={cursor}" if cursor else ""
            told = web.get(f"/api/v1/observations?indicator={indicator}&limit=1000{state}{more}").get_json()
            found += [{name: read.plain(cell) for name, cell in row.items()} for row in told["data"]]
            cursor = told["next_cursor"]
        web.observed[key] = found
    return web.observed[key]


CHECKS: tuple[Callable[[Case, Web], Iterator[str]], ...] = (tables, page, slides, on_paper, api)


def disagreements(web: Web, asked: Asked) -> Iterator[str]:
    """Yield everything in which the forms of the panels of a page differ."""
    for case in cases(web, asked):
        if isinstance(case, str):
            yield case
            continue
        for check in CHECKS:
            for said in check(case, web):
                yield f"{asked.address} {case.panel.id}: {said}"
