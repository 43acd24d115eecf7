-- What a message means, for finding it by meaning: a signed byte a channel, and the model that gave it.
CREATE TABLE embedding (
    message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    model   TEXT NOT NULL,
    vector  BLOB NOT NULL
) STRICT;

-- What no longer says the same no longer means the same.
CREATE TRIGGER message_means_other AFTER UPDATE OF text ON message BEGIN
    DELETE FROM embedding WHERE message = old.id;
END;

-- "Today", "last week".
CREATE INDEX message_by_time ON message (time);

-- "When I say X, answer Y."
CREATE TABLE answer (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    what    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;

-- What was deleted can be brought back for a while, and is gone then.
ALTER TABLE undo ADD COLUMN time INTEGER NOT NULL DEFAULT 0;

CREATE INDEX undo_by_time ON undo (time);

-- What is cancelled is gone; until now it was kept.
DELETE FROM task WHERE state = 'cancelled';
