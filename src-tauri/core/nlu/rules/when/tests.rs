//! What is no date, and where dates end; what phrases mean is in `tests/time/phrases.txt`.

use jiff::ZonedDateTime;

use crate::nlu::rules::{Kind, find};

fn now(text: &str) -> ZonedDateTime {
    text.parse().unwrap()
}

/// The dates and times found in `text`: stretch, kind, value.
fn read(text: &str, now: &ZonedDateTime) -> Vec<(String, &'static str, String)> {
    find(text, now)
        .into_iter()
        .filter(|found| matches!(found.kind, Kind::Date | Kind::Time | Kind::Datetime))
        .map(|found| (text[found.bytes].to_owned(), found.kind.as_str(), found.value))
        .collect()
}

#[test]
fn other_words_are_no_dates() {
    let now = now("2026-11-23T10:00[Europe/Berlin]");
    for text in [
        "I have 3 cats",
        "you may go",
        "may I come in",
        "they march 5 km",
        "I may 3 times",
        "the sun is out",
        "we sat down",
        "this sun is hot",
        "mon ami",
        "wait a second",
        "the second one",
        "the 3rd time",
        "on the first floor",
        "good morning",
        "good evening",
        "what a night",
        "at 5 percent",
        "at 20 degrees",
        "at 5 dollars",
        "version 1.2.3",
        "192.168.0.1",
        "nine to five",
        "one to one",
        "at least 3",
        "1/2 cup",
        "3.5",
        "12:60",
        "25:00",
        "2026-13-01",
        "32/01/2026",
        "5 to 9",
        "march on",
        "the week was long",
        "every day",
        "call 555-0199",
        "at home",
        "in Berlin",
        "on top",
        "last one",
        "next up",
        "10:20:30:40",
        "may the 4 of you",
        "room 101",
        "once a week",
        "half",
        "quarter",
        "a quarter of it",
        "at 50",
        "next to me",
        "this is it",
        "the past 3 games",
        "on 5 of them",
        "31/04/2026",
        "2026-11-24-01",
    ] {
        assert_eq!(read(text, &now), [], "{text}");
    }
}

#[test]
fn two_points_in_time_stay_two() {
    let now = now("2026-11-23T10:00[Europe/Berlin]");
    let found = read("call me tomorrow at 9 or on Friday at 5pm, not today", &now);
    let texts: Vec<&str> = found.iter().map(|(text, ..)| text.as_str()).collect();
    assert_eq!(texts, ["tomorrow at 9", "on Friday at 5pm", "today"]);
}

#[test]
fn the_clock_changes() {
    // In the night to 29 March 2026 the clock goes from two to three, and back on 25 October.
    let spring = now("2026-03-28T10:00[Europe/Berlin]");
    assert_eq!(read("tomorrow at 2:30am", &spring)[0].2, "2026-03-29T03:30:00+02:00");
    assert_eq!(read("tomorrow at noon", &spring)[0].2, "2026-03-29T12:00:00+02:00");
    assert_eq!(read("in 24 hours", &spring)[0].2, "2026-03-29T11:00:00+02:00");
    assert_eq!(read("in 1 day at 10:00", &spring)[0].2, "2026-03-29T10:00:00+02:00");
    let autumn = now("2026-10-24T10:00[Europe/Berlin]");
    assert_eq!(read("tomorrow at 2:30am", &autumn)[0].2, "2026-10-25T02:30:00+02:00");
    assert_eq!(read("tomorrow at noon", &autumn)[0].2, "2026-10-25T12:00:00+01:00");
}

#[test]
fn late_at_night_and_at_the_ends_of_time() {
    let late = now("2026-12-31T22:15[America/New_York]");
    assert_eq!(read("at 7", &late)[0].2, "2027-01-01T07:00:00-05:00");
    assert_eq!(read("tonight", &late)[0].2, "2026-12-31T23:00:00-05:00");
    assert_eq!(read("tomorrow", &late)[0].2, "2027-01-01");
    assert_eq!(read("at noon", &now("2026-11-23T12:00[UTC]"))[0].2, "2026-11-24T12:00:00+00:00");
    let last = now("9999-12-30T10:00[UTC]");
    for text in [
        "tomorrow at 9",
        "next year",
        "in 9999999 years",
        "in 99999999999999999999 hours",
        "next friday",
        "29 february",
        "in december",
    ] {
        read(text, &last);
    }
    assert_eq!(read("in 9999999 years", &late), []);
}
