"""What the pages ask of whoever knows the feeds: ``app.py`` hands it in, and nothing of it is imported here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Protocol


class Line(Protocol):
    """Something said of a run: pages look ``run.<key>`` up and fill *args* in; as a text it is the log's line."""

    @property
    def key(self) -> str: ...
    @property
    def args(self) -> Mapping[str, Any]: ...


class Example(Protocol):
    """One figure before and after a run, each with its qualifier; None where there was, or is, none."""

    @property
    def indicator(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def breakdown(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def span(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def counting_basis(self) -> str: ...
    @property
    def before(self) -> float | None: ...
    @property
    def after(self) -> float | None: ...
    @property
    def before_qualifier(self) -> str: ...
    @property
    def after_qualifier(self) -> str: ...


class Difference(Protocol):
    """How many figures a run found new, changed and gone, with the first of each kind."""

    @property
    def new(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def gone(self) -> int: ...
    @property
    def examples(self) -> Mapping[str, Sequence[Example]]: ...


class RunTold(Protocol):
    """A run of the ledger with its lines, what it changed and the payloads that came."""

    @property
    def run(self) -> Any: ...
    @property
    def lines(self) -> Sequence[Line]: ...
    @property
    def difference(self) -> Difference | None: ...
    @property
    def payloads(self) -> Sequence[Any]: ...


class Came(Protocol):
    """Where a payload came from."""

    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def name(self) -> str: ...


class Answer(Protocol):
    """What became of asking for a run: asked, waiting, no_scheduler or unknown."""

    @property
    def state(self) -> str: ...
    @property
    def run_id(self) -> str: ...


class FeedDesk(Protocol):
    """Knows the feeds; it plans runs and never runs anything itself."""

    @property
    def known(self) -> Mapping[str, Any]:
        """Return the sources by id."""

    def health(self) -> Sequence[Any]:
        """Return how each source is, not older than the last run by more than a moment."""

    def mark(self) -> Hashable:
        """Return what differs whenever there is something new to say."""

    def at_work(self) -> bool:
        """Say whether a scheduler is at work."""

    def runs(self, source_id: str, limit: int = 20) -> Sequence[RunTold]:
        """Return the newest runs of a source, newest first."""

    def lines(self, run: Any) -> Sequence[Line]:
        """Return what was said of a run."""

    def run(self, run_id: str) -> RunTold | None:
        """Return one run, or None."""

    def last_news(self, source_id: str) -> Any:
        """Return the newest run of a source that brought a figure not known before, or None."""

    def asked(self) -> Sequence[str]:
        """Return the sources whose run was asked for and is not over."""

    def ask(self, source_id: str) -> Answer:
        """Plan a run of a source now, which the scheduler takes up within seconds."""

    def payload(self, sha256: str) -> Came | None:
        """Return where a payload came from, None for one that no run of a source brought."""

    def content(self, sha256: str) -> bytes | None:
        """Return the bytes of a payload, None where the archive keeps them no longer."""
