"""The journal: one line for each thing that happens, with the request or run it belongs to and no secret in it.

It lies on the ground that both wings share, because web and scheduler write into the same one.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import structlog

FORMS = ("text", "json")
HIDDEN = "[hidden]"
SHORTEST_SECRET = 6  # shorter ones stand in ordinary words
QUIET = ("apscheduler", "httpx", "httpcore", "kaleido", "choreographer", "fontTools", "werkzeug")


@contextmanager
def within(**told: str) -> Iterator[None]:
    """Write *told*, such as ``run="..."``, into every line of this thread meanwhile."""
    with structlog.contextvars.bound_contextvars(**told):
        yield


def keep(form: str, secrets: Collection[str] = (), to: TextIO | None = None) -> None:
    """Let all loggers write lines of *form* (text or json) to *to* (by default standard error).

    Each of *secrets* is hidden wherever it would stand. May be called again; the last call counts.
    """
    hide = _Hide(sorted((text for text in secrets if len(text) >= SHORTEST_SECRET), key=len, reverse=True))
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False)
    )
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, hide, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Hide:
    """Holds the secrets, longest first, and takes them out of everything a line says."""

    def __init__(self, secrets: list[str]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        return {name: self._clean(value) for name, value in event.items()} if self._secrets else event

    def _clean(self, value: Any) -> Any:
        if isinstance(value, int | float | bool) or value is None:
            return value
        text = str(value)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text
