//! Says what Sotto can do, and who it is.

use super::{Skill, Turn};

pub(super) struct Help;

impl Skill for Help {
    fn intents(&self) -> &'static [&'static str] {
        &["what_can_i_ask_you", "are_you_a_bot", "what_is_your_name", "who_made_you", "who_do_you_work_for"]
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        const EXAMPLES: &str = "I tag every message with its intent, tone, sentiment and what it names, and keep \
                                it on this computer only. You can ask me:\n\
                                • What time is it?  (or: what time is it in Tokyo?)\n\
                                • What's the date on Friday?\n\
                                • What is 15% of 240?  (or: 5 miles in km)\n\
                                When you are done, export the conversation with all its tags.";
        Some(match turn.analysis.intent.name.as_str() {
            "what_can_i_ask_you" => EXAMPLES.to_owned(),
            "what_is_your_name" => "I'm Sotto.".to_owned(),
            _ => "I'm Sotto, a program on your own computer. No one listens in: nothing you write leaves it."
                .to_owned(),
        })
    }
}
