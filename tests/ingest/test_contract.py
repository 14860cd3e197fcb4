"""The words of a contract: what an added column and a row that cannot be read do to a payload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from ingest.commands import replay
from ingest.contract import MOST_DISCARDED, contract_faults, read
from ingest.errors import ShapeError
from ingest.numbers import count
from ingest.pipeline import run
from ingest.reading import cell, csv_rows, xml_items
from ingest.source import Contract, Payload, Record, Source
from tests.ingest.making import payload, record, source

HEAD = "day,passengers\n"
DISCARD = Contract(types="discard_row")


def parse(given: Payload) -> Iterator[Record]:
    for row in csv_rows(given, expect=("day", "passengers")):
        when = cell(row, "day", lambda text: date(2025, 5, int(text)))
        yield record(start=when, end=when, value=float(cell(row, "passengers", count)), row=row)


def parse_tree(given: Payload) -> Iterator[Record]:
    for row in xml_items(given, root="list", item="day", expect=("n", "passengers")):
        when = date(2025, 5, int(row["n"]))
        yield record(start=when, end=when, value=float(cell(row, "passengers", count)), row=row)


def values(of: Source, content: str, said: list[str] | None = None) -> list[float]:
    return [
        one.value for one in read(of, payload(content), (said if said is not None else []).append).records
    ]


made = partial(source, parse=parse)


def test_a_frozen_form_refuses_an_added_column():
    with pytest.raises(ShapeError, match="added 'weather'"):
        values(made(), "day,passengers,weather\n1,10,fine\n")


def test_a_form_that_evolves_lets_an_added_column_be_and_says_so():
    said: list[str] = []
    evolving = made(contract=Contract(columns="evolve"))
    assert values(evolving, "weather,day,passengers\nfine,1,10\n", said) == [10.0]
    assert said == ["columns let be: 'weather'"]


def test_rows_are_counted_as_the_readers_find_them_once_however_often_the_payload_is_parsed():
    two_of_a_row = made(parse=lambda given: (one for one in parse(given) for _ in range(2)))
    assert read(two_of_a_row, payload(f"{HEAD}1,10\n2,20\n"), print).rows == 2
    assert read(made(contract=DISCARD), payload(f"{HEAD}1,10\n2,?\n3,30\n"), print).rows == 2
    tree = "<list><day><n>1</n><passengers>10</passengers></day></list>"
    assert read(source(parse=parse_tree), payload(tree), print).rows == 1


def test_rows_that_no_reader_counts_are_those_that_stand_with_the_figures():
    shared = {"a": 1}
    figures = [record(row=shared), record(row=shared), record()]
    assert read(source(parse=lambda _given: figures), payload(""), print).rows == 2


def test_rows_of_which_no_figure_is_read_are_not_counted():
    listed = source(parse=lambda given: (one for one in parse(given) if one.value < 0))
    assert read(listed, payload(f"{HEAD}1,10\n"), print).rows == 0


@pytest.mark.parametrize("contract", [Contract(), Contract(columns="evolve"), DISCARD])
def test_a_missing_or_renamed_column_is_always_refused(contract: Contract):
    with pytest.raises(ShapeError, match="missing 'passengers'"):
        values(made(contract=contract), "day,people\n1,10\n2,11\n")


def test_an_added_member_of_a_tree_follows_the_same_words():
    tree = "<list><day><n>1</n><passengers>10</passengers><wind>E</wind></day></list>"
    with pytest.raises(ShapeError, match=r"expected no more than n, passengers, found n, passengers, wind"):
        values(source(parse=parse_tree, contract=Contract(columns="freeze")), tree)
    said: list[str] = []
    assert values(source(parse=parse_tree, contract=Contract(columns="evolve")), tree, said) == [10.0]
    assert said == ["columns let be: 'wind'"]
    assert values(source(parse=parse_tree), tree) == [10.0]  # said nothing: a tree evolves


def test_one_row_that_cannot_be_read_refuses_a_frozen_payload():
    with pytest.raises(ShapeError, match="row 3"):
        values(made(), HEAD + "1,10\n2,lots\n3,12\n")


@pytest.mark.parametrize("torn", ["2,lots\n", "2\n", "2,11,12\n"])
def test_a_row_that_cannot_be_read_is_left_out_where_the_contract_says_so(torn: str):
    found = read(made(contract=DISCARD), payload(HEAD + "1,10\n" + torn + "3,12\n"), print)
    assert [one.value for one in found.records] == [10.0, 12.0]
    assert list(found.discarded) == [3]


def test_a_last_row_that_cannot_be_read_is_a_file_cut_short():
    with pytest.raises(ShapeError, match="cut short"):
        values(made(contract=DISCARD), HEAD + "1,10\n2,11\n3\n")


def test_more_than_a_few_such_rows_are_another_form():
    lines = "".join(f"{number},lots\n" for number in range(1, MOST_DISCARDED + 2))
    with pytest.raises(ShapeError, match=rf"at most {MOST_DISCARDED} rows .*the first: row 2"):
        values(made(contract=DISCARD), HEAD + lines + "31,5\n")
    few = "".join(f"{number},lots\n" for number in range(1, MOST_DISCARDED + 1))
    assert values(made(contract=DISCARD), HEAD + few + "31,5\n") == [5.0]


def test_an_error_that_is_not_of_a_row_is_not_tried_again():
    calls = []

    def broken(given: Payload) -> Iterator[Record]:
        calls.append(given.discarded)
        raise ShapeError("expected something else", row=1)
        yield

    with pytest.raises(ShapeError, match="something else"):
        values(source(parse=broken, contract=DISCARD), HEAD)
    assert calls == [frozenset(), frozenset({1})]


def test_a_discarded_row_waits_for_a_person_and_comes_in_once_it_can_be_read(tools, publisher):
    discarding = made(contract=DISCARD, requests=publisher.source.requests)
    publisher.says((HEAD + "1,10\n2,lots\n3,12\n").encode())
    report = run(discarding, tools)
    assert (report.status, report.read, report.new, report.quarantined) == ("partial", 3, 2, 1)
    (held,) = tools.warehouse.quarantined().to_dict("records")
    assert (held["rule"], held["record"]) == ("row discarded", {"raw": "2,lots"})
    assert "row 3: passengers: expected a number" in held["said"]
    publisher.says((HEAD + "4,9\n1,10\n2,lots\n3,12\n").encode())
    assert run(discarding, tools).new == 1
    assert len(tools.warehouse.quarantined()) == 1  # further down it is still the same row

    def mended(given: Payload) -> Iterator[Record]:
        yield from parse(replace(given, content=given.content.replace(b"lots", b"11")))

    known = {discarding.id: replace(discarding, parse=mended)}
    assert [one.new for one in replay(discarding.id, tools, known=known)] == [1, 0]


def test_an_added_column_is_said_by_the_run_in_which_it_first_comes(tools, publisher):
    evolving = made(contract=Contract(columns="evolve"), requests=publisher.source.requests)
    messages = []
    for content in ("1,10,fine\n", "1,11,fine\n", "1,12,fine,E\n", "1,13,fine,W\n"):
        columns = HEAD.strip() + (",weather,wind\n" if content.count(",") == 3 else ",weather\n")
        publisher.says((columns + content).encode())
        messages.append(run(evolving, tools).message)
    assert messages == ["", "", "columns let be: 'weather', 'wind'", ""]
    assert tools.warehouse.runs(evolving.id)[-1].detail["let_be"] == ["columns let be: 'weather'"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"contract": Contract(columns="any")}, "columns to as_read or freeze or evolve"),
        ({"contract": Contract(types="evolve")}, "types to freeze or discard_row"),
        ({"contract": DISCARD, "grows": True}, "only grows"),
    ],
)
def test_words_that_say_nothing_are_faults(more: dict, said: str):
    (fault,) = contract_faults(source(**more))
    assert said in fault


def test_a_sound_contract_has_no_fault():
    assert list(contract_faults(source(contract=DISCARD))) == []
