//! Usual names of what a message consists of, in tables and in JSON Lines, in the languages of Europe; the likeliest
//! first.

/// What is said.
pub(super) const TEXTS: &[&str] = &[
    "text",
    "message",
    "content",
    "body",
    "utterance",
    "msg",
    "message_text",
    "comment",
    "nachricht",
    "inhalt",
    "kommentar",
    "texte",
    "mensaje",
    "texto",
    "mensagem",
    "messaggio",
    "testo",
    "bericht",
];

/// Who says it.
pub(super) const SPEAKERS: &[&str] = &[
    "speaker",
    "author",
    "sender",
    "from",
    "role",
    "user",
    "username",
    "name",
    "sender_name",
    "participant",
    "from_name",
    "sender_id",
    "from_recipient_id",
    "address",
    "person",
    "absender",
    "autor",
    "sprecher",
    "von",
    "benutzer",
    "auteur",
    "expéditeur",
    "remitente",
    "usuario",
    "remetente",
    "mittente",
    "afzender",
];

/// When.
pub(super) const TIMES: &[&str] = &[
    "time",
    "timestamp",
    "datetime",
    "date",
    "sent",
    "created_at",
    "sent_at",
    "date_sent",
    "ts",
    "created",
    "zeitstempel",
    "zeitpunkt",
    "zeit",
    "uhrzeit",
    "datum",
    "horodatage",
    "heure",
    "hora",
    "fecha",
    "tijd",
];

/// Those of them that are often the time of day alone.
pub(super) const CLOCKS: &[&str] = &["time", "sent", "zeit", "uhrzeit", "heure", "hora", "tijd"];
/// Those of them that are often the day alone.
pub(super) const DAYS: &[&str] = &["date", "day", "datum", "tag", "fecha"];

/// The conversation it belongs to.
pub(super) const CONVERSATIONS: &[&str] = &[
    "conversation",
    "conversation_id",
    "thread",
    "thread_id",
    "channel",
    "session",
    "session_id",
    "dialogue_id",
    "dialog_id",
    "chat",
    "chat_id",
    "group",
];
