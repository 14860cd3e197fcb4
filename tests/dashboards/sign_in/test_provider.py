"""An OpenID provider is believed only in what it signed for us just now."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from joserfc.jwk import KeySet

from dashboards.sign_in.provider import Provider, ProviderFault
from dashboards.sign_in.settings import AuthSettings
from tests.dashboards.sign_in.conftest import NOW
from tests.dashboards.sign_in.provider import FakeProvider, new_key, running

VERIFIER = "v" * 43


class Ours:
    """Our side of the exchange, with a clock that both sides share."""

    def __init__(self) -> None:
        self.now = NOW

    def seconds(self) -> float:
        return self.now.timestamp()

    def settle(self, fake: FakeProvider, **changes) -> Ours:
        given = {
            "mode": "oidc",
            "secret_key": "k" * 48,
            "public_url": "http://localhost",
            "oidc_issuer": fake.issuer,
            "oidc_client_id": "gba",
            "oidc_client_secret": "quiet secret",
        }
        self.fake = fake
        self.provider = Provider(settings=AuthSettings(**given | changes), clock=lambda: self.now)
        return self

    def code(self) -> str:
        back = self.fake.authorise(self.provider.start("state", "nonce", VERIFIER))
        return back.partition("code=")[2].partition("&")[0]

    def sign_in(self, nonce: str = "nonce", verifier: str = VERIFIER):
        return self.provider.finish(self.code(), nonce, verifier)


@pytest.fixture
def ours():
    made = Ours()
    with running(made.seconds) as fake:
        yield made.settle(fake)


def test_the_claims_of_who_signed_in_come_back(ours):
    assert ours.provider.named(ours.sign_in()) == ("4711", "Carol 陳")


def test_the_browser_is_sent_with_a_challenge_and_never_with_a_secret(ours):
    url = ours.provider.start("state", "nonce", VERIFIER)
    assert "code_challenge_method=S256" in url
    assert "scope=openid+profile" in url
    assert VERIFIER not in url
    assert "quiet" not in url


def test_discovery_and_keys_are_asked_for_once_an_hour(ours):
    ours.sign_in()
    ours.sign_in()
    assert ours.fake.asked.count("/realm/keys") == 1
    ours.now += timedelta(hours=1)
    ours.sign_in()
    assert ours.fake.asked.count("/realm/keys") == 2


def test_new_keys_are_fetched_when_they_are_first_seen(ours):
    ours.sign_in()
    ours.fake.keys = KeySet([*ours.fake.keys.keys, new_key("second")])
    ours.now += timedelta(minutes=2)
    assert ours.sign_in()["sub"] == "4711"


def test_keys_that_nobody_knows_are_not_fetched_again_and_again(ours):
    ours.sign_in()
    known, ours.fake.keys = ours.fake.keys, KeySet([new_key("unknown")])
    codes = [ours.code() for _ in range(5)]
    tokens = [ours.fake._token({"code": code, "code_verifier": VERIFIER}, BASIC)[1] for code in codes]
    ours.fake.keys = known
    ours.now += timedelta(minutes=2)
    for token in tokens:
        with pytest.raises(ProviderFault):
            ours.provider._claims(token, "nonce")
    assert ours.fake.asked.count("/realm/keys") == 2


BASIC = "Basic Z2JhOnF1aWV0IHNlY3JldA=="


@pytest.mark.parametrize(
    "lie",
    [
        lambda claims: claims | {"iss": "http://127.0.0.1/other"},
        lambda claims: claims | {"aud": "another product"},
        lambda claims: claims | {"aud": "another product", "azp": "gba"},
        lambda claims: claims | {"aud": ["gba", "another"]},
        lambda claims: claims | {"aud": ["gba", "another"], "azp": "another"},
        lambda claims: claims | {"azp": "another"},
        lambda claims: claims | {"exp": claims["iat"] - 120},
        lambda claims: claims | {"iat": claims["iat"] + 900},
        lambda claims: claims | {"nbf": claims["iat"] + 900},
        lambda claims: claims | {"nonce": "of another sign-in"},
        lambda claims: claims | {"nonce": None},
        lambda claims: claims | {"nonce": 7},
        lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
        lambda claims: {name: value for name, value in claims.items() if name != "sub"},
        lambda claims: {name: value for name, value in claims.items() if name != "exp"},
        lambda claims: claims | {"at_hash": "not the hash of the access token"},
        lambda claims: claims | {"exp": "tomorrow"},
    ],
)
def test_a_token_that_is_not_for_us_now_is_not_believed(ours, lie):
    ours.fake.lie = lie
    with pytest.raises(ProviderFault):
        ours.sign_in()


def test_a_token_signed_by_somebody_else_is_not_believed(ours):
    ours.sign_in()
    ours.fake.keys = KeySet([new_key("first")])
    with pytest.raises(ProviderFault, match="BadSignature"):
        ours.sign_in()


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_signature_of_the_providers_is_not_believed(ours, algorithm):
    code = ours.code()
    _, token = ours.fake._token({"code": code, "code_verifier": VERIFIER}, BASIC)
    _, payload, _ = token["id_token"].split(".")
    header = forged(algorithm)
    with pytest.raises(ProviderFault):
        ours.provider._claims({"id_token": f"{header}.{payload}."}, "nonce")


def forged(algorithm: str) -> str:
    return base64.urlsafe_b64encode(json.dumps({"alg": algorithm}).encode()).decode().rstrip("=")


@pytest.mark.parametrize("token", [{}, {"id_token": 7}, {"id_token": "garbled"}, {"id_token": "a.b.c"}])
def test_a_token_that_is_none_is_not_believed(ours, token):
    with pytest.raises(ProviderFault):
        ours.provider._claims(token, "nonce")


def test_a_code_with_the_wrong_verifier_gets_no_token(ours):
    with pytest.raises(ProviderFault, match="no token"):
        ours.sign_in(verifier="w" * 43)


def test_a_code_is_good_once(ours):
    code = ours.code()
    ours.provider.finish(code, "nonce", VERIFIER)
    with pytest.raises(ProviderFault, match="no token"):
        ours.provider.finish(code, "nonce", VERIFIER)


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "http://127.0.0.1/other"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
)
def test_a_description_that_leads_elsewhere_is_not_believed(ours, about):
    ours.fake.about_lie = about
    with pytest.raises(ProviderFault):
        ours.provider.start("state", "nonce", VERIFIER)


@pytest.mark.parametrize("answer", [(500, {}), (302, {}), (200, []), (200, b"<html>log in</html>")])
def test_a_provider_that_does_not_answer_as_asked_signs_nobody_in(ours, monkeypatch, answer):
    monkeypatch.setattr(ours.fake, "answer", lambda *_given: answer)
    with pytest.raises(ProviderFault):
        ours.provider.start("state", "nonce", VERIFIER)


def test_a_provider_that_is_not_there_is_a_fault_in_words(ours):
    ours.settle(ours.fake, oidc_issuer="http://127.0.0.1:9/realm")
    with pytest.raises(ProviderFault, match="cannot be reached"):
        ours.provider.start("state", "nonce", VERIFIER)


def test_no_fault_repeats_a_secret(ours):
    ours.fake.lie = lambda claims: claims | {"aud": "another"}
    with pytest.raises(ProviderFault) as fault:
        ours.sign_in()
    assert "quiet" not in str(fault.value)


@pytest.mark.parametrize(
    ("claims", "person"),
    [
        ({"email": " Carol@Example.gov.hk ", "email_verified": True}, "carol@example.gov.hk"),
        ({"email": "carol@example.gov.hk"}, None),
        ({"email": "carol@example.gov.hk", "email_verified": "true"}, None),
        ({"email_verified": True}, None),
        ({"email": "", "email_verified": True}, None),
    ],
)
def test_an_address_tells_people_apart_only_when_it_is_verified(ours, claims, person):
    ours.settle(ours.fake, oidc_claim="email")
    if person is None:
        with pytest.raises(ProviderFault):
            ours.provider.named(claims)
    else:
        assert ours.provider.named(claims)[0] == person


@pytest.mark.parametrize("sub", [None, 7, "", "x" * 256, "a\x00b"])
def test_a_subject_that_cannot_be_kept_is_refused(ours, sub):
    with pytest.raises(ProviderFault):
        ours.provider.named({"sub": sub})
