"""The record of a pack: the same figures give the same hash in every language, other figures another."""

from __future__ import annotations

import json
from dataclasses import replace

from dashboards.briefings.packs.record import FIGURE, canonical, digest, keyed, record, written
from tests.dashboards.briefings.packs.packing import MAP, RANKING, of_meeting, of_panels


def test_figures_have_one_hash_whatever_the_language(opening_desk):
    hashes = {
        lang: [one["sha256"] for one in record(of_panels(opening_desk, MAP, RANKING, languages=(lang,)))["slides"][1:3]]
        for lang in ("en", "zh-Hant", "zh-Hans")
    }  # fmt: skip
    assert hashes["en"] == hashes["zh-Hant"] == hashes["zh-Hans"]
    assert len(set(hashes["en"])) >= 1


def test_a_figure_changed_or_said_otherwise_has_another_hash(opening_desk):
    telling = of_panels(opening_desk, MAP).slides[1].telling
    before = digest(canonical(telling))
    rows = telling.rows.copy()
    place = rows["value"].first_valid_index()
    rows.loc[place, "qualifier"] = "exact" if rows.loc[place, "qualifier"] != "exact" else "over"
    assert digest(canonical(replace(telling, rows=rows))) != before
    rows = telling.rows.copy()
    rows.loc[place, "value"] += 1
    assert digest(canonical(replace(telling, rows=rows))) != before


def test_the_order_of_rows_is_no_part_of_a_hash(opening_desk):
    telling = of_panels(opening_desk, MAP).slides[1].telling
    turned = replace(telling, rows=telling.rows.iloc[::-1])
    assert canonical(turned) == canonical(telling)
    assert set(canonical(telling)[0]) <= set(FIGURE)


def test_a_record_is_plain_json_and_says_what_it_can_be_made_again_from(opening_desk):
    pack = of_meeting(opening_desk)
    told = json.loads(written(record(pack)))
    assert told["stamp"] == opening_desk.stamp()
    assert told["briefing"]["id"] == "egscc_2"
    assert len(told["briefing"]["panels"]) == len(told["briefing"]["yields"])
    assert [one["kind"] for one in told["slides"]][:2] == ["title", "work_item"]


def test_rows_are_named_by_all_but_their_amount():
    named = keyed(("indicator_id", "place_id", "value", "qualifier"), [["a", "hong_kong", 1.0, "over"]])
    assert named == {"indicator_id=a place_id=hong_kong": [[1.0, "over"]]}
