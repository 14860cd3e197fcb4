"""Text that a spreadsheet must not take for a formula."""

from __future__ import annotations

import unicodedata

FORMULA_STARTS = frozenset("=+-@\t\r\n|%")
_INVISIBLE = frozenset(
    "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def inert(text: str) -> str:
    """Return *text* with an apostrophe before it where a spreadsheet could take it for a formula.

    Full-width forms of the signs count as the signs, and what cannot be seen before them does not hide them.
    """
    if not text or text[0].isalnum():
        return text
    return f"'{text}" if _first(text) in FORMULA_STARTS else text


def _first(text: str) -> str:
    """Return the first sign that a spreadsheet would read: a control sign, else past blanks and the unseen."""
    if text[0] in "\t\r\n":
        return text[0]
    seen = next((sign for sign in text if not sign.isspace() and sign not in _INVISIBLE), "")
    return unicodedata.normalize("NFKC", seen)[:1]
