"""Sessions: a random id in the browser, its hash in the warehouse, an end that the server decides."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from metrics.warehouse.people import Deed, People, Person, Session

SEEN_EVERY = timedelta(minutes=1)
_ID = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 32 random bytes

Later = Callable[[Callable[[], None]], None]


def hash_of(session_id: str) -> str:
    """Return the hash under which a session is kept, so that a stolen warehouse opens no door."""
    return hashlib.sha256(session_id.encode("ascii")).hexdigest()


def in_background(work: Callable[[], None]) -> None:
    """Do *work* beside the request: no page waits for a clock to be written while figures are loaded."""
    threading.Thread(target=work, daemon=True).start()


@dataclass(kw_only=True)
class Sessions:
    """Holds where sessions are kept, how long they live, and which of them are being marked as seen."""

    people: People
    idle: timedelta
    absolute: timedelta
    later: Later = in_background
    _marking: set[str] = field(default_factory=set)

    def open(self, person: Person, at: datetime, deed: Deed) -> str:
        """Open a session under a new id and return the id; it is nowhere else."""
        session_id = secrets.token_urlsafe(32)
        session = Session(
            session_hash=hash_of(session_id),
            person=person,
            created_at=at,
            seen_at=at,
            expires_at=at + self.absolute,
            ended_at=None,
        )
        self.people.open_session(session, deed)
        return session_id

    def find(self, session_id: str, at: datetime) -> Session | None:
        """Return the session of this id while it is good: known, not ended, not run out, its person enabled."""
        if not _ID.fullmatch(session_id):
            return None
        session = self.people.session(hash_of(session_id))
        if session is None or session.ended_at is not None or not session.person.enabled:
            return None
        if at >= session.expires_at or at - session.seen_at >= self.idle:
            return None
        if at - session.seen_at >= min(SEEN_EVERY, self.idle / 2):
            self._mark(session.session_hash, at)
        return session

    def end(self, session: Session, at: datetime, deed: Deed | None = None) -> None:
        """End a session."""
        self.people.end_session(session.session_hash, at, deed)

    def _mark(self, session_hash: str, at: datetime) -> None:
        if session_hash in self._marking:
            return
        self._marking.add(session_hash)

        def work() -> None:
            try:
                self.people.see_session(session_hash, at)
            finally:
                self._marking.discard(session_hash)

        self.later(work)
