"""Which provider is asked for an account? Microsoft's through MSAL, any other by OpenID Connect."""

from __future__ import annotations

from auth.identity import Identity
from auth.provider import Clock, Provider
from auth.vault import Vault


def provider_for(identity: Identity, vault: Vault, clock: Clock) -> Provider:
    """Loads the one library that is needed, when it is needed."""
    if identity.authority:
        from auth.microsoft import MicrosoftProvider

        return MicrosoftProvider(identity, vault, clock)
    from auth.openid import OpenIdProvider

    return OpenIdProvider(identity, vault, clock)
