"""Role by surface by audience: every address of the running product, asked as everybody; zero leaks.

Three warehouses differ in nothing but figures and words that are not public. Whoever may not see what differs is
given the same answers over each, to the byte: not even something worked out from a hidden figure comes through.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from dashboards.opened import AUDIENCES
from dashboards.roles import ROLES, Viewer
from tests.security.addresses import Address, Unclassed, Values, _of, addresses, rules
from tests.security.asking import NEEDLES, Told, ask, ask_all, parting
from tests.security.house import (
    OTHERWISE,
    SECRET_KEY,
    SENTINEL,
    Product,
    copied,
    filled,
    product,
    sealed,
)

pytestmark = [pytest.mark.timeout(3600), pytest.mark.xdist_group("matrix")]

ONE = {"group": "one", "officials": "one"}
TWO = {"group": "two", "officials": "two"}
SESSIONS = ("expired", "garbled", "cut", "empty")
LIVE = frozenset({"/metrics", "/_viewer", "/admin", "/readyz", "/api/v1/runs", "/api/v1/sources"})
"""Answers that tell of the process or of this very instant: they may differ, and must hold no secret all the same."""


@dataclass(kw_only=True)
class Trial:
    """Holds the product over three warehouses, what was asked and what was told to whom, and the journal."""

    here: Product
    every: list[Address]
    told: dict[str, dict[str, Told]]
    elsewhere: dict[str, dict[str, Told]]
    journal: list[str]

    def shown(self, role: str, audience: str) -> list[str]:
        """Return the addresses at which *role* was told a secret of *audience*."""
        return [url for url, told in self.told[role].items() if audience in told.secrets]


class Listening(logging.Handler):
    """Keeps every line of the journal, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def broken_session(here: Product, kind: str) -> object:
    """Return a browser whose session is no more, or never was."""
    browser = here.browser("steward")
    name = next(one for one in ("gba-session", "__Host-gba-session") if browser.cookie(one))
    value = browser.cookie(name).value
    text = {"expired": value, "garbled": value[::-1] + "%", "cut": value[:-1], "empty": ""}[kind]
    browser.client.set_cookie(name, text)
    return browser


def ask_as(here: Product, role: str, every: list[Address]) -> dict[str, Told]:
    """Ask every address as somebody of *role*, or with a session that is worth nothing."""
    if role not in SESSIONS:
        return ask_all(here.browser("" if role == "visitor" else role), every)
    browser = broken_session(here, role)
    door = here.desks.door
    clock = door.clock
    if role == "expired":
        object.__setattr__(door, "clock", lambda: clock() + timedelta(days=2))
    try:
        return ask_all(browser, every)
    finally:
        object.__setattr__(door, "clock", clock)


@pytest.fixture(scope="module")
def trial(opening_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    folder = tmp_path_factory.mktemp("matrix")
    heard = Listening()
    root = logging.getLogger()
    root.addHandler(heard)
    with sealed() as book:
        houses = {}
        for name, values, words in (
            ("here", SENTINEL, ONE),
            ("both", OTHERWISE, TWO),
            ("officials", SENTINEL | {"officials": OTHERWISE["officials"]}, ONE | {"officials": "two"}),
        ):
            filled(copied(opening_file, folder / name), book, values, words)
            houses[name] = product(folder / name)
        here = houses["here"]
        every = addresses(here)
        told = {}
        for role in ("member", "visitor", "steward", "admin", "viewer", *SESSIONS):
            told[role] = ask_as(here, role, every)
        elsewhere = {
            "visitor": ask_as(houses["both"], "visitor", every),
            "member": ask_as(houses["officials"], "member", every),
        }
        yield Trial(here=here, every=every, told=told, elsewhere=elsewhere, journal=heard.lines)
    root.removeHandler(heard)
    for one in houses.values():
        one.warehouse.close()


def may_see(role: str) -> frozenset[str]:
    """Return the audiences of *role*, or of nobody."""
    known = role in ROLES
    return Viewer(person_id="p" if known else "", role=role if known else "viewer").audiences


@pytest.mark.parametrize("role", ["visitor", *ROLES, *SESSIONS])
def test_nobody_is_told_what_is_not_for_them(trial: Trial, role: str) -> None:
    hidden = set(AUDIENCES) - may_see(role)
    assert {audience: trial.shown(role, audience) for audience in hidden} == {
        audience: [] for audience in hidden
    }


@pytest.mark.parametrize("role", ["member", "steward", "admin"])
def test_whoever_may_see_it_is_told(trial: Trial, role: str) -> None:
    """Otherwise the test above would hold of an empty house."""
    for audience in may_see(role) - {"public"}:
        rules_told = {one.rule for one in trial.every if one.url in set(trial.shown(role, audience))}
        assert {
            "/_page", "/api/v1/panels/<panel_id>", "/api/v1/observations", "/present/<briefing_id>",
        } <= rules_told  # fmt: skip


@pytest.mark.parametrize("role", ["visitor", "member"])
def test_what_is_hidden_changes_nothing_in_what_others_are_told(trial: Trial, role: str) -> None:
    steady = [one for one in trial.every if one.url.partition("?")[0] not in LIVE]
    here, there = trial.told[role], trial.elsewhere[role]
    assert [one.url for one in steady if here[one.url].status != there[one.url].status] == []
    changed = [one.url for one in steady if here[one.url].digest != there[one.url].digest]
    assert {url: parting(here[url], there[url]) for url in changed} == {}


@pytest.mark.parametrize("role", ["visitor", *ROLES, *SESSIONS])
def test_no_address_breaks_whoever_asks(trial: Trial, role: str) -> None:
    assert [(url, told.status) for url, told in trial.told[role].items() if told.status >= 500] == []


@pytest.mark.parametrize("role", ["visitor", "viewer", *SESSIONS])
def test_who_may_do_nothing_comes_to_no_desk(trial: Trial, role: str) -> None:
    for one in trial.every:
        if one.rule.startswith(("/steward", "/admin", "/sources/<source_id>/run")):
            assert trial.told[role][one.url].status in {303, 403, 404}, one.url


def test_a_long_export_is_there_for_nobody_but_whose_it_is(trial: Trial) -> None:
    for one in trial.every:
        if not one.rule.startswith("/exports/jobs/"):
            continue
        found = {role for role, told in trial.told.items() if told[one.url].status != 404}
        assert found in ({"steward"}, {"admin"}, set()), one.url
    for role in ("steward", "admin"):
        assert any("/exports/jobs/" in url and "/file" in url for url in trial.shown(role, "officials"))


def test_an_answer_kept_by_one_is_not_confirmed_to_another(trial: Trial) -> None:
    """A browser handed on from a member to a visitor: 304 only where both are told the same."""
    visitor = trial.here.browser()
    for one in trial.every:
        mine, theirs = trial.told["visitor"][one.url], trial.told["steward"][one.url]
        if theirs.etag and mine.digest != theirs.digest:
            answer = ask(visitor, one.url, {"If-None-Match": theirs.etag})
            assert answer.status != 304, one.url
            assert not answer.secrets


def test_no_shared_cache_may_keep_what_was_told_to_some(trial: Trial) -> None:
    for role in ("member", "steward"):
        for url, told in trial.told[role].items():
            if told.secrets:
                assert "private" in told.kept or "no-store" in told.kept, url
                assert "public" not in told.kept, url


def test_the_journal_holds_no_hidden_figure_and_no_secret(trial: Trial) -> None:
    text = "\n".join(trial.journal).encode()
    assert trial.journal
    for needles in NEEDLES.values():
        assert [needle for needle in needles[:3] if needle in text] == []
    for secret in (SECRET_KEY, "the ferry to Macao", "argon2"):
        assert secret.encode() not in text


def test_every_rule_of_the_map_was_asked(trial: Trial) -> None:
    asked = {one.rule for one in trial.every}
    left = {rule.rule for rule in rules(trial.here, "GET")} - asked
    assert all(rule.startswith(("/_dash-component-suites/", "/_no-assets/")) for rule in left), left


def test_a_new_address_of_no_class_is_told_of(trial: Trial) -> None:
    trial.here.server.url_map.add(new := type(next(trial.here.server.url_map.iter_rules()))("/new/<secret>"))
    with pytest.raises(Unclassed, match="/new/<secret>: nobody says what may stand for secret"):
        list(_of(new, Values(trial.here)))
