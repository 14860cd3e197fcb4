"""Panels kept one by one, attacked: no piece serves another audience, and none outlives what it was made of.

Viewers of three audiences ask the running product in an order drawn by lot; between their rounds the world changes.
Each answer is held against the one made anew, without any memory, for the same viewer at the same moment.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import app
from dashboards.answers import AnswerCache
from dashboards.desk import Freshness
from dashboards.opened import AUDIENCES
from dashboards.pieces import Pieces
from dashboards.roles import Viewer
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.stewards import Stewards
from metrics.warehouse.meetings import ActionWord, MeetingBook
from metrics.warehouse.overrides import OverrideBook, OverrideWord
from metrics.warehouse.people import Deed
from metrics.warehouse.values import Observation, Series
from tests.dashboards.sign_in.conftest import BY, Browser
from tests.ingest.filling import filled as filled_in
from tests.ingest.filling import made
from tests.security import house
from tests.security.asking import secrets_in
from tests.security.house import SENTINEL, WORD, Product, copied, filled, product, sealed, still

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("pieces")]

ROLES = ("", "member", "steward")
ADDRESSES = (
    "path=/",
    "path=/&as_of=2025-05-15",
    "path=/work-items/2",
    "path=/connectivity&per=km2",
)


@dataclass
class Walk:
    """Holds the running product, a browser for each role, and how often a piece came from memory."""

    here: Product
    browsers: dict[str, Browser]
    told: dict[tuple[str, str], bytes] = field(default_factory=dict)
    given: int = 0
    made: int = 0

    def asked(self, role: str, address: str) -> bytes:
        """Ask for a page as somebody of *role*; what was told twice is put together from kept pieces."""
        answer = self.browsers[role].client.get(f"/_page?{address}")
        assert answer.status_code == 200, (role, address, answer.status_code)
        return still(answer.data)

    def anew(self, role: str, address: str) -> bytes:
        """Ask for the same without any memory."""
        with mock.patch.object(Pieces, "get", lambda _self, _panel, _ground, view, make: make(view)):
            return self.asked(role, address)

    def held_against_anew(self, addresses: tuple[str, ...], choose: random.Random) -> set[tuple[str, str]]:
        """Ask for *addresses* as everybody, in any order; return which answers are others than before."""
        questions = [(role, address) for role in ROLES for address in addresses]
        choose.shuffle(questions)
        changed = set()
        for role, address in questions:
            kept, fresh = self.asked(role, address), self.anew(role, address)
            assert kept == fresh, f"{role or 'visitor'} {address}: {_apart(kept, fresh)}"
            hidden = set(AUDIENCES) - Viewer(person_id="p" if role else "", role=role or "viewer").audiences
            assert not secrets_in(kept) & hidden, (role, address)
            if self.told.get((role, address)) != fresh:
                changed.add((role, address))
            self.told[role, address] = fresh
        return changed


def _apart(kept: bytes, fresh: bytes) -> str:
    """Return where two answers part."""
    at = next((n for n, (one, other) in enumerate(zip(kept, fresh, strict=False)) if one != other), 0)
    return f"kept {kept[max(0, at - 120) : at + 80]!r}, anew {fresh[max(0, at - 120) : at + 80]!r}"


@pytest.fixture(scope="module")
def walk(opening_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("pieces") / "var"
    with ExitStack() as held:
        book = held.enter_context(sealed())
        filled(copied(opening_file, folder), book, SENTINEL, dict.fromkeys(WORD, "one"))
        here = product(folder)
        walked = Walk(here, {role: here.browser(role) for role in ROLES})
        held.enter_context(
            mock.patch.object(AnswerCache, "get", lambda _self, _asked, make, _version=None: make())
        )
        held.enter_context(mock.patch("dashboards.opened.STAMP_SECONDS", 0.0))
        get = Pieces.get

        def counted(self: Pieces, panel: Any, ground: Any, view: Any, make: Callable[..., Any]) -> Any:
            def making(seen: Any) -> Any:
                walked.made += 1
                return make(seen)

            walked.given += 1
            return get(self, panel, ground, view, making)

        held.enter_context(mock.patch.object(Pieces, "get", counted))
        yield walked
    here.warehouse.close()


def a_load(here: Product) -> None:
    """A newer figure of every audience, where there was one."""
    book = here.desks.of("admin").catalogue
    with here.warehouse.loading(_run(here, "load")) as tx:
        for audience in AUDIENCES:
            ids = [one.id for one in book if one.audience == audience]
            frame = here.warehouse.latest(ids, as_of=house.NOW).head(40)
            tx.append([_revised(row) for row in frame.to_dict("records")])
        tx.end_run("loaded", {"new": 1})


def _revised(row: dict[str, Any]) -> Observation:
    names = ("indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit")
    return Observation(
        series=Series(**{name: row[name] for name in names}),
        period_start=row["period_start"].date(),
        period_end=row["period_end"].date(),
        known_at=house.NOW - timedelta(minutes=5),
        value=row["value"] + 1,
        source_id=row["source_id"],
        figure_ref=row["figure_ref"],
    )


def _run(here: Product, name: str) -> str:
    return here.warehouse.open_run(SOURCE.id, trigger="hand", logical_time=name)


def an_override(here: Product) -> None:
    word = OverrideWord(
        override_id="pieces", subject_kind="work_item", subject_id="2", word="off_track",
        reasons={"en": "A late tender"}, expires_on=house.NOW.date() + timedelta(days=30), said_by="Chan Tai Man",
        person_id="root",
    )  # fmt: skip
    deed = Deed(actor="root", action="override", subject="pieces")
    OverrideBook(here.warehouse.engine).set(word, deed, house.NOW - timedelta(minutes=1))


def an_action_for_officials(here: Product) -> None:
    text = {"en": f"{WORD['officials']} two of the officials"}
    word = ActionWord(
        action_id="a_pieces", meeting_id="egscc_2", work_item=2, texts=text, owner=text["en"],
        due_on=house.NOW.date(), audience="officials", known_at=house.NOW - timedelta(minutes=1),
        said_by=text["en"], person_id="root",
    )  # fmt: skip
    deed = Deed(actor="root", action="action", subject="pieces")
    MeetingBook(here.warehouse.engine).say_action(word, deed, house.NOW - timedelta(minutes=1))


def office(here: Product) -> Stewards:
    tools = app.make_tools(app.Settings(var=here.folder), here.warehouse, clock=lambda: house.NOW)
    return Stewards(tools=tools)


def a_record_held(here: Product) -> None:
    """A figure out of all bounds, which waits for a person."""
    given = office(here).upload(
        filled_in(made("en"), {"F5": "2026-10-31", "I5": 90_000_000}), "en", "alice", ""
    )
    return_id = office(here).submit(given.sha256, "en", "alice", "").subject
    assert office(here).approve(return_id, "announced", "en", "bob", "").done


def a_release(here: Product) -> None:
    (held,) = office(here).quarantine("en")
    assert office(here).release(held.item, "seen the paper", "en", "carol", "").done


def freshness(here: Product) -> None:
    for audience in AUDIENCES:
        desk = here.desks.seeing(audience)
        object.__setattr__(desk, "freshness", lambda: Freshness(on_time=0, total=99))
        object.__setattr__(desk, "health", tuple)


def test_pieces_are_given_again_and_only_to_whom_they_were_made_for(walk: Walk) -> None:
    for _ in range(2):
        for role in ROLES:
            for address in ADDRESSES:
                walk.asked(role, address)
    walk.given = walk.made = 0
    walk.held_against_anew(ADDRESSES, random.Random(6))
    assert walk.made < walk.given / 2, "nothing came from memory: this would hold of no memory at all"
    told = walk.told
    assert any("officials" in secrets_in(told["steward", address]) for address in ADDRESSES)
    assert any("group" in secrets_in(told["member", address]) for address in ADDRESSES)


@pytest.mark.parametrize(
    ("change", "address"),
    [
        (a_load, "path=/connectivity&per=km2"),
        (a_record_held, "path=/sources"),
        (a_release, "path=/sources"),
        (an_override, "path=/work-items/2"),
        (an_action_for_officials, "path=/meetings"),
        (freshness, "path=/sources"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_no_piece_outlives_what_it_was_made_of(
    walk: Walk, change: Callable[[Product], None], address: str
) -> None:
    choose = random.Random(change.__name__)
    walk.held_against_anew((address,), choose)
    change(walk.here)
    changed = walk.held_against_anew((address,), choose)
    assert changed, f"{change.__name__} changed nothing that anybody sees"
    if change is an_action_for_officials:
        assert {role for role, _ in changed} == {"steward"}


def test_no_piece_outlives_midnight_in_hong_kong(walk: Walk) -> None:
    address, choose = "path=/work-items/2", random.Random("midnight")
    with mock.patch.object(house, "NOW", house.NOW.replace(hour=15, minute=59, second=59)):
        walk.held_against_anew((address,), choose)
    with mock.patch.object(house, "NOW", house.NOW.replace(hour=16, minute=0, second=1)):
        changed = walk.held_against_anew((address,), choose)
    assert len(changed) == len(ROLES)


def test_whoever_signs_out_is_given_no_piece_of_before(walk: Walk) -> None:
    """One browser, which was a steward's a moment ago."""
    address = next(one for one in ADDRESSES if "officials" in secrets_in(walk.asked("steward", one)))
    browser = walk.here.browser("steward")
    assert "officials" in secrets_in(browser.client.get(f"/_page?{address}").data)
    browser.get("/sign-out")
    assert browser.post("/sign-out").status_code == 303
    after = still(browser.client.get(f"/_page?{address}").data)
    assert not secrets_in(after)
    assert after == walk.anew("", address)


def test_whose_role_is_taken_is_given_no_piece_of_before(walk: Walk) -> None:
    address = next(one for one in ADDRESSES if "group" in secrets_in(walk.asked("member", one)))
    register = walk.here.desks.door.register
    browser = walk.here.browser("member")
    assert "group" in secrets_in(browser.client.get(f"/_page?{address}").data)
    register.give_role("a-member", "viewer", BY)
    try:
        assert not secrets_in(browser.client.get(f"/_page?{address}").data)
    finally:
        register.give_role("a-member", "member", BY)
