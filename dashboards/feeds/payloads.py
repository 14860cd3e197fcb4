"""A payload from the archive, as it came from its publisher: for the disk, never for the browser to show."""

from __future__ import annotations

import re

from flask import Response

from dashboards.feeds.frame import Room
from dashboards.sign_in.frame import note

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
WEEK = 7 * 24 * 3600


def payload(room: Room, sha256: str) -> Response:
    """Answer with the bytes of a payload that came in a run of a source which this reader may see.

    What this reader may not see is not there: one answer for both, so that nothing is learnt from asking.
    """
    came = room.feeds.payload(sha256) if _SHA256.fullmatch(sha256) else None
    # Every source it came from: the same bytes are not let out by a second, more open door.
    if came is None or not all(room.shown(source_id) for source_id in came.sources):
        return note(room.door, "sources.payload_title", "sources.no_payload", 404)
    content = room.feeds.content(sha256)
    if content is None:
        return note(room.door, "sources.payload_title", "sources.payload_gone", 410)
    public = all(room.public(source_id) for source_id in came.sources)
    if not public:
        room.door.note("payload", sha256, sources=list(came.sources))
    answer = Response(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{came.name}"'
    answer.headers["Cache-Control"] = f"public, max-age={WEEK}" if public else "no-store"
    return answer
