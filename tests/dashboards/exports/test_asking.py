"""What a request asks to take away."""

from __future__ import annotations

import pytest

from dashboards import pages
from dashboards.exports.asking import RefusedError, wanted
from dashboards.exports.formats import TABLES, Format, gathered
from dashboards.panel import discover

SIZED = Format(
    id="sized",
    name="S",
    media_type="x/y",
    extension="s",
    write=lambda _t: b"",
    options={"size": ("1x", "2x")},
)


def asked(desk, panel: str, **query):
    fields = {name.rstrip("_"): [said] for name, said in query.items()}
    return wanted(panel, fields, desk=desk, pages=discover(pages), formats=gathered([SIZED]))


def test_the_state_of_a_page_is_read_as_the_page_reads_it(opening_desk) -> None:
    found = asked(opening_desk, "fiveg-map", from_="2020", per="capita", year="2023", lang="zh-Hans")
    assert found.page.id == "connectivity"
    assert found.filters.per == "capita"
    assert found.filters.option("year") == "2023"
    assert found.filters.as_of.stamp == opening_desk.stamp()
    assert found.form.id == "json"


def test_a_forms_own_options_are_read_and_checked(opening_desk) -> None:
    assert asked(opening_desk, "fiveg-map", format="sized", size="2x").options == (("size", "2x"),)
    with pytest.raises(RefusedError) as error:
        asked(opening_desk, "fiveg-map", format="sized", size="9x")
    assert error.value.faults == (("size", "one of 1x, 2x"),)
    with pytest.raises(RefusedError):
        asked(opening_desk, "fiveg-map", format="csv", size="2x")


def test_the_item_of_a_page_is_part_of_its_path(opening_desk) -> None:
    assert asked(opening_desk, "measures", page="/work-items/3").filters.item == "3"


def test_every_fault_is_told_at_once(opening_desk) -> None:
    with pytest.raises(RefusedError) as error:
        asked(opening_desk, "fiveg-map", lang="xx", per="head", places="atlantis")
    assert [name for name, _ in error.value.faults] == ["lang", "places", "per"]
    assert len(TABLES) == 4
