"""The rooms put on the web application: who signs in, and every address beside the pages' own."""

from __future__ import annotations

from typing import Any

from flask import Flask

from dashboards.api.attachment import attach as attach_api
from dashboards.briefings.attachment import attach as attach_briefings
from dashboards.briefings.packs.attachment import attach as attach_packs
from dashboards.embed.attachment import attach as attach_embed
from dashboards.exports.attachment import attach as attach_exports
from dashboards.exports.drawing import drawing, forms
from dashboards.feeds.attachment import attach as attach_feeds
from dashboards.minutes.attachment import attach as attach_minutes
from dashboards.opened import Desks
from dashboards.outbox.attachment import post_room
from dashboards.outbox.pages import attach as attach_outbox
from dashboards.plain.attachment import attach as attach_plain
from dashboards.saved_views.attachment import attach as attach_saved_views
from dashboards.sign_in.attachment import attach as attach_sign_in
from dashboards.steward.attachment import attach as attach_stewards
from dashboards.steward.desk import StewardDesk
from dashboards.telemetry import Facts
from dashboards.telemetry import attach as attach_telemetry


def attach(
    server: Flask,
    desks: Desks,
    warehouse: Any,
    chosen: Any,
    stewards: StewardDesk,
    facts: Facts,
    *,
    shared: bool = False,
) -> None:
    """Give *server* sign-in and the rooms that rest on it; call it once, before the first request.

    *chosen* are the product's settings, with ``sign_in`` among them. *facts* are what ``/metrics`` says of the
    warehouse; *shared* says that several workers add up what they measure.
    """
    attach_telemetry(server, chosen, facts, shared=shared)
    desks.door = attach_sign_in(
        server, warehouse, chosen.sign_in, desks.public.words, server.extensions["assets"]
    )
    attach_stewards(server, desks.door, stewards)
    attach_minutes(server, desks.door, desks.public.metrics)
    attach_saved_views(server, desks, desks.door, warehouse)
    draws = drawing(desks.public, chosen.folder / "images")
    home = chosen.public_url.rstrip("/")
    attach_exports(server, desks, forms(draws), folder=chosen.folder, home=home)
    attach_api(server, desks, home=home)
    attach_embed(server, desks, chosen)
    attach_feeds(server, desks)
    take = attach_packs(server, desks, draws, home=home)
    attach_briefings(server, desks, desks.door, take=take)
    attach_outbox(server, desks.door, post_room(warehouse, desks, chosen))
    attach_plain(server, desks)
