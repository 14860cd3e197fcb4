"""What the operator says about the journal and about who may read ``/metrics``."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Literal

from pydantic import BaseModel, field_validator


class TelemetryFields(BaseModel):
    """What the environment may say, by the names it has there."""

    log: Literal["text", "json"] = "text"
    metrics_from: str = "127.0.0.0/8,::1"

    @field_validator("metrics_from")
    @classmethod
    def _networks(cls, text: str) -> str:
        try:
            networks(text)
        except ValueError as error:
            raise ValueError(f"expected addresses or networks such as 10.0.0.0/24, found: {error}") from error
        return text


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks that *text* names, separated by commas; raise ValueError for what is none."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
