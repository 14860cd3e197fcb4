"""Files made once for each question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards import pages
from dashboards.exports import handout
from dashboards.exports.asking import RefusedError, wanted
from dashboards.exports.formats import gathered
from dashboards.panel import discover
from dashboards.style import Shapes


def asked(desk, **query):
    fields = {name: [said] for name, said in query.items()}
    return wanted("fiveg-map", fields, desk=desk, pages=discover(pages), formats=gathered())


def test_a_tag_tells_apart_all_that_a_file_depends_on(opening_desk) -> None:
    def tag(desk=opening_desk, **query):
        return handout.etag(asked(desk, **query), desk, "http://x")

    tags = [
        tag(format="csv"), tag(format="xlsx"), tag(format="csv", lang="zh-Hant"), tag(format="csv", per="km2"),
        tag(format="csv", as_of="2025-05-15"), tag(format="csv", year="2023"), tag(format="csv", places="macao"),
        tag(replace(opening_desk, stamp=lambda: 99), format="csv"),
        tag(replace(opening_desk, audience="group"), format="csv"),
    ]  # fmt: skip
    assert len(set(tags)) == len(tags)
    assert tag(format="csv") == tags[0]


def test_too_many_lines_are_refused_with_what_to_do(opening_desk, monkeypatch) -> None:
    monkeypatch.setattr(handout, "MOST_ROWS", 5)
    with pytest.raises(RefusedError) as error:
        handout.handed(asked(opening_desk, format="csv"), opening_desk, Shapes(), "http://x")
    assert error.value.status == 400
    assert "narrow places or period" in error.value.faults[0][1]


def test_a_file_carries_the_link_of_the_place_it_was_taken_from(opening_desk) -> None:
    made = handout.handed(asked(opening_desk, format="json"), opening_desk, Shapes(), "https://gba.example")
    assert (
        b'"permalink": "https://gba.example/connectivity?as_of=2026-11-21#panel-fiveg-map"' in made.file.body
    )
    assert made.audience == "public"
