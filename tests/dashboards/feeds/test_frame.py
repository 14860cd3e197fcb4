"""Who may see what of a source."""

from __future__ import annotations

from dataclasses import replace

from dashboards.feeds.frame import Room, environment
from dashboards.feeds.runs import SAID
from dashboards.i18n import LANGUAGES
from tests.dashboards.feeds.conftest import SOURCE


def test_a_source_is_shown_where_all_its_figures_may_be_seen(place):
    room = Room(door=place.desks.door, desks=lambda: place.desks.public, feeds=place.feeds)
    assert room.shown(SOURCE.id)
    assert room.public(SOURCE.id)
    assert not room.shown("nothing")
    nothing = replace(place.desks.public.metrics, audiences=frozenset())
    blind = Room(door=None, desks=lambda: replace(place.desks.public, metrics=nothing), feeds=place.feeds)
    assert not blind.shown(SOURCE.id)


def test_the_templates_can_be_read_and_every_word_of_them_is_there(opening_desk):
    assert environment().get_template("run.html")
    assert all(opening_desk.words[lang].t(key) for lang in LANGUAGES for key in SAID)
    assert len({key.rpartition(".")[2] for key in SAID}) == len(SAID)
