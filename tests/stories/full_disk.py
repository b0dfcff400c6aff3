"""What does a full disk do to a Postwart that runs? To be run in a mount namespace of its own, where it mounts one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auth.problems import Problem
from tests.office import Office
from tray.api.client import ApiClient, ApiRefused
from tray.health import State
from tray.sign_ins import Stage

LETTER = {"to": ["a@b.example"], "subject": "x", "text": "y" * 200_000}


class Disk:
    """A small one, which can be filled to the last byte and emptied again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m,mode=700", "tmpfs", str(folder)], check=True)
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    def make_room(self) -> None:
        self._ballast.unlink()


def refused(call: Callable[..., Any], *path: str, **body: object) -> str:
    """The code that the API answers with."""
    with pytest.raises(ApiRefused) as caught:
        call(*path, **body)
    refusal = caught.value
    assert (refusal.status, "Make room on the disk" in refusal.next_step) == (507, True), (path, refusal.code)
    return refusal.code


def subjects(api: ApiClient) -> list[str]:
    return [each["subject"] for each in api.get("messages", limit=500)["messages"]]


def story(office: Office, disk: Disk) -> None:
    address = office.has_account("info")
    office.opens()
    assert office.signs_in("info") is Stage.SIGNED_IN
    office.post.deliver(address, b"Subject: before\r\n\r\nx\r\n")
    office.api.post("accounts", "info", "fetch")
    config, vault = office.places.config_file.read_bytes(), _vault(office)
    for number in range(30):
        office.post.deliver(address, b"Subject: %d\r\n\r\n" % number + b"x" * 100_000 + b"\r\n")

    disk.fill()
    assert refused(office.api.post, "accounts", "info", "fetch") == "disk_full"
    assert refused(office.api.post, "accounts", "info", "outbox", json_body=LETTER) == "disk_full"
    new = {"id": "x", "address": "a@b.example", "preset": "microsoft365", "client_id": office.tenant.client_id}
    assert refused(office.api.post, "accounts", json_body=new) == "disk_full"
    assert subjects(office.api) == ["before"]
    assert office.api.get("outbox")["letters"] == []
    assert office.places.config_file.read_bytes() == config

    # a token that cannot be kept: told, the one on the disk stays, the one in memory goes on
    assert refused(office.api.post, "accounts", "info", "check") == "disk_full"
    assert _vault(office) == vault
    assert office.api.get("accounts", "info", "token")["access_token"]
    assert office.signs_in("info") is Stage.FAILED
    status = office.api.get("accounts", "info", "sign-in")
    assert (status["code"], "Make room on the disk" in status["next_step"]) == ("disk_full", True)
    assert _vault(office) == vault

    office.closes()
    disk.fill()
    with pytest.raises(Problem) as told:  # no start without room for api.json
        office.opens()
    assert told.value.code == "disk_full"
    disk.make_room()
    office.reopens()
    assert office.api.post("accounts", "info", "check")["state"] == "ok"
    assert _vault(office) != vault
    office.api.post("accounts", "info", "fetch")
    assert sorted(subjects(office.api)) == sorted(["before", *map(str, range(30))])
    assert office.api.post("accounts", "info", "outbox", json_body=LETTER)["state"] == "queued"
    assert office.health("info").state is State.OK


def _vault(office: Office) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in office.places.data.glob("vault/*")}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    disk = Disk(folder / "disk")
    with Office(folder / "disk") as office:
        story(office, disk)
    print("told")
