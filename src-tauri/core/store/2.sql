-- What makes an imported conversation, and an imported message, the same one when
-- its log is read again: the first 16 bytes of a SHA-256. NULL for what was never
-- imported.

ALTER TABLE conversation ADD COLUMN origin BLOB;

CREATE UNIQUE INDEX conversation_by_origin ON conversation (origin) WHERE origin IS NOT NULL;

ALTER TABLE message ADD COLUMN origin BLOB;

CREATE UNIQUE INDEX message_by_origin ON message (origin) WHERE origin IS NOT NULL;

-- What an import leaves to be analysed is found without reading every message.
CREATE INDEX message_by_source ON message (source, id);
