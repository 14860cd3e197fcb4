"""What may go wrong with an OpenID provider, and where it sends people back to; light to import, unlike its client."""

from __future__ import annotations

CALLBACK = "/sign-in/done"


class ProviderFault(Exception):  # noqa: N818 - it is what happened
    """The provider cannot be reached, or what it says cannot be believed; nobody is signed in."""
