"""The administration page."""

from __future__ import annotations

import re

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.roles import ROLES
from dashboards.sign_in.admin import DEEDS
from tests.dashboards.sign_in.conftest import OTHER, PASSWORD, WORDS, text


@pytest.fixture
def root(house):
    browser = house.browser()
    browser.sign_in("root")
    browser.get("/admin")
    return browser


def test_people_and_audit_are_listed(house, root):
    page = text(root.get("/admin"))
    assert "alice" in page
    assert "person added · Expert Group member" in page
    assert "192.0.2.7" in page
    assert "signed in" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_the_readers_language(root, lang):
    answer = root.get(f"/admin?lang={lang}&done=role")
    assert answer.status_code == 200
    for key in ("sign_in.audit", "sign_in.done_role", "sign_in.role_steward"):
        assert WORDS[lang].t(key) in text(answer)


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_may_look_or_change(house, role):
    house.add("somebody", role)
    browser = house.browser()
    browser.sign_in("somebody")
    browser.get("/sign-in")
    looked, before = browser.get("/admin"), house.deeds()
    changed = browser.post("/admin", {"do": "role", "person": "somebody", "role": "admin"})
    if role == "admin":
        assert (looked.status_code, changed.status_code) == (200, 303)
        return
    assert (looked.status_code, changed.status_code) == (403, 403)
    assert "alice" not in looked.text
    assert house.register.people.person("somebody").role == role
    assert house.deeds() == before


def test_a_visitor_is_asked_to_sign_in_and_comes_back(house):
    browser = house.browser()
    asked = browser.get("/admin?lang=zh-Hant").location
    assert asked == "/sign-in?lang=zh-Hant&next=%2Fadmin%3Flang%3Dzh-Hant"
    assert browser.sign_in("root", path=asked).location == "/admin?lang=zh-Hant"


def test_somebody_added_can_sign_in(house, root):
    given = {"do": "add", "person": "Carol", "name": "Carol <b>陳</b>", "role": "steward", "password": OTHER}
    answer = root.post("/admin", given)
    assert (answer.status_code, answer.location) == (303, "/admin?lang=en&done=add")
    page = root.get("/admin")
    assert "Carol &lt;b&gt;陳&lt;/b&gt;" in page.text
    carol = house.browser("198.51.100.1")
    assert carol.sign_in("carol", OTHER).status_code == 303
    assert carol.viewer()["role"] == "steward"


def test_disabling_signs_somebody_out_at_once(house, root):
    alice = house.browser("198.51.100.1")
    alice.sign_in()
    assert root.post("/admin", {"do": "disable", "person": "alice"}).status_code == 303
    assert not alice.viewer()["signed_in"]
    assert alice.sign_in().status_code == 401
    root.post("/admin", {"do": "enable", "person": "alice"})
    assert alice.sign_in().status_code == 303


def test_a_new_role_holds_at_once(house, root):
    alice = house.browser("198.51.100.1")
    alice.sign_in()
    root.post("/admin", {"do": "role", "person": "alice", "role": "steward"})
    assert "review" in alice.viewer()["actions"]


def test_a_password_set_by_the_administrator_replaces_the_old(house, root):
    assert root.post("/admin", {"do": "password", "person": "alice", "password": OTHER}).status_code == 303
    assert house.browser().sign_in(password=PASSWORD).status_code == 401
    assert house.browser().sign_in(password=OTHER).status_code == 303


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ({"do": "disable", "person": "root"}, "sign_in.fault_last_admin"),
        ({"do": "disable", "person": "nobody"}, "sign_in.fault_unknown"),
        ({"do": "disable", "person": "a\x00b"}, "sign_in.fault_unknown"),
        ({"do": "role", "person": "alice", "role": "king"}, "sign_in.fault_role"),
        ({"do": "add", "person": "alice", "role": "viewer", "password": OTHER}, "sign_in.fault_taken"),
        ({"do": "add", "person": "carol", "role": "viewer", "password": ""}, "sign_in.fault_short"),
        ({"do": "add", "person": "<i>", "role": "viewer", "password": OTHER}, "sign_in.fault_person"),
        ({"do": "password", "person": "alice", "password": "short"}, "sign_in.fault_short"),
        ({"do": "explode"}, "sign_in.fault_form"),
        ({}, "sign_in.fault_form"),
    ],
)
def test_what_is_not_allowed_is_said_and_changes_nothing(house, root, form, key):
    before = house.deeds()
    answer = root.post("/admin", form)
    assert answer.status_code == 400
    assert WORDS["en"].t(key) in text(answer)
    assert house.deeds() == before


def test_every_change_is_in_the_audit_and_the_chain_is_whole(house, root):
    for form in (
        {"do": "add", "person": "carol", "role": "viewer", "password": OTHER},
        {"do": "role", "person": "carol", "role": "member"},
        {"do": "password", "person": "carol", "password": PASSWORD},
        {"do": "disable", "person": "carol"},
        {"do": "enable", "person": "carol"},
    ):
        root.post("/admin", form)
    lines = house.register.people.audit_lines(5)[::-1]
    assert [line.action for line in lines] == [
        "person_added",
        "role_changed",
        "password_set",
        "person_disabled",
        "person_enabled",
    ]
    assert {line.actor for line in lines} == {"root"}
    assert house.warehouse.verify_audit() == []
    assert set(house.deeds()) <= set(DEEDS)


def test_no_page_holds_a_password_or_its_hash(house, root):
    page = root.get("/admin").text
    assert "argon2" not in page
    assert PASSWORD not in page
    assert not re.search(r'type="password"[^>]*value=', page)


def test_in_open_mode_there_is_nothing_to_administer(house_of):
    browser = house_of(mode="open", secret_key="").browser()
    assert browser.get("/admin").status_code == 403
    assert browser.post("/admin", {"do": "add", "person": "x", "role": "admin"}).status_code == 403
