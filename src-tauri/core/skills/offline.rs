//! Says no to what needs a network or a device.

use super::{Skill, Turn};

pub(super) struct Offline;

/// Each intent with what it would need.
const NEEDS: &[(&str, &str)] = &[
    ("weather", "weather reports"),
    ("traffic", "traffic reports"),
    ("directions", "maps"),
    ("distance", "maps"),
    ("gas", "maps"),
    ("current_location", "your position"),
    ("share_location", "your position"),
    ("make_call", "a telephone"),
    ("text", "a telephone"),
    ("find_phone", "a telephone"),
    ("play_music", "a music player"),
    ("next_song", "a music player"),
    ("what_song", "a music player"),
    ("update_playlist", "a music player"),
    ("smart_home", "your home's devices"),
    ("uber", "a taxi service"),
    ("book_flight", "a booking service"),
    ("book_hotel", "a booking service"),
    ("car_rental", "a booking service"),
    ("flight_status", "an airline's service"),
    ("restaurant_reservation", "a booking service"),
    ("restaurant_reviews", "reviews from the internet"),
    ("restaurant_suggestion", "reviews from the internet"),
    ("exchange_rate", "today's exchange rates"),
    ("balance", "your bank"),
    ("transfer", "your bank"),
    ("pay_bill", "your bank"),
    ("order", "a shop"),
    ("order_status", "a shop"),
];

const INTENTS: [&str; NEEDS.len()] = {
    let mut names = [""; NEEDS.len()];
    let mut at = 0;
    while at < NEEDS.len() {
        names[at] = NEEDS[at].0;
        at += 1;
    }
    names
};

impl Skill for Offline {
    fn intents(&self) -> &'static [&'static str] {
        &INTENTS
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        let (_, needed) = NEEDS.iter().find(|(intent, _)| *intent == turn.analysis.intent.name)?;
        Some(format!("I can't do that: it needs {needed}, and I work offline, on this computer only."))
    }
}
