"""What may go wrong on a figure's way in, told by stage; each error says whether trying again may help."""

from __future__ import annotations


class IngestError(Exception):
    """Say what was expected, what was found and what to do next.

    *stage* is where it happened, *key* what pages say of it where the message tells nothing finer.
    """

    stage = "ingest"
    transient = False
    key = "stopped"


class FetchError(IngestError):
    """The publisher's bytes did not come."""

    stage = "fetch"
    key = "no_answer"


class UnreachableError(FetchError):
    """Nobody answered: no such host, connection refused, or no such file in the mirror folder."""

    key = "unreachable"
    transient = True


class StalledError(FetchError):
    """The answer stopped, or came more slowly than one is willing to wait."""

    key = "stalled"
    transient = True


class CutShortError(FetchError):
    """The answer ended before its announced end."""

    key = "cut_short"
    transient = True


class BusyError(FetchError):
    """The publisher asked for patience (429, 503 and their like); *retry_after* in seconds where it said."""

    key = "busy"
    transient = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RefusedError(FetchError):
    """The publisher answered, but not with the file: trying again would not help."""

    key = "refused"


class UnsafeError(FetchError):
    """The address leads somewhere that is not fetched: a private network, plain http, another scheme."""

    key = "unsafe"


class TooLargeError(FetchError):
    """More bytes than the request declares a good answer can have."""

    key = "too_large"


class NotConfiguredError(IngestError):
    """The source needs a key that has not been given."""

    key = "no_key"
    stage = "fetch"


class ArchiveError(IngestError):
    """The archive does not hold the bytes it should hold."""

    key = "archive"
    stage = "archive"


class ShapeError(IngestError):
    """The payload has not the declared form; *row* is the line of the file, *raw* what stood there."""

    key = "shape"
    stage = "parse"

    def __init__(self, message: str, *, row: int | None = None, raw: str = "") -> None:
        super().__init__(f"row {row}: {message}" if row is not None else message)
        self.row = row
        self.raw = raw


class CheckError(IngestError):
    """The payload as a whole cannot be right: shorter than before, another unit."""

    key = "check"
    stage = "check"


class LoadError(IngestError):
    """The warehouse did not take the figures; nothing of them was stored."""

    key = "load"
    stage = "load"


class SupersededError(LoadError):
    """Another process has taken over this source: the late write is refused."""

    key = "superseded"
