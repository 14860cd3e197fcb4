"""For whom a figure, a briefing or a minute is: each audience sees what those before it see, and more."""

from __future__ import annotations

AUDIENCES = ("public", "group", "officials")
