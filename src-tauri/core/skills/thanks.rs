//! Takes thanks.

use super::{Skill, Turn};

pub(super) struct Thanks;

impl Skill for Thanks {
    fn intents(&self) -> &'static [&'static str] {
        &["thank_you"]
    }

    fn answer(&self, _turn: &Turn<'_>) -> Option<String> {
        Some("You're welcome.".to_owned())
    }
}
