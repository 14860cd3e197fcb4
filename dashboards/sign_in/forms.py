"""Forms that only our own pages can send: a token sealed over the browser's own cookie and who is signed in."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from urllib.parse import unquote, urlsplit

FIELD = "form_token"
HEADER = "X-Form-Token"
# What a page of another site can make a browser send without asking us first.
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""})
MOST_NEXT = 1024
_MARK = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_OWN = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")


def new_mark() -> str:
    """Return a random value for the browser's form cookie."""
    return secrets.token_urlsafe(32)


def is_mark(text: str) -> bool:
    """Say whether *text* can be a form cookie of ours."""
    return bool(_MARK.fullmatch(text))


def token(secret: str, mark: str, bound: str) -> str:
    """Return the token of forms for the browser that holds *mark*, and for *bound*, who is signed in."""
    return hmac.new(secret.encode(), f"form\n{mark}\n{bound}".encode(), hashlib.sha256).hexdigest()


def fits(sent: str, secret: str, mark: str, bound: str) -> bool:
    """Say whether *sent* is the token for this browser and person."""
    return is_mark(mark) and hmac.compare_digest(
        sent.encode("utf-8", "replace"), token(secret, mark, bound).encode()
    )


def own_path(text: str, otherwise: str = "/") -> str:
    """Return *text* when it leads to a page of ours, else *otherwise*; nobody is sent to another site.

    Browsers read ``//host``, ``/\\host`` and control characters in ways of their own: such paths are not ours,
    written plainly or encoded. Nor are those that a proxy could shorten to one: no page of ours has a step that is
    empty or made of dots.
    """
    path = unquote(text.partition("?")[0])
    if len(text) > MOST_NEXT or not _OWN.fullmatch(text) or not _OWN.fullmatch(path):
        return otherwise
    if {"", ".", ".."} & set(path[1:].split("/")[:-1]):
        return otherwise
    try:
        parts = urlsplit(text)
    except ValueError:
        return otherwise
    if parts.scheme or parts.netloc or parts.path.startswith(("/sign-in", "/sign-out")):
        return otherwise
    return text
