"""Read a payload as its source's contract says: whole, or without the few rows that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.errors import ShapeError
from ingest.source import Contract, Payload, Record, Source
from metrics.warehouse.entries import Suspect

COLUMNS = ("as_read", "freeze", "evolve")
TYPES = ("freeze", "discard_row")
MOST_DISCARDED = 20
RULE = "row discarded"


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a payload said, in how many *rows*, and the rows left out by their number, each with what was wrong."""

    records: list[Record]
    discarded: dict[int, ShapeError]
    rows: int


def read(source: Source, payload: Payload, note: Callable[[str], None]) -> Read:
    """Parse *payload* under the contract of *source*; *note* hears what was let be.

    A row that cannot be read is left out where the contract says ``discard_row``, and the payload is then
    parsed anew. Raises ShapeError for everything else, and for more than a few such rows.
    """
    discarded: dict[int, ShapeError] = {}
    while True:
        said: list[str] = []
        counted: list[int] = []
        bound = replace(
            payload,
            contract=source.contract,
            discarded=frozenset(discarded),
            note=said.append,
            counted=counted.append,
        )
        try:
            records = list(source.parse(bound))
        except ShapeError as error:
            discarded[_discarded(error, source.contract, discarded)] = error
            continue
        for words in dict.fromkeys(said):
            note(words)
        return Read(records=records, discarded=discarded, rows=_rows(records, counted))


def _rows(records: list[Record], counted: list[int]) -> int:
    """Return how many rows the records were read from: as counted, else by the rows that stand with them."""
    if not records:
        return 0
    return sum(counted) or len({id(one) if one.row is None else id(one.row) for one in records})


def _discarded(error: ShapeError, contract: Contract, before: dict[int, ShapeError]) -> int:
    """Return the number of the row to leave out; raises *error*, or the first, where that is no way out."""
    # An error that stays when its row is left out is not one of that row.
    if contract.types != "discard_row" or error.row is None or error.row in before:
        raise error
    if len(before) >= MOST_DISCARDED:
        first = next(iter(before.values()))
        raise ShapeError(
            f"expected at most {MOST_DISCARDED} rows that cannot be read, found more; the first: {first}",
            row=first.row,
            raw=first.raw,
        )
    return error.row


def discarded_rows(source: Source, payload: Payload, found: Read) -> list[Suspect]:
    """Return the rows left out of *payload* as the warehouse holds them for a person."""
    return [
        Suspect(
            source_id=source.id,
            rule=RULE,
            said=str(error),
            # the same row tomorrow is the same item, wherever it then stands
            row={"raw": error.raw[:2000]} if error.raw else {"payload": payload.sha256, "row": number},
            payload_sha256=payload.sha256,
        )
        for number, error in found.discarded.items()
    ]


def contract_faults(source: Source) -> Iterator[str]:
    """Yield what is wrong with the words of a source's contract."""
    contract = source.contract
    if contract.columns not in COLUMNS:
        yield f"expected columns to {' or '.join(COLUMNS)}, found {contract.columns!r}"
    if contract.types not in TYPES:
        yield f"expected types to {' or '.join(TYPES)}, found {contract.types!r}"
    if source.grows and contract.types == "discard_row":
        yield "expected types to freeze for a file that only grows: a row left out would look like a shorter file"
