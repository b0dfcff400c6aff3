"""Which faults are the cause, and which only follow from another? Pure; what only follows is shown as a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tray.doctor.finding import Finding, Level, fault
from tray.health import Who

ORDER = (
    *("config", "disk", "folder", "database", "clock", "network", "dns", "proxy", "provider", "tls", "mail"),
    *("keyring", "loopback", "port", "postwart", "account", "browser", "tray", "notifications"),
)
"""What comes first is more likely to be the cause of the others."""

_CERTIFICATES = frozenset({"certificate", "server_certificate_date", "server_certificate", "doctor-tls-untrusted"})


def conclude(findings: Sequence[Finding]) -> list[Finding]:
    """Faults first, then notes, in the order of causes."""
    all_ = [*_no_network(findings), *findings]
    roots = [finding for finding in all_ if finding.level is Level.FAULT]
    concluded = [_lowered(finding, roots) for finding in all_]
    levels = [Level.FAULT, Level.NOTE, Level.OK]
    return sorted(concluded, key=lambda each: (levels.index(each.level), ORDER.index(each.check)))


def _no_network(findings: Sequence[Finding]) -> list[Finding]:
    """Of several names none is found: not the names are wrong."""
    asked = [finding for finding in findings if finding.check == "dns"]
    if len(asked) > 1 and all(finding.level is Level.FAULT for finding in asked):
        return [fault("network", "network-none", who=Who.USER)]
    return []


def _lowered(finding: Finding, roots: Sequence[Finding]) -> Finding:
    if finding.level is not Level.FAULT:
        return finding
    root = next((root for root in roots if root is not finding and _explains(root, finding)), None)
    return replace(finding, level=Level.NOTE, explained_by=root) if root else finding


def _explains(root: Finding, other: Finding) -> bool:
    match root.check:
        case "network":
            return other.check in {"dns", "proxy", "provider", "tls", "mail"}
        case "clock":
            return other.check in {"provider", "tls", "mail"} and bool(_CERTIFICATES & set(other.codes))
        case "dns":
            return other.check in {"provider", "tls", "mail"} and other.facts.get("host") == root.subject
        case "proxy":
            return other.check in {"provider", "tls"} and other.facts.get("host") == root.subject
        case "provider":
            return "captive_portal" in root.codes and other.check in {"tls", "mail"}
        case "tls":
            return (
                other.check in {"provider", "mail"} and _same_line(root, other) and bool(_CERTIFICATES & {*other.codes})
            )
        case "keyring":
            return other.check == "account" and str(other.facts.get("code", "")).startswith(("keyring", "vault_un"))
        case "config":
            return other.check == "postwart"
    return False


def _same_line(one: Finding, other: Finding) -> bool:
    return one.facts.get("host") == other.facts.get("host")
