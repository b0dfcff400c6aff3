"""An Exchange-like post office inside this program: IMAP, POP3 and SMTP on loopback, for the demo and for tests."""

from mail.sandbox.house import Submission
from mail.sandbox.post_office import SandboxPostOffice

__all__ = ["SandboxPostOffice", "Submission"]
