BEGIN TRANSACTION;
CREATE TABLE handovers (account TEXT NOT NULL, at REAL NOT NULL, recipients INTEGER NOT NULL);
CREATE TABLE holes (
    origin INTEGER NOT NULL REFERENCES origins,
    name NOT NULL,
    tries INTEGER NOT NULL,
    again_at REAL NOT NULL,
    answer TEXT NOT NULL,                  -- the server's words
    PRIMARY KEY (origin, name)
) WITHOUT ROWID;
CREATE TABLE letter_raw (
    id INTEGER PRIMARY KEY REFERENCES letters ON DELETE CASCADE,
    bytes BLOB NOT NULL
);
INSERT INTO "letter_raw" VALUES(1,X'6F6E650D0A');
INSERT INTO "letter_raw" VALUES(3,X'7468726565');
INSERT INTO "letter_raw" VALUES(4,X'666F75720D0A');
CREATE TABLE letter_revisions (last INTEGER NOT NULL);
INSERT INTO "letter_revisions" VALUES(0);
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
    ended_at REAL, revision INTEGER NOT NULL DEFAULT 0, waited REAL NOT NULL DEFAULT 0, stumbles INTEGER NOT NULL DEFAULT 0, held INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, idempotency_key)
);
INSERT INTO "letters" VALUES(1,'info','queued','info@x.example','["a@x.example", "b@x.example"]','["a@x.example", "b@x.example"]','<l1@x.example>',5,X'0101010101010101010101010101010101010101010101010101010101010101','key-1',1000000001.0,0,NULL,1000000060.0,'','','','{}',NULL,0,0.0,0,0);
INSERT INTO "letters" VALUES(2,'info','sent','info@x.example','["a@x.example", "b@x.example"]','[]','<l2@x.example>',5,X'0101010101010101010101010101010101010101010101010101010101010101',NULL,1000000002.0,1,1000000065.0,NULL,'','','','{}',1000000070.0,0,0.0,0,0);
INSERT INTO "letters" VALUES(3,'info','unconfirmed','info@x.example','["a@x.example", "b@x.example"]','["a@x.example", "b@x.example"]','<l3@x.example>',5,X'0101010101010101010101010101010101010101010101010101010101010101',NULL,1000000003.0,2,NULL,NULL,'unconfirmed','','lost','{}',1000000080.0,0,0.0,0,0);
INSERT INTO "letters" VALUES(4,'info','sending','info@x.example','["a@x.example", "b@x.example"]','["a@x.example", "b@x.example"]','<l4@x.example>',5,X'0101010101010101010101010101010101010101010101010101010101010101',NULL,1000000004.0,3,NULL,NULL,'','','','{}',NULL,0,0.0,0,0);
CREATE TABLE message_raw (
    id INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    bytes BLOB NOT NULL
);
INSERT INTO "message_raw" VALUES(1,X'5375626A6563743A2045727374650D0A0D0AE400FF0D0A');
INSERT INTO "message_raw" VALUES(2,X'780A');
INSERT INTO "message_raw" VALUES(3,X'5375626A6563743A20706F700D0A0D0A');
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
INSERT INTO "messages" VALUES(1,'info','h/a','INBOX',7,11,30,1000000000.0,'["Anna","a@x.example"]','[["","info@x.example"]]','Erste',1000000000.0,'<1@x>','["a.pdf"]',0,NULL);
INSERT INTO "messages" VALUES(2,'info','h/a','INBOX',7,12,25,1000000001.0,'null','[]','',NULL,'','[]',1,1000000009.0);
INSERT INTO "messages" VALUES(3,'info','h/a','INBOX',0,'uidl-1',20,1000000002.0,'null','[]','pop',NULL,'','[]',0,NULL);
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
INSERT INTO "origins" VALUES(1,'info','h/a','INBOX',0,0,0,1);
INSERT INTO "origins" VALUES(2,'info','h/a','INBOX',7,0,0,1);
CREATE TABLE seen (
    origin INTEGER NOT NULL REFERENCES origins,
    name NOT NULL,                         -- IMAP's UID, a number, or POP3's UIDL
    message INTEGER NOT NULL,              -- stays when the message itself has gone
    mark INTEGER,                          -- a hash of what it says
    PRIMARY KEY (origin, name)
) WITHOUT ROWID;
INSERT INTO "seen" VALUES(1,'uidl-1',3,NULL);
INSERT INTO "seen" VALUES(2,11,1,NULL);
INSERT INTO "seen" VALUES(2,12,2,NULL);
CREATE TABLE unread (account TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "unread" VALUES('info',2);
CREATE INDEX messages_by_account ON messages (account);
CREATE INDEX messages_by_done ON messages (done);
CREATE INDEX messages_by_account_and_done ON messages (account, done);
CREATE TRIGGER message_arrives AFTER INSERT ON messages WHEN NOT new.done BEGIN
    INSERT INTO unread VALUES (new.account, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER message_is_done AFTER UPDATE OF done ON messages WHEN new.done > old.done BEGIN
    UPDATE unread SET count = count - 1 WHERE account = new.account;
END;
CREATE TRIGGER message_goes AFTER DELETE ON messages WHEN NOT old.done BEGIN
    UPDATE unread SET count = count - 1 WHERE account = old.account;
END;
CREATE INDEX letters_due ON letters (account, next_attempt_at) WHERE state = 'queued';
CREATE INDEX letters_by_state ON letters (state);
CREATE INDEX letters_by_revision ON letters (revision);
CREATE TRIGGER letter_is_accepted AFTER INSERT ON letters BEGIN
    UPDATE letter_revisions SET last = last + 1;
    UPDATE letters SET revision = (SELECT last FROM letter_revisions) WHERE id = new.id;
END;
CREATE TRIGGER letter_changes AFTER UPDATE OF state, attempts, next_attempt_at, code ON letters BEGIN
    UPDATE letter_revisions SET last = last + 1;
    UPDATE letters SET revision = (SELECT last FROM letter_revisions) WHERE id = new.id;
END;
CREATE INDEX letters_looked_up ON letters (account, next_attempt_at) WHERE state = 'unconfirmed';
CREATE INDEX letters_by_message_id ON letters (message_id);
CREATE INDEX handovers_by_account ON handovers (account, at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('messages',3);
INSERT INTO "sqlite_sequence" VALUES('letters',4);
PRAGMA user_version = 4;
COMMIT;
