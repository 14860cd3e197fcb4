"""Payload bytes under their SHA-256: written once, whole or not at all, and proven whenever they are read."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
import zlib
from pathlib import Path

from ingest.errors import ArchiveError
from ingest.source import Payload

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """Hold the folder ``<root>/<first two digits>/<sha256>.gz``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Return where the bytes of *sha256* lie, or would lie."""
        if not _SHA256.fullmatch(sha256):
            raise ArchiveError(f"expected 64 hexadecimal digits, found {sha256!r}")
        return self.root / sha256[:2] / f"{sha256}.gz"

    def keep(self, payload: Payload) -> str:
        """Store the bytes unless they are there, and return where, relative to the archive's folder."""
        if hashlib.sha256(payload.content).hexdigest() != payload.sha256:
            raise ArchiveError(
                f"{payload.url}: the bytes are not those of {payload.sha256}; fetch them again"
            )
        place = self.path(payload.sha256)
        try:
            if not self._sound(payload.sha256):
                _write_whole(place, gzip.compress(payload.content, compresslevel=6, mtime=0))
        except OSError as error:
            raise ArchiveError(f"{place}: could not be written ({error}); look at the disk") from error
        return self.stored_as(payload.sha256)

    def lay(self, sha256: str, zipped: bytes) -> None:
        """Store the compressed bytes of *sha256* as another archive kept them; raises ArchiveError for other bytes."""
        place = self.path(sha256)
        _proven(zipped, sha256, place)
        if not self._sound(sha256):
            _write_whole(place, zipped)

    def there(self) -> list[str]:
        """Return the hashes of all payloads that lie here, in order."""
        return sorted(place.name.removesuffix(".gz") for place in self.root.glob("??/*.gz"))

    def drop(self, sha256: str) -> int:
        """Remove the bytes of *sha256* and return how many bytes of disk that frees; none where it isn't there."""
        place = self.path(sha256)
        try:
            size = place.stat().st_size
            place.unlink()
        except FileNotFoundError:
            return 0
        return size

    def stored_as(self, sha256: str) -> str:
        """Return the name of the bytes of *sha256*, relative to the archive's folder."""
        return str(self.path(sha256).relative_to(self.root))

    def read(self, sha256: str) -> bytes:
        """Return the bytes of *sha256*; raises ArchiveError where they are missing or are not those bytes."""
        place = self.path(sha256)
        try:
            zipped = place.read_bytes()
        except FileNotFoundError:
            raise ArchiveError(
                f"{place}: not in the archive; fetch the source again or restore a backup"
            ) from None
        except OSError as error:
            raise ArchiveError(f"{place}: cannot be read ({error}); look at the disk") from error
        return _proven(zipped, sha256, place)

    def _sound(self, sha256: str) -> bool:
        # A file damaged on disk is replaced by the good bytes at hand instead of being trusted for its name.
        try:
            return bool(self.read(sha256)) or sha256 == hashlib.sha256(b"").hexdigest()
        except ArchiveError:
            return False


def _proven(zipped: bytes, sha256: str, place: Path) -> bytes:
    """Return the bytes that were compressed; raises ArchiveError unless they are those of *sha256*."""
    try:
        content = gzip.decompress(zipped)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ArchiveError(f"{place}: damaged ({error}); restore it from a backup") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ArchiveError(f"{place}: the bytes are not those of its name; restore it from a backup")
    return content


def _write_whole(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
