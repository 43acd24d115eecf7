//! Tells the date of a day, and how far days are apart.

mod apart;
mod grammar;
mod tell;
mod wanted;

use jiff::civil::Date as Day;

use apart::{countdown, gone_by, told, told_weekday};
use grammar::GRAMMAR;
use tell::{holiday_after, tell};

use super::Skill;
use super::filled::Marks;
use super::grammar::Grammar;
use super::turn::{Reply, Turn};

pub(super) struct Date;

impl Skill for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["date", "next_holiday", "countdown"]
    }

    fn reports(&self) -> bool {
        true
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        GRAMMAR.answer(turn).or_else(|| told(turn)).or_else(|| told_weekday(turn))
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        wanted::filled(turn, verb, marks)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        // "I have a date tonight" asks for nothing.
        if turn.analysis.act.name == "inform" {
            return None;
        }
        match turn.analysis.intent.name.as_str() {
            "next_holiday" => return holiday_after(turn),
            "countdown" if gone_by(&turn.reading.plain) == Some(true) => return self.wanted(turn, "since"),
            "countdown" => return countdown(turn),
            _ => {}
        }
        let named = turn.analysis.entities.iter().find_map(|entity| {
            let day = entity.value.get(..10)?.parse::<Day>().ok()?;
            matches!(entity.entity.as_str(), "date" | "datetime").then_some((entity.text.clone(), day))
        });
        Some(match named {
            Some((phrase, day)) if day != turn.now.date() => tell(turn, &phrase, day),
            _ => tell(turn, "Today", turn.now.date()),
        })
    }
}
