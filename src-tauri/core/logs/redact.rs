//! Redaction: names, places, numbers and addresses become `PERSON_1`, `PLACE_2`,
//! the same one wherever the same thing stands.

use std::collections::{BTreeMap, HashMap};

use regex::Regex;

use super::shift::is_absolute;
use super::{SYSTEM, UNNAMED};
use crate::{Code, Entity, Error, Mark, Message, Result, TagSource};

/// Speakers that are nobody.
const NOBODY: [&str; 4] = ["user", "assistant", SYSTEM, UNNAMED];

/// Kinds of entities that are hidden, and what their pseudonyms are called.
const KINDS: [(&str, &str); 9] = [
    ("person", "PERSON"),
    ("location", "PLACE"),
    ("organization", "ORGANISATION"),
    ("email", "EMAIL"),
    ("phone", "PHONE"),
    ("url", "URL"),
    ("number", "NUMBER"),
    ("money", "NUMBER"),
    ("percentage", "NUMBER"),
];

/// Rules for what has exact syntax, whether or not the model saw it.
const RULES: [(&str, &str); 4] = [
    ("EMAIL", r"[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+"),
    ("URL", r"(?i)\b(?:https?://|ftp://|www\.)[^\s<>]*[^\s<>.,;:!?)\]'’”]"),
    (
        "PHONE",
        r"(?:\+|\b00)\d[\d\s()./\-]{5,}\d|\(?\b0\d{1,5}\)?[\s/\-]?\d[\d\s/\-]{3,}\d\b|\b\d{3}[\s.\-]\d{3}[\s.\-]\d{4}\b",
    ),
    ("NUMBER", r"\d+(?:[.,'’\u{a0}\u{202f}]\d+)*"),
];

/// Which pseudonym stands for what.
pub struct Redaction {
    rules: Vec<(&'static str, Regex)>,
    /// Names of speakers in texts.
    names: Option<Regex>,
    /// Kinds of other names by their words, for texts that no model has read.
    spoken_of: HashMap<String, &'static str>,
    /// The most words that a name in `spoken_of` has.
    most_words: usize,
    /// By kind and by the words of a name in lower case.
    known: HashMap<(&'static str, String), String>,
    /// Pseudonym to what it stands for, as it was first written.
    mapping: BTreeMap<String, String>,
    counts: HashMap<&'static str, u64>,
    /// Whether days are hidden that have a name of their own.
    dates: bool,
}

/// What pseudonyms are called.
const NAMES: [&str; 8] = ["PERSON", "PLACE", "ORGANISATION", "EMAIL", "PHONE", "URL", "NUMBER", "DATE"];

/// A stretch in code points that is replaced.
struct Hidden {
    start: usize,
    end: usize,
    pseudonym: String,
}

impl Redaction {
    /// Hides these speakers wherever they are named, and what each message names.
    ///
    /// # Errors
    /// [`Code::Input`] if there are more speakers than can be looked for.
    pub fn new<'a>(speakers: impl IntoIterator<Item = &'a str>) -> Result<Redaction> {
        Redaction::going_on(&BTreeMap::new(), speakers)
    }

    /// As [`Redaction::new`], but what has a pseudonym in the `mapping` of an
    /// earlier redaction keeps it.
    ///
    /// # Errors
    /// [`Code::Input`] also if the mapping holds something that is no pseudonym.
    pub fn going_on<'a>(
        mapping: &BTreeMap<String, String>,
        speakers: impl IntoIterator<Item = &'a str>,
    ) -> Result<Redaction> {
        let mut redaction = Redaction {
            rules: Vec::new(),
            names: None,
            spoken_of: HashMap::new(),
            most_words: 0,
            known: HashMap::new(),
            mapping: mapping.clone(),
            counts: HashMap::new(),
            dates: false,
        };
        for (pseudonym, stands_for) in mapping {
            let (kind, number) = pseudonym_parts(pseudonym).ok_or_else(|| {
                let sentence = format!("{pseudonym:?} is no pseudonym of Sotto, such as PERSON_1");
                Error::new(Code::Input, sentence)
            })?;
            redaction.known.insert((kind, normal(stands_for)), pseudonym.clone());
            let count = redaction.counts.entry(kind).or_default();
            *count = number.max(*count);
        }
        let bad = |error: regex::Error| {
            Error::new(Code::Input, "too many speakers to redact at once; export fewer conversations")
                .because(error)
        };
        for (kind, rule) in RULES {
            redaction.rules.push((kind, Regex::new(rule).map_err(bad)?));
        }
        let mut speakers: Vec<&str> = speakers.into_iter().filter(|name| !NOBODY.contains(name)).collect();
        speakers.sort_unstable();
        // Those of the earlier redaction may be spoken of.
        let known = mapping.iter().filter(|(pseudonym, _)| pseudonym.starts_with("PERSON_"));
        speakers.extend(known.map(|(_, name)| name.as_str()));
        let mut names = Vec::new();
        for speaker in speakers {
            let pseudonym = redaction.pseudonym("PERSON", speaker);
            names.push(normal(speaker));
            // "Anna" is "Anna Smith", if she is the only one.
            for word in speaker.split_whitespace().filter(|word| word.chars().count() > 2) {
                let word = normal(word);
                redaction.known.entry(("PERSON", word.clone())).or_insert_with(|| pseudonym.clone());
                names.push(word);
            }
        }
        // Of names that begin alike the longest is tried first.
        names.retain(|name| !name.is_empty());
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        if !names.is_empty() {
            let words =
                names.iter().map(|name| name.split(' ').map(regex::escape).collect::<Vec<_>>().join(r"\s+"));
            let pattern = format!(r"(?i)(?:{})", words.collect::<Vec<_>>().join("|"));
            redaction.names =
                Some(regex::RegexBuilder::new(&pattern).size_limit(64 << 20).build().map_err(bad)?);
        }
        Ok(redaction)
    }

    /// Hides these people, places and organisations, pairs of a kind of entity and
    /// what was called so, also in messages that no model has read, such as the
    /// answers that repeat them.
    pub fn naming(mut self, names: impl IntoIterator<Item = (String, String)>) -> Redaction {
        for (entity, name) in names {
            let kind = KINDS.iter().find(|(kind, _)| *kind == entity).map(|(_, kind)| *kind);
            let ends = words(&name);
            let (Some(kind), Some(&(start, _)), Some(&(_, end))) = (kind, ends.first(), ends.last()) else {
                continue;
            };
            // "I" and "U" are more often no name.
            if end - start > 1 {
                self.most_words = self.most_words.max(ends.len());
                self.spoken_of.insert(normal(&name[start..end]), kind);
            }
        }
        self
    }

    /// Hides also the days that have a name of their own, such as 24 December, but
    /// not those that depend on when something was said: for an export whose times
    /// are moved.
    pub fn hiding_dates(self) -> Redaction {
        Redaction { dates: true, ..self }
    }

    /// What each pseudonym stands for; to be kept apart from the export.
    pub fn mapping(&self) -> &BTreeMap<String, String> {
        &self.mapping
    }

    /// The message without what is to be hidden; its entities at their new places.
    pub fn apply(&mut self, message: &Message) -> Message {
        let mut redacted = message.clone();
        if !NOBODY.contains(&message.speaker.as_str()) {
            redacted.speaker = self.pseudonym("PERSON", &message.speaker);
        }
        let hidden = self.hidden(message);
        if hidden.is_empty() {
            return redacted;
        }
        let letters: Vec<char> = message.text.chars().collect();
        redacted.text = String::new();
        let mut at = 0;
        for one in &hidden {
            redacted.text.extend(&letters[at..one.start]);
            redacted.text.push_str(&one.pseudonym);
            at = one.end;
        }
        redacted.text.extend(&letters[at..]);
        let written: Vec<char> = redacted.text.chars().collect();
        for entity in redacted.analysis.iter_mut().flat_map(|analysis| &mut analysis.entities) {
            *entity = moved(entity, &hidden, &written);
        }
        for mark in redacted.correction.iter_mut().flat_map(|correction| &mut correction.entities) {
            *mark = moved_mark(mark, &hidden, &written);
        }
        redacted
    }

    /// What is replaced in a message, in order, never overlapping. What has exact
    /// syntax comes before what the model saw, and numbers come last.
    fn hidden(&mut self, message: &Message) -> Vec<Hidden> {
        let text = &message.text;
        let places = Places::of(text);
        let mut hidden: Vec<Hidden> = Vec::new();
        // What the user marked is hidden, and so is what the model named there.
        let marked = message.effective().map(|holds| holds.into_owned().entities);
        let named = message.analysis.iter().flat_map(|analysis| &analysis.entities).cloned();
        let entities: Vec<Entity> = marked.into_iter().flatten().chain(named).collect();
        for (kind, place, found) in self.ruled(&["EMAIL", "URL"], text, &places) {
            self.hide(&mut hidden, place, kind, found);
        }
        for entity in entities.iter().filter(|entity| entity.end <= places.bytes.len()) {
            if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == entity.entity) {
                self.hide(&mut hidden, (entity.start, entity.end), kind, &entity.text);
            } else if self.dates && entity.entity.starts_with("date") && is_absolute(&entity.text) {
                self.hide(&mut hidden, (entity.start, entity.end), "DATE", &entity.text);
            }
        }
        let named: Vec<(usize, usize)> = self
            .names
            .iter()
            .flat_map(|names| names.find_iter(text))
            .map(|one| (one.start(), one.end()))
            .collect();
        for (start, end) in named.into_iter().filter(|&(start, end)| stands_alone(text, start, end)) {
            let place = (places.of_byte(start), places.of_byte(end));
            self.hide(&mut hidden, place, "PERSON", &text[start..end]);
        }
        if message.analysis.is_none() {
            for (kind, start, end) in self.spoken_of_in(text) {
                let place = (places.of_byte(start), places.of_byte(end));
                self.hide(&mut hidden, place, kind, &text[start..end]);
            }
        }
        for (kind, (start, end), found) in self.ruled(&["PHONE", "NUMBER"], text, &places) {
            let kept = |entity: &Entity| {
                ["date", "time", "duration"].iter().any(|kind| entity.entity.starts_with(kind))
                    && entity.start < end
                    && start < entity.end
            };
            if !entities.iter().any(kept) {
                self.hide(&mut hidden, (start, end), kind, found);
            }
        }
        merged(hidden)
    }

    /// Known names in a text, the longest at each place, as kind and bytes.
    fn spoken_of_in(&self, text: &str) -> Vec<(&'static str, usize, usize)> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let start = words[at].0;
            let longest = self.most_words.min(words.len() - at);
            let name = (1..=longest).rev().find_map(|length| {
                let end = words[at + length - 1].1;
                self.spoken_of.get(&normal(&text[start..end])).map(|&kind| (kind, end, length))
            });
            at += match name {
                Some((kind, end, length)) => {
                    found.push((kind, start, end));
                    length
                }
                None => 1,
            };
        }
        found
    }

    /// What the rules of these kinds find, in code points.
    fn ruled<'t>(
        &self,
        kinds: &[&str],
        text: &'t str,
        places: &Places,
    ) -> Vec<(&'static str, (usize, usize), &'t str)> {
        let rules = self.rules.iter().filter(|(kind, _)| kinds.contains(kind));
        let found = rules.flat_map(|(kind, rule)| rule.find_iter(text).map(|found| (*kind, found)));
        found
            .map(|(kind, one)| (kind, (places.of_byte(one.start()), places.of_byte(one.end())), one.as_str()))
            .collect()
    }

    /// Replaces a stretch, unless it lies in one that is replaced already.
    fn hide(
        &mut self,
        hidden: &mut Vec<Hidden>,
        (start, end): (usize, usize),
        kind: &'static str,
        text: &str,
    ) {
        if start < end && !hidden.iter().any(|one| one.start <= start && end <= one.end) {
            let pseudonym = self.pseudonym(kind, text);
            hidden.push(Hidden { start, end, pseudonym });
        }
    }

    fn pseudonym(&mut self, kind: &'static str, text: &str) -> String {
        let key = (kind, normal(text));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        let pseudonym = format!("{kind}_{count}");
        self.known.insert(key, pseudonym.clone());
        self.mapping.insert(pseudonym.clone(), text.to_owned());
        pseudonym
    }
}

/// `PERSON_12` as its kind and its number.
fn pseudonym_parts(pseudonym: &str) -> Option<(&'static str, u64)> {
    let (kind, number) = pseudonym.rsplit_once('_')?;
    let kind = NAMES.iter().find(|name| **name == kind)?;
    Some((kind, number.parse().ok()?))
}

/// Stretches that overlap become one, under the pseudonym of the first that was
/// found: nothing of either is left.
fn merged(hidden: Vec<Hidden>) -> Vec<Hidden> {
    let mut ranked: Vec<(usize, Hidden)> = hidden.into_iter().enumerate().collect();
    ranked.sort_by_key(|(_, one)| one.start);
    let mut merged: Vec<(usize, Hidden)> = Vec::new();
    for (rank, one) in ranked {
        match merged.last_mut() {
            Some((best, last)) if one.start < last.end => {
                last.end = last.end.max(one.end);
                if rank < *best {
                    (*best, last.pseudonym) = (rank, one.pseudonym);
                }
            }
            _ => merged.push((rank, one)),
        }
    }
    merged.into_iter().map(|(_, one)| one).collect()
}

/// The words of a name, however they are written.
fn normal(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the unbroken runs of letters and digits begin and end, in bytes.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(last) if last.1 == at => last.1 = end,
            _ => words.push((at, end)),
        }
    }
    words
}

/// Whether no letter stands right before or after: not the "Ann" in "planned".
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let letter = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    !letter(text[..start].chars().next_back()) && !letter(text[end..].chars().next())
}

/// Bytes of a text as code points.
struct Places {
    bytes: Vec<usize>,
}

impl Places {
    fn of(text: &str) -> Places {
        Places { bytes: text.char_indices().map(|(byte, _)| byte).collect() }
    }

    fn of_byte(&self, byte: usize) -> usize {
        self.bytes.partition_point(|&at| at < byte)
    }
}

/// A mark of the user at its place in the redacted text.
fn moved_mark(mark: &Mark, hidden: &[Hidden], written: &[char]) -> Mark {
    let Entity { start, end, text, value, .. } = moved(
        &Entity {
            start: mark.start,
            end: mark.end,
            text: mark.text.clone(),
            entity: String::new(),
            confidence: 1.0,
            value: mark.value.clone(),
            source: TagSource::User,
        },
        hidden,
        written,
    );
    Mark { start, end, text, value, entity: mark.entity.clone() }
}

/// An entity at its place in the redacted text.
fn moved(entity: &Entity, hidden: &[Hidden], written: &[char]) -> Entity {
    let place = |old: usize, is_end: bool| {
        let mut shift = 0_isize;
        for one in hidden {
            let length = one.pseudonym.chars().count();
            if one.end <= old {
                shift += length as isize - (one.end - one.start) as isize;
            } else if one.start < old || (one.start == old && !is_end) {
                let start = one.start.saturating_add_signed(shift);
                return if is_end { start + length } else { start };
            } else {
                break;
            }
        }
        old.saturating_add_signed(shift)
    };
    let (start, end) = (place(entity.start, false), place(entity.end, true).min(written.len()));
    let text: String = written.get(start..end).unwrap_or_default().iter().collect();
    let value = if text == entity.text { entity.value.clone() } else { text.clone() };
    Entity { start, end, text, value, ..entity.clone() }
}
