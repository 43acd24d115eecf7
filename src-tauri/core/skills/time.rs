//! Tells the time, here or in a city that has a time zone of its own.

use jiff::tz::{self, TimeZone};

use super::{Skill, Turn};

pub(super) struct Time;

impl Skill for Time {
    fn intents(&self) -> &'static [&'static str] {
        &["time", "timezone"]
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        let place = turn.analysis.entities.iter().find(|entity| entity.entity == "location");
        let Some(place) = place else {
            return Some(format!("It is {}.", turn.now.strftime("%H:%M")));
        };
        Some(match zone_of(&place.text) {
            Some(zone) => {
                let there = turn.now.with_time_zone(zone);
                format!("In {} it is {}.", place.text, there.strftime("%H:%M on %A"))
            }
            None => format!(
                "I don't know the time zone of {}. Here it is {}.",
                place.text,
                turn.now.strftime("%H:%M")
            ),
        })
    }
}

/// The zone of the [IANA database](https://www.iana.org/time-zones) that is
/// named after the city.
fn zone_of(city: &str) -> Option<TimeZone> {
    let city = city.trim().replace(' ', "_").to_lowercase();
    let name = tz::db()
        .available()
        .find(|name| name.as_str().rsplit('/').next().is_some_and(|last| last.to_lowercase() == city))?;
    TimeZone::get(name.as_str()).ok()
}
