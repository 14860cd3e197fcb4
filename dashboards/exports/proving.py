"""The proof of packs, for commands of rooms that know no pages; nothing heavy loads before it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class Proving:
    """Give a wiring that can export (``exporting``) the proof of packs too."""

    def prove(self, files: Sequence[Path]) -> tuple[list[str], list[str]] | None:
        """Return what was proved of *files* and what was not, in lines; None where one of them is no pack."""
        from dashboards.briefings.packs.commands import proved  # noqa: PLC0415 - a command imports what it needs
        from dashboards.briefings.packs.reading import is_pack  # noqa: PLC0415

        if not all(is_pack(path) for path in files):
            return None
        return proved(files, *self.exporting())  # type: ignore[attr-defined]
