"""Sign-in put on the web application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from dashboards.i18n import Words
from dashboards.rates import Buckets
from dashboards.sign_in import admin, forms, oidc, pages
from dashboards.sign_in.door import Door, address_of
from dashboards.sign_in.frame import note
from dashboards.sign_in.proxy import ProxyDoor
from dashboards.sign_in.register import Register
from dashboards.sign_in.sessions import Sessions
from dashboards.sign_in.settings import AuthSettings, faults
from dashboards.sign_in.throttle import Throttle, subject_of
from metrics.warehouse.attempts import AttemptBook
from metrics.warehouse.people import People

if TYPE_CHECKING:
    from dashboards.sign_in.provider import Provider


def _now() -> datetime:
    return datetime.now(UTC)


def attach(
    server: Flask,
    warehouse: Any,
    settings: AuthSettings,
    words: Mapping[str, Words],
    assets_addresses: Mapping[str, str],
    *,
    clock: Callable[[], datetime] = _now,
) -> Door:
    """Put sign-in on *server* and return the door: called during a request, it says who is asking.

    Call it once, after the pages' own addresses are there and before the first request. Raises ValueError with
    every fault of *settings*.
    """
    if found := faults(settings):
        raise ValueError("\n".join(found))
    door = door_of(warehouse, settings, words, assets_addresses, clock)
    server.wsgi_app = ProxyDoor(  # type: ignore[method-assign]
        inner=server.wsgi_app, networks=settings.networks, header=settings.proxy_header
    )
    buckets = Buckets(now=lambda: clock().timestamp())
    server.before_request(lambda: _too_much(door, buckets))
    server.before_request(lambda: _foreign_form(door))
    server.after_request(door.finish)
    pages.route(server, door)
    oidc.route(server, door)
    admin.route(server, door)
    return door


def door_of(
    warehouse: Any,
    settings: AuthSettings,
    words: Mapping[str, Words],
    files: Mapping[str, str],
    clock: Callable[[], datetime],
) -> Door:
    """Return the door to *warehouse*, on no application yet."""
    people = People(warehouse.engine)
    return Door(
        settings=settings,
        register=register_of(warehouse, settings, clock),
        sessions=Sessions(people=people, idle=settings.idle, absolute=settings.absolute),
        throttle=Throttle(book=AttemptBook(warehouse.engine)),
        provider=_provider(settings, clock),
        words=words,
        files=files,
        clock=clock,
    )


def _provider(settings: AuthSettings, clock: Callable[[], datetime]) -> Provider | None:
    if settings.mode != "oidc":
        return None
    from dashboards.sign_in.provider import Provider  # noqa: PLC0415 - its libraries are large

    return Provider(settings=settings, clock=clock)


def register_of(warehouse: Any, settings: AuthSettings, clock: Callable[[], datetime] = _now) -> Register:
    """Return the register of people of *warehouse*."""
    exact = settings.mode == "oidc" and settings.oidc_claim == "sub"
    return Register(people=People(warehouse.engine), clock=clock, exact=exact)


def _too_much(door: Door, buckets: Buckets) -> Response | None:
    """Refuse who asks for too much at a time: signing in by address, all else by person where one is known."""
    path = request.path
    if not path.startswith(("/api/", "/sign-in")):
        return None
    address = subject_of(address_of(request))
    who = address if path.startswith("/sign-in") else door().person_id or address
    wait = buckets.take(who, request.method, path, request.args)
    if not wait:
        return None
    answer = Response(
        f"Too many requests. Try again in {wait} seconds.\n",
        status=429,
        content_type="text/plain; charset=utf-8",
    )
    answer.headers["Retry-After"] = str(wait)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _foreign_form(door: Door) -> Response | None:
    """Refuse a form that no page of ours gave to this browser; in open mode there is nothing a form could do."""
    if request.method != "POST" or request.mimetype not in forms.FORM_TYPES or door.settings.mode == "open":
        return None
    sent = request.headers.get(forms.HEADER) or request.form.get(forms.FIELD, "")
    return None if door.form_fits(sent) else note(door, "sign_in.sign_in", "sign_in.fault_form", 403)
