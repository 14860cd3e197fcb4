"""Who may see and do what: a role is one line here, and everything else asks the viewer.

Audiences nest: what the group may see, officials may see too. They are enforced on the data side, by building
``Metrics`` with the viewer's audiences; actions are asked for with ``viewer.may(action)`` where they happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from metrics.audiences import AUDIENCES

__all__ = ["ACTIONS", "AUDIENCES", "NOBODY_SIGNED_IN", "ROLES", "VISITOR", "Role", "Viewer", "all_may"]

ACTIONS = ("brief", "return", "review", "release", "override", "minutes", "run_now", "administer")
NOBODY_SIGNED_IN = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """What people of this role may see (*audiences*) and do (*actions*)."""

    audiences: frozenset[str]
    actions: frozenset[str] = frozenset()


def _role(audience: str, *actions: str) -> Role:
    seen = AUDIENCES[: AUDIENCES.index(audience) + 1]
    return Role(audiences=frozenset(seen), actions=frozenset(actions))


ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "viewer": _role("public", "brief"),
        "member": _role("group", "brief"),
        "steward": _role(
            "officials", "brief", "return", "review", "release", "override", "minutes", "run_now"
        ),
        "admin": _role("officials", *ACTIONS),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Who looks at a page: *person_id* is empty for a visitor, who sees what is public and does nothing.

    *audiences* go into ``Metrics``, *audience* into every cache key, *address* is where the request comes from.
    """

    person_id: str = NOBODY_SIGNED_IN
    name: str = ""
    role: str = "viewer"
    address: str = ""

    @property
    def signed_in(self) -> bool:
        """Say whether it is known who this is."""
        return self.person_id != NOBODY_SIGNED_IN

    @property
    def audiences(self) -> frozenset[str]:
        """Return the audiences whose figures this viewer may see."""
        return ROLES[self.role].audiences if self.signed_in else ROLES["viewer"].audiences

    @property
    def audience(self) -> str:
        """Return the strictest of the audiences: two viewers who share it are shown the same figures."""
        return next(name for name in reversed(AUDIENCES) if name in self.audiences)

    def may(self, action: str) -> bool:
        """Say whether this viewer may do *action*; raise KeyError for an action there is not."""
        if action not in ACTIONS:
            raise KeyError(f"no action {action!r}: expected one of {', '.join(ACTIONS)}")
        return self.signed_in and action in ROLES[self.role].actions


VISITOR = Viewer()


def all_may(audience: str, action: str) -> bool:
    """Say whether everybody who is shown what *audience* is shown may do *action*: its pages may then offer it."""
    own = [role for role in ROLES.values() if _strictest(role) == audience]
    return bool(own) and all(action in role.actions for role in own)


def _strictest(role: Role) -> str:
    return next(name for name in reversed(AUDIENCES) if name in role.audiences)
