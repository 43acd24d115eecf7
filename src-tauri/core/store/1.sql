-- Conversations, their messages, and what was understood of them.

CREATE TABLE conversation (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    title   TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE message (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    speaker      TEXT    NOT NULL,
    time         INTEGER NOT NULL,
    source       TEXT    NOT NULL CHECK (source IN ('typed', 'dictated', 'imported', 'assistant')),
    text         TEXT    NOT NULL
) STRICT;

CREATE INDEX message_by_conversation ON message (conversation, id);

CREATE TABLE analysis (
    message              INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    intent               TEXT NOT NULL,
    intent_confidence    REAL NOT NULL,
    intent_ranking       TEXT NOT NULL,
    act                  TEXT NOT NULL,
    act_confidence       REAL NOT NULL,
    sentiment            TEXT NOT NULL CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    sentiment_confidence REAL NOT NULL,
    sentiment_negative   REAL NOT NULL,
    sentiment_neutral    REAL NOT NULL,
    sentiment_positive   REAL NOT NULL,
    model_name           TEXT NOT NULL,
    model_version        TEXT NOT NULL
) STRICT;

CREATE TABLE entity (
    message    INTEGER NOT NULL REFERENCES analysis (message) ON DELETE CASCADE,
    "start"    INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    entity     TEXT    NOT NULL,
    confidence REAL    NOT NULL,
    value      TEXT    NOT NULL,
    source     TEXT    NOT NULL CHECK (source IN ('model', 'rule', 'user')),
    PRIMARY KEY (message, "start")
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_text USING fts5 (
    text,
    content = 'message',
    content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2"
);

-- A deleted message must leave no trace in the index either.
INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER message_added AFTER INSERT ON message BEGIN
    INSERT INTO message_text (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER message_deleted AFTER DELETE ON message BEGIN
    INSERT INTO message_text (message_text, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER message_changed AFTER UPDATE OF text ON message BEGIN
    INSERT INTO message_text (message_text, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO message_text (rowid, text) VALUES (new.id, new.text);
END;
