"""What the pages ask of whoever does the stewards' work: ``app.py`` hands it in, and nothing of it is imported here.

Texts come in the language asked for; ids are named and numbers written by the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol


class Outcome(Protocol):
    """What became of a deed: whether it was done, what to say, and which return it is about."""

    @property
    def done(self) -> bool: ...
    @property
    def said(self) -> str: ...
    @property
    def subject(self) -> str: ...


class FaultLine(Protocol):
    """One wrong cell, in words."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def expected(self) -> str: ...
    @property
    def found(self) -> str: ...


class Figure(Protocol):
    """A figure by its ids."""

    @property
    def cell(self) -> str: ...
    @property
    def indicator(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def span(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def published_on(self) -> date | None: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


class Known(Protocol):
    """What was known of the same figure."""

    @property
    def value(self) -> float: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def known_on(self) -> date: ...


class FigureLine(Protocol):
    """A figure of a return; *kind* is new, changed, same or, once decided, empty."""

    @property
    def row(self) -> Figure: ...
    @property
    def counted(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def known(self) -> Known | None: ...
    @property
    def doubts(self) -> Sequence[str]: ...


class Upload(Protocol):
    """What a file says: why it was refused, or its faults, or its figures with the hash that hands it in."""

    @property
    def lang(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def refused(self) -> str: ...
    @property
    def faults(self) -> Sequence[FaultLine]: ...
    @property
    def sound(self) -> int: ...
    @property
    def figures(self) -> Sequence[FigureLine]: ...
    @property
    def sha256(self) -> str: ...


class Handed(Protocol):
    """A return that was handed in; *verdict* is approve, send_back or, while it waits, empty."""

    @property
    def return_id(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def handed_in_by(self) -> str: ...
    @property
    def handed_in_at(self) -> datetime: ...
    @property
    def rows(self) -> int: ...
    @property
    def doubts(self) -> int: ...
    @property
    def verdict(self) -> str: ...
    @property
    def reviewed_by(self) -> str: ...
    @property
    def reviewed_at(self) -> datetime | None: ...
    @property
    def why(self) -> str: ...
    @property
    def run_id(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def figures(self) -> Sequence[FigureLine]: ...


class Held(Protocol):
    """Something in quarantine."""

    @property
    def item(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def said(self) -> str: ...
    @property
    def held_at(self) -> datetime: ...
    @property
    def releasable(self) -> bool: ...
    @property
    def figure(self) -> Any: ...
    @property
    def lines(self) -> Sequence[Any]: ...


class Proposed(Protocol):
    """A milestone that a watched feed proposes."""

    @property
    def item(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def held_at(self) -> datetime: ...
    @property
    def title(self) -> str: ...
    @property
    def link(self) -> str: ...
    @property
    def published_on(self) -> date: ...
    @property
    def language(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def work_items(self) -> Sequence[int]: ...


class StewardDesk(Protocol):
    """Does what stewards ask, and writes each deed in the audit: *by* is the person, *address* where they are."""

    @property
    def media_type(self) -> str:
        """Return the media type of templates and returns."""

    def departments(self, lang: str) -> Sequence[tuple[str, str]]:
        """Return the departments that may hand figures in: id and name."""

    def sets(self) -> Sequence[str]:
        """Return the sets of indicators that a template may be of."""

    def template(self, department: str, chosen: str, lang: str, told_in: str) -> bytes:
        """Return the template of a department for a set in *lang*; raise ValueError that says why not, in *told_in*."""

    def upload(self, content: bytes, lang: str, by: str, address: str) -> Upload:
        """Return what a file says, in its own language where that can be read."""

    def submit(self, sha256: str, lang: str, by: str, address: str) -> Outcome:
        """Hand in a file that was uploaded."""

    def returns(self) -> Sequence[Handed]:
        """Return what was handed in, what waits for review first."""

    def returned(self, return_id: str, lang: str) -> Handed | None:
        """Return one return with its figures."""

    def file(self, return_id: str) -> bytes | None:
        """Return the bytes of a return as they were handed in."""

    def approve(self, return_id: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Load a return that somebody else handed in."""

    def send_back(self, return_id: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Send a return back with a reason."""

    def quarantine(self, lang: str) -> Sequence[Held]:
        """Return what waits in quarantine, newest first."""

    def release(self, item: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Let one figure out of quarantine, with a reason."""

    def reject(self, item: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Keep one figure out for good, with a reason."""

    def proposals(self, lang: str) -> Sequence[Proposed]:
        """Return the proposals that wait for a decision, newest publication first."""

    def accept(self, item: str, word: Mapping[str, str], lang: str, by: str, address: str) -> Outcome:
        """Make of a proposal an event: *word* has milestone, event, on, precision, evidence and why, as typed."""

    def turn_down(self, item: str, why: str, lang: str, by: str, address: str) -> Outcome:
        """Turn a proposal down, with a reason."""
