from __future__ import annotations

import pytest

from metrics.warehouse.engines.choice import engine_for


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///{folder}/a.db", "sqlite"), ("postgresql://me@nowhere/db", "postgresql")],
)
def test_the_url_chooses_the_engine(tmp_path, url, name):
    engine = engine_for(url.format(folder=tmp_path))
    assert engine.name == name
    engine.close()


def test_plain_postgresql_means_psycopg_3():
    engine = engine_for("postgresql://me@nowhere/db")
    assert engine.sa.dialect.driver == "psycopg"
    engine.close()


@pytest.mark.parametrize("url", ["mysql://me:secret@host/db", "duckdb:///a.db"])
def test_an_engine_there_is_none_for_is_refused_without_telling_the_password(url):
    with pytest.raises((ValueError, Exception), match=r"expected sqlite:///file or postgresql://") as refused:
        engine_for(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_warehouse_in_memory_is_refused_because_it_cannot_be_shared(url):
    with pytest.raises(ValueError, match="expected a file"):
        engine_for(url)
