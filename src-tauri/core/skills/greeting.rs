//! Says hello.

use super::{Skill, Turn};

pub(super) struct Greeting;

impl Skill for Greeting {
    fn intents(&self) -> &'static [&'static str] {
        &["greeting"]
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        let part_of_day = match turn.now.hour() {
            5..12 => "Good morning",
            12..18 => "Good afternoon",
            18..23 => "Good evening",
            _ => "Hello, night owl",
        };
        Some(format!("{part_of_day}! What can I do for you?"))
    }
}
