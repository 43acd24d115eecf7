-- The sign of every channel of what a message means, a bit each: a million of them are gone through in a moment.
CREATE TABLE sketch (
    message INTEGER PRIMARY KEY REFERENCES embedding (message) ON DELETE CASCADE,
    signs   BLOB NOT NULL
) STRICT;

CREATE TRIGGER embedding_sketched AFTER INSERT ON embedding BEGIN
    INSERT OR REPLACE INTO sketch (message, signs) VALUES (new.message, signs(new.vector));
END;

INSERT INTO sketch (message, signs) SELECT message, signs(vector) FROM embedding;
