from __future__ import annotations

from metrics.warehouse.batch import CHUNK, Texts, batch_of, batches_of
from tests.metrics.warehouse.made import DAY, MAY, figure, line


def test_observations_become_columns_with_each_series_once():
    rows = [figure(1), figure(2, series=line(place="macao")), figure(3)]
    batch = batch_of(rows)
    assert [series.place_id for series in batch.series] == ["hong_kong", "macao"]
    assert batch.which.tolist() == [0, 1, 0]
    assert batch.value.tolist() == [1.0, 2.0, 3.0]


def test_a_feed_s_figure_counts_as_known_from_the_earlier_of_lag_and_payload():
    batch = batch_of([figure(1, MAY, seen_at=MAY + DAY), figure(1, MAY + DAY, seen_at=MAY), figure(1)])
    assert (batch.claimed - batch.known).tolist() == [86_400_000_000, 0, 0]
    assert batch.claimed[1] == batch.known[1] == batch.claimed[2]


def test_a_batch_is_cut_and_turned_like_a_column():
    batch = batch_of([figure(n, source_id=f"s{n % 2}") for n in range(5)])[[4, 1]]
    assert len(batch) == 2
    assert batch.value.tolist() == [4.0, 1.0]
    assert batch.source.stored() == ["s0", "s1"]


def test_texts_sort_as_their_words_do_and_one_word_is_stored_once():
    texts = Texts.of(["b", "a", "b"])
    assert texts.words == ("a", "b")
    assert texts.codes.tolist() == [1, 0, 1]
    assert Texts.of(["a", "a"]).stored() == "a"
    assert Texts.same("x", 3).codes.tolist() == [0, 0, 0]


def test_long_lists_come_in_batches_of_bounded_size():
    row = figure(1)
    sizes = [len(batch) for batch in batches_of(row for _ in range(CHUNK + 1))]
    assert sizes == [CHUNK, 1]
    assert list(batches_of([])) == []
