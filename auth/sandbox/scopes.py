"""Which permissions does a scope parameter ask for? Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auth.sandbox.refusals import Refusal

IDENTITY = frozenset({"openid", "profile", "email", "offline_access"})
GRAPH = "https://graph.microsoft.com"
MAIL = "https://outlook.office.com"
MAIL_HOSTS = frozenset(
    {MAIL, "https://outlook.office365.com", "https://outlook.office365.us", "https://partner.outlook.cn"}
)
MAIL_PERMISSIONS = ("IMAP.AccessAsUser.All", "POP.AccessAsUser.All", "SMTP.Send")
# Left out of what users may consent to by Entra's default for new tenants; SMTP.Send is not in that list.
ADMIN_ONLY = frozenset({f"{MAIL}/IMAP.AccessAsUser.All", f"{MAIL}/POP.AccessAsUser.All"})


@dataclass(frozen=True)
class Permission:
    """`resource` as the client spells it; empty where scopes are plain words, as with most OpenID providers."""

    resource: str
    name: str

    @property
    def scope(self) -> str:
        return f"{self.resource}/{self.name}" if self.resource else self.name

    @property
    def key(self) -> str:
        """What consent is recorded for: the same, whichever of a resource's names the client uses."""
        return f"{MAIL if self.resource in MAIL_HOSTS else self.resource}/{self.name}" if self.resource else self.name

    @property
    def opens_mailboxes(self) -> bool:
        return self.resource in MAIL_HOSTS if self.resource else self.name not in IDENTITY


@dataclass(frozen=True)
class Asked:
    """A scope parameter, taken apart."""

    identity: frozenset[str] = frozenset()
    permissions: tuple[Permission, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return self.identity | {permission.key for permission in self.permissions}

    @property
    def resource(self) -> str:
        """The one resource that an access token is for. Without any, it is for Graph: no mail server takes it."""
        resources = {permission.resource for permission in self.permissions}
        if len(resources) > 1:
            raise Refusal(28000)
        return next(iter(resources), GRAPH)

    def words(self) -> tuple[str, ...]:
        return (*sorted(self.identity), *(permission.scope for permission in self.permissions))


def asked_of_microsoft(scope: str) -> Asked:
    """Scopes are a resource's URL and a permission; a bare one is Graph's. Raises Refusal for an unknown one."""
    return _asked(scope, [permission for word in _others(scope) for permission in _microsoft(word)])


def asked_of_any(scope: str) -> Asked:
    """Scopes are plain words (or URLs that stand for themselves, as with Google)."""
    return _asked(scope, [Permission("", word) for word in _others(scope)])


def consented(keys: Iterable[str], resource: str) -> tuple[Permission, ...]:
    """Those of a resource's permissions that were consented to. Entra puts all of them into each access token."""
    family = MAIL if resource in MAIL_HOSTS else resource
    names = {key.removeprefix(family + "/") for key in keys if key.startswith(family + "/")}
    if "*" in keys and family == MAIL:
        names |= set(MAIL_PERMISSIONS)
    return tuple(Permission(resource, name) for name in sorted(names))


def _asked(scope: str, permissions: list[Permission]) -> Asked:
    return Asked(IDENTITY & set(scope.split()), tuple(dict.fromkeys(permissions)))


def _others(scope: str) -> list[str]:
    return [word for word in scope.split() if word not in IDENTITY]


def _microsoft(word: str) -> list[Permission]:
    resource, _, name = word.rpartition("/")
    if not resource:
        return [Permission(GRAPH, name)]
    if resource == GRAPH:
        return [Permission(GRAPH, name)]
    if resource in MAIL_HOSTS and name == ".default":
        return [Permission(resource, each) for each in MAIL_PERMISSIONS]
    if resource in MAIL_HOSTS and name in MAIL_PERMISSIONS:
        return [Permission(resource, name)]
    raise Refusal(70011, scope=word)
