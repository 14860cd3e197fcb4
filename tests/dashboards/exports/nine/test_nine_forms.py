"""Chart = page = CSV = XLSX = Parquet = JSON = PPTX = PDF = API, value by value, qualifier by qualifier.

Every panel that the pages have, in states and languages drawn by a seed; ``python -m tests.dashboards.exports.nine``
walks all items of all pages in all languages.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace

import pytest

from dashboards import pages
from dashboards.i18n import LANGUAGES
from dashboards.panel import discover
from tests.dashboards.exports.nine import cases, compare, read
from tests.dashboards.exports.nine.asked import Asked, sampled

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("nine")]
PAGES = discover(pages)
SEED = 20261122
MOST_ITEMS = 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_form_of_every_panel_says_the_same(web, page) -> None:
    dice = random.Random(f"{SEED} {page.id}")
    found = [
        said
        for asked in sampled([page], web.desk, dice, MOST_ITEMS)
        for said in compare.disagreements(web, asked)
    ]
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_held_back_leaves_in_every_form_as_it_stands_on_the_page(web, lang: str) -> None:
    page = next(one for one in PAGES if one.id == "sources")
    asked = Asked(page=page, path="/sources", query=f"lang={lang}")
    found = {case.panel.id: case for case in cases.cases(web, asked) if not isinstance(case, str)}
    assert set(found) == {"sources-summary", "sources-list", "quarantine"}
    held = found["quarantine"]
    assert len(held.table.rows) >= 2
    paper = read.from_pdf(held.files["pdf"])
    slides = read.squeezed(read.from_pptx(held.files["pptx"]).text)
    for row in held.table.rows:
        for name, cell in zip(held.table.ids, row, strict=True):
            if held.table.kinds[name] == "text" and cell:
                for form, text in (("page", read.squeezed(held.page.text)), ("pdf", paper), ("pptx", slides)):
                    assert read.squeezed(cell) in text, (form, name, cell)
    assert [said for check in compare.CHECKS for said in check(held, web)] == []


@pytest.fixture(scope="module")
def ranking(web) -> cases.Case:
    """Give a panel whose figures are of several qualifiers."""
    page = next(one for one in PAGES if one.id == "connectivity")
    asked = Asked(page=page, path="/connectivity", query="lang=en")
    found = [one for one in cases.cases(web, asked) if not isinstance(one, str)]
    return next(one for one in found if one.panel.id == "fiveg-ranking")


def changed(case: cases.Case, form: str, body: bytes) -> cases.Case:
    assert body != case.files[form]
    return replace(case, files={**case.files, form: body})


def within(body: bytes, pattern: str, old: bytes, new: bytes) -> bytes:
    """Return a zipped file with *old* written as *new* in the parts that *pattern* names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            part = held.read(name)
            made.writestr(name, part.replace(old, new) if re.search(pattern, name) else part)
    return out.getvalue()


def test_an_untouched_panel_agrees(web, ranking) -> None:
    assert [said for check in compare.CHECKS for said in check(ranking, web)] == []


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [("csv", b"65000", b"65001"), ("csv", b",over,", b",exact,"), ("json", b"65000", b"65001")],
)
def test_another_value_or_qualifier_in_a_table_is_told(web, ranking, form, old, new) -> None:
    wrong = changed(ranking, form, ranking.files[form].replace(old, new))
    assert list(compare.tables(wrong, web))


def test_another_value_in_a_workbook_is_told(web, ranking) -> None:
    body = within(ranking.files["xlsx"], r"sheet3\.xml", b"<v>65000</v>", b"<v>65001</v>")
    assert list(compare.tables(changed(ranking, "xlsx", body), web)) == ["xlsx labelled: value differs"]


def test_a_workbook_that_shows_no_qualifier_is_told(web, ranking) -> None:
    body = within(ranking.files["xlsx"], r"styles\.xml", b"over", b"----")
    assert any("which is over" in said for said in compare.tables(changed(ranking, "xlsx", body), web))


def test_another_value_drawn_on_a_slide_is_told(web, ranking) -> None:
    body = within(ranking.files["pptx"], r"charts/chart.*\.xml", b"<c:v>65000</c:v>", b"<c:v>65001</c:v>")
    body = within(body, r"charts/chart.*\.xml", b"<c:v>65000.0</c:v>", b"<c:v>65001.0</c:v>")
    said = list(compare.slides(changed(ranking, "pptx", body), web))
    assert any("not in the workbook" in one for one in said)
    assert any("not in the table" in one for one in said)


def test_a_figure_that_the_page_does_not_show_is_told(web, ranking) -> None:
    shown = replace(ranking.page, text=ranking.page.text.replace("65,000", "66,000"))
    assert list(compare.page(replace(ranking, page=shown), web))
    drawn = replace(ranking.page, amounts=[*ranking.page.amounts, 1.5])
    assert list(compare.page(replace(ranking, page=drawn), web)) == [
        "chart: draws 1.5, which is not in the table"
    ]


def test_a_figure_that_the_paper_does_not_show_is_told(web, ranking) -> None:
    rows = ranking.telling.rows.copy()
    rows["figure"] = rows["figure"].str.replace("65,000", "66,000")
    other = replace(ranking, telling=replace(ranking.telling, rows=rows))
    assert any("stands nowhere" in said for said in compare.on_paper(other, web))


def test_a_figure_that_the_api_tells_otherwise_is_told(web, ranking) -> None:
    body = ranking.files["json"].replace(b'"value": 65000', b'"value": 65001')
    assert list(compare.api(changed(ranking, "json", body), web))


@pytest.mark.parametrize(
    ("lang", "mark"), [("en", " (code)"), ("zh-Hant", "（代碼）"), ("zh-Hans", "（代码）")]
)
def test_a_column_of_words_that_is_labelled_as_codes_is_told(web, lang: str, mark: str) -> None:
    page = next(one for one in PAGES if one.id == "connectivity")
    asked = Asked(page=page, path="/connectivity", query=f"lang={lang}")
    found = (one for one in cases.cases(web, asked) if not isinstance(one, str))
    case = next(one for one in found if one.panel.id == "fiveg-ranking")
    label = case.table.labels["indicator"]
    wrong = changed(
        case, "json", case.files["json"].replace(f'"{label}"'.encode(), f'"{label}{mark}"'.encode())
    )
    assert any("holds words" in said for said in compare._codes(wrong.table))
    assert list(compare._codes(case.table)) == []
