"""An identity provider that behaves as Entra does, on loopback: for the demo, and the one that the tests trust."""

from auth.sandbox.people import Person
from auth.sandbox.provider import SandboxProvider

__all__ = ["Person", "SandboxProvider"]
