"""A letter is checked before it is accepted: recipients, headers, line ends; nobody sees the blind copies."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from mail.compose import Enclosure, LetterUnfit, compose, from_raw

ME = "info@office.example"


def test_a_letter_from_fields_reads_as_it_was_meant() -> None:
    made = compose(
        ME,
        to=("Jörg Maier <j.maier@x.example>",),
        cc=("b@x.example",),
        bcc=("secret@x.example",),
        subject="Grüße aus München",
        text="Guten Tag,\nbis bald.\n",
        html="<p>Guten Tag</p>",
        attachments=(Enclosure("Rechnung März.pdf", b"%PDF\x00\xff", "application/pdf"),),
    )
    message = message_from_bytes(made.raw, policy=policy.default)
    assert made.recipients == ("j.maier@x.example", "b@x.example", "secret@x.example")
    assert message["Subject"] == "Grüße aus München"
    assert "secret" not in made.raw.decode("ascii")
    assert message["Message-ID"] == made.message_id
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Rechnung März.pdf", b"%PDF\x00\xff")
    body = message.get_body(("plain",))
    assert body
    assert body.get_content().splitlines() == ["Guten Tag,", "bis bald."]


def test_a_finished_message_keeps_its_bytes_but_for_line_ends_and_blind_copies() -> None:
    raw = b"From: info@office.example\nTo: a@x.example\nBcc: b@x.example\nDate: x\nMessage-ID: <1@x>\n\nbody\xff\n"
    taken = from_raw(ME, raw)
    assert (
        taken.raw == b"From: info@office.example\r\nTo: a@x.example\r\nDate: x\r\nMessage-ID: <1@x>\r\n\r\nbody\xff\r\n"
    )
    assert taken.recipients == ("a@x.example", "b@x.example")
    assert taken.message_id == "<1@x>"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": ()}, "no_recipient"),
        ({"to": ("nobody",)}, "bad_address"),
        ({"to": ("a@x.example\r\nBcc: b@y.example",)}, "bad_address"),
        ({"to": ("jörg@x.example",)}, "address_not_ascii"),
        ({"to": ("a@x.example",), "subject": "x\r\nBcc: b@y.example"}, "bad_header"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name(fields: dict[str, object], code: str) -> None:
    with pytest.raises(LetterUnfit) as refused:
        compose(ME, **fields)  # type: ignore[arg-type]  # a table of keyword arguments
    assert refused.value.code == code


def test_a_name_with_umlauts_in_the_domain_is_written_as_servers_want_it() -> None:
    assert compose(ME, to=("a@münchen.example",), text="x").recipients == ("a@xn--mnchen-3ya.example",)


@pytest.mark.parametrize(("raw", "code"), [(b"", "bad_message"), (b"no header\n\nbody", "bad_message")])
def test_a_finished_message_without_a_header_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(LetterUnfit) as refused:
        from_raw(ME, raw)
    assert refused.value.code in {code, "no_recipient"}
