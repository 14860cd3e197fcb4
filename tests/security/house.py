"""The whole product over warehouses that differ in nothing but what some people may not see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest import mock

from flask import Flask

import app
from dashboards.opened import Desks, open_desk
from dashboards.roles import ROLES
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.stewards import Stewards
from metrics.indicators import Catalogue, Indicator, catalogue
from metrics.warehouse.briefings import BriefingBook, KeptBriefing
from metrics.warehouse.meetings import ActionWord, DecisionWord, MeetingBook, MeetingWord
from metrics.warehouse.people import Deed
from metrics.warehouse.values import Observation, Reading, Series
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.dashboards.sign_in.conftest import BY, CHEAP, PASSWORD, Browser
from tests.ingest.filling import filled as filled_in
from tests.ingest.filling import made
from tests.ingest.making import crossing_days, immigration_file

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
SAID = NOW - timedelta(days=1)
SECRET_KEY = "matrix-secret-key-of-forty-eight-characters-long"
SENTINEL: Mapping[str, float] = {"group": 913_577_000.0, "officials": 824_668_000.0}
OTHERWISE: Mapping[str, float] = {"group": 735_791_000.0, "officials": 646_802_000.0}
WORD: Mapping[str, str] = {"group": "Kingfisher", "officials": "Nightjar"}
SPANS = {"live": "other", "daily": "day", "monthly": "month", "quarterly": "quarter", "half_yearly": "half"}
DEED = Deed(actor="root", action="meeting", subject="matrix")
PEOPLE = {f"a-{role}": role for role in ROLES}


def audience_of(place: int) -> str:
    """Return whom the indicator at *place* of the catalogue is for: every third one for each."""
    return ("public", "group", "officials")[place % 3]


@contextmanager
def sealed() -> Iterator[Catalogue]:
    """Make two of three indicators of the product's own catalogue non-public, for a while."""
    book = catalogue()
    before = book.by_id
    changed = {one.id: replace(one, audience=audience_of(place)) for place, one in enumerate(before.values())}
    _give(book, MappingProxyType(changed))
    try:
        yield book
    finally:
        _give(book, before)


def _give(book: Catalogue, by_id: Mapping[str, Indicator]) -> None:
    object.__setattr__(book, "by_id", by_id)
    for name in ("units", "leading"):
        book.__dict__.pop(name, None)


def opening(folder: Path) -> Path:
    """Return the file of a warehouse with the opening figures, made once."""
    chosen = app.Settings(var=folder)
    app.prepare(chosen)
    file = folder / "mirror" / SOURCE.requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True)
    file.write_bytes(immigration_file(crossing_days(2)))
    warehouse = app.open_store(chosen)
    tools = app.make_tools(
        chosen.model_copy(update={"mirror": folder / "mirror"}), warehouse, clock=lambda: SAID
    )
    assert run(SOURCE, tools).status == "loaded"
    stewards = Stewards(tools=tools)
    given = stewards.upload(filled_in(made("en"), {"F5": "2026-10-31", "I5": 4_100_000}), "en", "alice", "")
    assert stewards.submit(given.sha256, "en", "alice", "").subject
    warehouse.close()
    return chosen.folder / "warehouse.db"


def keep_secrets(
    warehouse: Warehouse, book: Catalogue, values: Mapping[str, float], words: Mapping[str, str]
) -> None:
    """Store a newest figure of *values* for each series that is not public, and words of people beside them."""
    hidden = [one.id for one in book if one.audience != "public"]
    rows = warehouse.latest(hidden, as_of=NOW)
    news = [_observation(row, book, values) for row in rows.to_dict("records")]
    without = set(hidden) - set(rows["indicator_id"])
    news += [_first(book.get(one), values) for one in sorted(without)]
    run = warehouse.open_run("hk_immigration_daily", trigger="hand", logical_time="secrets")
    with warehouse.loading(run, recorded_at=SAID + timedelta(hours=1)) as tx:
        tx.append(news)
        live = [book.get(one) for one in hidden if book.get(one).frequency == "live"]
        tx.append_readings([_reading(one, values) for one in live])
        tx.end_run("loaded", {"new": len(news)})
    _say(warehouse, words)


def _observation(row: Mapping[str, Any], book: Catalogue, values: Mapping[str, float]) -> Observation:
    series = Series(**{
        name: row[name]
        for name in ("indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit")
    })  # fmt: skip
    return Observation(
        series=series,
        period_start=row["period_start"].date(),
        period_end=row["period_end"].date(),
        known_at=SAID,
        value=values[book.get(series.indicator_id).audience] + abs(hash_of(series)) % 900,
        source_id=row["source_id"],
        figure_ref=row["figure_ref"],
    )


def hash_of(series: Series) -> int:
    """Return a number that tells a series apart."""
    return series.id


def _first(one: Indicator, values: Mapping[str, float]) -> Observation:
    span = "point" if one.stock else SPANS.get(one.frequency, "year")
    series = Series(indicator_id=one.id, place_id="hong_kong", span=span, unit=one.unit)
    start = date(2026, 10, 31) if span in {"point", "day", "other"} else date(2026, 1, 1)
    return Observation(
        series=series, period_start=start, period_end=date(2026, 10, 31), known_at=SAID,
        value=values[one.audience] + 7, source_id="opening_figures",
    )  # fmt: skip


def _reading(one: Indicator, values: Mapping[str, float]) -> Reading:
    series = Series(indicator_id=one.id, place_id="hk_lo_wu", span="other", unit=one.unit)
    at = NOW - timedelta(minutes=15)
    return Reading(series=series, at=at, sum=values[one.audience] + 3, weight=1.0, n=1, minutes=1)


def _say(warehouse: Warehouse, which: Mapping[str, str]) -> None:
    """Keep a meeting, a decision, an action and a briefing for each audience, named by its word and *which*."""
    book, briefings = MeetingBook(warehouse.engine), BriefingBook(warehouse.engine)
    for audience, word in WORD.items():
        told = {
            "audience": audience, "known_at": SAID, "said_by": f"{word} Chan {which[audience]}", "person_id": "root",
        }  # fmt: skip
        text = {"en": f"{word} {which[audience]} of the {audience}"}
        name = f"matrix_{audience}"
        as_of = SAID - timedelta(days=2)
        book.say_meeting(
            MeetingWord(meeting_id=name, held_on=as_of.date(), as_of=as_of, names=text, **told), DEED, SAID
        )
        book.say_meeting(
            MeetingWord(
                meeting_id=f"{name}_next", state="planned", held_on=date(2026, 12, 5),
                as_of=datetime(2026, 12, 5, 15, tzinfo=UTC), names=text, **told,
            ), DEED, SAID,
        )  # fmt: skip
        for meeting in (name, "egscc_2"):
            decision = DecisionWord(
                decision_id=f"d_{meeting}_{audience}", meeting_id=meeting, work_item=2, texts=text,
                why=text["en"], **told,
            )  # fmt: skip
            book.say_decision(decision, DEED, SAID)
            action = ActionWord(
                action_id=f"a_{meeting}_{audience}", meeting_id=meeting, work_item=3, texts=text,
                owner=text["en"], due_on=date(2026, 11, 1), **told,
            )  # fmt: skip
            book.say_action(action, DEED, SAID)
        panels = '[["/", "overview-newest", "", {}]]'
        kept = KeptBriefing(
            briefing_id=f"b-{audience.encode().hex()[:12]:0<12}", version=0, names=text, panels=panels,
            languages=("en",), audience=audience, made_by=told["said_by"], person_id="root",
        )  # fmt: skip
        briefings.save(kept, DEED, SAID)


class Patient:
    """Lets everybody ask as often as they like: how often one may is tried elsewhere."""

    def __init__(self, **_more: Any) -> None:
        pass

    def take(self, *_asked: Any) -> int:
        return 0


@dataclass(kw_only=True)
class Product:
    """The running product: its server, its warehouse, its desks."""

    server: Flask
    warehouse: Warehouse
    desks: Desks
    folder: Path

    def browser(self, role: str = "") -> Browser:
        """Return the browser of a visitor, or of somebody of *role* who has just signed in."""
        browser = Browser(self.server.test_client())
        if role:
            answer = browser.sign_in(f"a-{role}")
            assert answer.status_code == 303, answer.text
        return browser


def product(folder: Path, **settings: Any) -> Product:
    """Open the product in *folder*, its clock standing still, with somebody of each role."""
    chosen = app.Settings(var=folder, auth="password", secret_key=SECRET_KEY, **settings)
    held: dict[str, Any] = {}
    house, tools, desk = app.house, app.make_tools, open_desk

    def remembered(chosen: Any) -> Any:
        held["house"] = house(chosen)
        return held["house"]

    with (
        mock.patch("app.house", remembered),
        mock.patch("dashboards.sign_in.attachment.Buckets", Patient),
        mock.patch("app.make_tools", lambda *given: tools(*given, clock=lambda: NOW)),
        mock.patch(
            "dashboards.opened.open_desk",
            lambda *given, **more: replace(desk(*given, **more), clock=lambda: NOW),
        ),
    ):
        server = app.web(chosen)
    opened = held["house"]
    register = opened.desks.door.register
    register.passwords.hasher = CHEAP
    register.passwords.__post_init__()
    for person_id, role in PEOPLE.items():
        if register.people.person(person_id) is None:
            register.add(person_id, f"Somebody {role}", role, PASSWORD, BY)
    return Product(server=server, warehouse=opened.warehouse, desks=opened.desks, folder=chosen.folder)


def copied(opening_file: Path, folder: Path) -> Path:
    """Copy a warehouse, its archive and its boundaries into *folder*."""
    shutil.copytree(opening_file.parent, folder)
    return folder


def filled(folder: Path, book: Catalogue, values: Mapping[str, float], words: Mapping[str, str]) -> None:
    """Keep the secrets in the warehouse of *folder*."""
    warehouse = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    keep_secrets(warehouse, book, values, words)
    warehouse.close()


_CHANGING = re.compile(rb'[0-9a-f]{64}|\b[0-9a-f]{32}\b|"end_id": *"[^"]*"')


def still(body: bytes) -> bytes:
    """Return *body* without what is new in every answer: tokens of forms, names that Dash draws by lot."""
    return _CHANGING.sub(b"-", body)
