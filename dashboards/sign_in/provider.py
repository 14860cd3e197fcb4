"""An OpenID provider: found by its issuer, asked for a token, and believed only what it signed for us just now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from dashboards.sign_in.settings import AuthSettings, is_safe_url
from dashboards.sign_in.vouching import CALLBACK, ProviderFault

SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
TIMEOUT = (5, 10)
KEPT = timedelta(hours=1)
KEYS_AGAIN = timedelta(minutes=1)
LEEWAY = 60
SCOPES = {"sub": "openid profile", "email": "openid profile email"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What discovery said, and when it was asked."""

    about: Mapping[str, Any]
    keys: KeySet
    at: datetime


@dataclass(kw_only=True)
class Provider:
    """Holds what is known of the provider and renews it when it is an hour old or a key is missing."""

    settings: AuthSettings
    clock: Callable[[], datetime]
    _known: Known | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, state: str, nonce: str, verifier: str) -> str:
        """Return the address at the provider to send the browser to."""
        about = self._about().about
        with self._session() as session:
            url, _ = session.create_authorization_url(
                about["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
            )
        return url

    def finish(self, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Trade *code* for a token and return its claims; raise ProviderFault when anything is not as it should be."""
        known = self._about()
        try:
            with self._session(known.about) as session:
                token = session.fetch_token(
                    known.about["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    allow_redirects=False,
                )
        except (requests.RequestException, AuthlibBaseError, ValueError) as error:
            raise ProviderFault(f"the provider gave no token: {type(error).__name__}") from error
        return self._claims(token, nonce)

    def named(self, claims: Mapping[str, Any]) -> tuple[str, str]:
        """Return who the claims speak of: what tells people apart, and the name to show."""
        claim = self.settings.oidc_claim
        person_id = claims.get(claim)
        if claim == "email":
            if claims.get("email_verified") is not True:
                raise ProviderFault("the provider has not verified the e-mail address")
            person_id = person_id.strip().casefold() if isinstance(person_id, str) else None
        if not isinstance(person_id, str) or not 0 < len(person_id) <= 255 or not person_id.isprintable():
            raise ProviderFault(f"the token has no usable {claim}")
        name = claims.get("name")
        return person_id, name if isinstance(name, str) else ""

    def _session(self, about: Mapping[str, Any] | None = None) -> OAuth2Session:
        settings = self.settings
        methods = (about or {}).get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in methods or "client_secret_post" not in methods
        session = OAuth2Session(
            settings.oidc_client_id,
            settings.oidc_client_secret,
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope=SCOPES[settings.oidc_claim],
            redirect_uri=settings.public_url.rstrip("/") + CALLBACK,
            code_challenge_method="S256",
            default_timeout=TIMEOUT,
        )
        session.trust_env = False
        session.verify = str(settings.ca_file) if settings.ca_file else True
        session.proxies = {"https": settings.https_proxy} if settings.https_proxy else {}
        return session

    def _about(self, *, renew: bool = False) -> Known:
        with self._lock:
            known, at = self._known, self.clock()
            if known is None or at - known.at >= (KEYS_AGAIN if renew else KEPT):
                known = self._known = self._discovered(at)
            return known

    def _discovered(self, at: datetime) -> Known:
        issuer = self.settings.oidc_issuer
        about = self._json(get_well_known_url(issuer, external=True))
        if about.get("issuer") != issuer:
            raise ProviderFault("the provider names another issuer than GBA_OIDC_ISSUER")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe_url(about.get(name)):
                raise ProviderFault(f"the provider's {name} is no https address")
        try:
            keys = KeySet.import_key_set(self._json(about["jwks_uri"]))
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderFault("the provider's keys cannot be read") from error
        return Known(about=about, keys=keys, at=at)

    def _json(self, url: str) -> dict[str, Any]:
        try:
            with self._session() as session:
                answer = session.get(url, withhold_token=True, allow_redirects=False)
            found = answer.json() if answer.status_code == 200 else None
        except (requests.RequestException, ValueError) as error:
            raise ProviderFault(f"the provider cannot be reached: {type(error).__name__}") from error
        if not isinstance(found, dict):
            raise ProviderFault("the provider answered something else than asked")
        return found

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        signed = token.get("id_token")
        if not isinstance(signed, str):
            raise ProviderFault("the provider sent no id token")
        try:
            read = self._read(signed)
            claims = CodeIDToken(
                read.claims,
                read.header,
                options={
                    "iss": {"essential": True, "value": self.settings.oidc_issuer},
                    "aud": {"essential": True, "value": self.settings.oidc_client_id},
                    "sub": {"essential": True},
                },
                params={
                    "client_id": self.settings.oidc_client_id,
                    "access_token": token.get("access_token"),
                    "nonce": nonce,
                },
            )
            claims.validate(now=int(self.clock().timestamp()), leeway=LEEWAY)
        except (JoseError, AuthlibBaseError, ValueError, TypeError, KeyError) as error:
            raise ProviderFault(f"the id token cannot be believed: {type(error).__name__}") from error
        return claims

    def _read(self, signed: str) -> jwt.Token:
        # A token signed with a key that we have not seen: the provider has changed its keys.
        try:
            return jwt.decode(signed, self._about().keys, algorithms=list(SIGNATURES))
        except (InvalidKeyIdError, ValueError):
            return jwt.decode(signed, self._about(renew=True).keys, algorithms=list(SIGNATURES))
