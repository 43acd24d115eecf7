//! Exact grammar: patterns over a message in which dates, times and durations
//! are already read.

use std::rc::Rc;

use regex::Regex;

use super::reading::{Reading, duration_ms};
use super::turn::{Reply, Turn};
use crate::Entity;

/// What a rule does. `None` means that the message is not for it after all.
pub(super) type Act = fn(&mut Turn<'_>, &Found) -> Option<Reply>;

/// Patterns in the order in which they are tried, each with its act.
pub(super) struct Grammar {
    rules: Vec<(Regex, Act)>,
}

/// Short names for what many patterns have in common.
const PARTS: &[(&str, &str)] = &[
    ("{d}", "\u{E000}d\\d+\u{E001}"),
    ("{t}", "\u{E000}t\\d+\u{E001}"),
    ("{the}", r"(?:(?:the|my|a|an|this|that|our|another|me|new|some|these|those|your) )*"),
    ("{all}", r"(?:(?<all>all of|the (?:whole )?lot of|all|every single|every|both|each|any) )?"),
    (
        "{set}",
        r"(?:set up|set|start up|start|kick off|create|make|begin|add|put on|pop|pop on|give me|schedule|setup|run|launch|turn on|have|get|new|do|put|program|activate|use|i need|i want|need|want)",
    ),
    (
        "{cancel}",
        r"(?:cancel|stop|delete|remove|take off|kill|end|clear|turn off|switch off|shut off|disable|get rid of|drop|dismiss|bin|ditch|wipe|abort|scrap|erase|unset|deactivate|silence|forget about|forget|never mind|nevermind)",
    ),
    ("{it}", r"(?:it|that|that one|this|this one|the last one|them|those)"),
    (
        "{no}",
        r"(?:(?:no|nope|sorry|wait|actually|oops|i mean|i meant|make (?:it|that|this)|(?:change|move|set|put|switch|shift) (?:it|that|this)(?: to| for)?|rather|instead|better|let's say|let's make it|hm+|uh+)[, ]+)",
    ),
    (
        "{show}",
        r"(?:show me|show|list|read me|read out|read|tell me about|tell me|give me|display|see|view|check|open|what are|what's in|what is in|what's on|what is on|what's|what is|which|what|do i have|have i got|are there|is there|review|pull up|go through|let me see|i want to see|see what's on)",
    ),
];

impl Grammar {
    /// Compiles the rules; in a pattern `{d}` is a duration, `{t}` a date or time.
    pub fn new(rules: &[(&str, Act)]) -> Grammar {
        Grammar::with(&[], rules)
    }

    /// The same with names of the skill's own for what its patterns have in common. One may stand in those before it.
    pub fn with(parts: &[(&str, &str)], rules: &[(&str, Act)]) -> Grammar {
        let compiled = rules.iter().filter_map(|(pattern, act)| {
            let mut pattern = (*pattern).to_owned();
            for (name, part) in parts.iter().chain(PARTS) {
                pattern = pattern.replace(name, part);
            }
            let regex = Regex::new(&format!("(?is)^(?:{pattern})$"));
            debug_assert!(regex.is_ok(), "{regex:?}");
            Some((regex.ok()?, *act))
        });
        Grammar { rules: compiled.collect() }
    }

    /// Whether some pattern fits, without doing anything.
    pub fn claims(&self, reading: &Reading) -> bool {
        self.rules.iter().any(|(regex, _)| regex.is_match(&reading.masked) || regex.is_match(&reading.whole))
    }

    /// Does what the first fitting rule says that does not decline.
    pub fn answer(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let reading = Rc::clone(&turn.reading);
        let same = reading.whole == reading.masked;
        for (regex, act) in &self.rules {
            let captures = regex
                .captures(&reading.masked)
                .or_else(|| if same { None } else { regex.captures(&reading.whole) });
            let Some(captures) = captures else { continue };
            let named = regex.capture_names().flatten().filter_map(|name| {
                let text = captures.name(name)?.as_str().trim();
                (!text.is_empty()).then(|| (name.to_owned(), text.to_owned()))
            });
            let found =
                Found { named: named.collect(), all: captures[0].to_owned(), reading: Rc::clone(&reading) };
            if let Some(reply) = act(turn, &found) {
                return Some(reply);
            }
        }
        None
    }
}

/// What a pattern caught.
pub(super) struct Found {
    named: Vec<(String, String)>,
    all: String,
    reading: Rc<Reading>,
}

impl Found {
    /// Whether the group took part.
    pub fn has(&self, name: &str) -> bool {
        self.named.iter().any(|(of, _)| of == name)
    }

    /// The text of the first of the groups that caught any, as it was written.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        let (_, masked) = names.iter().find_map(|name| self.named.iter().find(|(of, _)| of == name))?;
        Some(self.reading.unmask(masked))
    }

    /// The whole match, as it was written.
    pub fn whole(&self) -> String {
        self.reading.unmask(&self.all)
    }

    /// All durations in it, in milliseconds.
    pub fn durations(&self, turn: &Turn<'_>) -> Vec<i64> {
        let durations = self.entities().filter(|entity| entity.entity == "duration");
        durations.filter_map(|entity| duration_ms(entity, turn.now)).filter(|&ms| ms > 0).collect()
    }

    /// The first duration in a group, in milliseconds.
    pub fn duration_in(&self, group: &str, turn: &Turn<'_>) -> Option<i64> {
        let (_, masked) = self.named.iter().find(|(of, _)| of == group)?;
        let mut durations = self.reading.entities_in(masked).filter(|entity| entity.entity == "duration");
        durations.find_map(|entity| duration_ms(entity, turn.now)).filter(|&ms| ms > 0)
    }

    /// The first duration in it, in milliseconds.
    pub fn duration(&self, turn: &Turn<'_>) -> Option<i64> {
        self.durations(turn).first().copied()
    }

    fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.reading.entities_in(&self.all)
    }
}
