"""Where word goes out: a mail server, a webhook; nothing is sent until one of them is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, SecretStr, field_validator

SCHEMES = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A mail server, *sealed* from the first byte (smtps), else by STARTTLS; without, only on this machine."""

    host: str
    port: int
    sealed: bool
    user: str = ""
    password: str = field(default="", repr=False)


class OutboxFields(BaseModel):
    """What the environment may say, by the names it has there."""

    smtp: SecretStr = SecretStr("")
    mail_from: str = ""
    webhook: SecretStr = SecretStr("")

    @field_validator("smtp")
    @classmethod
    def _server(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value():
            server_of(given.get_secret_value())
        return given

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, text: str) -> str:
        if text and not (text.isprintable() and is_address(parseaddr(text)[1])):
            raise ValueError("expected an address such as GBA Monitor <gba@example.gov.hk>")
        return text

    @field_validator("webhook")
    @classmethod
    def _hook(cls, given: SecretStr) -> SecretStr:
        text = given.get_secret_value()
        if text and not (text.startswith("https://") and urlsplit(text).hostname):
            raise ValueError("expected an https address")
        return given

    @property
    def mails(self) -> bool:
        """Say whether word can go out by mail."""
        return bool(self.smtp.get_secret_value() and self.mail_from)

    @property
    def hooks(self) -> bool:
        """Say whether alerts go to a webhook."""
        return bool(self.webhook.get_secret_value())


def server_of(text: str) -> MailServer:
    """Return the mail server that *text* names, smtp(s)://user:password@host:port; raise ValueError for none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("expected smtp://user:password@host:port or smtps://…") from error
    if parts.scheme not in SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("expected smtp://user:password@host:port or smtps://…")
    return MailServer(
        host=parts.hostname,
        port=port or SCHEMES[parts.scheme],
        sealed=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def is_address(text: str) -> bool:
    """Say whether *text* may be a mail address: one @, no blanks, nothing that could start another header."""
    local, at, domain = text.partition("@")
    plain = all(33 <= ord(letter) <= 126 and letter not in '<>,;:"()[]\\' for letter in text)
    return bool(
        at and local and "." in domain.strip(".") and "@" not in domain and plain and len(text) <= 254
    )
