"""The page changes language, quiet hours and autostart; a wrong value is told at its field and changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tray.api.office import Office, running

BEFORE = {"language": None, "notify": {"quiet": None, "weekends": True, "contact": None}}


@pytest.fixture
def file(office: Office) -> Path:
    return office.places.config_file


def test_what_is_changed_stands_in_the_file_and_null_is_the_default_again(office: Office, file: Path) -> None:
    seen = office.call("GET", "/v1/settings").json
    assert seen.pop("language_used") in {"de", "en"}
    assert seen == BEFORE
    wanted = {"language": "en", "notify": {"quiet": "18:00-07:00", "contact": "office@haus.example"}}
    answer = office.call("PATCH", "/v1/settings", wanted)
    assert answer.status == 200
    assert answer.json == {
        "language": "en",
        "language_used": "en",
        "notify": {"quiet": "18:00-07:00", "weekends": True, "contact": "office@haus.example"},
    }
    text = file.read_text("utf-8")
    assert 'quiet = "18:00-07:00"' in text
    back = office.call("PATCH", "/v1/settings", {"language": None, "notify": {"quiet": None, "contact": None}}).json
    assert back.pop("language_used") in {"de", "en"}
    assert back == BEFORE


@pytest.mark.parametrize(
    ("wanted", "field", "code"),
    [
        ({"notify": {"quiet": "evening"}}, "notify.quiet", "fault_quiet"),
        ({"notify": {"quiet": "7:00-7:00"}}, "notify.quiet", "fault_quiet_always"),
        ({"notify": {"contact": "nobody"}}, "notify.contact", "fault_address"),
        ({"notify": {"weekends": "no"}}, "notify.weekends", "field_wrong_type"),
        ({"language": "fr"}, "language", "field_not_allowed"),
        ({"account": []}, "account", "field_unknown"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    office: Office, file: Path, wanted: dict[str, object], field: str, code: str
) -> None:
    answer = office.call("PATCH", "/v1/settings", {"language": "de", **wanted}, {"Accept-Language": "de"})
    assert answer.status == 400
    assert [(each["field"], each["code"]) for each in answer.json["errors"]] == [(field, code)]
    assert not file.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it would be this user's own")
def test_autostart_is_switched_on_and_off(tmp_path: Path) -> None:
    with running(tmp_path) as office:
        assert office.call("GET", "/v1/autostart").json == {"standing": "off"}
        for on in (True, False):
            expected = {"standing": "on" if on else "off"}
            assert office.call("PUT", "/v1/autostart", {"on": on}).json == expected
            assert office.call("GET", "/v1/autostart").json == expected
        assert office.call("PUT", "/v1/autostart", {"on": "yes"}).status == 400


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it would be this user's own")
def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "xdg").write_text("no folder", "utf-8")
    with running(tmp_path) as office:
        answer = office.call("PUT", "/v1/autostart", {"on": True}, {"Accept-Language": "en"})
        assert (answer.status, answer.json["code"]) == (409, "autostart_failed")
        assert "cannot be changed" in answer.json["title"]
