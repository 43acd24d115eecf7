//! Phrases and what they mean on Monday, 23 November 2026, at ten in Berlin.

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

/// Phrase in brackets, kind, value without the seconds and, in winter, the offset.
const PHRASES: &[(&str, &str, &str)] = &[
    // Days near today
    ("[today]", "date", "2026-11-23"),
    ("what's on [tomorrow]?", "date", "2026-11-24"),
    ("[yesterday] was fine", "date", "2026-11-22"),
    ("[the day after tomorrow]", "date", "2026-11-25"),
    ("[day before yesterday]", "date", "2026-11-21"),
    ("[Tomorrow]", "date", "2026-11-24"),
    // Weekdays
    ("[friday]", "date", "2026-11-27"),
    ("[on Friday]", "date", "2026-11-27"),
    ("[on monday]", "date", "2026-11-30"),
    ("[this monday]", "date", "2026-11-23"),
    ("[this Friday]", "date", "2026-11-27"),
    ("[next Friday]", "date", "2026-12-04"),
    ("[next monday]", "date", "2026-11-30"),
    ("[last friday]", "date", "2026-11-20"),
    ("[last monday]", "date", "2026-11-16"),
    ("[on fri]", "date", "2026-11-27"),
    ("[next tue]", "date", "2026-12-01"),
    ("[friday next week]", "date", "2026-12-04"),
    ("[next week on friday]", "date", "2026-12-04"),
    ("[Friday the 13th]", "date", "2027-08-13"),
    // Longer periods
    ("[next week]", "date", "2026-11-30"),
    ("[this week]", "date", "2026-11-23"),
    ("[last week]", "date", "2026-11-16"),
    ("[next month]", "date", "2026-12-01"),
    ("[last month]", "date", "2026-10-01"),
    ("[next year]", "date", "2027-01-01"),
    ("[this weekend]", "date", "2026-11-28"),
    ("[next weekend]", "date", "2026-12-05"),
    ("[in December]", "date", "2026-12-01"),
    ("[in may]", "date", "2027-05-01"),
    ("[next march]", "date", "2027-03-01"),
    ("[May 2027]", "date", "2027-05-01"),
    // Dates
    ("[3 May 2027]", "date", "2027-05-03"),
    ("[May 3rd]", "date", "2027-05-03"),
    ("[May 3]", "date", "2027-05-03"),
    ("[may 3rd, 2028]", "date", "2028-05-03"),
    ("[the 3rd of May]", "date", "2027-05-03"),
    ("[on the 3rd]", "date", "2026-12-03"),
    ("[on the 23rd]", "date", "2026-11-23"),
    ("[on the 31st]", "date", "2026-12-31"),
    ("[on the twenty-first]", "date", "2026-12-21"),
    ("[24 December]", "date", "2026-12-24"),
    ("[Nov. 24]", "date", "2026-11-24"),
    ("[1st of january]", "date", "2027-01-01"),
    ("[29 February]", "date", "2028-02-29"),
    ("[Friday, 27 November]", "date", "2026-11-27"),
    ("[fri 27 nov]", "date", "2026-11-27"),
    ("due [2026-11-24].", "date", "2026-11-24"),
    ("[24/12/2026]", "date", "2026-12-24"),
    ("[12/24/2026]", "date", "2026-12-24"),
    ("[24.12.2026]", "date", "2026-12-24"),
    ("[3/4/2027]", "date", "2027-04-03"),
    ("[24/12/26]", "date", "2026-12-24"),
    ("[on 24/12]", "date", "2026-12-24"),
    ("[the 9th of this month]", "date", "2026-11-09"),
    ("[on the 1st of next month]", "date", "2026-12-01"),
    ("[june fourteenth two thousand and seventeen]", "date", "2017-06-14"),
    ("[june 14th twenty twenty seven]", "date", "2027-06-14"),
    // Lengths of days from today
    ("[in 2 days]", "date", "2026-11-25"),
    ("[in a week]", "date", "2026-11-30"),
    ("[in two weeks' time]", "date", "2026-12-07"),
    ("[in a month]", "date", "2026-12-23"),
    ("[3 days ago]", "date", "2026-11-20"),
    ("[a week from friday]", "date", "2026-12-04"),
    ("[two days after tomorrow]", "date", "2026-11-26"),
    ("[a year ago]", "date", "2025-11-23"),
    ("[in 10 days]", "date", "2026-12-03"),
    // Times of day
    ("[at 5pm]", "time", "2026-11-23T17:00"),
    ("[5 p.m.]", "time", "2026-11-23T17:00"),
    ("wake me [at 7]", "time", "2026-11-23T19:00"),
    ("[at 9am]", "time", "2026-11-24T09:00"),
    ("[9:30]", "time", "2026-11-23T21:30"),
    ("[11:30]", "time", "2026-11-23T11:30"),
    ("[09:30]", "time", "2026-11-24T09:30"),
    ("[17:45]", "time", "2026-11-23T17:45"),
    ("[at 9.30pm]", "time", "2026-11-23T21:30"),
    ("[noon]", "time", "2026-11-23T12:00"),
    ("[at midnight]", "time", "2026-11-24T00:00"),
    ("[half past six]", "time", "2026-11-23T18:30"),
    ("[quarter to nine]", "time", "2026-11-23T20:45"),
    ("[a quarter past 11]", "time", "2026-11-23T11:15"),
    ("[ten to one]", "time", "2026-11-23T12:50"),
    ("[five past twelve]", "time", "2026-11-23T12:05"),
    ("[seven o'clock]", "time", "2026-11-23T19:00"),
    ("[at six thirty]", "time", "2026-11-23T18:30"),
    ("[six thirty pm]", "time", "2026-11-23T18:30"),
    ("[at seven oh five am]", "time", "2026-11-24T07:05"),
    ("[8 in the evening]", "time", "2026-11-23T20:00"),
    ("[in the morning]", "time", "2026-11-24T09:00"),
    ("[12 am]", "time", "2026-11-24T00:00"),
    ("[12pm]", "time", "2026-11-23T12:00"),
    ("until [5]", "time", "2026-11-23T17:00"),
    ("[at 3 in the morning]", "time", "2026-11-24T03:00"),
    ("alarm for [215pm]", "time", "2026-11-23T14:15"),
    ("[eight o clock]", "time", "2026-11-23T20:00"),
    // Days and times
    ("[tonight at five]", "datetime", "2026-11-23T17:00"),
    ("[tonight at one]", "datetime", "2026-11-24T01:00"),
    ("remind me to call Anna in Berlin [tomorrow at 9]", "datetime", "2026-11-24T09:00"),
    ("[tomorrow at 9]", "datetime", "2026-11-24T09:00"),
    ("[at 9 tomorrow]", "datetime", "2026-11-24T09:00"),
    ("[tomorrow at 5]", "datetime", "2026-11-24T17:00"),
    ("[tomorrow at noon]", "datetime", "2026-11-24T12:00"),
    ("[tomorrow morning]", "datetime", "2026-11-24T09:00"),
    ("[tomorrow morning at 5]", "datetime", "2026-11-24T05:00"),
    ("[tomorrow, 5pm]", "datetime", "2026-11-24T17:00"),
    ("[5pm on Friday]", "datetime", "2026-11-27T17:00"),
    ("[next Friday evening]", "datetime", "2026-12-04T19:00"),
    ("[friday evening at 8]", "datetime", "2026-11-27T20:00"),
    ("[tonight]", "datetime", "2026-11-23T20:00"),
    ("[tonight at 8]", "datetime", "2026-11-23T20:00"),
    ("[at 8 tonight]", "datetime", "2026-11-23T20:00"),
    ("[tonight at 12]", "datetime", "2026-11-24T00:00"),
    ("[tonight at midnight]", "datetime", "2026-11-24T00:00"),
    ("[last night]", "datetime", "2026-11-22T20:00"),
    ("[this afternoon]", "datetime", "2026-11-23T15:00"),
    ("[this morning]", "datetime", "2026-11-23T09:00"),
    ("[today at 5]", "datetime", "2026-11-23T17:00"),
    ("[today at 11]", "datetime", "2026-11-23T11:00"),
    ("[on the 3rd at half past six]", "datetime", "2026-12-03T06:30"),
    ("[3 May 2027 at 9:30 am]", "datetime", "2027-05-03T09:30+02:00"),
    ("[2026-11-24 17:00]", "datetime", "2026-11-24T17:00"),
    ("[2026-11-24T17:00:00Z]", "datetime", "2026-11-24T18:00"),
    ("[2026-11-24T17:00]", "datetime", "2026-11-24T17:00"),
    ("[the day after tomorrow at quarter past 3]", "datetime", "2026-11-25T15:15"),
    ("[in 2 days at 5pm]", "datetime", "2026-11-25T17:00"),
    ("[Monday at 10:00]", "datetime", "2026-11-30T10:00"),
    // Lengths of hours from now
    ("[in 2 hours]", "datetime", "2026-11-23T12:00"),
    ("[in an hour and a half]", "datetime", "2026-11-23T11:30"),
    ("[in half an hour]", "datetime", "2026-11-23T10:30"),
    ("[in 1h30m]", "datetime", "2026-11-23T11:30"),
    ("[in twenty minutes]", "datetime", "2026-11-23T10:20"),
    ("[20 minutes ago]", "datetime", "2026-11-23T09:40"),
    ("[two hours from now]", "datetime", "2026-11-23T12:00"),
    ("[in a minute]", "datetime", "2026-11-23T10:01"),
];

#[test]
fn phrases_are_found_whole_and_resolved() {
    let now = now("2026-11-23T10:00[Europe/Berlin]");
    let mut wrong = Vec::new();
    for (phrase, kind, value) in PHRASES {
        let stretch = &phrase[phrase.find('[').unwrap() + 1..phrase.find(']').unwrap()];
        let value = match value.split_once('T') {
            Some((date, time)) if time.len() > 5 => format!("{date}T{}:00{}", &time[..5], &time[5..]),
            Some(_) => format!("{value}:00+01:00"),
            None => (*value).to_owned(),
        };
        let found = read(&phrase.replace(['[', ']'], ""), &now);
        if found != [(stretch.to_owned(), *kind, value.clone())] {
            wrong.push(format!("{phrase}: expected {kind} {value}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PHRASES.len(), wrong.join("\n"));
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
