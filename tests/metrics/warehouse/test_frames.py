from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.warehouse.frames import ROW, SeriesBook, days, instants, observation_frame, texts
from tests.metrics.warehouse.made import MAY, figure, line


def test_days_and_instants_of_numbers_keep_their_precision():
    assert days([0, 20_000]).tolist() == [
        pd.Timestamp("1970-01-01").to_pydatetime(), pd.Timestamp("2024-10-04").to_pydatetime()
    ]  # fmt: skip
    at = instants([1_700_000_000_123_456])
    assert at[0] == pd.Timestamp("2023-11-14 22:13:20.123456", tz="UTC")
    assert str(at.dtype) == "datetime64[us, UTC]"
    assert str(days([]).dtype) == "datetime64[us]"


def test_texts_are_of_the_type_that_pandas_calls_str():
    assert str(texts(["a"]).dtype) == str(pd.Series(["a"]).dtype) == "str"
    assert str(texts([]).dtype) == "str"


def test_the_book_names_series_and_ranks_them_by_name(sqlite_warehouse):
    series = [line("b"), line("a", "y"), line("a", "x")]
    sqlite_warehouse.append([figure(1, series=one) for one in series], run_id="a")
    book = SeriesBook(sqlite_warehouse.engine)
    ids = np.array([one.id for one in series])
    assert list(book.names(ids)["indicator_id"]) == ["b", "a", "a"]
    assert book.ranks(ids).tolist() == [2, 1, 0]


def test_a_row_becomes_a_line_of_words(sqlite_warehouse):
    sqlite_warehouse.append([figure(1)], run_id="a")
    values = dict.fromkeys(ROW, 0) | {
        "series_id": line().id, "value": 2.5, "qualifier": 1, "tier": 2, "source_id": "s", "figure_ref": "f",
        "run_id": "r", "payload_sha256": bytes.fromhex("ab" * 32), "known_at": 1,
    }  # fmt: skip
    frame = observation_frame(SeriesBook(sqlite_warehouse.engine), [tuple(values.values())])
    found = frame.iloc[0]
    assert (found["qualifier"], found["tier"], found["status"], found["payload_sha256"]) == (
        "over", "press", "final", "ab" * 32
    )  # fmt: skip
    assert found["indicator_id"] == line().indicator_id
    assert found["known_at"] < MAY
