"""How do a message's bytes get into their row and out again, without a large one being held in memory?"""

from __future__ import annotations

from sqlite3 import SQLITE_ERROR, Connection, OperationalError

from mail.large import LARGE, PIECE, Large, Raw


def write_raw(connection: Connection, message: int, raw: Raw) -> None:
    if isinstance(raw, bytes):
        connection.execute("INSERT INTO message_raw VALUES (?, ?)", (message, raw))
        return
    connection.execute("INSERT INTO message_raw VALUES (?, zeroblob(?))", (message, len(raw)))
    with connection.blobopen("message_raw", "bytes", message) as blob:
        for piece in raw.pieces():
            blob.write(piece)


def read_raw(connection: Connection, message: int) -> Raw | None:
    """None: there is no such message. A large one is copied, so that whoever takes it slowly holds up nobody."""
    try:
        blob = connection.blobopen("message_raw", "bytes", message, readonly=True)
    except OperationalError as error:
        if error.sqlite_errorcode != SQLITE_ERROR:  # which is how SQLite says that there is no such row
            raise
        return None
    with blob:
        if len(blob) < LARGE:
            return blob.read()
        large = Large()
        while piece := blob.read(PIECE):
            large.append(piece)
        return large
