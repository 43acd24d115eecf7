//! Which messages are exported.

use super::export::wire_name;
use crate::{Analysis, Code, Error, Message, Result};

/// Which messages: those of which everything that is set here is true. Nothing is
/// set by default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Only these conversations.
    pub conversations: Vec<i64>,
    /// Only what these people say.
    pub speakers: Vec<String>,
    /// Not before this moment: UTC, milliseconds since the Unix epoch.
    pub from: Option<i64>,
    /// Before this moment.
    pub until: Option<i64>,
    /// Only messages that hold each of these words, whatever their case; a word
    /// may be the beginning of one.
    pub words: Vec<String>,
    /// Only messages with these tags: of each kind that is named, one of them.
    pub tags: Vec<Tag>,
    /// Only messages whose intent is at least this likely.
    pub confidence: Option<f32>,
    /// Only messages of which the user corrected a tag.
    pub corrected: bool,
}

/// A tag that a message may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Which kind.
    pub kind: TagKind,
    /// Its name, for example `reminder` or `person`.
    pub name: String,
}

/// The kinds of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TagKind {
    /// What is wanted.
    Intent,
    /// How it is said.
    Act,
    /// How it feels.
    Sentiment,
    /// What it names.
    Entity,
}

impl Tag {
    /// Reads `intent=reminder`, `entity=person` and the like.
    ///
    /// # Errors
    /// [`Code::Input`] for anything else.
    pub fn parse(text: &str) -> Result<Tag> {
        let kind = |kind: &str| match kind.trim() {
            "intent" => Some(TagKind::Intent),
            "act" => Some(TagKind::Act),
            "sentiment" => Some(TagKind::Sentiment),
            "entity" => Some(TagKind::Entity),
            _ => None,
        };
        text.split_once('=')
            .and_then(|(before, name)| Some(Tag { kind: kind(before)?, name: name.trim().to_owned() }))
            .filter(|tag| !tag.name.is_empty())
            .ok_or_else(|| {
                let sentence = format!(
                    "cannot read the tag {text:?}; write it like intent=reminder, act=question, \
                     sentiment=negative or entity=person"
                );
                Error::new(Code::Input, sentence)
            })
    }

    fn is_of(&self, analysis: &Analysis) -> bool {
        match self.kind {
            TagKind::Intent => analysis.intent.name == self.name,
            TagKind::Act => analysis.act.name == self.name,
            TagKind::Sentiment => wire_name(&analysis.sentiment.name) == self.name,
            TagKind::Entity => analysis.entities.iter().any(|entity| entity.entity == self.name),
        }
    }
}

impl Selection {
    /// Whether the message is one of them.
    pub fn takes(&self, message: &Message) -> bool {
        let analysis = message.effective();
        let analysis = analysis.as_deref();
        let has = |tag: &Tag| analysis.is_some_and(|analysis| tag.is_of(analysis));
        (self.conversations.is_empty() || self.conversations.contains(&message.conversation))
            && (self.speakers.is_empty() || self.speakers.contains(&message.speaker))
            && self.from.is_none_or(|from| message.time >= from)
            && self.until.is_none_or(|until| message.time < until)
            && self.confidence.is_none_or(|least| analysis.is_some_and(|a| a.intent.confidence >= least))
            && self.tags.iter().all(|one| self.tags.iter().filter(|tag| tag.kind == one.kind).any(has))
            && (!self.corrected
                || message.correction.as_ref().is_some_and(|correction| !correction.is_empty()))
            && holds(&message.text, &self.words)
    }
}

/// Whether each of the words begins a word of the text.
fn holds(text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = text.to_lowercase();
    words.iter().map(|word| word.to_lowercase()).all(|word| {
        text.match_indices(&word)
            .any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn message(text: &str) -> Message {
        Message {
            id: 1,
            conversation: 3,
            speaker: "Anna".into(),
            time: 1000,
            source: Source::Imported,
            text: text.into(),
            analysis: None,
            correction: None,
            edited: None,
        }
    }

    #[test]
    fn words_are_found_at_their_beginning() {
        let words = |words: &[&str]| words.iter().map(|word| word.to_string()).collect::<Vec<_>>();
        assert!(holds("The BOILER is broken", &words(&["boil", "the"])));
        assert!(!holds("The boiler", &words(&["oil"])));
        assert!(holds("Über 東京, 木", &words(&["über", "東京"])));
    }

    #[test]
    fn everything_that_is_set_has_to_be_true() {
        let all = Selection::default();
        assert!(all.takes(&message("x")));
        let right = Selection {
            conversations: vec![2, 3],
            speakers: vec!["Anna".into()],
            from: Some(1000),
            until: Some(1001),
            words: vec!["x".into()],
            ..Selection::default()
        };
        assert!(right.takes(&message("x")));
        for wrong in [
            Selection { conversations: vec![2], ..right.clone() },
            Selection { speakers: vec!["Bob".into()], ..right.clone() },
            Selection { from: Some(1001), ..right.clone() },
            Selection { until: Some(1000), ..right.clone() },
            Selection { words: vec!["y".into()], ..right.clone() },
            Selection { confidence: Some(0.1), ..right.clone() },
            Selection { tags: vec![Tag::parse("intent=reminder").unwrap()], ..right.clone() },
            Selection { corrected: true, ..right.clone() },
        ] {
            assert!(!wrong.takes(&message("x")), "{wrong:?}");
        }
    }

    #[test]
    fn tags_are_written_with_their_kind() {
        assert_eq!(Tag::parse("entity = person").unwrap().name, "person");
        for bad in ["person", "colour=red", "intent=", ""] {
            assert!(Tag::parse(bad).is_err(), "{bad}");
        }
    }
}
