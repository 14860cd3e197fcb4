"""Slows down those who guess: by account and by address, the longer the more they fail, counted for all workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from metrics.warehouse.attempts import AttemptBook, Attempts, Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """*free* failures cost nothing, then each doubles the wait; *lock_after* of them shut the door for *lock*.

    After *forget* without a failure the count begins anew.
    """

    free: int
    lock_after: int
    longest: timedelta = timedelta(minutes=2)
    lock: timedelta = timedelta(minutes=15)
    forget: timedelta = timedelta(hours=1)


ACCOUNT = Rule(free=3, lock_after=10)
ADDRESS = Rule(free=20, lock_after=100)


def wait_after(failures: int, rule: Rule) -> timedelta:
    """Return how long the next try has to wait after so many failures."""
    if failures >= rule.lock_after:
        return rule.lock
    over = failures - rule.free
    return min(timedelta(seconds=2 ** min(over, 16)), rule.longest) if over > 0 else timedelta(0)


def subject_of(address: str) -> str:
    """Return whom an address stands for: itself, or the /64 that one household of IPv6 addresses shares."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else parsed.exploded[:19]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Whether a try may go on: at once, or only after *wait*; *last* says that failing now shuts the door."""

    wait: timedelta
    last: bool


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """Holds the book of attempts and the two rules.

    A try is counted as a failure before the password is looked at, so that many at once gain nothing.
    """

    book: AttemptBook
    account: Rule = ACCOUNT
    address: Rule = ADDRESS

    def enter(self, account: str, address: str, at: datetime) -> Entry:
        """Count a try; or, when it comes too early, count nothing and say how long to wait."""
        rules = {f"account:{account}": self.account, f"address:{subject_of(address)}": self.address}

        def change(before: Counts) -> Counts:
            if _wait(before, at):
                return before
            return {subject: _failed(before.get(subject), rule, at) for subject, rule in rules.items()}

        before = self.book.update(list(rules), at, change)
        last = any(
            _failed(before.get(subject), rule, at).failures >= rule.lock_after
            for subject, rule in rules.items()
        )
        return Entry(wait=_wait(before, at), last=last)

    def passed(self, account: str, address: str, at: datetime) -> None:
        """Take back the try that turned out right: the account is free again, the address has one less."""
        own, shared = f"account:{account}", f"address:{subject_of(address)}"

        def change(before: Counts) -> Counts:
            entry = before.get(shared)
            if entry is None or entry.failures <= 1:
                return {}
            return {shared: Attempts(failures=entry.failures - 1, last_at=entry.last_at, until=at)}

        self.book.update([own, shared], at, change)

    def use_once(self, name: str, until: datetime, at: datetime) -> bool:
        """Say whether *name* is used for the first time; it stays used until *until*."""
        subject = f"once:{name}"
        used = Attempts(failures=1, last_at=at, until=until)
        before = self.book.update([subject], at, lambda found: found or {subject: used})
        return subject not in before


def _wait(counts: Counts, at: datetime) -> timedelta:
    return max([timedelta(0), *(entry.until - at for entry in counts.values())])


def _failed(before: Attempts | None, rule: Rule, at: datetime) -> Attempts:
    counts = before is not None and at - before.last_at < rule.forget
    failures = before.failures + 1 if before and counts else 1
    return Attempts(failures=failures, last_at=at, until=at + wait_after(failures, rule))
