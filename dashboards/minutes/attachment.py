"""The pages on which stewards write, put on the web application."""

from __future__ import annotations

from flask import Flask, Response, request

from dashboards.minutes import action, meeting, meetings, overrides
from dashboards.minutes.frame import ACTIONS, HOME, OVERRIDES, Room
from dashboards.sign_in.door import Door
from metrics.queries import Metrics


def attach(server: Flask, door: Door, metrics: Metrics) -> None:
    """Give *server* the addresses under which meetings and overrides are kept; call it once, after sign-in."""
    room = Room.of(door, metrics)

    def all_meetings() -> Response:
        if request.method == "POST":
            return meetings.enter(room)
        return meetings.listed(room, done=request.args.get("done", ""))

    def one_meeting(meeting_id: str) -> Response:
        return (meeting.change if request.method == "POST" else meeting.shown)(room, meeting_id)

    def one_action(action_id: str) -> Response:
        return (action.change if request.method == "POST" else action.shown)(room, action_id)

    def all_overrides() -> Response:
        return (overrides.change if request.method == "POST" else overrides.listed)(room)

    rules = (
        (HOME, "minutes_meetings", all_meetings),
        (f"{HOME}/<meeting_id>", "minutes_meeting", one_meeting),
        (f"{ACTIONS}/<action_id>", "minutes_action", one_action),
        (OVERRIDES, "minutes_overrides", all_overrides),
    )
    for path, name, view in rules:
        server.add_url_rule(path, name, view, methods=["GET", "POST"])
