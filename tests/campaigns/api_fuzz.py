"""Does the API keep to its description whatever is asked? schemathesis against the real program, with and without key.

python -m tests.campaigns.api_fuzz [--minutes 5] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.office import Office
from tray.api import openapi

CHECKS = "status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth"
NOT_ASKED = ("/v1/stop", "/v1/events", "/v1/doctor", "/v1/autostart")
"""The first ends the program, the second never ends, the third asks everybody else for fifteen seconds, and the last
changes how this PC starts.
"""


@dataclass(frozen=True)
class Fuzzed:
    """`faults` are what schemathesis found and what the program logged as its own fault."""

    cases: str
    faults: list[str]
    output: str


class _Faults(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(self.format(record))


def fuzz(folder: Path, seconds: int, seed: int, *, dose: int = 0) -> Fuzzed:
    """Half of the time with the secret, half without; without it nothing may change.

    `dose`: so many requests to each call instead of all kinds of them.
    """
    faults = _Faults()
    logging.getLogger("tray").addHandler(faults)
    try:
        with Office(folder) as office:
            for account in ("info", "rent"):
                office.has_account(account)
            office.opens()
            office.signs_in("info")
            office.post.deliver("info@office.example", b"Subject: x\r\n\r\nx\r\n")
            office.helper.fetch("info")
            api = office.app.api.file
            before = _state(office)
            stranger = _asked(api.url, None, seconds // 2, seed, dose)
            changed = [] if _state(office) == before else ["something was changed without the secret"]
            friend = _asked(api.url, api.secret, seconds // 2, seed, dose)
            found = [each.stdout for each in (stranger, friend) if each.returncode]
            return Fuzzed(_cases(friend.stdout), [*found, *changed, *faults.seen], stranger.stdout + friend.stdout)
    finally:
        logging.getLogger("tray").removeHandler(faults)


def _state(office: Office) -> Any:
    """All that a call could change."""
    helper, app = office.helper, office.app
    return (
        office.places.config_file.read_bytes(),
        [each.id for each in helper.outbox.list()],
        [(each.id, each.done) for each in helper.inbox.list()],
        [key.name for key in app.api.keys.programs.list()],
        [helper.journal.read(account.id, 100, None) for account in helper.settings.accounts],
        [helper.sign_in_status(account.id).stage for account in helper.settings.accounts],
    )


def _asked(url: str, secret: str | None, seconds: int, seed: int, dose: int) -> subprocess.CompletedProcess[str]:
    much: dict[str, Any] = {"phases": "examples,coverage,fuzzing", "max-time": seconds}
    little: dict[str, Any] = {"phases": "fuzzing", "max-examples": dose}
    options = (little if dose else much) | {
        "url": url,
        "seed": seed,
        "checks": CHECKS,
        "suppress-health-check": "all",
        "generation-database": "none",
        "exclude-path-regex": "|".join(f"^{path}$" for path in NOT_ASKED),
    }
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", openapi.NAME, "--continue-on-failure"]
    command += [f"--{name}={value}" for name, value in options.items()]
    command += ["--header", f"Authorization: Bearer {secret}"] if secret else []
    env = os.environ | {"NO_PROXY": "*", "NO_COLOR": "1", "COLUMNS": "200"}
    with tempfile.TemporaryDirectory(prefix="pwfuzz") as here:
        Path(here, openapi.NAME).write_text(json.dumps(_near(json.loads(openapi.content()))), "utf-8")
        return subprocess.run(
            command, env=env, cwd=here, capture_output=True, text=True, timeout=seconds + 120, check=False
        )


def _near(document: dict[str, Any]) -> dict[str, Any]:
    """The same with few names and numbers to choose from, so that most requests meet something that is there. One
    account stays; the other may be changed and removed.
    """
    del document["paths"]["/v1/accounts/{account_id}/outbox"]["post"]["requestBody"]["content"][
        "message/rfc822"
    ]  # it makes JSON
    for path in document["paths"].values():
        for method, operation in path.items():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    free = method in {"get", "post"}
                    names = ["info", "rent", "nobody"] if free else ["rent", "nobody"]
                    numbers = {"type": "integer", "minimum": 0, "maximum": 6}
                    is_number = parameter["schema"]["type"] == "integer"
                    parameter["schema"] = numbers if is_number else {"type": "string", "enum": names}
    return document


def _cases(output: str) -> str:
    found = re.search(r"\d+ generated, \d+ passed.*", output)
    return found[0] if found else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    said = parser.parse_args()
    print(f"seed {said.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="pwfuzz") as folder:
        fuzzed = fuzz(Path(folder), int(said.minutes * 60), said.seed)
    print(fuzzed.output)
    sys.exit("\n".join(fuzzed.faults) if fuzzed.faults else 0)


if __name__ == "__main__":
    main()
