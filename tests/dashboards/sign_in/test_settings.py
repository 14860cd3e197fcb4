"""What the operator says about sign-in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboards.sign_in.settings import AuthSettings, faults, is_safe_url

SECRET = "a" * 48
PASSWORD = AuthSettings(mode="password", secret_key=SECRET)
PROXY = AuthSettings(mode="proxy", secret_key=SECRET, trusted_proxies=("10.0.0.0/24", "::1"))
OIDC = AuthSettings(
    mode="oidc",
    secret_key=SECRET,
    public_url="https://gba.example.gov.hk",
    oidc_issuer="https://id.example.gov.hk/realm",
    oidc_client_id="gba",
    oidc_client_secret="quiet",
)


@pytest.mark.parametrize("settings", [AuthSettings(), PASSWORD, PROXY, OIDC], ids=lambda s: s.mode)
def test_each_mode_has_settings_without_fault(settings):
    assert faults(settings) == []


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (AuthSettings(mode="ldap"), "GBA_AUTH"),
        (replace(PASSWORD, secret_key=""), "GBA_SECRET_KEY"),
        (replace(PASSWORD, secret_key="short"), "GBA_SECRET_KEY"),
        (replace(PASSWORD, idle=timedelta(0)), "GBA_SESSION_IDLE_MINUTES"),
        (replace(PASSWORD, idle=timedelta(days=2)), "GBA_SESSION_IDLE_MINUTES"),
        (replace(PASSWORD, public_url="gba.example.gov.hk"), "GBA_PUBLIC_URL"),
        (replace(PASSWORD, public_url="https://gba.example.gov.hk/path"), "GBA_PUBLIC_URL"),
        (replace(PASSWORD, trusted_proxies=("nginx",)), "GBA_TRUSTED_PROXIES"),
        (replace(PASSWORD, trusted_proxies=("0.0.0.0/0",)), "GBA_TRUSTED_PROXIES"),
        (replace(PROXY, trusted_proxies=()), "GBA_TRUSTED_PROXIES"),
        (replace(PROXY, trusted_proxies=("::/0",)), "GBA_TRUSTED_PROXIES"),
        (replace(PROXY, proxy_header="X_User"), "GBA_PROXY_HEADER"),
        (replace(PROXY, proxy_header="Cookie"), "GBA_PROXY_HEADER"),
        (replace(PROXY, proxy_header="X-Forwarded-For"), "GBA_PROXY_HEADER"),
        (replace(OIDC, public_url=""), "GBA_PUBLIC_URL"),
        (replace(OIDC, oidc_issuer="http://id.example.gov.hk"), "GBA_OIDC_ISSUER"),
        (replace(OIDC, oidc_client_id=""), "GBA_OIDC_CLIENT_ID"),
        (replace(OIDC, oidc_client_secret=""), "GBA_OIDC_CLIENT_SECRET"),
        (replace(OIDC, oidc_claim="preferred_username"), "GBA_OIDC_CLAIM"),
    ],
)
def test_a_fault_names_its_setting_and_what_was_expected(settings, named):
    (fault,) = faults(settings)
    assert fault.startswith(f"{named}: expected ")
    assert "found" in fault


def test_every_fault_is_told_at_once():
    settings = AuthSettings(mode="oidc", trusted_proxies=("x",))
    assert len(faults(settings)) == 6


def test_no_fault_and_no_repr_repeats_a_secret():
    settings = replace(OIDC, secret_key="hush", https_proxy="http://me:hush@proxy", oidc_client_secret="hush")
    assert "hush" not in repr(settings)
    assert "hush" not in str(faults(settings))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://id.example", True),
        ("http://127.0.0.1:9000/x", True),
        ("http://localhost/x", True),
        ("http://id.example", False),
        ("http://127.0.0.1.example", False),
        ("https://user@id.example", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[", False),
        ("", False),
        (None, False),
    ],
)
def test_secrets_go_over_https_or_stay_on_this_machine(url, safe):
    assert is_safe_url(url) is safe
