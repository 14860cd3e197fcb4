"""The stewards' pages put on the web application."""

from __future__ import annotations

from flask import Flask, Response, request

from dashboards.sign_in.door import Door
from dashboards.steward import pages, proposals, quarantine, review
from dashboards.steward.desk import StewardDesk
from dashboards.steward.frame import HOME, Room


def attach(server: Flask, door: Door, desk: StewardDesk) -> None:
    """Give *server* the addresses under ``/steward``; call it once, after sign-in is attached."""
    room = Room(door=door, desk=desk)

    def one(return_id: str) -> Response:
        if request.method == "POST":
            return review.decide(room, return_id)
        return review.returned(room, return_id)

    def held() -> Response:
        return quarantine.decide(room) if request.method == "POST" else quarantine.held(room)

    def proposal(item: str) -> Response:
        return proposals.decide(room, item) if request.method == "POST" else proposals.one(room, item)

    def upload() -> Response:
        return pages.upload(room) if request.method == "POST" else pages.home(room)

    def submit() -> Response:
        return pages.submit(room) if request.method == "POST" else pages.home(room)

    both = ["GET", "POST"]
    rules = (
        ("", "steward", lambda: pages.home(room), ["GET"]),
        ("/template", "steward_template", lambda: pages.template(room), ["GET"]),
        ("/upload", "steward_upload", upload, both),
        ("/submit", "steward_submit", submit, both),
        ("/returns/<return_id>", "steward_return", one, both),
        (
            "/returns/<return_id>/file",
            "steward_file",
            lambda return_id: review.file(room, return_id),
            ["GET"],
        ),
        ("/quarantine", "steward_quarantine", held, both),
        ("/proposals", "steward_proposals", lambda: proposals.listed(room), ["GET"]),
        ("/proposals/<item>", "steward_proposal", proposal, both),
    )
    for path, name, view, methods in rules:
        server.add_url_rule(HOME + path, name, view, methods=methods)
