"""``/embed/<panel>`` put on the web application: public panels alone, in frames of allowed parents alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request, Response, request

from dashboards.asked import fields_of
from dashboards.embed.page import embedded
from dashboards.embed.settings import parents
from dashboards.exports.asking import RefusedError, wanted
from dashboards.exports.handout import etag
from dashboards.files import ASK_AGAIN
from dashboards.guard import plain
from dashboards.opened import Desks
from dashboards.routes import shapes_of
from dashboards.style import THEMES
from metrics.queries import NotForViewer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What embedded panels are made with; *allowed* are the origins that may hold them, *home* the address people
    type, where it is known."""

    desks: Desks
    pages: Any
    files: Mapping[str, str]
    allowed: tuple[str, ...]
    home: str = ""


def policy(allowed: tuple[str, ...]) -> str:
    """Return the content policy of an embedded panel: our own files, and *allowed* parents."""
    ancestors = " ".join(("'self'", *allowed))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {ancestors}"
    )


def answer(frame: Frame, panel_id: str, asking: Request) -> Response:
    """Answer ``/embed/<panel>`` with what the public may see, whoever is asking: a frame carries no session."""
    desk = frame.desks.public
    try:
        query = dict(fields_of(asking.query_string))
        theme = (query.pop("theme", None) or ["light"])[0]
        if theme not in THEMES:
            return plain(400, f"theme: expected one of {', '.join(THEMES)}.")
        query.pop("format", None)
        asked = wanted(panel_id, query, desk=desk, pages=frame.pages, formats=desk.formats)
        origin = frame.home or asking.host_url.rstrip("/")
        tag = hashlib.sha256(f"{etag(asked, desk, origin)} {theme} embed".encode()).hexdigest()[:24]
        if asking.if_none_match.contains_weak(tag):
            return _framed(Response(status=304), frame, tag)
        body = embedded(asked, desk, shapes_of(desk), origin=origin, theme=theme, files=frame.files)
    except (RefusedError, NotForViewer, ValueError) as error:
        status = getattr(error, "status", 404)
        faults = "; ".join(
            f"{name or 'address'}: {expected}" for name, expected in getattr(error, "faults", ())
        )
        said = getattr(error, "said", "There is no such panel.")
        return plain(status, f"{said} {faults}".strip())
    return _framed(Response(body, content_type=HTML), frame, tag)


def _framed(found: Response, frame: Frame, tag: str) -> Response:
    found.headers["Content-Security-Policy"] = policy(frame.allowed)
    found.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if frame.allowed else "same-origin"
    found.headers["ETag"] = f'W/"{tag}"'
    found.headers["Cache-Control"] = ASK_AGAIN
    return found


def attach(server: Flask, desks: Desks, chosen: Any) -> None:
    """Give *server* the address of embedded panels; *chosen* are the product's settings."""
    frame = Frame(
        desks=desks,
        pages=server.extensions["pages"],
        files=server.extensions["assets"],
        allowed=parents(chosen.embed_parents),
        home=chosen.public_url.rstrip("/"),
    )
    server.add_url_rule("/embed/<panel_id>", "embed", lambda panel_id: answer(frame, panel_id, request))
