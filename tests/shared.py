"""Where the sample payloads lie on machines that have them; None elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _FOLDER if (_FOLDER / "samples").is_dir() else None

needs_samples = pytest.mark.skipif(SHARED is None, reason="the sample payloads are not on this machine")
