"""What of its filters a panel looked at, so that its answer serves every question that is alike in that."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields
from typing import Any

from dashboards.desk import Filters

OPTION = "option:"
_FIELDS = tuple(one.name for one in fields(Filters))
_NOTED = frozenset(_FIELDS)
_look = object.__getattribute__  # looks at a field without leaving a note

Read = tuple[tuple[str, Hashable], ...]
"""What was looked at, by name, with its value."""


class Noted(Filters):
    """Filters that note which of their fields, and which of a page's own parameters, were looked at."""

    def __getattribute__(self, name: str) -> Any:
        if name in _NOTED:
            _seen(self).add(name)
        return _look(self, name)

    def option(self, name: str, default: str = "") -> str:
        """Return the page's own parameter *name*; of all parameters only this one is noted."""
        _seen(self).add(OPTION + name)
        return dict(_look(self, "options")).get(name, default)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filters) and _all(self) == _all(other)

    def __hash__(self) -> int:
        return hash(_all(self))


def noting(filters: Filters) -> Noted:
    """Return *filters* with nothing looked at yet."""
    return Noted(**{name: _look(filters, name) for name in _FIELDS})


def looked_at(filters: Noted) -> frozenset[str]:
    """Return the names of what was looked at so far: fields, and ``option:`` with a page's own parameter."""
    return frozenset(_seen(filters))


def values(filters: Filters, names: frozenset[str]) -> Read:
    """Return what *filters* say to *names*, in order of name, leaving no note."""
    options = dict(_look(filters, "options"))
    return tuple(
        (name, options.get(name.removeprefix(OPTION)) if name.startswith(OPTION) else _look(filters, name))
        for name in sorted(names)
    )


def _seen(filters: Noted) -> set[str]:
    """Return the notes of *filters*, which stand beside its frozen fields."""
    seen: set[str] = _look(filters, "__dict__").setdefault("_seen", set())
    return seen


def _all(filters: Filters) -> tuple[Any, ...]:
    return tuple(getattr(filters, name) for name in _FIELDS)
