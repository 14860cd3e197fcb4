"""What the door says of a provider weighs little: its client comes only where people sign in at one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dashboards.sign_in.vouching import CALLBACK, ProviderFault

ROOT = Path(__file__).resolve().parents[3]
LARGE = ("authlib", "joserfc", "cryptography", "openpyxl")


def test_the_pages_start_without_the_providers_client_and_without_workbooks() -> None:
    told = (
        f"import sys, dashboards.attached, ingest.stewards; print([m for m in {LARGE} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_client_says_the_same_words() -> None:
    from dashboards.sign_in import provider

    assert provider.ProviderFault is ProviderFault
    assert provider.CALLBACK == CALLBACK == "/sign-in/done"
