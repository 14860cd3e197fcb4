"""Indicators found by words of any of the three languages, the best match first.

Names are matched in all languages at once, so that a word of one finds what another calls by a word of its own;
beside that the traditional and the simplified form of a character count as one (``catalogue/variants.toml``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from metrics.entries import CATALOGUE
from metrics.indicators import Indicator

WHOLE, BEGINS, WORD, WITHIN, CODE, TEXT = 100.0, 60.0, 40.0, 25.0, 20.0, 6.0
"""What a word counts that is a name, begins one, begins a word of one, stands within one, is in the id, in the text."""

_PIECE = re.compile(r"[a-z0-9%²]+|[\u3400-\u9fff]+")


@lru_cache(maxsize=1)
def variants() -> Mapping[int, int]:
    """Return each traditional character of the table with its simplified form, as ``str.translate`` takes it."""
    lines = tomllib.loads((CATALOGUE / "variants.toml").read_text(encoding="utf-8"))["pairs"]
    return {ord(pair[0]): ord(pair[1]) for line in lines for pair in line.split()}


def folded(text: str) -> str:
    """Return *text* as it is matched: one width, one case, one form of each character."""
    return unicodedata.normalize("NFKC", text).casefold().translate(variants())


def pieces(text: str) -> list[str]:
    """Return the words of *text*, folded: runs of letters and digits, and runs of Chinese characters."""
    return _PIECE.findall(folded(text))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is matched of one indicator, folded: its *names*, its *code*, the *text* about it."""

    indicator: Indicator
    names: tuple[str, ...]
    code: str
    text: str


class Finder:
    """Holds the indicators in the form in which they are matched; *about* adds texts by indicator id."""

    def __init__(
        self, indicators: Iterable[Indicator], about: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        about = about or {}
        self.entries = [_entry(one, about.get(one.id, ())) for one in indicators]

    def find(self, words: str) -> list[Indicator]:
        """Return the indicators that match every one of *words*, the best first; none for no words.

        A run of Chinese characters that stands nowhere is tried character pair by pair, as its words may stand
        in another order.
        """
        asked = pieces(words)
        if not asked:
            return []
        scored = [(_score(entry, asked), place) for place, entry in enumerate(self.entries)]
        best = sorted(((-score, place) for score, place in scored if score > 0))
        return [self.entries[place].indicator for _, place in best]


def _entry(indicator: Indicator, about: Iterable[str]) -> Entry:
    texts = [*about]
    for said in (indicator.definition, indicator.comparability):
        texts += (said or {}).values()
    return Entry(
        indicator=indicator,
        names=tuple(dict.fromkeys(map(folded, indicator.names.values()))),
        code=folded(indicator.id).replace("_", " "),
        text=folded(" ".join(texts)),
    )


def _score(entry: Entry, asked: list[str]) -> float:
    """Return how well *entry* matches: 0 where one of the words is nowhere in it."""
    found = [_piece(entry, piece) for piece in asked]
    if not all(found):
        return 0.0
    short = min(len(name) for name in entry.names)
    return sum(found) / len(found) + (2.0 if entry.indicator.leads else 0.0) + 1.0 / (1 + short)


def _piece(entry: Entry, piece: str) -> float:
    best = max(_in_name(name, piece) for name in entry.names)
    if best:
        return best
    if piece in entry.code.split():
        return CODE
    if piece in entry.text:
        return TEXT
    pairs = [piece[at : at + 2] for at in range(len(piece) - 1)] if piece[0] > "\u3400" else []
    share = sum(any(pair in name for name in entry.names) for pair in pairs) / len(pairs) if pairs else 0.0
    return WITHIN * share / 2 if share >= 0.6 else 0.0


def _in_name(name: str, piece: str) -> float:
    if name == piece:
        return WHOLE
    if name.startswith(piece):
        return BEGINS
    if re.search(rf"\b{re.escape(piece)}", name, re.ASCII):
        return WORD
    return WITHIN if piece in name else 0.0
