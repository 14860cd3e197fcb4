"""The addresses of the feeds put on the web application: archived payloads, and a run now."""

from __future__ import annotations

from flask import Flask, Response, request

from dashboards.feeds import payloads, runs
from dashboards.feeds.frame import Room
from dashboards.opened import Desks


def attach(server: Flask, desks: Desks) -> None:
    """Give *server* the addresses under ``/sources``; call it once, after sign-in is attached.

    Without feeds at the desk there are none.
    """
    if desks.public.feeds is None:
        return
    room = Room(door=desks.door, desks=desks, feeds=desks.public.feeds)

    def run(source_id: str) -> Response:
        return runs.ask(room, source_id) if request.method == "POST" else runs.page_of(room, source_id)

    server.add_url_rule("/sources/payload/<sha256>", "payload", lambda sha256: payloads.payload(room, sha256))
    server.add_url_rule("/sources/<source_id>/run", "run_now", run, methods=["GET", "POST"])
