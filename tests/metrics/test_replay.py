from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from metrics.replay import Stops

DAYS = [date(2024, 3, 28), date(2025, 5, 15)]


@dataclass
class Made:
    """A warehouse that counts how often it is asked."""

    at: int = 1
    asked: tuple = ()
    times: int = 0

    def stamp(self) -> int:
        return self.at

    def read_with(self, _ask, indicators):
        self.asked, self.times = tuple(indicators), self.times + 1
        return DAYS


def indicator(name: str, frequency: str = "yearly", audience: str = "public") -> SimpleNamespace:
    return SimpleNamespace(id=name, frequency=frequency, audience=audience)


CATALOGUE = (
    indicator("stations"),
    indicator("passengers", "daily"),
    indicator("levels", "live"),
    indicator("inside", audience="member"),
)


def test_what_comes_in_every_day_and_what_is_not_public_makes_no_stop() -> None:
    warehouse = Made()
    assert Stops(warehouse=warehouse, catalogue=CATALOGUE)() == tuple(DAYS)
    assert warehouse.asked == ("stations",)


def test_the_stops_are_found_once_for_each_stamp() -> None:
    warehouse = Made()
    stops = Stops(warehouse=warehouse, catalogue=CATALOGUE)
    stops(), stops()
    assert warehouse.times == 1
    warehouse.at = 2
    stops()
    assert warehouse.times == 2


def test_the_opening_figures_give_stops_in_order(opening_warehouse, opening_metrics) -> None:
    days = Stops(warehouse=opening_warehouse, catalogue=opening_metrics.catalogue)()
    assert list(days) == sorted(set(days))
    assert len(days) > 200
    assert all(date(2000, 1, 1) < day for day in days)
