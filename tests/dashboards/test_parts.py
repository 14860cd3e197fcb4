"""Parts: what is seen by colour or shape is there in words too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.i18n import LANGUAGES, words
from dashboards.style import STATUSES

SHEET = (Path(__file__).parents[2] / "assets" / "30-parts.css").read_text(encoding="utf-8")


def text_of(component: object) -> str:
    """All words of a component, as they are read."""
    if component is None:
        return ""
    if isinstance(component, Component):
        return text_of(getattr(component, "children", None))
    if isinstance(component, list | tuple):
        return "".join(text_of(part) for part in component)
    return str(component)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_status_has_a_shape_of_its_own_and_its_word(status: str, lang: str) -> None:
    book = words(lang)
    chip = parts.status_chip(status, book)
    assert text_of(chip) == book.t(f"status.{status}")
    assert chip.children[0].className == f"shape shape-{status}"
    assert f".shape-{status} {{" in SHEET


def test_the_shapes_differ() -> None:
    shapes = [SHEET.partition(f".shape-{status} {{")[2].partition("}")[0] for status in STATUSES]
    assert len(set(shapes)) == len(STATUSES)


def test_a_status_on_old_data_says_so() -> None:
    chip = parts.status_chip("on_track", words("en"), on_last_data="15 May 2025")
    assert text_of(chip) == "on track · on last data (15 May 2025)"


@pytest.mark.parametrize("flag", parts.FLAGS)
def test_a_flag_is_a_word(flag: str) -> None:
    assert text_of(parts.flag_chip(flag, words("zh-Hans"))) == words("zh-Hans").t(f"flag.{flag}")


def test_five_kinds_of_nothing_have_five_looks() -> None:
    kinds = ("no_data", "not_in_scope", "not_published", "withheld", "zero")
    looks = {SHEET.partition(f".flag-{kind} {{")[2].partition("}")[0] for kind in kinds}
    assert len(looks) == 5
    assert "" not in looks


@pytest.mark.parametrize(
    ("make", "what"), [(parts.shape, "status"), (lambda f: parts.flag_chip(f, words("en")), "flag")]
)
def test_what_is_not_known_is_refused(make, what: str) -> None:
    with pytest.raises(ValueError, match=f"no {what} 'splendid': expected one of"):
        make("splendid")


def test_a_card_holds_its_parts_in_order() -> None:
    made = parts.card(["why"], number="3", title="Infrastructure", href="/work-items/3", label="Work item 3")
    assert text_of(made) == "3Infrastructurewhy"
    assert made.children[0].children[1].children.href == "/work-items/3"
    assert getattr(made, "aria-label") == "Work item 3"
    assert text_of(parts.cards([made, made])) == "3Infrastructurewhy" * 2


def test_a_card_may_be_bare() -> None:
    assert text_of(parts.card("only this")) == "only this"


def test_a_headline_says_what_it_counts() -> None:
    made = parts.big_number("over 4 million", "users", detail="Nov 2025")
    assert text_of(made) == "over 4 millionusersNov 2025"
    assert text_of(parts.big_number("70", "services")) == "70services"


def test_dots_are_counted_and_told() -> None:
    made = parts.dots([("done", 2), ("late", 1)], "2 done, 1 late")
    assert [dot.className for dot in made.children[0].children] == [
        "dot dot-done",
        "dot dot-done",
        "dot dot-late",
    ]
    assert text_of(made) == "2 done, 1 late"


def test_a_table_names_its_columns_and_rows() -> None:
    made = parts.table(
        ["City", "Stations"], [["Shenzhen", "over 65,000"]], caption="Stations by city", numeric=[1]
    )
    grid = made.children
    head, body = grid.children[1].children, grid.children[2].children[0]
    assert [cell.scope for cell in head.children] == ["col", "col"]
    assert body.children[0].scope == "row"
    assert body.children[1].className == "number"
    assert text_of(grid.children[0]) == "Stations by city"


def test_a_drawing_is_a_picture_that_scripts_cannot_hide_in() -> None:
    made = parts.drawing("<svg><script>x</script></svg>", "70 services")
    assert made.src.startswith("data:image/svg+xml;charset=utf-8,%3Csvg")
    assert "<" not in made.src
    assert made.alt == "70 services"


def test_the_chosen_chip_says_so() -> None:
    made = parts.chips([("A", "/a", False), ("B", "/b", True)], label="Moments")
    assert [getattr(chip, "aria-current", None) for chip in made.children] == [None, "true"]


def test_fields_are_left_for_the_script_to_fill() -> None:
    day = parts.field(
        "as_of", "date", label="Another day", value="2025-05-15", least="2015-01-01", most="2026-11-21"
    )
    place = day.children[1]
    assert (getattr(place, "data-field"), getattr(place, "data-kind")) == ("as_of", "date")
    choice = parts.choice("year", [("2023", "2023"), ("2024", "2024")], label="Year", value="2024")
    assert json.loads(getattr(choice.children[1], "data-choices")) == [["2023", "2023"], ["2024", "2024"]]
    form = parts.asking("/x", [day, choice], keep="lang=en", label="Ask")
    assert (form.action, getattr(form, "data-keep")) == ("/x", "lang=en")


def test_a_dot_between_two_parts_never_begins_a_line() -> None:
    assert parts.glued("5G base stations · Hong Kong") == "5G base stations\u00a0· Hong\u00a0Kong"
    assert parts.glued("7 of 7 achieved · 2 due, outcome not published") == (
        "7 of 7 achieved\u00a0· 2 due, outcome not published"
    )
    assert parts.glued("Hong Kong services on kiosks") == "Hong Kong services on kiosks"


def test_lists_and_remarks_carry_their_words() -> None:
    assert text_of(parts.facts([("Owner", "DPO")])) == "OwnerDPO"
    assert text_of(parts.change_list([("+2", "services", "68 to 70")])) == "+2services68 to 70"
    assert text_of(parts.note("Bases differ")) == "Bases differ"
    assert text_of(parts.why("no target")) == "no target"
    assert parts.state("No figure", kind="failed").className == "state state-failed"


def test_a_table_of_cards_names_each_cell_by_its_column() -> None:
    made = parts.table(["Period", "Figure"], [["2025", "70"]], caption="Figures", cards=True)
    table = made.children
    (row,) = table.children[-1].children
    assert table.className == "table table-cards"
    assert [getattr(cell, "data-label", None) for cell in row.children] == [None, "Figure"]


def test_in_a_cell_a_chinese_date_ends_a_line_after_its_year_and_nowhere_else() -> None:
    first, may_break, second = parts.in_cell("2025年12月29日（傳媒報道）")
    assert (first, second) == ("2025年", "12月29日（傳媒報道）")
    assert isinstance(may_break, html.Wbr)
    assert [one for one in parts.in_cell("2025年7月1日至2026年2月28日") if isinstance(one, str)] == [
        "2025年", "7月1日至", "2026年", "2月28日",
    ]  # fmt: skip
    for text in ("29 Dec 2025 (press)", "2025年底", "2025年", ""):
        assert parts.in_cell(text) == text


def test_a_date_field_says_its_day_in_the_words_of_the_page() -> None:
    asked = parts.field("from", "date", label="From", value="2025-02-01", said="1 Feb 2025")
    assert [one.className for one in asked.children] == ["field-label", "field", "field-said"]
    assert asked.children[-1].children == "1 Feb 2025"
    assert len(parts.field("from", "date", label="From").children) == 2
