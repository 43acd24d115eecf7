//! Says goodbye.

use super::{Skill, Turn};

pub(super) struct Goodbye;

impl Skill for Goodbye {
    fn intents(&self) -> &'static [&'static str] {
        &["goodbye"]
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        let night = !(5..21).contains(&turn.now.hour());
        Some(if night { "Good night!" } else { "Goodbye! I'll be here." }.to_owned())
    }
}
