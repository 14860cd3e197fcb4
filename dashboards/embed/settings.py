"""Which pages may hold a panel of ours in a frame."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import BaseModel, field_validator


class EmbedFields(BaseModel):
    """What the environment may say, by the names it has there."""

    embed_parents: str = ""

    @field_validator("embed_parents")
    @classmethod
    def _parents(cls, text: str) -> str:
        parents(text)
        return text


def parents(text: str) -> tuple[str, ...]:
    """Return the origins that *text* names, separated by commas; raise ValueError for what is none."""
    found = tuple(part.strip().rstrip("/") for part in text.split(",") if part.strip())
    for one in found:
        parts = urlsplit(one)
        plain = one.isascii() and one.isprintable() and not set(one) & set(" ;,'\"*")
        bare = not (parts.path or parts.query or parts.fragment or parts.username)
        if parts.scheme not in {"https", "http"} or not parts.hostname or not plain or not bare:
            raise ValueError("expected origins such as https://www.example.gov.hk, separated by commas")
    return found
