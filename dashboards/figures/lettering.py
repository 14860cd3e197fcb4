"""Room for words: how wide a text is, where it may break, and how labels keep clear of one another.

A chart is drawn before anybody knows which browser shows it, so widths are estimates, as
the broadest of the usual typefaces would have them.
"""

from collections.abc import Sequence
from html import escape

BOLD = 1.1
"""How much wider bold letters are."""

_NARROW = frozenset("iljtfrI.,:;'|!()[]·")
_BROAD = frozenset("mwMWABCDGHKNOQRUVX%@&—…≥≤")
_MAY_END = frozenset(" -\u2013/")
_FIRST_SIGN = "\u2190"
_FIRST_WIDE = "\u2e80"
_NEVER_LAST = frozenset("([\u2018\u201c\u300c\u300e\u300a\uff08")
_NEVER_FIRST = frozenset(",.;:!?)%]\u2019\u201d\u3001\u3002\u300d\u300f\uff09\uff0c\uff1a\uff1b\uff01\uff1f")


def plain(text: str) -> str:
    """Return *text* with nothing in it that a chart would read as markup."""
    return escape(text, quote=False)


def _em(sign: str) -> float:
    if sign >= _FIRST_SIGN:
        return 1.0
    if sign in _NARROW:
        return 0.36
    if sign in _BROAD:
        return 0.85
    return 0.32 if sign == " " else 0.62


def width(text: str, size: float) -> float:
    """Return the estimated width in px of one line of *text* set at *size* px."""
    return sum(map(_em, text)) * size


def pieces(text: str) -> list[str]:
    """Return *text* cut where a line may end: after spaces and dashes, and on either side of a wide one."""
    found: list[str] = []
    for sign in text:
        joins = bool(found) and (
            sign in _NEVER_FIRST
            or sign == " "
            or found[-1][-1] in _NEVER_LAST
            or not (sign >= _FIRST_WIDE or found[-1][-1] >= _FIRST_WIDE or found[-1][-1] in _MAY_END)
        )
        if joins:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def lines(text: str, size: float, room: float) -> list[str]:
    """Return *text* as lines of at most *room* px; a single word longer than that stays whole."""
    done: list[str] = [""]
    for piece in pieces(text):
        if done[-1] and width((done[-1] + piece).rstrip(), size) > room:
            done.append("")
        done[-1] += piece
    return [line.strip() for line in done if line.strip()]


def shortened(text: str, size: float, room: float) -> str:
    """Return *text* cut with an ellipsis to at most *room* px."""
    if width(text, size) <= room + 1:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def two_lines(text: str, size: float, room: float) -> list[str]:
    """Return *text* in one line of *room* px, or in two; what goes beyond the second is cut with an ellipsis."""
    first, *rest = lines(text, size, room) or [""]
    if not rest:
        return [shortened(first, size, room)]
    # The rest as it was written: Chinese has no spaces to put back between lines.
    tail = text[text.index(first) + len(first) :].strip()
    return [shortened(first, size, room), shortened(tail, size, room)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places near *wanted*, in the same order, at least *gap* apart and within *low* to *high*.

    Where there is not room for all, the gap is narrowed evenly rather than any label dropped.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    if len(order) > 1:
        gap = min(gap, (high - low) / (len(order) - 1))
    placed: list[float] = []
    for i in order:
        floor = placed[-1] + gap if placed else low
        placed.append(max(wanted[i], floor))
    ceiling = high
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - gap
    result = [0.0] * len(order)
    for i, value in zip(order, placed, strict=True):
        result[i] = value
    return result
