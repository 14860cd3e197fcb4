"""The tables beside the facts: runs, payloads, quarantine, leases, returns, people, audit, briefings."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.columns import Digest, Instant
from metrics.warehouse.tables import key, may, need, table

RUN = table(
    "run",
    key("run_id", sa.Text()),
    need("source_id", sa.Text()),
    need("trigger", sa.Text()),
    need("logical_time", sa.Text()),
    need("attempt", sa.Integer()),
    may("token", sa.BigInteger()),
    need("stage", sa.Text()),
    need("planned_at", Instant()),
    may("started_at", Instant()),
    sa.UniqueConstraint("source_id", "logical_time", "attempt", name="run_of_logical_time"),
)

RUN_END = table(
    "run_end",
    key("run_id", sa.Text()),
    need("status", sa.Text()),
    need("stage", sa.Text()),
    need("counts", sa.Text()),
    need("error", sa.Text()),
    need("ended_at", Instant()),
    need("detail", sa.Text(), server_default="{}"),
    sa.Column("effect", sa.Text(), nullable=True, unique=True),
)

PAYLOAD = table(
    "payload",
    key("sha256", Digest()),
    need("url", sa.Text()),
    need("media_type", sa.Text()),
    need("size", sa.BigInteger()),
    need("stored_as", sa.Text()),
    need("first_seen_at", Instant()),
)

RUN_PAYLOAD = table(
    "run_payload",
    key("run_id", sa.Text()),
    key("url", sa.Text()),
    key("fetched_at", Instant()),
    need("sha256", Digest()),
    need("status", sa.Integer()),
    need("etag", sa.Text()),
    need("last_modified", sa.Text()),
    need("read_to_end", sa.Boolean()),
    sa.Index("run_payload_of_url", "url", "fetched_at"),
    sa.Index("run_payload_of_sha256", "sha256"),
)

QUARANTINE = table(
    "quarantine",
    key("item", sa.Text()),
    need("run_id", sa.Text()),
    need("source_id", sa.Text()),
    need("rule", sa.Text()),
    need("said", sa.Text()),
    need("record", sa.Text()),
    need("payload_sha256", Digest()),
    need("recorded_at", Instant()),
)

QUARANTINE_DECISION = table(
    "quarantine_decision",
    key("item", sa.Text()),
    key("decided_at", Instant()),
    need("what", sa.Text()),
    need("decided_by", sa.Text()),
    need("why", sa.Text()),
)

LEASE = table(
    "lease",
    key("name", sa.Text()),
    need("holder", sa.Text()),
    need("token", sa.BigInteger()),
    need("acquired_at", Instant()),
    need("expires_at", Instant()),
)

RETURN = table(
    "return_",
    key("return_id", sa.Text()),
    need("template", sa.Text()),
    need("department", sa.Text()),
    need("handed_in_by", sa.Text()),
    need("handed_in_at", Instant()),
    need("payload_sha256", Digest()),
    need("rows", sa.Text()),
    need("faults", sa.Text()),
)

RETURN_REVIEW = table(
    "return_review",
    key("return_id", sa.Text()),
    key("reviewed_at", Instant()),
    need("reviewed_by", sa.Text()),
    need("verdict", sa.Text()),
    need("why", sa.Text()),
    may("run_id", sa.Text()),
)

PERSON = table(
    "person",
    key("person_id", sa.Text()),
    need("name", sa.Text()),
    need("role", sa.Text()),
    need("password", sa.Text()),
    need("enabled", sa.Boolean()),
    need("created_at", Instant()),
    need("changed_at", Instant()),
)

SESSION = table(
    "session",
    key("session_hash", Digest()),
    need("person_id", sa.Text()),
    need("created_at", Instant()),
    need("seen_at", Instant()),
    need("expires_at", Instant()),
    may("ended_at", Instant()),
)

# Guesses at a password, counted over all web workers; the subject is a hash, so that nothing typed is kept.
ATTEMPT = table(
    "attempt",
    key("subject", Digest()),
    need("failures", sa.Integer()),
    need("last_at", Instant()),
    need("until", Instant()),
)

AUDIT = table(
    "audit",
    key("number", sa.BigInteger()),
    need("at", Instant()),
    need("actor", sa.Text()),
    need("action", sa.Text()),
    need("subject", sa.Text()),
    need("detail", sa.Text()),
    need("previous", Digest()),
    need("digest", Digest()),
)

# Where the chain ends, so that a cut-off tail is noticed too.
AUDIT_HEAD = table(
    "audit_head", key("name", sa.Text()), need("number", sa.BigInteger()), need("digest", Digest())
)

# Every version that was saved; names and panels are JSON.
BRIEFING = table(
    "briefing",
    key("briefing_id", sa.Text()),
    key("version", sa.Integer()),
    need("state", sa.Text()),
    need("names", sa.Text()),
    may("as_of", Instant()),
    may("stamp", sa.BigInteger()),
    need("panels", sa.Text()),
    need("languages", sa.Text()),
    need("audience", sa.Text()),
    need("meeting_id", sa.Text()),
    need("made_by", sa.Text()),
    need("person_id", sa.Text()),
    need("recorded_at", Instant()),
)

SCHEMA_VERSION = table(
    "schema_version",
    key("version", sa.Integer()),
    need("what", sa.Text()),
    need("applied_at", Instant()),
)

LEDGER = (
    RUN, RUN_END, PAYLOAD, RUN_PAYLOAD, QUARANTINE, QUARANTINE_DECISION, LEASE, RETURN, RETURN_REVIEW,
    PERSON, SESSION, ATTEMPT, AUDIT, AUDIT_HEAD, BRIEFING, SCHEMA_VERSION,
)  # fmt: skip
