"""The door: who is asking, from where, and the cookies and form tokens that go with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Request, Response, g, request

from dashboards.i18n import Words
from dashboards.roles import NOBODY_SIGNED_IN, ROLES, VISITOR, Viewer
from dashboards.sign_in import forms, proxy
from dashboards.sign_in.register import Author, Register
from dashboards.sign_in.sessions import Sessions
from dashboards.sign_in.settings import AuthSettings
from dashboards.sign_in.throttle import Throttle
from metrics.warehouse.people import Deed, Person, Session

if TYPE_CHECKING:
    from dashboards.sign_in.provider import Provider

FLOW = "flow"
SESSION = "session"
FORM = "form"


@dataclass(frozen=True, kw_only=True)
class Door:
    """Holds all that sign-in works with. Called during a request, it returns the Viewer."""

    settings: AuthSettings
    register: Register
    sessions: Sessions
    throttle: Throttle
    provider: Provider | None  # only where people sign in at one: its libraries are large
    words: Mapping[str, Words]
    files: Mapping[str, str]
    clock: Callable[[], datetime]

    def __call__(self) -> Viewer:
        """Return who is asking; worked out once a request."""
        if "gba_viewer" not in g:
            g.gba_viewer = self._viewer()
        return g.gba_viewer

    def _viewer(self) -> Viewer:
        address = address_of(request)
        if self.settings.mode == "proxy":
            person = self._named(address)
        else:
            session = self.session()
            person = session.person if session else None
        if person is None or person.role not in ROLES:
            return Viewer(address=address)
        return Viewer(person_id=person.person_id, name=person.name, role=person.role, address=address)

    def _named(self, address: str) -> Person | None:
        named = request.environ.get(proxy.NAMED, "")
        if not named:
            return None
        person = self.register.vouched(named, "", Author(person_id=named, address=address))
        return person if person.enabled else None

    def session(self) -> Session | None:
        """Return the session of the request at hand, if it is good."""
        if self.settings.mode not in {"password", "oidc"}:
            return None
        if "gba_session" not in g:
            sent = self.cookie(SESSION)
            g.gba_session = self.sessions.find(sent, self.clock()) if sent else None
        return g.gba_session

    def author(self) -> Author:
        """Return the one who is asking, as the audit names them."""
        viewer = self()
        return Author(person_id=viewer.person_id or "visitor", address=viewer.address)

    def note(self, action: str, subject: str = "", **detail: Any) -> int:
        """Write in the audit that whoever is asking did *action*, and from where; never pass a secret."""
        by = self.author()
        deed = Deed(
            actor=by.person_id, action=action, subject=subject, detail={"address": by.address} | detail
        )
        return self.register.people.note(deed, self.clock())

    # Forms

    def form_token(self) -> str:
        """Return the token that the forms of this answer carry; their browser gets the cookie it belongs to."""
        return forms.token(self.settings.secret_key, self._mark(), self._bound())

    def form_fits(self, sent: str) -> bool:
        """Say whether the form sent came from a page of ours that this browser got for this person."""
        return forms.fits(sent, self.settings.secret_key, self.cookie(FORM), self._bound())

    def _mark(self) -> str:
        if "gba_mark" not in g:
            sent = self.cookie(FORM)
            g.gba_mark = sent if forms.is_mark(sent) else forms.new_mark()
            g.gba_new_mark = g.gba_mark != sent
        return g.gba_mark

    def _bound(self) -> str:
        session = self.session()
        return session.session_hash if session else self().person_id

    # Cookies

    def cookie_name(self, kind: str) -> str:
        """Return a cookie's name; on https the prefix keeps other hosts of the domain from setting it."""
        return f"__Host-gba-{kind}" if self.settings.https else f"gba-{kind}"

    def cookie(self, kind: str) -> str:
        """Return a cookie that came with the request, or ""."""
        return request.cookies.get(self.cookie_name(kind), "")

    def give_cookie(self, answer: Response, kind: str, value: str, life: timedelta | None = None) -> None:
        """Set a cookie that scripts cannot read and that other sites' requests do not carry."""
        answer.set_cookie(
            self.cookie_name(kind),
            value,
            max_age=life,
            path="/",
            secure=self.settings.https or request.is_secure,
            httponly=True,
            samesite="Lax",
        )

    def take_cookie(self, answer: Response, kind: str) -> None:
        """Delete a cookie."""
        answer.delete_cookie(
            self.cookie_name(kind),
            path="/",
            secure=self.settings.https or request.is_secure,
            httponly=True,
            samesite="Lax",
        )

    # Coming and going

    def let_in(self, answer: Response, person: Person, how: str) -> None:
        """Open a new session for *person* with *answer*; the one that the browser had, if any, ends."""
        at = self.clock()
        before = self.session()
        if before is not None:
            self.sessions.end(before, at)
        deed = Deed(
            actor=person.person_id,
            action="signed_in",
            subject=person.person_id,
            detail={"address": address_of(request), "how": how},
        )
        session_id = self.sessions.open(person, at, deed)
        self.give_cookie(answer, SESSION, session_id, self.settings.absolute)
        # A form made before signing in is worth nothing after it.
        self.give_cookie(answer, FORM, forms.new_mark())
        g.gba_new_mark = False

    def let_out(self, answer: Response) -> None:
        """End the session of the request at hand, on the server."""
        session = self.session()
        if session is not None:
            deed = Deed(
                actor=session.person.person_id,
                action="signed_out",
                subject=session.person.person_id,
                detail={"address": address_of(request)},
            )
            self.sessions.end(session, self.clock(), deed)
        self.take_cookie(answer, SESSION)
        self.take_cookie(answer, FORM)
        g.gba_new_mark = False

    def finish(self, answer: Response) -> Response:
        """Give the form cookie that an answer's forms need, and keep what only some may see out of shared caches."""
        if g.get("gba_new_mark"):
            self.give_cookie(answer, FORM, g.gba_mark)
        viewer = g.get("gba_viewer", VISITOR)
        if viewer.person_id != NOBODY_SIGNED_IN and "immutable" not in answer.headers.get(
            "Cache-Control", ""
        ):
            answer.headers.add("Vary", "Cookie")
            if not answer.cache_control.no_store:
                answer.cache_control.public = None
                answer.cache_control.private = True
        return answer


def address_of(asking: Request) -> str:
    """Return where a request comes from, as far as trusted proxies tell."""
    return asking.environ.get(proxy.ADDRESS) or asking.remote_addr or ""
