//! Tells the date of a day.

use jiff::civil;

use super::{Skill, Turn};

pub(super) struct Date;

impl Skill for Date {
    fn intents(&self) -> &'static [&'static str] {
        &["date"]
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        let today = turn.now.date();
        let named = turn.analysis.entities.iter().find_map(|entity| {
            let day = entity.value.get(..10)?.parse::<civil::Date>().ok()?;
            matches!(entity.entity.as_str(), "date" | "datetime").then_some((&entity.text, day))
        });
        Some(match named {
            Some((phrase, day)) if day != today => {
                let mut phrase = phrase.clone();
                if let Some(first) = phrase.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                format!("{phrase} is {}.", day.strftime("%A, %-d %B %Y"))
            }
            _ => format!("Today is {}.", today.strftime("%A, %-d %B %Y")),
        })
    }
}
