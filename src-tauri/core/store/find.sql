-- Who said what, for "from:".
CREATE INDEX message_by_speaker ON message (speaker, time);
