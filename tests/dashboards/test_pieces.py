"""Pages put together from kept panels are the pages that would have been made anew, letter for letter."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pandas as pd
import pytest
from dash import dcc, html
from flask import Flask

import dashboards.pages
from dashboards import pieces as pieces_room
from dashboards.answers import AnswerCache
from dashboards.files import Assets
from dashboards.panel import Panel, View, discover
from dashboards.pieces import Ground, Piece, Pieces
from dashboards.routes import Front, page_answer
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW

PAGES = discover(dashboards.pages)
ITEMS = {"/work-items/<number>": ("1", "3"), "/indicators/<id>": ("fiveg_base_stations", "land_area_km2")}
CHOICES = {
    "lang": ("en", "zh-Hant", "zh-Hans"),
    "theme": ("light", "dark"),
    "as_of": ("2024-03-28", "2001-01-01", "egscc_2"),
    "places": ("shenzhen", "hong_kong,macao"),
    "from": ("2019", "2024-02"),
    "to": ("2023",),
    "per": ("capita", "km2"),
    "view": ("tiles", "map", "estuary"),
    "year": ("2020", "2023"),
    "basis": ("municipal", "provincial"),
    "show": ("count",),
    "feed": ("monthly",),
}


GROUND = Ground(where="", version=1)


class Forgetful(AnswerCache):
    """Keeps no answer, so that each is put together anew."""

    def get(self, _question, make, _version=None):
        return make()


def front(desk, pieces: Pieces) -> Front:
    return Front(
        desk=lambda: desk, pages=PAGES, assets=Assets(served={}, addresses={}), index="", cache=Forgetful(),
        pieces=pieces,
    )  # fmt: skip


def answered(held: Front, query: str) -> dict:
    with Flask("t").test_request_context(f"/_page?{query}"):
        answer = page_answer(held)
    assert answer.status_code in {200, 400}
    return json.loads(answer.get_data())


def asked(choose: random.Random) -> str:
    names = choose.sample(list(CHOICES), k=choose.randint(0, 4))
    return "&".join(f"{name}={choose.choice(CHOICES[name])}" for name in names)


def addresses(page) -> list[str]:
    stem, variable, _ = page.path.partition("<")
    return [stem + item for item in ITEMS.get(page.path, ())] if variable else [page.path]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_random_walks_over_kept_panels_give_what_is_made_anew(opening_desk, page) -> None:
    choose = random.Random(page.id)
    walked = front(opening_desk, Pieces())
    # A few filters in random order again and again: most panels come from memory.
    queries = ["", *(asked(choose) for _ in range(4))]
    for path in addresses(page):
        for query in choose.choices(queries, k=5):
            address = f"path={path}&{query}"
            assert answered(walked, address) == answered(front(opening_desk, Pieces()), address), address


@pytest.mark.parametrize("path", ["/", "/work-items/3", "/services", "/connectivity"])
def test_a_filter_makes_only_the_panels_that_look_at_it(opening_desk, path, monkeypatch) -> None:
    made: list[str] = []
    framed = pieces_room.framed
    monkeypatch.setattr(pieces_room, "framed", lambda one, *said: made.append(one.id) or framed(one, *said))
    held = front(opening_desk, Pieces())
    for city in ("macao", "shenzhen", "foshan"):
        answered(held, f"path={path}&per=km2")
        answered(held, f"path={path}&per=km2&places={city}")
    whole = len(made)
    made.clear()
    answered(held, f"path={path}&per=km2&places=guangzhou")
    assert len(made) < whole / 6


def panel(seen: list[str]) -> Panel:
    def query(_desk, filters):
        seen.append(filters.option("year"))
        return pd.DataFrame({"year": [filters.option("year")]})

    return Panel(id="one", title=lambda _: "One", query=query, body=lambda frame, _: html.P(frame["year"][0]))


def view(desk, **given) -> View:
    from dashboards.desk import Filters

    return view_of(desk, Filters(as_of=now_as_of(NOW), **given), NOW.date(), Shapes())


def make(one: Panel):
    def made(view: View) -> Piece:
        return Piece(body=str(one.query(None, view.filters)["year"][0]))

    return made


def test_only_what_the_panel_looked_at_tells_questions_apart(opening_desk) -> None:
    seen: list[str] = []
    one, pieces = panel(seen), Pieces()
    for per in ("", "km2", "capita", "km2"):
        pieces.get(one, GROUND, view(opening_desk, per=per, options=(("year", "2023"),)), make(one))
    assert len(seen) == 2  # the first is not kept: a panel that never comes again would only fill the memory
    assert pieces.get(one, GROUND, view(opening_desk, options=(("year", "2022"),)), make(one)).body == "2022"
    assert pieces.get(one, GROUND, view(opening_desk, options=(("year", "2023"),)), make(one)).body == "2023"
    assert len(seen) == 3


def test_another_audience_is_another_ground(opening_desk) -> None:
    seen: list[str] = []
    one, pieces = panel(seen), Pieces()
    for audience in ("public", "public", "group", "public", "group"):
        pieces.get(one, Ground(where=audience, version=1), view(opening_desk), make(one))
    assert len(seen) == 3


def test_newer_facts_take_the_place_of_those_before(opening_desk) -> None:
    seen: list[str] = []
    one, pieces = panel(seen), Pieces()
    for version in (1, 1, 1, 2, 2, 3):
        pieces.get(one, Ground(where="", version=version), view(opening_desk), make(one))
    assert len(seen) == 4
    assert len(pieces) == 1


def test_a_panel_made_anew_for_each_question_is_never_kept(opening_desk) -> None:
    pieces = Pieces()
    for _ in range(3):
        one = panel([])
        pieces.get(one, GROUND, view(opening_desk), make(one))
    assert len(pieces) == 0


def test_a_panel_that_failed_is_tried_again(opening_desk) -> None:
    one, pieces, made = panel([]), Pieces(), []

    def failing(_view):
        made.append(1)
        return Piece(body="sorry", well=False)

    for _ in range(3):
        pieces.get(one, GROUND, view(opening_desk), failing)
    assert len(made) == 3


def test_the_memory_is_bounded_and_the_longest_unused_leave_first(opening_desk) -> None:
    one, pieces = panel([]), Pieces(most_bytes=12)
    seen = [view(opening_desk, options=(("year", str(year)),)) for year in (2020, 2020, 2021, 2022, 2023)]
    for each in seen:
        pieces.get(one, GROUND, each, make(one))
    assert (len(pieces), pieces.bytes_held) == (3, 12)
    made = []
    pieces.get(one, GROUND, seen[0], lambda _: made.append(1) or Piece(body="2020"))
    assert made


def test_what_panels_look_at_is_remembered_of_so_many_only(opening_desk) -> None:
    """A panel made of the dates in an address is another for every address somebody thinks of."""
    pieces = Pieces(most_known=3)
    for year in range(1900, 1950):
        one = replace(panel([]), made_of=(year,))
        pieces.get(one, GROUND, view(opening_desk), make(one))
    assert len(pieces._looks) == 3
    made = []
    pieces.get(one, GROUND, view(opening_desk), lambda _: made.append(1) or Piece(body=""))
    assert made == []


@pytest.mark.parametrize("said", ["\x02piece 0\x03", "\x02piece 99\x03", f"\x02piece {'0' * 16} 0\x03"])
def test_words_that_stand_alone_and_look_like_a_mark_stay_words(opening_desk, said) -> None:
    """Beside a live part a text is no markup: it stands alone in the answer, as a mark does."""

    def intro(_desk, _view):
        return html.Div([said, html.Div(dcc.Graph())])

    page = replace(next(one for one in PAGES if one.path == "/connectivity"), intro=intro)
    told = answered(replace(front(opening_desk, Pieces()), pages=(page,)), "path=/connectivity")
    assert json.dumps(said) in json.dumps(told["main"][0])


def test_words_that_look_like_a_mark_stay_words(opening_desk) -> None:
    hostile = replace(panel([]), body=lambda _f, _v: html.P("\x02piece 0\x03"))
    page = replace(next(one for one in PAGES if one.path == "/connectivity"), panels=(hostile, hostile))
    said = answered(replace(front(opening_desk, Pieces()), pages=(page,)), "path=/connectivity")
    panels = said["main"][1]["props"]["children"]
    assert [one["props"]["id"] for one in panels] == ["panel-one", "panel-one"]
    said_of = [json.dumps(one["props"]) for one in panels]
    assert all("\\u0002piece 0\\u0003" in text for text in said_of)


def test_the_state_of_the_page_is_told_once_and_not_in_every_panel(opening_desk) -> None:
    said = answered(front(opening_desk, Pieces()), "path=/connectivity&lang=zh-Hant&per=km2")
    assert said["state"] == {
        "asked": "&lang=zh-Hant&per=km2",
        "brief": "/connectivity?per=km2",
        "frozen": "/connectivity?lang=zh-Hant&as_of=2026-11-21&per=km2",
        "open": False,
    }
    kept = [one for one in said["main"][1]["props"]["children"] if one["props"]["id"] == "panel-mobile-data"]
    assert "per=km2" not in json.dumps(kept)
