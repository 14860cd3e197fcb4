"""The benchmarks run, check what they measure, and write it down; how fast is not a matter for a test."""

from __future__ import annotations

import json

import pytest

from benchmarks.__main__ import claims, main
from benchmarks.claim import Result, Setting, share
from benchmarks.rows import batches, series_of


def test_every_claim_has_a_name_of_its_own_and_says_what_it_claims():
    found = list(claims())
    assert {"asof_query", "load_memory", "load_speed", "readings_hour"} <= {claim.id for claim in found}
    assert len({claim.id for claim in found}) == len(found)
    assert all(claim.what for claim in found)


@pytest.mark.timeout(300)
def test_the_benchmarks_of_the_warehouse_run_at_a_small_scale_and_write_their_figures(tmp_path, capsys):
    out = tmp_path / "results.json"
    names = ["asof_query", "load_speed", "readings_hour"]
    arguments = ["--scale", "small", "--engines", "sqlite", "--out", str(out), "--only", *names]
    assert main(arguments) == 0
    written = json.loads(out.read_text())
    assert written["scale"] == "small"
    assert {result["claim"] for result in written["results"]} == set(names)
    assert all(result["measured"] > 0 for result in written["results"])
    assert all(result["within"] is None for result in written["results"])
    assert "ratio" in capsys.readouterr().out


@pytest.mark.timeout(300)
def test_what_leaves_a_page_is_measured_too(tmp_path):
    out = tmp_path / "results.json"
    assert main(["--scale", "small", "--out", str(out), "--only", "exports"]) == 0
    assert "a deck of 12 slides, native charts, median" in [
        result["what"] for result in json.loads(out.read_text())["results"]
    ]


def test_a_claim_there_is_none_of_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["--only", "nothing"])
    assert "asof_query" in capsys.readouterr().err


def test_made_observations_are_as_many_as_asked_and_every_fifth_revises():
    (batch,) = batches(series_of(4), 400)
    assert len(batch) == 400
    assert len(set(zip(batch.which.tolist(), batch.end.tolist(), strict=True))) == 320


def test_budgets_are_judged_at_full_scale_only(tmp_path):
    small, full = (Setting(scale=scale, folder=tmp_path, urls={}) for scale in ("small", "full"))
    assert (small.size(10_000_000), full.size(10_000_000)) == (200_000, 10_000_000)
    assert (small.judged, full.judged) == (False, True)
    assert share([3.0, 1.0, 2.0], 0.5) == 2.0
    assert Result(where="x", what="y", measured=1.0, unit="ms").within is None
