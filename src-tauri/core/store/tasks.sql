-- What the assistant keeps for its user: timers, alarms and reminders, lists, notes, facts; how each dialogue
-- stands, and how to take back what was done in it.

CREATE TABLE task (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT    NOT NULL CHECK (kind IN ('timer', 'alarm', 'reminder')),
    name         TEXT    NOT NULL,
    due          INTEGER NOT NULL,
    zone         TEXT    NOT NULL,
    every        TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('running', 'paused', 'fired', 'cancelled')),
    length       INTEGER NOT NULL,
    remaining    INTEGER NOT NULL,
    fired        INTEGER NOT NULL,
    -- A reminder outlives the conversation in which it was asked for.
    conversation INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
    created      INTEGER NOT NULL
) STRICT;

CREATE INDEX task_by_due ON task (due) WHERE state = 'running';

CREATE TABLE list (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;

-- No foreign key: undo may put an item back before its list.
CREATE TABLE item (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    list    INTEGER NOT NULL,
    text    TEXT    NOT NULL,
    done    INTEGER NOT NULL CHECK (done IN (0, 1)),
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE note (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    text    TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE fact (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name  TEXT    NOT NULL UNIQUE,
    value TEXT    NOT NULL
) STRICT;

CREATE TABLE dialogue (
    conversation INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    state        TEXT    NOT NULL
) STRICT;

CREATE TABLE undo (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    what         TEXT    NOT NULL,
    inverse      TEXT    NOT NULL
) STRICT;

CREATE INDEX undo_by_conversation ON undo (conversation, id);
