"""Signing in at an OpenID provider, from end to end."""

from __future__ import annotations

import pytest

from tests.dashboards.sign_in.conftest import BY, WORDS, House, text
from tests.dashboards.sign_in.provider import FakeProvider, running


class Clock:
    """The time of the house, which the provider goes by too."""

    def __init__(self) -> None:
        self.house: House | None = None

    def __call__(self) -> float:
        return self.house.now.timestamp() if self.house else 0.0


@pytest.fixture
def there(house_of):
    clock = Clock()
    with running(clock) as fake:
        clock.house = house_of(
            mode="oidc",
            public_url="http://localhost",
            oidc_issuer=fake.issuer,
            oidc_client_id="gba",
            oidc_client_secret="quiet secret",
        )
        yield clock.house, fake


def signed_in(house: House, fake: FakeProvider, onward: str = ""):
    browser = house.browser()
    start = browser.get(f"/sign-in/start?lang=zh-Hant{onward}")
    return browser, browser.get(fake.authorise(start.location))


def test_who_signed_in_at_the_provider_is_signed_in_here(there):
    house, fake = there
    browser, answer = signed_in(house, fake, "&next=/work-items/2")
    assert (answer.status_code, answer.location) == (303, "/work-items/2")
    seen = browser.viewer()
    assert (seen["signed_in"], seen["name"], seen["role"]) == (True, "Carol 陳", "viewer")
    assert house.deeds() == ["person_first_seen", "signed_in"]
    assert browser.client.get_cookie("gba-flow") is None


def test_the_page_leads_to_the_provider_and_knows_no_passwords(there):
    house, _ = there
    answer = house.browser().get("/sign-in?lang=zh-Hans&next=/work-items/2")
    assert "/sign-in/start?lang=zh-Hans&amp;next=%2Fwork-items%2F2" in answer.text
    assert "password" not in answer.text
    browser = house.browser()
    browser.sign_in()
    assert not browser.viewer()["signed_in"]


def test_roles_are_given_here_and_hold_at_the_next_sign_in(there):
    house, fake = there
    signed_in(house, fake)
    house.register.give_role("4711", "steward", BY)
    browser, _ = signed_in(house, fake)
    assert browser.viewer()["role"] == "steward"


def test_whom_the_provider_lets_in_and_we_do_not_stays_out(there):
    house, fake = there
    signed_in(house, fake)
    house.register.disable("4711", BY)
    browser, answer = signed_in(house, fake)
    assert answer.status_code == 403
    assert not browser.viewer()["signed_in"]


def test_an_answer_without_a_beginning_in_this_browser_is_refused(there):
    house, fake = there
    victim, attacker = house.browser(), house.browser()
    back = fake.authorise(attacker.get("/sign-in/start").location)
    answer = victim.get(back)
    assert answer.status_code == 403
    assert WORDS["en"].t("sign_in.fault_provider") in text(answer)
    assert not victim.viewer()["signed_in"]


def test_an_answer_to_another_beginning_is_refused(there):
    house, fake = there
    victim, attacker = house.browser(), house.browser()
    victim.get("/sign-in/start")
    assert victim.get(fake.authorise(attacker.get("/sign-in/start").location)).status_code == 403
    assert not victim.viewer()["signed_in"]
    assert "/realm/token" not in fake.asked


def test_the_same_answer_is_good_once_even_with_its_cookie_kept(there):
    house, fake = there
    browser = house.browser()
    back = fake.authorise(browser.get("/sign-in/start").location)
    kept = browser.cookie("gba-flow").value
    assert browser.get(back).status_code == 303
    asked = fake.asked.count("/realm/token")
    again = house.browser()
    again.client.set_cookie("gba-flow", kept)
    assert again.get(back).status_code == 403
    assert not again.viewer()["signed_in"]
    assert fake.asked.count("/realm/token") == asked


def test_a_token_for_another_sign_in_is_refused_and_told(there):
    house, fake = there
    fake.lie = lambda claims: claims | {"nonce": "of another sign-in"}
    browser, answer = signed_in(house, fake)
    assert answer.status_code == 403
    assert not browser.viewer()["signed_in"]
    assert house.deeds() == ["sign_in_failed"]


def test_an_answer_that_names_another_provider_is_refused(there):
    house, fake = there
    browser = house.browser()
    back = fake.authorise(browser.get("/sign-in/start").location)
    assert browser.get(back + "&iss=https%3A%2F%2Fevil.example").status_code == 403


def test_an_answer_that_comes_too_late_is_refused(there):
    house, fake = there
    browser = house.browser()
    back = fake.authorise(browser.get("/sign-in/start").location)
    house.later(minutes=11)
    assert browser.get(back).status_code == 403


@pytest.mark.parametrize(
    "back", ["?error=access_denied", "?code=made-up", "", "?code=", "?code=%00&state=%ff"]
)
def test_a_refusal_at_the_provider_is_a_calm_page(there, back):
    house, _ = there
    browser = house.browser()
    state = browser.get("/sign-in/start").location.partition("state=")[2].partition("&")[0]
    answer = browser.get(f"/sign-in/done{back}{'&' if back else '?'}state={state}")
    assert answer.status_code == 403
    assert "Traceback" not in answer.text


def test_a_garbled_or_foreign_flow_cookie_is_refused(there):
    house, fake = there
    browser = house.browser()
    back = fake.authorise(browser.get("/sign-in/start").location)
    sealed = browser.cookie("gba-flow").value
    for garbled in ("", "x", sealed[:-1], sealed[:-3] + "AAA", "e30." + sealed.partition(".")[2], "é" * 30):
        browser.client.set_cookie("gba-flow", garbled)
        assert browser.get(back).status_code == 403


def test_knocking_without_a_beginning_fills_no_audit(there):
    house, _ = there
    for _ in range(5):
        house.browser().get("/sign-in/done?code=a&state=b")
    assert house.deeds() == []


def test_nobody_is_sent_to_another_site_afterwards(there):
    house, fake = there
    _, answer = signed_in(house, fake, "&next=//evil.example/")
    assert answer.location == "/?lang=zh-Hant"


def test_a_provider_out_of_reach_is_said_calmly(there, monkeypatch):
    house, fake = there
    monkeypatch.setattr(fake, "answer", lambda *_given: (500, {}))
    answer = house.browser().get("/sign-in/start")
    assert answer.status_code == 503
    assert WORDS["en"].t("sign_in.fault_provider") in text(answer)


def test_the_session_is_new_and_the_one_before_ends(there):
    house, fake = there
    browser, _ = signed_in(house, fake)
    first = browser.cookie().value
    browser.get(fake.authorise(browser.get("/sign-in/start").location))
    assert browser.cookie().value != first
    old = house.browser()
    old.client.set_cookie("gba-session", first)
    assert not old.viewer()["signed_in"]
