"""The door: what every answer carries, what no request may do, whether the house is alive and ready."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request

MOST_BODY = 256 * 2**10
MOST_UPLOAD = 4 * 2**20  # a department's return: its reader has narrower limits of its own
UPLOADS = frozenset({"/steward/upload"})
MOST_QUERY = 2048
MOST_LONG_QUERY = 3600
LONG_QUERIES = ("/present/", "/briefings/")  # an address may hold a whole briefing
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CALLBACK = "/_dash-update-component"

OF_FRAMES = frozenset({"Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy"})

Readiness = Callable[[], Mapping[str, Any]]


def content_policy(hashes: Sequence[str]) -> str:
    """Return the content security policy; *hashes* are those of the inline scripts that Dash writes."""
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


def headers(hashes: Sequence[str]) -> dict[str, str]:
    """Return the headers that every answer carries."""
    return {
        "Content-Security-Policy": content_policy(hashes),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def plain(status: int, said: str) -> Response:
    """Return a short text answer that repeats nothing of the request."""
    return Response(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")


def refusal(callbacks: Container[str]) -> Response | None:
    """Return why the request at hand is refused, or None; *callbacks* are the outputs made on the server."""
    if request.method not in METHODS:
        return plain(405, "This method is not served here.")
    longest = MOST_LONG_QUERY if request.path.startswith(LONG_QUERIES) else MOST_QUERY
    if len(request.query_string) > longest:
        return plain(414, f"The query string is longer than {longest} bytes.")
    if request.method in SAFE:
        return None
    most = MOST_UPLOAD if request.path in UPLOADS else MOST_BODY
    request.max_content_length = most  # also for a body that does not state its length
    if (request.content_length or 0) > most:
        return plain(413, f"The body is longer than {most} bytes.")
    if not same_origin(request.headers, request.host):
        return plain(403, "Requests that change something come from the product's own pages only.")
    return _callback_refusal(callbacks) if request.path == CALLBACK else None


def same_origin(sent: Mapping[str, str], host: str) -> bool:
    """Say whether a request with these headers comes from a page of *host*, or from no page at all."""
    if sent.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = sent.get("Origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


def _callback_refusal(callbacks: Container[str]) -> Response | None:
    if request.mimetype != "application/json":
        return plain(415, "Send application/json.")
    try:
        body = json.loads(request.get_data(cache=True))
    except (ValueError, RecursionError):
        return plain(400, "The body is not JSON.")
    if not isinstance(body, dict) or not _is_callback(body):
        return plain(400, "The body is not a call of this product's pages.")
    if body["output"] not in callbacks:
        return plain(404, "There is no such call.")
    return None


def _is_callback(body: Mapping[str, Any]) -> bool:
    """Say whether *body* has the form of a Dash call; what its values hold is for the callback to check."""
    lists = (body.get("inputs"), body.get("state", []), body.get("changedPropIds"))
    return (
        isinstance(body.get("output"), str)
        and isinstance(body.get("outputs"), dict | list)
        and all(isinstance(entry, list) for entry in lists)
        and all(_is_dependency(entry) for entry in [*lists[0], *lists[1]])
        and all(isinstance(name, str) for name in lists[2])
    )


def _is_dependency(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("id"), str)
        and isinstance(entry.get("property"), str)
    )


def protect(server: Flask, hashes: Sequence[str], callbacks: Callable[[], Container[str]]) -> None:
    """Put the guard before and behind every address; *callbacks* names the outputs made on the server."""
    server.config["MAX_CONTENT_LENGTH"] = MOST_BODY
    carried = headers(hashes)

    @server.before_request
    def refuse() -> Response | None:
        return refusal(callbacks())

    @server.after_request
    def carry(response: Response) -> Response:
        if "Content-Security-Policy" in response.headers:  # an embedded panel says who may hold it
            response.headers.extend({name: carried[name] for name in carried if name not in OF_FRAMES})
        else:
            response.headers.extend(carried)
        return response


def watch(server: Flask, readiness: Readiness) -> None:
    """Serve ``/livez`` (the process answers) and ``/readyz``: *readiness* says ``ready`` and why, as JSON."""

    @server.get("/livez")
    def livez() -> Response:
        return _json({"alive": True}, 200)

    @server.get("/readyz")
    def readyz() -> Response:
        try:
            found = dict(readiness())
        except Exception:
            server.logger.exception("the readiness check failed")
            found = {"ready": False, "warehouse": "unreachable"}
        return _json(found, 200 if found.get("ready") else 503)


def _json(found: Mapping[str, Any], status: int) -> Response:
    body = json.dumps(found, default=str)
    answer = Response(body, status=status, content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
