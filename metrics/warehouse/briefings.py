"""Briefings that people save: every version of each, with who saved it; what was deleted stays to be told of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.people import Deed
from metrics.warehouse.said import keep, need_audience, need_author, texts_of
from metrics.warehouse.tables_ledger import BRIEFING

STATES = ("saved", "deleted")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBriefing:
    """One version of a briefing: *panels* is a JSON list that the warehouse does not read.

    *as_of* and *stamp* are what it froze; no *as_of* means that it moves with what becomes known. *recorded_at* is
    None until it is kept.
    """

    briefing_id: str
    version: int
    state: str = "saved"
    names: Mapping[str, str]
    as_of: datetime | None = None
    stamp: int | None = None
    panels: str
    languages: tuple[str, ...]
    audience: str = "public"
    meeting_id: str = ""
    made_by: str
    person_id: str
    recorded_at: datetime | None = None


class ChangedMeanwhile(WarehouseError):  # noqa: N818 - it is an answer
    """Somebody saved or deleted the briefing since it was opened."""


class BriefingBook:
    """Holds the engine through which briefings are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def newest(self) -> tuple[KeptBriefing, ...]:
        """Return the newest version of every briefing that is not deleted, what was saved last first."""
        found = {one.briefing_id: one for one in self._versions()}
        saved = [one for one in found.values() if one.state == "saved"]
        saved.sort(key=lambda one: (one.recorded_at, one.briefing_id), reverse=True)
        return tuple(saved)

    def briefing(self, briefing_id: str) -> KeptBriefing | None:
        """Return the newest version of one briefing, None where there is none or it was deleted."""
        versions = self._versions(briefing_id)
        return versions[-1] if versions and versions[-1].state == "saved" else None

    def save(self, briefing: KeptBriefing, deed: Deed, at: datetime) -> KeptBriefing:
        """Keep the next version of *briefing* and return it as kept.

        Its ``version`` says after which one it comes: raises ChangedMeanwhile when that is no longer the newest.
        """
        what = f"briefing {briefing.briefing_id}"
        need_author(briefing.made_by, what)
        need_audience(briefing.audience, what)
        if briefing.state not in STATES:
            raise ValueError(f"{what}: expected one of {', '.join(STATES)}, found {briefing.state!r}")
        json.loads(briefing.panels)

        def check(connection: sa.Connection) -> None:
            mine = sa.select(sa.func.max(BRIEFING.c.version)).where(
                BRIEFING.c.briefing_id == briefing.briefing_id
            )
            newest = connection.execute(mine).scalar_one() or 0
            if newest != briefing.version:
                raise ChangedMeanwhile(
                    f"{what}: expected version {briefing.version} to be the newest, found {newest}; "
                    "open it again, or save yours as another"
                )

        kept = replace(briefing, version=briefing.version + 1)
        row: dict[str, Any] = asdict(kept)
        row.pop("recorded_at")
        row["languages"] = json.dumps(kept.languages)
        return replace(kept, recorded_at=keep(self.engine, BRIEFING, row, deed, at, check=check))

    def delete(self, briefing: KeptBriefing, deed: Deed, at: datetime) -> None:
        """Keep the word that *briefing* is deleted; its versions stay."""
        self.save(replace(briefing, state="deleted"), deed, at)

    def _versions(self, briefing_id: str | None = None) -> list[KeptBriefing]:
        asked = sa.select(BRIEFING).order_by(BRIEFING.c.version)
        if briefing_id is not None:
            asked = asked.where(BRIEFING.c.briefing_id == briefing_id)
        with self.engine.sa.connect() as connection:
            rows = connection.execute(asked).mappings().all()
        return [_kept(dict(row)) for row in rows]


def _kept(row: dict[str, Any]) -> KeptBriefing:
    told = {"names": texts_of(row["names"]), "languages": tuple(json.loads(row["languages"]))}
    return KeptBriefing(**(row | told))
