"""Signing in at an OpenID provider: out with state, nonce and verifier, back once, and soon."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from dashboards.sign_in import forms
from dashboards.sign_in.door import FLOW, Door, address_of
from dashboards.sign_in.frame import here, moved, note, reader
from dashboards.sign_in.register import Author
from dashboards.sign_in.vouching import CALLBACK, ProviderFault
from metrics.warehouse.people import Deed

LIFE = timedelta(minutes=10)


def _sealer(door: Door) -> URLSafeSerializer:
    return URLSafeSerializer(door.settings.secret_key, salt="gba sign-in at a provider")


def start(door: Door) -> Response:
    """Send the browser to the provider, with a sealed cookie to know it by when it comes back."""
    if door.settings.mode != "oidc":
        return moved(here("/sign-in", reader(door.words)))
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    try:
        answer = moved(door.provider.start(state, nonce, verifier))
    except ProviderFault as fault:
        return _refused(door, fault, 503)
    flow = {
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "next": forms.own_path(request.args.get("next", ""), here("/", reader(door.words))),
        "until": (door.clock() + LIFE).timestamp(),
    }
    door.give_cookie(answer, FLOW, _sealer(door).dumps(flow), LIFE)
    return answer


def finish(door: Door) -> Response:
    """Answer the browser that the provider sent back: a new session, or a page that says that it did not work."""
    if door.settings.mode != "oidc":
        return moved(here("/sign-in", reader(door.words)))
    try:
        flow = _flow(door)
    except ProviderFault as fault:
        return _refused(door, fault, 403, told=False)
    try:
        if request.args.get("error") or not request.args.get("code"):
            raise ProviderFault("the provider did not sign the person in")
        claims = door.provider.finish(request.args["code"], flow["nonce"], flow["verifier"])
        person_id, name = door.provider.named(claims)
    except ProviderFault as fault:
        return _refused(door, fault, 403)
    person = door.register.vouched(person_id, name, Author(person_id=person_id, address=address_of(request)))
    if not person.enabled:
        return _refused(door, ProviderFault("the person is disabled"), 403)
    answer = moved(forms.own_path(str(flow["next"]), "/"))
    door.let_in(answer, person, "oidc")
    door.take_cookie(answer, FLOW)
    return answer


def _flow(door: Door) -> Mapping[str, Any]:
    """Return the flow that this browser began; raise ProviderFault when it began none, or used it already."""
    try:
        flow = _sealer(door).loads(door.cookie(FLOW))
    except BadData as error:
        raise ProviderFault("this browser did not begin to sign in here") from error
    sent = request.args.get("state", "")
    if not hmac.compare_digest(sent.encode("utf-8", "replace"), flow["state"].encode()):
        raise ProviderFault("the answer belongs to another sign-in")
    # RFC 9207: a provider that says who it is must be the one we asked.
    if request.args.get("iss", door.settings.oidc_issuer) != door.settings.oidc_issuer:
        raise ProviderFault("the answer comes from another provider")
    at, until = door.clock(), datetime.fromtimestamp(flow["until"], UTC)
    if at >= until:
        raise ProviderFault("signing in took too long")
    if not door.throttle.use_once(flow["state"], until, at):
        raise ProviderFault("the answer was used before")
    return flow


def _refused(door: Door, fault: ProviderFault, status: int, *, told: bool = True) -> Response:
    """Say that it did not work; *told* leaves it out of the audit when nobody began to sign in: anyone can knock."""
    current_app.logger.warning("sign-in at the provider refused: %s", fault)
    if told:
        detail = {"address": address_of(request), "why": str(fault)}
        deed = Deed(actor="visitor", action="sign_in_failed", subject="provider", detail=detail)
        door.register.people.note(deed, door.clock())
    answer = note(door, "sign_in.sign_in", "sign_in.fault_provider", status)
    door.take_cookie(answer, FLOW)
    return answer


def route(server: Flask, door: Door) -> None:
    """Give *server* the addresses of signing in at a provider."""
    server.add_url_rule("/sign-in/start", "provider_start", lambda: start(door))
    server.add_url_rule(CALLBACK, "provider_finish", lambda: finish(door))
