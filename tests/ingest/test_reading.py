"""Readers: the declared form, or a sentence that says what stood there instead."""

from __future__ import annotations

import json

import pytest

from ingest.errors import ShapeError
from ingest.numbers import count
from ingest.reading import cell, csv_rows, json_value, members, pipe_rows, text, xml_items
from tests.ingest.lying_server import PAGE
from tests.ingest.making import payload

AB = ("a", "b")


def rows(content: bytes | str, **form) -> list[dict[str, str]]:
    return [dict(row) for row in csv_rows(payload(content), expect=AB, **form)]


def test_rows_come_by_name_with_their_line():
    found = list(csv_rows(payload("a,b\r\n1,2\r\n3,4\r\n"), expect=AB))
    assert [(row["a"], row["b"], row.number) for row in found] == [("1", "2", 2), ("3", "4", 3)]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5", "big5hkscs"])
def test_every_declared_encoding_reads_the_same(codec: str):
    words = "a,b\r\n羅湖,澳門\r\n"
    declared = "utf-8-sig" if codec.startswith("utf-8") else codec
    if codec == "gb18030":
        words = words.replace("羅", "罗")
    assert rows(words.encode(codec), encoding=declared)[0]["b"] == "澳門"


def test_hong_kong_characters_need_their_own_big5():
    assert rows("a,b\n深水埗,鰂魚涌\n".encode("big5hkscs"), encoding="big5hkscs") == [
        {"a": "深水埗", "b": "鰂魚涌"}
    ]


def test_another_encoding_than_the_declared_is_refused_with_its_line():
    with pytest.raises(ShapeError, match="row 2: expected utf-8-sig text, found the bytes"):
        text(payload("a,b\n羅,湖\n".encode("big5")))


def test_mixed_line_ends_are_one_table():
    assert len(rows("a,b\n1,2\r\n3,4\r5,6")) == 3


def test_columns_may_change_places_but_not_names():
    assert rows("b,a\n1,2\n") == [{"b": "1", "a": "2"}]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("a", "missing 'b'"),
        ("a,b,c", "added 'c'"),
        ("a,B", "missing 'b'"),
        ("a,b,b", "twice 'b'"),
        ("", "missing"),
    ],
)
def test_a_changed_header_is_refused_and_the_change_named(header: str, what: str):
    with pytest.raises(ShapeError, match=what):
        rows(f"{header}\n1,2\n")


def test_added_columns_are_tolerated_where_declared():
    assert rows("a,x,b\n1,9,2\n", more=True) == [{"a": "1", "x": "9", "b": "2"}]


def test_a_trailing_comma_is_tolerated_only_where_declared():
    assert rows("a,b,\n1,2,\n", trailing=True) == [{"a": "1", "b": "2"}]
    with pytest.raises(ShapeError, match="added ''"):
        rows("a,b,\n1,2,\n")
    with pytest.raises(ShapeError, match="row 3: expected 2 cells and a trailing separator, found '3,4'"):
        rows("a,b,\n1,2,\n3,4", trailing=True)
    with pytest.raises(ShapeError, match="row 2"):
        rows("a,b,\n1,2,3\n", trailing=True)


def test_a_last_line_without_its_end_is_cut_short_where_ends_are_declared():
    assert len(rows("a,b\n1,2\n3,4")) == 2
    with pytest.raises(ShapeError, match=r"row 3.*cut short"):
        rows("a,b\n1,2\n3,4", ended=True)


def test_too_few_and_too_many_cells_are_refused():
    for line in ("1", "1,2,3"):
        with pytest.raises(ShapeError, match="row 3: expected 2 cells"):
            rows(f"a,b\n1,2\n{line}\n")


def test_no_rows_are_refused_unless_declared_normal():
    with pytest.raises(ShapeError, match="at least 1"):
        rows("a,b\n")
    assert rows("a,b\n", min_rows=0) == []


def test_a_web_page_in_place_of_a_table_is_called_one():
    with pytest.raises(ShapeError, match="expected a table, found a web page titled 'Sign in'"):
        rows(PAGE)


def test_an_open_quote_is_refused():
    with pytest.raises(ShapeError, match="separated values"):
        rows('a,b\n1,"2\n3,4\n')


def test_a_cell_that_is_no_number_is_named_by_row_and_column():
    found = next(csv_rows(payload("a,b\n1,x\n"), expect=AB))
    with pytest.raises(ShapeError, match="row 2: b: expected a number, found 'x'"):
        cell(found, "b", count)


def test_pipes_separate_too():
    assert [dict(row) for row in pipe_rows(payload("a|b\n1|2,3\n"), expect=AB)] == [{"a": "1", "b": "2,3"}]


def test_json_is_read_and_its_faults_are_named():
    assert json_value(payload('{"a": [1, null]}')) == {"a": [1, None]}
    for wrong, said in (
        ("{", "expected JSON"),
        ('{"a":1,"a":2}', "a twice"),
        ('{"a": NaN}', "found NaN"),
        ("[" * 100_000, "nested"),
        (PAGE.decode(), "web page"),
    ):
        with pytest.raises(ShapeError, match=said):
            json_value(payload(wrong))


def test_members_must_be_there_and_of_their_type():
    assert members(json.loads('{"n": 1}'), {"n": int}) == {"n": 1}
    for wrong in ('{"m": 1}', '{"n": "1"}', '{"n": true}', "[]"):
        with pytest.raises(ShapeError, match="expected"):
            members(json.loads(wrong), {"n": int})


TD = "http://data.one.gov.hk/td"


def test_xml_items_are_read_in_their_default_namespace():
    tree = f'<list xmlns="{TD}"><message><id> 7 </id><n/></message></list>'
    assert [dict(row) for row in xml_items(payload(tree), root="list", item="message", namespace=TD)] == [
        {"id": "7", "n": ""}
    ]
    with pytest.raises(ShapeError, match="expected the root 'list'"):
        list(xml_items(payload(tree), root="list", item="message"))


def test_an_empty_xml_list_is_a_list():
    assert list(xml_items(payload("<list/>"), root="list", item="message")) == []


@pytest.mark.parametrize(
    "tree",
    [
        "<list><message><id>1</id></message>",
        "<list><message/></list>",
        '<!DOCTYPE x [<!ENTITY a "b">]><list><message><id>&a;</id></message></list>',
        PAGE.decode(),
        "",
    ],
)
def test_xml_that_is_cut_incomplete_or_dangerous_is_refused(tree: str):
    with pytest.raises(ShapeError, match="expected"):
        list(xml_items(payload(tree), root="list", item="message", expect=("id",)))


def test_a_header_that_comes_again_is_several_files_in_one():
    words = "\ufeffa,b\n1,2\n"
    with pytest.raises(ShapeError, match="row 3: expected rows, found the header again"):
        list(csv_rows(payload(words * 2), expect=("a", "b")))


def test_an_element_that_tells_two_things_under_one_name_is_refused():
    twice = "<list><m><a>1</a><a>{}</a></m></list>"
    with pytest.raises(ShapeError, match="m 1: expected each name once, found a twice"):
        list(xml_items(payload(twice.format(2)), root="list", item="m", expect=("a",)))
    assert len(list(xml_items(payload(twice.format(1)), root="list", item="m", expect=("a",)))) == 1


def test_a_list_of_nothing_but_items_may_be_empty_and_holds_nothing_else():
    assert list(xml_items(payload("<list/>"), root="list", item="m", only=True)) == []
    with pytest.raises(ShapeError, match="list: expected nothing but m, found n"):
        list(xml_items(payload("<list><n/></list>"), root="list", item="m", only=True))
