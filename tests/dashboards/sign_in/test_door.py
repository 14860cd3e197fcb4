"""Who is asking: by session, by proxy, or nobody."""

from __future__ import annotations

import json
import random
import string
from contextlib import suppress
from types import SimpleNamespace

import pytest

from dashboards.roles import ROLES
from metrics.queries import Metrics, NotForViewer
from tests.dashboards.sign_in.conftest import BY

PROXY = {"mode": "proxy", "trusted_proxies": ("10.0.0.0/24",)}


@pytest.mark.parametrize("role", ROLES)
def test_the_door_returns_the_viewer_of_the_session(house, role):
    house.add("somebody", role)
    browser = house.browser()
    seen = []
    house.app.view_functions["viewer_facts"] = lambda: (seen.append(house.door()), "")[1]
    browser.sign_in("somebody")
    browser.get("/_viewer")
    viewer = seen[-1]
    assert (viewer.person_id, viewer.role, viewer.address) == ("somebody", role, "192.0.2.7")
    assert viewer.audiences == ROLES[role].audiences


def test_it_is_worked_out_once_a_request(house, monkeypatch):
    browser, asked = house.browser(), []
    browser.sign_in()
    find = type(house.door.sessions).find
    monkeypatch.setattr(type(house.door.sessions), "find", lambda *given: asked.append(1) or find(*given))
    house.app.view_functions["viewer_facts"] = lambda: str([house.door() for _ in range(5)])
    browser.get("/_viewer")
    assert asked == [1]


def test_a_proxy_we_trust_names_the_person(house_of):
    house = house_of(**PROXY)
    house.register.add("alice", "Alice", "steward", "", BY)
    browser = house.browser("10.0.0.9")
    seen = browser.get("/_viewer", headers={"X-Remote-User": "Alice"}).json
    assert (seen["signed_in"], seen["role"]) == (True, "steward")
    assert not browser.viewer()["signed_in"]


@pytest.mark.parametrize("mode", ["open", "password", "proxy"])
def test_a_header_from_anybody_else_names_nobody(house_of, mode):
    house = house_of(**PROXY | {"mode": mode})
    house.register.add("root", "Root", "admin", "", BY)
    for header in ("X-Remote-User", "x-remote-user", "X_Remote_User"):
        answer = house.browser("192.0.2.7").get(
            "/_viewer", headers={header: "root", "X-Forwarded-For": "10.0.0.9", "Forwarded": "for=10.0.0.9"}
        )
        assert not answer.json["signed_in"]


@pytest.mark.parametrize("mode", ["open", "password"])
def test_even_a_trusted_proxy_names_nobody_unless_it_signs_people_in(house_of, mode):
    house = house_of(**PROXY | {"mode": mode})
    house.register.add("root", "Root", "admin", "", BY)
    assert not house.browser("10.0.0.9").get("/_viewer", headers={"X-Remote-User": "root"}).json["signed_in"]


def test_two_names_at_once_are_nobody(house_of):
    house = house_of(**PROXY)
    house.register.add("root", "Root", "admin", "", BY)
    headers = [("X-Remote-User", "alice"), ("X-Remote-User", "root")]
    assert not house.browser("10.0.0.9").get("/_viewer", headers=headers).json["signed_in"]


def test_whom_the_proxy_names_first_is_a_viewer_and_whom_we_disabled_is_nobody(house_of):
    house = house_of(**PROXY)
    browser = house.browser("10.0.0.9")
    headers = {"X-Remote-User": "carol", "X-Forwarded-For": "198.51.100.1"}
    assert browser.get("/_viewer", headers=headers).json["role"] == "viewer"
    line = house.register.people.audit_lines(1)[0]
    assert (line.action, json.loads(line.detail)["address"]) == ("person_first_seen", "198.51.100.1")
    house.register.disable("carol", BY)
    assert not browser.get("/_viewer", headers=headers).json["signed_in"]


def test_a_session_cookie_is_worth_nothing_where_a_proxy_signs_people_in(house, house_of):
    browser = house.browser()
    browser.sign_in()
    other = house_of(**PROXY).browser()
    other.client.set_cookie("gba-session", browser.cookie().value)
    assert not other.viewer()["signed_in"]


def test_behind_a_trusted_proxy_the_cookie_is_secure_when_the_browser_uses_https(house_of):
    house = house_of(trusted_proxies=("10.0.0.9",))
    house.add()
    browser = house.browser("10.0.0.9")
    browser.get("/sign-in")
    answer = browser.post(
        "/sign-in",
        {"name": "alice", "password": "the ferry to Macao leaves at nine"},
        headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1"},
    )
    session = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("gba-session"))
    assert "Secure" in session.split("; ")
    assert json.loads(house.register.people.audit_lines(1)[0].detail)["address"] == "198.51.100.1"


def test_guessers_behind_one_proxy_do_not_slow_each_other(house_of):
    house = house_of(trusted_proxies=("10.0.0.9",))
    house.add()
    for n in range(40):
        browser = house.browser("10.0.0.9")
        headers = {"X-Forwarded-For": f"198.51.100.{n}"}
        browser.get("/sign-in", headers=headers)
        answer = browser.post("/sign-in", {"name": f"guess{n}", "password": "wrong"}, headers=headers)
        assert answer.status_code == 401


def garbled(seed: random.Random) -> str:
    kinds = [
        lambda: "".join(seed.choices(string.ascii_letters + string.digits + "_-", k=43)),
        lambda: "".join(seed.choices(string.printable, k=seed.randrange(200))),
        lambda: "".join(chr(seed.randrange(256)) for _ in range(43)),
        lambda: '"' + "\\" * seed.randrange(50),
        lambda: "%00" * seed.randrange(20),
        lambda: "=" * 43,
        lambda: "",
    ]
    return seed.choice(kinds)()


def test_garbled_cookies_by_the_hundred_sign_nobody_in_and_break_nothing(house):
    seed = random.Random(6)
    client = house.app.test_client(use_cookies=False)
    for n in range(600):
        header = "; ".join(f"{name}={garbled(seed)}" for name in ("gba-session", "gba-form", "gba-flow", "x"))
        header = header.replace("\r", "").replace("\n", "")
        path = ("/_viewer", "/sign-in", "/admin", "/sign-out", "/sign-in/done?code=1&state=2", "/")[n % 6]
        house.later(seconds=5)
        answer = client.get(path, environ_overrides={"HTTP_COOKIE": header})
        assert answer.status_code < 500, header
        if path == "/_viewer":
            assert not answer.json["signed_in"]


def test_an_audit_note_says_who_from_where_and_what(house):
    browser = house.browser()
    browser.sign_in()
    house.app.view_functions["viewer_facts"] = lambda: str(
        house.door.note("export", "panel:map", format="csv")
    )
    browser.get("/_viewer")
    line = house.register.people.audit_lines(1)[0]
    assert (line.actor, line.action, line.subject) == ("alice", "export", "panel:map")
    assert json.loads(line.detail) == {"address": "192.0.2.7", "format": "csv"}
    house.browser("198.51.100.1").get("/_viewer")
    assert house.register.people.audit_lines(1)[0].actor == "visitor"


def test_a_role_that_is_no_more_gives_nothing(house, sqlite_warehouse):
    browser = house.browser()
    browser.sign_in()
    with sqlite_warehouse.engine.writing() as connection:
        connection.exec_driver_sql("UPDATE person SET role = 'king' WHERE person_id = 'alice'")
    assert not browser.viewer()["signed_in"]


AUDIENCE_OF = {"kiosks": "public", "draft": "group", "returns": "officials"}


@pytest.mark.parametrize("role", [*ROLES, None])
def test_questions_are_answered_as_the_viewer_may_see_the_figures(house, role):
    catalogue = SimpleNamespace(get=lambda name: SimpleNamespace(audience=AUDIENCE_OF[name]))
    allowed = []

    def ask() -> str:
        metrics = Metrics(
            warehouse=None, catalogue=catalogue, agenda=None, atlas=None, audiences=house.door().audiences
        )
        for name in AUDIENCE_OF:
            with suppress(NotForViewer):
                allowed.extend(metrics.allowed(name))
        return ""

    house.app.view_functions["viewer_facts"] = ask
    browser = house.browser()
    if role is not None:
        house.add("somebody", role)
        browser.sign_in("somebody")
    browser.get("/_viewer")
    sees = {"member": 2, "steward": 3, "admin": 3}.get(role, 1)
    assert allowed == list(AUDIENCE_OF)[:sees]
