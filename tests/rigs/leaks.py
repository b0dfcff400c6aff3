"""Which secrets went over the line in a test, and where do they stand in clear, in whichever spelling?"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, quote_plus

from auth.sandbox.provider import SandboxProvider
from auth.sandbox.web import Request, Response

SENT = ("code", "code_verifier", "refresh_token", "state")
ANSWERED = ("access_token", "refresh_token", "id_token")
SHORTEST = 12  # a code of six digits, typed by the person, stands anywhere by chance
PIECE = 24  # characters of a long secret that give it away
_POSTED = re.compile(r'name="(code|state|id_token)" value="([^"]+)"')


class Watched(SandboxProvider):
    """Remembers every secret that it is sent or gives out: secret → what it is."""

    def __init__(self, folder: Path) -> None:
        self.secrets: dict[str, str] = {}
        super().__init__(folder)

    def _answer(self, request: Request) -> Response:
        response = super()._answer(request)
        asked = {**request.query, **request.form}
        found = [(asked.get(name, ""), name) for name in SENT]
        if "json" in response.kind:
            said = json.loads(response.body)
            found += [(said.get(name, ""), name) for name in ANSWERED if isinstance(said, dict)]
        else:
            found += [(value, name) for name, value in _POSTED.findall(response.body.decode("utf-8", "replace"))]
        self.secrets |= {value: name for value, name in found if len(value) >= SHORTEST}
        return response


def sasl(address: str, token: str) -> bytes:
    """As it goes to the mail server, in base64."""
    return base64.b64encode(f"user={address}\x01auth=Bearer {token}\x01\x01".encode())


def spellings(secret: bytes) -> set[bytes]:
    """As it is, in URLs, JSON, hexadecimal and base64, there also in the middle of something else."""
    text = secret.decode("latin-1")
    found = {secret, quote(secret).encode(), quote_plus(secret).encode(), json.dumps(text)[1:-1].encode()}
    found |= {secret.hex().encode(), secret.hex().upper().encode()}
    for before in range(3):  # how many bytes of what stands before it share its first group of four characters
        coded = base64.b64encode(bytes(before) + secret)
        inner = coded[-(-before * 8 // 6) : -4] if before else coded[:-4]
        found |= {inner, inner.translate(bytes.maketrans(b"+/", b"-_"))}
    if len(secret) > 3 * PIECE:  # the end of a token is its own; the beginning is all tokens' alike
        found.add(secret[-PIECE:])
    return found


def found_in(content: bytes, secrets: dict[bytes, str]) -> list[str]:
    """`secrets`: spelling → what it is."""
    return sorted({name for spelling, name in secrets.items() if spelling in content})


def files(*folders: Path, leave_out: tuple[str, ...] = ()) -> dict[str, bytes]:
    """All there is now, the databases' journals included."""
    found = {}
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and not any(name in file.parts for name in leave_out):
                found[str(file.relative_to(folder))] = file.read_bytes()
    return found


@contextmanager
def command_lines() -> Iterator[set[str]]:
    """Those of all processes that are there meanwhile, looked at 20 times a second."""
    seen: set[str] = set()
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.05):
            for file in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.add(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
                except OSError:
                    continue  # it has ended

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        stop.set()
        looking.join()
