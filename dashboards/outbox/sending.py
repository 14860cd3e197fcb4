"""Hand one message over: to a mail server or to a webhook; say whether trying again may help."""

from __future__ import annotations

import hashlib
import json
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

import httpx

from dashboards.outbox.settings import MailServer, OutboxFields, server_of
from metrics.warehouse.outbox import Message

SECONDS = 20.0
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
Send = Callable[[Message], None]


class NotSentError(Exception):
    """A message that was not taken; *again* says whether trying again may help."""

    def __init__(self, said: str, *, again: bool) -> None:
        super().__init__(said)
        self.again = again


def sender(settings: OutboxFields) -> Send:
    """Return what sends a message by its channel; it raises NotSentError."""
    return lambda message: (_hook if message.channel == "webhook" else _mail)(message, settings)


def mail_of(message: Message, sender_address: str) -> EmailMessage:
    """Return *message* as a mail; the same message always carries the same Message-ID, so that a second one is seen
    to be the same."""
    mail = EmailMessage()
    mail["From"] = sender_address
    mail["To"] = message.address
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = format_datetime(message.made_at)
    domain = parseaddr(sender_address)[1].rpartition("@")[2]
    mail["Message-ID"] = f"<{hashlib.sha256(message.message_id.encode()).hexdigest()[:32]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    mail["Content-Language"] = message.lang  # last: setting the content clears what is said of it
    return mail


def _mail(message: Message, settings: OutboxFields) -> None:
    if not settings.mails:
        raise NotSentError("no mail server is set", again=True)
    server = server_of(settings.smtp.get_secret_value())
    mail = mail_of(message, settings.mail_from)
    try:
        with _connected(server) as line:
            line.send_message(mail)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise NotSentError(_said(error), again=_passing(error)) from error
    except smtplib.SMTPAuthenticationError as error:
        raise NotSentError(
            "the mail server refuses the user or the password in GBA_SMTP", again=True
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotSentError(
            f"the mail server cannot be reached ({type(error).__name__})", again=True
        ) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.sealed:
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        line.ehlo()
        if line.has_extn("starttls"):
            line.starttls(context=context)
        elif server.host not in LOOPBACK:
            line.close()
            raise NotSentError(
                "the mail server offers no encryption; use smtps:// or another server", again=True
            )
    if server.user:
        line.login(server.user, server.password)
    return line


def _passing(error: smtplib.SMTPException) -> bool:
    """Say whether a refusal is for now (4xx) and not for good (5xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in error.recipients.values())
    return 400 <= getattr(error, "smtp_code", 400) < 500


def _said(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    else:
        code, words = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"the mail server refused it: {code} {text}"[:300]


def _hook(message: Message, settings: OutboxFields) -> None:
    if not settings.hooks:
        raise NotSentError("no webhook is set", again=True)
    body = {
        "id": message.message_id, "kind": message.kind, "lang": message.lang,
        "subject": message.subject, "text": message.body, "made_at": message.made_at.isoformat(),
    }  # fmt: skip
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.message_id}
    try:
        answer = httpx.post(
            settings.webhook.get_secret_value(),
            content=json.dumps(body, ensure_ascii=False).encode(),
            headers=headers,
            timeout=SECONDS,
            follow_redirects=False,
        )
    except httpx.HTTPError as error:
        raise NotSentError(f"the webhook cannot be reached ({type(error).__name__})", again=True) from error
    if not answer.is_success:
        again = answer.status_code >= 500 or answer.status_code in {408, 425, 429}
        raise NotSentError(f"the webhook answered {answer.status_code}", again=again)
