"""Which tables are in post.db, the one file for fetched messages and letters to be sent? Grows by whole migrations.

Raw bytes stand in tables of their own, so that a listing reads small rows only. Every index ends with the row's id,
which SQLite adds by itself: that is the order of arrival.
"""

from __future__ import annotations

from mail.changes import REVISIONS
from mail.export import EXPORTS
from mail.retention import KEPT

INBOX = """
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of arrival here, and the cursor; never used twice
    account TEXT NOT NULL,
    place TEXT NOT NULL,                   -- server and address: an account may be pointed at another mailbox
    folder TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,          -- 0: POP3
    uid NOT NULL,                          -- IMAP: a number, so that the largest is found at once; POP3: the UIDL
    size INTEGER NOT NULL,
    arrived_at REAL NOT NULL,              -- seconds since 1970, UTC, as all times here
    sender TEXT NOT NULL,                  -- JSON: [name, address] or null
    recipients TEXT NOT NULL,              -- JSON: [[name, address], …]
    subject TEXT NOT NULL,
    date REAL,                             -- the sender's claim
    message_id TEXT NOT NULL,
    attachments TEXT NOT NULL,             -- JSON: [name, …]
    done INTEGER NOT NULL DEFAULT 0,
    done_at REAL,
    UNIQUE (account, place, folder, uidvalidity, uid)
);
CREATE INDEX messages_by_account ON messages (account);
CREATE INDEX messages_by_done ON messages (done);
CREATE INDEX messages_by_account_and_done ON messages (account, done);
CREATE TABLE message_raw (
    id INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    bytes BLOB NOT NULL
);

-- kept by triggers: counting a million index entries takes 30 ms, and the number is shown all the time
CREATE TABLE unread (account TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER message_arrives AFTER INSERT ON messages WHEN NOT new.done BEGIN
    INSERT INTO unread VALUES (new.account, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER message_is_done AFTER UPDATE OF done ON messages WHEN new.done > old.done BEGIN
    UPDATE unread SET count = count - 1 WHERE account = new.account;
END;
CREATE TRIGGER message_goes AFTER DELETE ON messages WHEN NOT old.done BEGIN
    UPDATE unread SET count = count - 1 WHERE account = old.account;
END;
"""

OUTBOX = """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    state TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipients TEXT NOT NULL,              -- JSON: [address, …]
    pending TEXT NOT NULL,                 -- JSON: those still to be served
    message_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,                 -- a hash of what was handed over: tells a repetition from a reused key
    idempotency_key TEXT,
    accepted_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_attempt_at REAL,
    next_attempt_at REAL,                  -- set exactly while queued
    code TEXT NOT NULL DEFAULT '',
    server_code TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    refused TEXT NOT NULL DEFAULT '{}',    -- JSON: {address: the server's words}
    ended_at REAL,
    UNIQUE (account, idempotency_key)
);
CREATE INDEX letters_due ON letters (account, next_attempt_at) WHERE state = 'queued';
CREATE INDEX letters_by_state ON letters (state);
CREATE TABLE letter_raw (
    id INTEGER PRIMARY KEY REFERENCES letters ON DELETE CASCADE,
    bytes BLOB NOT NULL
);
"""

PACE = """
ALTER TABLE letters ADD COLUMN waited REAL NOT NULL DEFAULT 0;       -- seconds
ALTER TABLE letters ADD COLUMN stumbles INTEGER NOT NULL DEFAULT 0;
ALTER TABLE letters ADD COLUMN held INTEGER NOT NULL DEFAULT 0;      -- put off for all of the account, not for itself
CREATE INDEX letters_looked_up ON letters (account, next_attempt_at) WHERE state = 'unconfirmed';
CREATE INDEX letters_by_message_id ON letters (message_id);
CREATE TABLE handovers (account TEXT NOT NULL, at REAL NOT NULL, recipients INTEGER NOT NULL);
CREATE INDEX handovers_by_account ON handovers (account, at);
"""

SEEN = """
CREATE TABLE origins (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    place TEXT NOT NULL,
    folder TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uidnext INTEGER NOT NULL DEFAULT 0,    -- as it stood when a round had left nothing to do, with:
    messages INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL,              -- 0: what comes may be here already, from an earlier origin
    UNIQUE (account, place, folder, uidvalidity)
);
CREATE TABLE seen (
    origin INTEGER NOT NULL REFERENCES origins,
    name NOT NULL,                         -- IMAP's UID, a number, or POP3's UIDL
    message INTEGER NOT NULL,              -- stays when the message itself has gone
    mark INTEGER,                          -- a hash of what it says
    PRIMARY KEY (origin, name)
) WITHOUT ROWID;
CREATE TABLE holes (
    origin INTEGER NOT NULL REFERENCES origins,
    name NOT NULL,
    tries INTEGER NOT NULL,
    again_at REAL NOT NULL,
    answer TEXT NOT NULL,                  -- the server's words
    PRIMARY KEY (origin, name)
) WITHOUT ROWID;
INSERT INTO origins (account, place, folder, uidvalidity, settled)
SELECT DISTINCT account, place, folder, uidvalidity, 1 FROM messages;
INSERT INTO seen SELECT origins.id, uid, messages.id, NULL FROM messages
JOIN origins USING (account, place, folder, uidvalidity);
"""

MIGRATIONS = (INBOX + OUTBOX, REVISIONS, PACE, SEEN, KEPT + EXPORTS)
"""Each leads from one version of the file to the next. What was released is never changed: files out there have it."""
