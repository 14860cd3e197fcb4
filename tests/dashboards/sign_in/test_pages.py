"""Signing in with a password, the account, signing out."""

from __future__ import annotations

import pytest

from dashboards.i18n import LANGUAGES
from tests.dashboards.sign_in.conftest import BY, OTHER, PASSWORD, TOKEN, WORDS, text


def test_the_right_password_opens_a_session_and_leads_on(house):
    browser = house.browser()
    answer = browser.sign_in(path="/sign-in?lang=zh-Hant&next=/work-items/3?lang=zh-Hant")
    assert (answer.status_code, answer.location) == (303, "/work-items/3?lang=zh-Hant")
    seen = browser.viewer()
    assert (seen["signed_in"], seen["name"], seen["role"], seen["actions"]) == (
        True,
        "Alice",
        "member",
        ["brief"],
    )


def test_without_anywhere_to_go_the_overview_comes_in_the_same_language(house):
    assert house.browser().sign_in(path="/sign-in?lang=zh-Hans").location == "/?lang=zh-Hans"


def test_a_name_may_be_typed_in_capitals_and_full_width(house):
    assert house.browser().sign_in(" ＡＬice ").status_code == 303


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_the_readers_language(house, lang):
    answer = house.browser().get(f"/sign-in?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{WORDS[lang].html_lang}">' in answer.text
    assert WORDS[lang].t("sign_in.user_name") in text(answer)


def test_pages_keep_to_the_strict_policy_and_are_never_stored(house):
    answer = house.browser().get("/sign-in")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert answer.text.count("<script") == answer.text.count("<script src=") == 1
    assert " on" not in {part[:3] for part in answer.text.split('"')}


def test_wrong_unknown_disabled_and_without_password_are_answered_alike(house):
    house.add("bob")
    house.register.disable("bob", BY)
    house.register.add("carol", "Carol", "member", "", BY)
    answers = {
        name: house.browser(f"192.0.2.{n}").sign_in(name, password)
        for n, (name, password) in enumerate(
            [("alice", OTHER), ("nobody", PASSWORD), ("bob", PASSWORD), ("carol", PASSWORD), ("carol", "")]
        )
    }
    bodies = {answer.text.replace(TOKEN.search(answer.text)[1], "") for answer in answers.values()}
    assert {answer.status_code for answer in answers.values()} == {401}
    assert len(bodies) == 1
    assert {frozenset(answer.headers.keys()) for answer in answers.values()} == {
        frozenset(answers["alice"].headers.keys())
    }


def test_a_locked_account_is_answered_like_a_locked_name_that_nobody_has(house):
    def locked(name: str, address: str) -> list:
        browser, seen = house.browser(address), []
        browser.get("/sign-in")
        for _ in range(14):
            answer = browser.post("/sign-in", {"name": name, "password": "wrong wrong wrong"})
            browser.get("/sign-in")
            seen.append((answer.status_code, answer.headers.get("Retry-After")))
        return seen

    assert locked("alice", "192.0.2.1") == locked("nobody", "192.0.2.2")


def test_every_attempt_costs_one_hash_whoever_it_is(house, monkeypatch):
    fits, worked = type(house.register.passwords).fits, []
    monkeypatch.setattr(
        type(house.register.passwords), "fits", lambda *given: worked.append(given[1]) or fits(*given)
    )
    for n, name in enumerate(["alice", "nobody", "", "' OR 1=1", "a" * 5000, "\x00", "陳"]):
        house.browser(f"192.0.2.{n}").sign_in(name, "wrong wrong wrong")
    assert len(worked) == 7


def test_brute_force_is_slowed_and_then_locked_out_for_a_while(house):
    browser, statuses = house.browser(), []
    for n in range(60):
        answer = browser.sign_in(password=f"guess number {n} of many")
        statuses.append(answer.status_code)
        house.later(seconds=1)
    assert statuses.count(401) <= 8
    assert statuses[-1] == 429
    house.later(hours=3)
    assert browser.sign_in().status_code == 303


def test_the_right_password_does_not_help_while_the_door_is_shut(house):
    browser = house.browser()
    while "locked_out" not in house.deeds():
        browser.sign_in(password="wrong wrong wrong")
        house.later(minutes=2, seconds=1)
    answer = browser.sign_in()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "minutes" in text(answer)
    house.later(minutes=15)
    assert browser.sign_in().status_code == 303


def test_the_session_id_is_new_with_every_sign_in_and_never_the_browsers(house):
    planted = "A" * 43
    browser = house.browser()
    browser.client.set_cookie("gba-session", planted)
    browser.sign_in()
    first = browser.cookie().value
    assert first != planted
    thief = house.browser()
    thief.client.set_cookie("gba-session", planted)
    assert not thief.viewer()["signed_in"]


def test_signing_in_again_ends_the_session_before(house):
    browser = house.browser()
    browser.sign_in()
    first = browser.cookie().value
    browser.get("/sign-in")
    browser.post("/sign-in", {"name": "root", "password": PASSWORD})
    assert browser.viewer()["role"] == "admin"
    old = house.browser()
    old.client.set_cookie("gba-session", first)
    assert not old.viewer()["signed_in"]


def test_the_cookie_is_closed_to_scripts_and_other_sites(house):
    browser = house.browser()
    given = browser.sign_in().headers.getlist("Set-Cookie")
    session = next(line for line in given if line.startswith("gba-session="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))
    assert "Secure" not in session
    assert "Domain" not in session


def test_on_https_the_cookie_is_secure_and_bound_to_the_host(house_of):
    house = house_of(public_url="https://gba.example.gov.hk")
    house.add()
    browser = house.browser()
    given = browser.sign_in().headers.getlist("Set-Cookie")
    session = next(line for line in given if "session" in line)
    assert session.startswith("__Host-gba-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))


def test_a_session_runs_out_when_unused_and_after_a_working_day(house):
    browser = house.browser()
    browser.sign_in()
    house.later(minutes=59)
    assert browser.viewer()["signed_in"]
    house.later(minutes=61)
    assert not browser.viewer()["signed_in"]
    browser.sign_in()
    for _ in range(23):
        house.later(minutes=30)
        assert browser.viewer()["signed_in"]
    house.later(minutes=31)
    assert not browser.viewer()["signed_in"]


def test_signing_out_ends_the_session_for_whoever_kept_the_cookie(house):
    browser, thief = house.browser(), house.browser()
    browser.sign_in()
    thief.client.set_cookie("gba-session", browser.cookie().value)
    assert thief.viewer()["signed_in"]
    browser.get("/sign-out")
    assert browser.viewer()["signed_in"]
    browser.get("/sign-out")
    assert browser.post("/sign-out").status_code == 303
    assert not thief.viewer()["signed_in"]
    assert browser.cookie() is None
    assert house.deeds()[-2:] == ["signed_in", "signed_out"]


def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(house):
    browser, other = house.browser(), house.browser("198.51.100.1")
    browser.sign_in()
    other.sign_in()
    before = browser.cookie().value
    browser.get("/sign-in")
    answer = browser.post("/sign-in/password", {"current": PASSWORD, "new": OTHER, "again": OTHER})
    assert (answer.status_code, answer.location) == (303, "/sign-in?lang=en&done=password")
    assert browser.cookie().value != before
    assert browser.viewer()["signed_in"]
    assert not other.viewer()["signed_in"]
    assert other.sign_in().status_code == 401
    assert other.sign_in(password=OTHER).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again", "status", "key"),
    [
        ("wrong wrong wrong", OTHER, OTHER, 401, "sign_in.fault_current"),
        (PASSWORD, OTHER, OTHER + "!", 400, "sign_in.fault_differ"),
        (PASSWORD, "", "", 400, "sign_in.fault_short"),
        (PASSWORD, "short", "short", 400, "sign_in.fault_short"),
        (PASSWORD, "alice alice 2026", "alice alice 2026", 400, "sign_in.fault_guessable"),
    ],
)
def test_a_new_password_must_be_allowed_and_the_current_one_right(house, current, new, again, status, key):
    browser = house.browser()
    browser.sign_in()
    browser.get("/sign-in")
    answer = browser.post("/sign-in/password", {"current": current, "new": new, "again": again})
    assert answer.status_code == status
    assert WORDS["en"].t(key) in text(answer)
    assert house.browser().sign_in().status_code == 303


def test_guessing_the_current_password_in_a_stolen_session_is_slowed_too(house):
    browser, statuses = house.browser(), []
    browser.sign_in()
    for _ in range(8):
        browser.get("/sign-in")
        answer = browser.post("/sign-in/password", {"current": "wrong guess", "new": OTHER, "again": OTHER})
        statuses.append(answer.status_code)
    assert statuses[-1] == 429


def test_the_account_shows_who_one_is_and_leads_to_what_one_may(house):
    browser = house.browser()
    browser.sign_in()
    assert WORDS["en"].t("sign_in.signed_in_as", name="Alice", role="Expert Group member") in text(
        browser.get("/sign-in")
    )
    assert "/admin" not in browser.get("/sign-in").text
    browser.sign_in("root")
    assert "/admin" in browser.get("/sign-in").text


def test_an_outdated_hash_is_renewed_at_sign_in(house, sqlite_warehouse):
    before = house.register.people.person("alice").password
    house.register.passwords.hasher = type(house.register.passwords.hasher)(
        time_cost=2, memory_cost=64, parallelism=1
    )
    assert house.browser().sign_in().status_code == 303
    after = house.register.people.person("alice").password
    assert after != before
    assert "t=2" in after
    assert house.browser().sign_in().status_code == 303


def test_passwords_and_mistyped_names_are_in_no_audit(house, sqlite_warehouse):
    house.browser().sign_in(password="a secret that was mistyped")
    house.browser().sign_in(name="my password in the wrong field")
    house.browser().sign_in(name="mypasswordhere")
    told = sqlite_warehouse.audit(500).to_csv()
    assert house.deeds()[-3:] == ["sign_in_failed"] * 3
    assert "secret" not in told
    assert "password in" not in told
    assert "mypasswordhere" not in told
    assert "argon2" not in told
    assert "192.0.2.7" in told
    assert sqlite_warehouse.verify_audit() == []


def test_in_open_mode_nobody_signs_in_and_nothing_breaks(house_of):
    house = house_of(mode="open", secret_key="")
    browser = house.browser()
    assert WORDS["en"].t("sign_in.open_mode") in text(browser.get("/sign-in"))
    assert browser.post("/sign-in", {"name": "alice", "password": PASSWORD}).status_code == 200
    assert browser.get("/sign-out").location.startswith("/sign-in")
    browser.client.set_cookie("gba-session", "A" * 43)
    facts = browser.viewer()
    assert (facts["signed_in"], facts["actions"], facts["mode"]) == (False, [], "open")
    assert browser.get("/sign-in/start").status_code == 303
    assert browser.get("/").status_code == 200


def test_who_is_signed_in_is_never_stored(house):
    browser = house.browser()
    browser.sign_in()
    facts = browser.get("/_viewer")
    assert facts.headers["Cache-Control"] == "no-store"
    assert "Cookie" in facts.headers["Vary"]
