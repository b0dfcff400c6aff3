"""What the page draws an account's last 90 days from, what a form is made from, and the journal in words."""

from __future__ import annotations

import pytest

from tests.tray.api.office import Office


def test_the_timeline_has_states_sign_ins_checks_and_what_is_ahead(office: Office) -> None:
    line = office.call("GET", "/v1/accounts/info/timeline").json
    assert [each["state"] for each in line["stretches"]] == ["ok", "offline", "ok"]
    assert line["stretches"][0]["begin"] == line["begin"]
    assert line["stretches"][-1]["end"] == line["now"]
    assert [each["kind"] for each in line["marks"]] == ["signed_in"]
    assert [(each["renewed"], each["failed"]) for each in line["days"]] == [(24, 0)]
    assert (line["due_because"], line["sign_in_due"] > line["now"]) == ("sign_in_frequency", True)
    assert line["due_confidence"] in {"assumed", "known"}


def test_of_an_unknown_account_there_is_none(office: Office) -> None:
    assert office.call("GET", "/v1/accounts/nobody/timeline").status == 404


def test_the_presets_say_what_they_set_and_lock(office: Office) -> None:
    presets = {each["name"]: each for each in office.call("GET", "/v1/presets").json["presets"]}
    assert list(presets) == ["microsoft365-send", "microsoft365", "google", "custom"]
    send = presets["microsoft365-send"]
    assert send["smtp"] == {"host": "smtp.office365.com", "port": 587, "security": "starttls"}
    assert "smtp" in send["locked"]
    assert (send["receive"], send["receives"]) == ("none", ["none"])
    assert (presets["custom"]["receive"], presets["custom"]["smtp"]) == (None, None)


@pytest.mark.parametrize(("language", "said"), [("de", "250 E-Mails abgerufen"), ("en", "250 mails fetched")])
def test_each_entry_of_the_journal_is_a_sentence(office: Office, language: str, said: str) -> None:
    answer = office.call("GET", "/v1/accounts/info/journal", headers={"Accept-Language": language})
    assert answer.json["entries"][0]["said"] == said
