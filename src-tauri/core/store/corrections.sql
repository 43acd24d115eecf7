-- What the user says of a message, beside what the model says of it: a newer model replaces its own columns and
-- rows and leaves the user's alone. NULL where the model's tag stands.
ALTER TABLE analysis ADD COLUMN user_intent TEXT;
ALTER TABLE analysis ADD COLUMN user_act TEXT;
ALTER TABLE analysis ADD COLUMN user_sentiment TEXT
    CHECK (user_sentiment IN ('negative', 'neutral', 'positive'));

-- The tag that holds.
ALTER TABLE analysis ADD COLUMN effective_intent TEXT AS (coalesce(user_intent, intent)) VIRTUAL;
ALTER TABLE analysis ADD COLUMN effective_act TEXT AS (coalesce(user_act, act)) VIRTUAL;
ALTER TABLE analysis ADD COLUMN effective_sentiment TEXT AS (coalesce(user_sentiment, sentiment)) VIRTUAL;

CREATE INDEX analysis_by_intent ON analysis (effective_intent);
CREATE INDEX analysis_by_act ON analysis (effective_act);
CREATE INDEX analysis_by_sentiment ON analysis (effective_sentiment);

CREATE TABLE named (
    message    INTEGER NOT NULL REFERENCES analysis (message) ON DELETE CASCADE,
    "start"    INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    text       TEXT    NOT NULL,
    -- Empty where the user says that nothing is named.
    entity     TEXT    NOT NULL,
    confidence REAL    NOT NULL,
    value      TEXT    NOT NULL,
    source     TEXT    NOT NULL CHECK (source IN ('model', 'rule', 'user')),
    -- 0 for what shares a letter with what the user marked, and where the user says that nothing is named.
    effective  INTEGER NOT NULL CHECK (effective IN (0, 1)),
    PRIMARY KEY (message, "start", source)
) STRICT, WITHOUT ROWID;

INSERT INTO named (message, "start", "end", text, entity, confidence, value, source, effective)
SELECT message, "start", "end", text, entity, confidence, value, source, 1 FROM entity;

DROP TABLE entity;

ALTER TABLE named RENAME TO entity;

CREATE INDEX entity_by_kind ON entity (entity, text COLLATE NOCASE) WHERE effective = 1;

-- The tags that hold, a row a message, and who set each.
CREATE VIEW effective_label AS
    SELECT message,
           effective_intent AS intent,
           iif(user_intent IS NULL, intent_confidence, 1.0) AS intent_confidence,
           iif(user_intent IS NULL, 'model', 'user') AS intent_source,
           effective_act AS act,
           iif(user_act IS NULL, act_confidence, 1.0) AS act_confidence,
           iif(user_act IS NULL, 'model', 'user') AS act_source,
           effective_sentiment AS sentiment,
           iif(user_sentiment IS NULL, sentiment_confidence, 1.0) AS sentiment_confidence,
           iif(user_sentiment IS NULL, 'model', 'user') AS sentiment_source
    FROM analysis;

-- The entities that hold: what the user marked, and what else the model and the rules found.
CREATE VIEW effective_entity AS
    SELECT message, "start", "end", text, entity, confidence, value, source FROM entity WHERE effective = 1;

-- When the user last changed the text; NULL for never.
ALTER TABLE message ADD COLUMN edited INTEGER;

ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE conversation ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));

-- What the user chose, a row a choice; what is not here is as it comes.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
