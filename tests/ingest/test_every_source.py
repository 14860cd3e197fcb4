"""What holds for every source there is: changed payloads are refused in words or read right, and never else."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from geo.places import atlas
from ingest.checks import Past, doubts
from ingest.contract import read
from ingest.errors import CheckError, IngestError, ShapeError
from ingest.pipeline import run_payload
from ingest.proposals import proposed
from ingest.registry import sources
from ingest.source import Payload, Record, Source
from metrics.indicators import catalogue
from metrics.warehouse.values import HONG_KONG
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.ingest.content import content_of
from tests.ingest.mutants import LOGIN, Table, cut, form_of, garbage, other_encodings
from tests.ingest.samples import SAMPLES

ALL = tuple(sources().values())
every_source = pytest.mark.parametrize("source", ALL, ids=[source.id for source in ALL])


def samples(source: Source) -> Iterator[Payload]:
    return iter(SAMPLES[source.id]()) if source.id in SAMPLES else iter(())


def told(record: Record) -> tuple[object, ...]:
    return (
        *(record.indicator, record.place, record.breakdown, record.start, record.end, record.at),
        *(record.value, record.weight, record.unit, record.qualifier),
    )


def outcome(source: Source, payload: Payload, content: bytes) -> set[tuple[object, ...]] | None:
    """Return what *content* in place of the payload's says, None where it is refused in words.

    Goes on through the checks, which may refuse too; any other exception is the test's failure.
    """
    given = replace(payload, content=content, sha256="")
    today = given.fetched_at.astimezone(HONG_KONG).date()
    try:
        records = read(source, given, lambda _words: None).records
        proposed(source, given)
        doubts(source, records, meanings=catalogue().by_id, today=today, past=Past())
    except CheckError:
        return None
    except ShapeError as error:
        unsaid = [words for words in ("expected", "found") if words not in str(error)]
        if unsaid:
            pytest.fail(f"{source.id} does not say what it {' and '.join(unsaid)}: {error}")
        return None
    return {told(record) for record in records}


def never_more(source: Source, payload: Payload, contents: Iterable[bytes]) -> None:
    """Assert that nothing is read from *contents* that the payload does not say."""
    good = outcome(source, payload, payload.content)
    for content in contents:
        found = outcome(source, payload, content)
        assert found is None or found <= good, f"{content[:200]!r} is read as {found - good}"


@every_source
def test_a_source_has_a_sound_sample_and_says_what_an_added_column_does(source: Source):
    assert source.id in SAMPLES, f"{source.id}: add a sound payload of it to tests/ingest/samples.py"
    assert source.contract.columns in {"freeze", "evolve"}, (
        f"{source.id}: say in its contract which of the two"
    )
    read_of = [outcome(source, payload, payload.content) for payload in samples(source)]
    assert None not in read_of
    assert any(read_of) or not source.feeds


@every_source
def test_nothing_and_a_login_page_and_garbage_are_refused_in_words(source: Source):
    for payload in samples(source):
        for content in (b"", LOGIN, LOGIN.replace(b"\n", b"\r\n"), *garbage(7)):
            assert outcome(source, payload, content) in (None, set()), f"{content[:40]!r} is read"
        for content in (b"", LOGIN):
            assert outcome(source, payload, content) is None


@every_source
def test_a_file_cut_short_anywhere_raises_nothing_else(source: Source):
    for payload in samples(source):
        for content in cut(payload.content):
            outcome(source, payload, content)


@every_source
def test_a_cut_table_of_figures_never_says_another_figure(source: Source):
    for payload in samples(source):
        if source.grows or source.contract.types == "discard_row":
            never_more(source, payload, cut(payload.content))


@every_source
def test_a_renamed_or_doubled_column_makes_up_no_figure(source: Source):
    for payload in samples(source):
        form = form_of(payload.content)
        never_more(source, payload, form.renamed())
        never_more(source, payload, form.doubled())


@every_source
def test_an_added_column_does_what_the_contract_says(source: Source):
    for payload in samples(source):
        added = outcome(source, payload, form_of(payload.content).added())
        if source.contract.columns == "evolve":
            assert added == outcome(source, payload, payload.content)
        else:
            assert added is None


@every_source
def test_a_row_that_cannot_be_read_is_no_figure(source: Source):
    for payload in samples(source):
        form = form_of(payload.content)
        if source.contract.types == "discard_row" or isinstance(form, Table):
            torn = outcome(source, payload, form.torn())
            assert torn is None or source.contract.types == "discard_row" or not source.confirmed


@every_source
def test_ten_times_the_rows_say_no_more(source: Source):
    for payload in samples(source):
        longer = form_of(payload.content).longer()
        never_more(source, payload, (longer, payload.content * 10))


@every_source
def test_other_encodings_are_read_as_declared_or_refused(source: Source):
    for payload in samples(source):
        good = outcome(source, payload, payload.content)
        for encoding, content in other_encodings(payload.content):
            assert outcome(source, payload, content) in (None, good), encoding


@every_source
def test_what_is_read_is_what_the_source_feeds_in_known_units(source: Source):
    for payload in samples(source):
        for record in read(source, payload, lambda _words: None).records:
            assert record.indicator in source.feeds
            assert record.unit in catalogue().get(record.indicator).units
            assert record.place not in atlas() or record.place in source.feeds[record.indicator]
            assert record.start <= record.end


@every_source
def test_a_negative_figure_of_a_count_is_outside_the_bounds_of_what_the_source_feeds(source: Source):
    loose = [name for name in source.feeds if not (catalogue().get(name).bounds or (-1,))[0] >= 0]
    assert loose == [], "state the bounds of a sane figure in the catalogue"


@every_source
def test_the_same_payloads_in_any_order_and_number_give_the_same_content(source: Source, tools, store):
    given = list(samples(source))
    given += [replace(one, fetched_at=one.fetched_at + timedelta(days=3)) for one in given]
    chance = random.Random(source.id)
    contents, new = set(), 0
    for order in range(3):
        here = replace(tools, warehouse=fresh(store, order))
        for payload in (*given, *chance.sample(given, len(given))) if order else given:
            report = run_payload(source, payload, here, trigger="replay", again=True)
            assert report.status in {"loaded", "unchanged", "partial"}, report.message
            new += report.new
        contents.add(content_of(here.warehouse))
        here.warehouse.close()
        given = chance.sample(given, len(given))
    assert len(contents) == 1
    assert new or not source.feeds


@pytest.mark.parametrize("source_id", ["hk_immigration_daily", "hk_journey_times", "hkma_fps"])
def test_the_same_payload_a_hundred_times_is_loaded_once(source_id: str, tools, store):
    source = sources()[source_id]
    first = next(samples(source))
    assert run_payload(source, first, tools, trigger="replay", again=True).new
    content, stamps = content_of(store), (store.stamp(), store.reading_stamp())
    for _ in range(99):
        assert run_payload(source, first, tools, trigger="replay", again=True).new == 0
    assert (content_of(store), (store.stamp(), store.reading_stamp())) == (content, stamps)


def test_an_error_of_the_room_is_the_only_one_that_leaves_a_reader():
    with pytest.raises(IngestError):
        list(ALL[0].parse(replace(next(samples(ALL[0])), content=b"")))


def fresh(store: Warehouse, number: int) -> Warehouse:
    """Return an empty warehouse beside *store*."""
    made = open_warehouse(f"{store.engine.sa.url}.{number}.db")
    made.migrate()
    return made
