"""What has changed in post.db since somebody looked last? Messages by arrival, letters by a number that only grows."""

from __future__ import annotations

from dataclasses import dataclass

from mail.database import Database

REVISIONS = """
ALTER TABLE letters ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
CREATE INDEX letters_by_revision ON letters (revision);
CREATE TABLE letter_revisions (last INTEGER NOT NULL);
INSERT INTO letter_revisions VALUES (0);
CREATE TRIGGER letter_is_accepted AFTER INSERT ON letters BEGIN
    UPDATE letter_revisions SET last = last + 1;
    UPDATE letters SET revision = (SELECT last FROM letter_revisions) WHERE id = new.id;
END;
CREATE TRIGGER letter_changes AFTER UPDATE OF state, attempts, next_attempt_at, code ON letters BEGIN
    UPDATE letter_revisions SET last = last + 1;
    UPDATE letters SET revision = (SELECT last FROM letter_revisions) WHERE id = new.id;
END;
"""
"""A migration. By triggers, so that no change of a letter can be forgotten."""


@dataclass(frozen=True)
class Change:
    revision: int
    letter: int


class Changes:
    """Safe to use from any thread. Methods raise StoreProblem."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> tuple[int, int]:
        """The id of the newest message there ever was, and the newest revision of a letter."""
        with self._database.read() as connection:
            message = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'messages'").fetchone()
            (revision,) = connection.execute("SELECT last FROM letter_revisions").fetchone()
        return (int(message[0]) if message else 0), int(revision)

    def letters(self, after: int, limit: int) -> list[Change]:
        """Each letter once, at its newest revision, in the order in which they changed."""
        question = "SELECT revision, id FROM letters WHERE revision > ? ORDER BY revision LIMIT ?"
        with self._database.read() as connection:
            return [Change(*row) for row in connection.execute(question, (after, limit))]
