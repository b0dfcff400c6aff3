"""Which messages and questions tell a careful IMAP server from a careless one?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FIRST_RECEIVED = datetime(2026, 2, 1, 12, 0, 0, tzinfo=UTC)
APART = timedelta(hours=13)
FLAGS: tuple[tuple[str, ...], ...] = (("\\Seen",), (), ("\\Flagged", "$Forwarded"), ("\\Seen", "\\Answered"))


def _mail(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8")


_PLAIN = _mail(
    "From: Frau Meier <meier@example.de>",
    'To: "Last, First" <x@y.de>, plain@z.de',
    'Cc: Team: a@b.de, "B C" <c@d.de>;',
    "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=",
    " aus M",
    "Date: Mon, 2 Feb 2026 10:00:00 +0100",
    "Message-ID: <1@example.de>",
    "Reply-To: reply@example.de",
    "In-Reply-To: <0@example.de>",
    *("", "Hallo Welt", ".punkt", "", ""),
)
_INNER = (
    *("From: in@ner.de", "Subject: inner one", "Date: Wed, 4 Feb 2026 00:00:00 +0000"),
    *("Content-Type: multipart/mixed; boundary=k", ""),
    *("--k", "", "A", "--k", "Content-Type: image/png", "", "B", "--k--"),
)
_PARTS = _mail(
    *("From: a@b.c (Comment Name)", "To: undisclosed-recipients:;", "Subject: multi", "MIME-Version: 1.0"),
    'Content-Type: multipart/mixed; boundary="=_a b"',
    *("Date: Tue, 3 Feb 2026 23:30:00 -0500", "", "prologue", "--=_a b"),
    *("Content-Type: multipart/alternative; boundary=inner", "", "--inner"),
    "Content-Type: text/plain; charset=utf-8; format=flowed",
    *("Content-Transfer-Encoding: quoted-printable", "", "Gr=C3=BC=C3=9Fe", "--inner"),
    *('Content-Type: text/html; charset="utf-8"', "", "<b>x</b>", "--inner--", "", "--=_a b"),
    'Content-Type: application/pdf; name="a \\"q\\" b.pdf"',
    "Content-Transfer-Encoding: base64",
    'Content-Disposition: attachment; filename="r.pdf"; size=12',
    *("Content-ID: <cid@x>", "Content-Description: the file", "Content-MD5: Q2hlY2s="),
    *("Content-Language: de, en", "Content-Location: http://x/y", "", "QUJD", "--=_a b"),
    *("Content-Type: message/rfc822", "Content-Disposition: inline", "", *_INNER, "--=_a b--", "epilogue", ""),
)
_ADDRESSES = _mail(
    "From: <>",
    'To: broken, <foo>, "a b"@x.de, A.B. <c@d.e>, =?utf-8?q?J=C3=B6rg?= <j@x.de> (c1), x@y (na (ne) me),',
    " <@r1,@r2:u@v.w>, q@[1.2.3.4]",
    *("CC: one@x.de", "Cc: two@x.de", "Date: first", "Date: second", "Bcc: G1:;, G2: a@b;", "Sender: s@x.de"),
    *("Subject:", "Content-Type: text", "", "x", ""),
)
_DIGEST = ("--d", "", "Subject: m1", "", "b1", "--d", "", "Subject: m2", "", "b2", "--d--", "")
_PIECES = ("Content-Type: text/plain; charset=iso-8859-1;", '\tname*0="long";', ' name*1="er.txt"')
_FOLDED = ("X-Empty:", "X-Fold: a", "\tb", "  c", "To: a@x.de,", " b@x.de")

LETTERS: tuple[bytes, ...] = (
    _PLAIN,
    _PARTS,
    b"Subject: nur das\r\n\r\n",
    b"\r\nkein Kopf\r\n",
    b"Subject: 8bit \xfc\xff\r\nFrom: J\xc3\xb6rg <j@x.de>\r\nX-Nul: a\r\n\r\n\xff\xfe\x80 body \xe4\r\nno end",
    _ADDRESSES,
    _mail("Subject: no closing", "Content-Type: multipart/mixed; boundary=zz", "")
    + _mail("", "--zz", "Content-Type: text/plain", "", "one", "--zz", "", "two", ""),
    b"Subject: no boundary\r\nContent-Type: multipart/mixed\r\n\r\nxx\r\n",
    _mail("Subject: digest", "Content-Type: multipart/digest; boundary=d", "", *_DIGEST),
    b"Subject: rfc822 only\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\nFrom: q@q.q\r\n\r\nbody\r\n",
    _mail("Subject: params", *_PIECES, "Content-Disposition: attachment; filename*=utf-8''%C3%BC.txt", "", "x", ""),
    b"Subject: empty multi\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e--\r\n",
    _mail("subject: lower", "Subject: twice", *_FOLDED, "", "", "first empty", ""),
    b"Subject: bare lf\n\nline1\nline2\r\nx\n",
    b"Subject: nonl",
    _mail("Subject: long boundary first", "Content-Type: multipart/mixed; boundary=ab", "")
    + _mail(
        "", "--ab", "Content-Type: multipart/mixed; boundary=abc", "", "--abc", "", "deep", "--abc--", "--ab--", ""
    ),
)

_SECTIONS = (
    "", "HEADER", "TEXT", "1", "2", "3", "4", "1.1", "1.2", "2.1", "3.1", "3.2", "1.MIME", "2.MIME", "1.1.MIME",
    "3.1.MIME", "1.HEADER", "3.HEADER", "1.TEXT", "3.TEXT", "HEADER.FIELDS (SUBJECT TO)", "HEADER.FIELDS.NOT (Subject)",
    "3.HEADER.FIELDS (FROM)", "HEADER.FIELDS (X-Fold nope)",
)  # fmt: skip

ITEMS: tuple[str, ...] = (
    "ENVELOPE", "BODYSTRUCTURE", "BODY", "RFC822.SIZE", "INTERNALDATE", "FLAGS", "RFC822.HEADER", "RFC822.TEXT",
    "RFC822", *(f"BODY.PEEK[{section}]" for section in _SECTIONS),
    "BODY.PEEK[]<0.10>", "BODY.PEEK[]<5.100000>", "BODY.PEEK[]<99999.5>", "BODY.PEEK[TEXT]<2.3>", "BODY.PEEK[1]<0.1>",
)  # fmt: skip

SEARCHES: tuple[str, ...] = (
    "ALL", "SEEN", "UNSEEN", "NOT SEEN", "FLAGGED", "ANSWERED", "DELETED", "DRAFT", "UNDELETED", "NEW", "OLD", "RECENT",
    "UID 2:4", "UID 5:*", "UID 90:*", "1:3", "2,4,6", "*",
    "SINCE 3-Feb-2026", "BEFORE 3-Feb-2026", "ON 3-Feb-2026", "SINCE 1-Jan-2026 BEFORE 4-Feb-2026 UNSEEN",
    "SENTSINCE 3-Feb-2026", "SENTBEFORE 4-Feb-2026", "SENTON 3-Feb-2026",
    "FROM meier", 'FROM "Frau Meier"', "FROM EXAMPLE", "FROM inner", "FROM j@x", 'FROM ""',
    "TO y.de", 'TO "Last, First"', "CC team", "CC b@", "BCC x",
    "SUBJECT multi", "SUBJECT MULTI", 'SUBJECT "no closing"', "SUBJECT twice", "SUBJECT lower", 'SUBJECT ""',
    "HEADER Message-ID <1@example.de>", 'HEADER Message-ID "1@example"', "HEADER subject twice",
    'HEADER X-Fold ""', 'HEADER X-Empty ""', 'HEADER X-Fold "b c"', 'HEADER X-Fold "a b"',
    "BODY welt", 'BODY "<b>"', "BODY punkt", "BODY QUJD", "BODY ABC", "BODY two", 'BODY "inner one"',
    "TEXT meier", "TEXT inner", 'TEXT "in@ner"', "LARGER 200", "SMALLER 200",
    "KEYWORD $Forwarded", "UNKEYWORD $forwarded",
    "OR SUBJECT multi SUBJECT digest", "NOT (SUBJECT multi)", "(FROM meier SUBJECT aus)",
    "OR (SEEN FLAGGED) NOT UID 1:3", "NOT NOT ALL", "OR NOT SEEN FLAGGED",
)  # fmt: skip

GERMAN = ("Grüße", "GRÜSSE", "grüße aus", "Grüße aus M")

CONVERSATION: tuple[str, ...] = tuple(
    r"""
A SELECT INBOX
B SELECT INBOX
A FETCH 1 FLAGS
A STORE 1 +FLAGS (\Seen)
A STORE 1 +FLAGS (\Seen)
B NOOP
A STORE 1:2 -FLAGS.SILENT (\Seen $Kw)
B NOOP
A UID STORE 2 FLAGS (\Flagged NewKw)
B UID FETCH 1:* (FLAGS)
B FETCH 1 (BODY[TEXT])
A FETCH 3 RFC822.SIZE
A FETCH 1 (BODY[TEXT])
A NOOP
A COPY 1:2 Nope
A COPY 1:2 Archive
A UID COPY 99 Archive
A STATUS Archive (MESSAGES)
A STATUS Archive (UNSEEN)
A STATUS Archive (UIDNEXT)
A STATUS Nope (MESSAGES)
A STATUS INBOX (NONSENSE)
A STORE 2 +FLAGS (\Deleted)
A EXPUNGE
B FETCH 1:3 FLAGS
B FETCH 2 (BODY.PEEK[])
B STORE 2 +FLAGS (\Answered)
B SEARCH ALL
B UID FETCH 2 FLAGS
B NOOP
B UID FETCH 2 FLAGS
B UID FETCH 1:* (UID)
B UID SEARCH ALL
A STORE 1,2 +FLAGS (\Deleted)
A UID EXPUNGE 1
A UID EXPUNGE 99
A UID MOVE 3 Archive
A UID MOVE 99 Archive
B NOOP
A FETCH 9 FLAGS
A FETCH 1:9 FLAGS
A UID FETCH 900 FLAGS
A UID FETCH 900:* FLAGS
A FETCH 0 FLAGS
A FETCH 1 NONSENSE
A FETCH 1 (FLAGS
A FETCH 1
A NONSENSE
A STORE 1 FLAGS \Seen \Draft
A STORE 1 FLAGS (\Nonsense)
A STORE 1 FLAGS ()
A STORE 1 WRONG (\Seen)
A SEARCH
A SEARCH NONSENSE
A SEARCH SINCE nonsense
A SEARCH CHARSET X-NO ALL
A SEARCH NOT
A CREATE Neu
A CREATE Neu
A CREATE Neu/Sub
A LIST "" Neu*
A LIST "" Neu%
A LIST "" %
A LIST "Neu/" %
A LIST "" ""
A LIST "" inbox
A SUBSCRIBE Neu
A LSUB "" Neu*
A UNSUBSCRIBE Neu
A LSUB "" Neu*
A RENAME Neu Alt
A LIST "" Alt*
A LIST "" Neu*
A DELETE Alt/Sub
A DELETE Alt
A DELETE Never
A DELETE INBOX
A APPEND INBOX (\Seen) " 3-Feb-2026 10:00:00 +0100" {5+}|hallo
A NOOP
B NOOP
A APPEND Nope {5+}|hallo
A APPEND INBOX {0+}|
A FETCH 1:* (FLAGS)
A FETCH * (INTERNALDATE)
B EXAMINE INBOX
B STORE 1 +FLAGS (\Seen)
B EXPUNGE
B FETCH 1 BODY[]
B CLOSE
B NOOP
B FETCH 1 FLAGS
B CHECK
B UNSELECT
B SELECT Nope
A ENABLE CONDSTORE
A ENABLE NONSENSE
A STORE 1 +FLAGS (\Answered)
A STORE 1 +FLAGS.SILENT (\Draft)
A UID STORE 1:* +FLAGS.SILENT (x)
A UID STORE 1:* +FLAGS (x)
B SELECT INBOX (CONDSTORE)
B STORE 1 +FLAGS (y)
A NOOP
A FETCH 1 (FLAGS MODSEQ)
A FETCH 1:* (FLAGS) (CHANGEDSINCE 1)
A UID FETCH 1:* (FLAGS) (CHANGEDSINCE 99999999)
A STORE 1 (UNCHANGEDSINCE 1) +FLAGS (z)
A UID STORE 1:* (UNCHANGEDSINCE 99999999) +FLAGS (z)
A SEARCH MODSEQ 1
A SEARCH MODSEQ 999999
A NAMESPACE
A CLOSE
A FETCH 1 FLAGS
A SELECT INBOX
A STORE 1:* +FLAGS.SILENT (\Deleted)
A CLOSE
B NOOP
B FETCH 1 FLAGS
B UID FETCH 1 FLAGS
B SEARCH ALL
B UID SEARCH 1:*
B EXPUNGE
B AUTHENTICATE XOAUTH2 abc
B LOGIN a b
B LOGOUT
""".strip().split("\n")
)
"""Who (two clients on one mailbox) says what. `|` stands for a line end."""
