"""Questions nobody chose: every panel of every page in states drawn by a seed, found from the pages themselves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from dashboards.desk import Desk, Filters, parse_filters
from dashboards.i18n import LANGUAGES
from dashboards.panel import Page, options_of
from metrics.explore_sums import WHOLE
from tests.dashboards.exports.nine.world import NOW, first_day

Dice = random.Random


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page in a state: its path and the query string of its address."""

    page: Page
    path: str
    query: str

    @property
    def address(self) -> str:
        """Return what the browser would show."""
        return f"{self.path}?{self.query}" if self.query else self.path


def _day(dice: Dice) -> date:
    return first_day() + timedelta(days=dice.randrange((NOW.date() - first_day()).days + 1))


def _as_of(dice: Dice, _desk: Desk) -> str:
    return dice.choice(["", "", "2024-03-31", "2025-05-15", _day(dice).isoformat(), f"{_day(dice)}T09:30Z"])


def _indicators(dice: Dice, desk: Desk) -> str:
    ids = [one.id for one in desk.catalogue]
    favoured = ["bcp_passengers_daily", "bcp_passengers_monthly", "fiveg_base_stations"]
    return ",".join(
        dict.fromkeys(dice.choice([*favoured, *dice.choices(ids, k=5)]) for _ in range(dice.randint(1, 3)))
    )


def _places(dice: Dice, desk: Desk) -> str:
    atlas = desk.atlas
    known = [
        one.id for one in (*atlas.cities, *atlas.cities, *atlas.crossings, *atlas.regions, *atlas.districts)
    ]
    return ",".join(dict.fromkeys(dice.choices(known, k=dice.randint(1, 4))))


def _split(dice: Dice, _desk: Desk) -> str:
    return dice.choice(sorted(WHOLE))


# How a value is drawn for what takes free or structured text; a page that takes any other has to be added here.
FREE: Mapping[str, Callable[[Dice, Desk], str]] = {
    "indicators": _indicators,
    "base": lambda dice, _desk: _day(dice).isoformat(),
    "split": _split,
    "parts": lambda dice, _desk: dice.choice(["direction:arrival", "group:mainland_visitors"]),
    "basis": lambda dice, desk: dice.choice(sorted(desk.catalogue.bases)),
    "against": lambda dice, _desk: _day(dice).isoformat(),
    "q": lambda dice, _desk: dice.choice(["5G", "口岸", "机"]),
    "find": lambda dice, _desk: dice.choice(["5G", "口岸", "kiosk"]),
    "mark": lambda dice, desk: dice.choice(desk.atlas.crossings).id,
    "leaf": lambda dice, _desk: str(dice.randint(2, 3)),
}


def options(page: Page, desk: Desk, dice: Dice) -> dict[str, str]:
    """Return values for about half of a page's own parameters, and always for what it shows nothing without."""
    found = {}
    for name, allowed in options_of(page, desk).items():
        if callable(allowed) and name not in FREE:
            raise AssertionError(f"{page.id} takes {name!r}: say in FREE how to draw a value for it")
        if dice.random() < (0.9 if name == "indicators" else 0.35):
            found[name] = FREE[name](dice, desk) if callable(allowed) else dice.choice([*allowed])
    return found


def state(page: Page, desk: Desk, dice: Dice, lang: str) -> str:
    """Return the query string of *page* in a state drawn by *dice*."""
    start, end = sorted((_day(dice), _day(dice)))
    shared = {
        "as_of": _as_of(dice, desk),
        "places": _places(dice, desk) if dice.random() < 0.35 else "",
        "from": start.isoformat() if dice.random() < 0.25 else "",
        "to": end.isoformat() if dice.random() < 0.25 else "",
        "per": dice.choice(["", "", "capita", "km2"]),
    }
    pairs = {"lang": lang} | shared | options(page, desk, dice)
    return urlencode({name: text for name, text in pairs.items() if text}, safe=",:")


def items(page: Page, desk: Desk) -> Sequence[str]:
    """Return what stands in the blank of a page's path, "" where it has none."""
    return list(page.items(desk)) if "<" in page.path else [""]


def question(page: Page, item: str, desk: Desk, dice: Dice, lang: str) -> Asked:
    """Return *page* in a state that its own rules take."""
    path = page.path.partition("<")[0] + item if "<" in page.path else page.path
    while True:
        query = state(page, desk, dice, lang)
        if isinstance(_read(page, item, desk, query), Filters):
            return Asked(page=page, path=path, query=query)


def _read(page: Page, item: str, desk: Desk, query: str) -> Any:
    fields = {name: [text] for name, _, text in (pair.partition("=") for pair in query.split("&"))}
    from urllib.parse import unquote_plus

    told = {name: [unquote_plus(text) for text in texts] for name, texts in fields.items()}
    known = options_of(page, desk)
    return parse_filters(told, places=desk.atlas, options=known, item=item, clock=desk.clock())


def sampled(pages: Sequence[Page], desk: Desk, dice: Dice, most: int) -> Iterator[Asked]:
    """Yield every page once, in a language of its turn; of a page of many items at most *most*."""
    turn = dice.randrange(len(LANGUAGES))
    for page in pages:
        known = items(page, desk)
        for item in known if len(known) <= most else dice.sample(known, most):
            turn += 1
            yield question(page, item, desk, dice, LANGUAGES[turn % len(LANGUAGES)])


def every(pages: Sequence[Page], desk: Desk, dice: Dice, times: int) -> Iterator[Asked]:
    """Yield every page and item in every language *times* over; of a page of many items one language each."""
    for page in pages:
        known = items(page, desk)
        for at, item in enumerate(known):
            tongues = LANGUAGES if len(known) <= 40 else (LANGUAGES[at % 3],)
            for lang in tongues:
                for _ in range(times if len(known) <= 40 else 1):
                    yield question(page, item, desk, dice, lang)
