//! What people type into the box, and what it means.

use jiff::ZonedDateTime;
use jiff::civil::Weekday;
use proptest::prelude::*;

use super::*;

fn now() -> ZonedDateTime {
    "2026-11-25T10:00[Europe/Berlin]".parse().unwrap()
}

fn read(text: &str) -> crate::Result<Query> {
    let now = now();
    let spoken = |phrase: &str| crate::skills::spoken(&now, &|text| crate::nlu::exact(text, &now), phrase);
    parse(text, &Calendar { now: &now, spoken: &spoken })
}

fn tests(text: &str) -> Vec<Test> {
    read(text).unwrap().terms.into_iter().map(|term| term.test).collect()
}

fn problem(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

fn words(text: &str) -> Test {
    Test::Text(Needle::new(text, false).unwrap())
}

fn begun(text: &str) -> Test {
    Test::Text(Needle::new(text, true).unwrap())
}

fn list(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// From the beginning of one day to that of another.
fn days(first: &str, last: &str) -> Range<i64> {
    let start = |day: &str| {
        let day: jiff::civil::Date = day.parse().unwrap();
        day.to_zoned_datetime(now().time_zone().clone()).unwrap().timestamp().as_millisecond()
    };
    start(first)..start(last)
}

#[test]
fn words_beginnings_and_phrases() {
    assert_eq!(tests("boiler leak "), [words("boiler"), words("leak")]);
    assert_eq!(tests("boi* \"hot water\""), [begun("boi"), words("hot water")]);
    assert_eq!(tests("the boil"), [words("the"), begun("boil")], "the last word is still being typed");
    assert_eq!(tests("we"), [words("we")], "two letters would begin too many words");
    assert_eq!(tests("“hot wat”*"), [begun("hot wat")]);
    assert_eq!(tests("\"never closed"), [words("never closed")]);
    assert_eq!(tests("  \n "), []);
}

#[test]
fn a_minus_turns_what_follows_around() {
    let query = read("tea -coffee -intent:timer - well-known ").unwrap();
    let nots: Vec<bool> = query.terms.iter().map(|term| term.not).collect();
    assert_eq!(nots, [false, true, true, false, false]);
    assert_eq!(query.words(), "tea - well known");
}

#[test]
fn keys_take_one_value_or_several() {
    assert_eq!(tests("intent:weather"), [Test::Intent(list(&["weather"]))]);
    assert_eq!(
        tests("INTENT:\"Reminder update\",timer*"),
        [Test::Intent(list(&["reminder_update", "timer*"]))]
    );
    assert_eq!(tests("act: question"), [Test::Act(list(&["question"]))]);
    assert_eq!(tests("sentiment:bad,Positive"), [Test::Sentiment(list(&["negative", "positive"]))]);
    assert_eq!(tests("entity:place"), [Test::Kind(list(&["location"]))]);
    let anna = Test::Named {
        kind: "person".into(),
        names: vec![Called::Holding(Needle::new("Anna", false).unwrap())],
    };
    assert_eq!(tests("person:\"Anna\" x "), [anna.clone(), words("x")]);
    assert_eq!(tests("people:anna"), [anna]);
    let exactly = Test::Named { kind: "location".into(), names: vec![Called::Exactly("New York".into())] };
    assert_eq!(tests("place:=\"New York\""), [exactly]);
    assert_eq!(tests("from:=me"), [Test::From(vec![Speaker::Named(Called::Exactly("me".into()))])]);
    assert_eq!(tests("from:me,sotto"), [Test::From(vec![Speaker::User, Speaker::Assistant])]);
    assert_eq!(
        tests("in:12,\"Road trip\""),
        [Test::In(vec![Place::Number(12), Place::Titled(Needle::new("Road trip", false).unwrap())])]
    );
    assert_eq!(tests("id:7,9-12"), [Test::Id(vec![7..=7, 9..=12])]);
    assert_eq!(tests("hour:9-17 hour:0"), [Test::Hour(9..18), Test::Hour(0..1)]);
    assert_eq!(tests("weekday:sat,Sunday"), [Test::Weekday(vec![Weekday::Saturday, Weekday::Sunday])]);
    assert_eq!(tests("confidence:<60%"), [Test::Confidence(f64::MIN..0.6)]);
    assert_eq!(tests("is:imported,typed"), [Test::Is(vec![State::Imported, State::Typed])]);
}

#[test]
fn dates_are_read_as_they_are_written_and_spoken() {
    let within = |text| match &tests(text)[..] {
        [Test::Within(stretch)] => stretch.clone(),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(within("on:2026-03-01"), days("2026-03-01", "2026-03-02"));
    assert_eq!(within("on:2026-03"), days("2026-03-01", "2026-04-01"));
    assert_eq!(within("on:2025"), days("2025-01-01", "2026-01-01"));
    assert_eq!(within("before:2026-03-01"), i64::MIN..days("2026-03-01", "2026-03-02").start);
    assert_eq!(within("after:yesterday"), days("2026-11-24", "2026-11-25").start..i64::MAX);
    assert_eq!(within("on:\"last week\""), days("2026-11-16", "2026-11-23"));
    assert_eq!(within("on:last-week"), days("2026-11-16", "2026-11-23"));
    assert_eq!(within("on: 3 May 2026"), days("2026-05-03", "2026-05-04"));
    assert_eq!(
        within("on:2026-03-01T18:30").start,
        days("2026-03-01", "2026-03-02").start + 18 * 3_600_000 + 1_800_000
    );
}

#[test]
fn a_date_ends_where_it_stops_being_one() {
    assert_eq!(
        tests("after:last week boiler "),
        [Test::Within(days("2026-11-16", "2026-11-23").start..i64::MAX), words("boiler")]
    );
    assert_eq!(
        tests("before:yesterday from:me"),
        [Test::Within(i64::MIN..days("2026-11-24", "2026-11-25").start), Test::From(vec![Speaker::User])]
    );
}

#[test]
fn what_looks_like_a_key_and_is_none_is_text() {
    assert_eq!(tests("https://example.org/a "), [words("https example org a")]);
    assert_eq!(tests("12:30 "), [words("12 30")]);
    assert_eq!(tests("note: milk "), [words("note"), words("milk")]);
    assert_eq!(tests("🌿 ")[..], [Test::Text(Needle::Piece("🌿".into()))]);
}

#[test]
fn what_cannot_be_read_is_said_in_a_sentence() {
    assert!(
        problem("form:anna").starts_with("there is no form: to search by; there are intent:"),
        "{}",
        problem("form:anna")
    );
    assert_eq!(problem("intent:"), "intent: has nothing after it; write it like intent:weather");
    assert!(problem("before:frogday").contains("\"frogday\" after before: is no date"));
    assert!(problem("before:").contains("has no date after it"));
    assert!(problem("sentiment:blue").contains("sentiment:blue is none of positive, neutral and negative"));
    assert!(problem("hour:25").contains("no hour"));
    assert!(problem("weekday:x").contains("no day"));
    assert!(problem("confidence:7").contains("no probability"));
    assert!(problem("is:odd").contains("none of typed"));
}

proptest! {
    #[test]
    fn any_string_is_a_query_or_a_sentence(text in "(?s).{0,60}") {
        if let Err(error) = read(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn so_is_anything_made_of_its_own_parts(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "intent:", "before:", "=", "after:", "on:", "in:", "id:", "from:", "person:", "hour:", "confidence:", "is:", "-",
                "\"", "“", "*", ",", " ", "<", "9", "-17", "last", "week", "2026", "-03", "é", "東京", "🌿", "\0", "\u{301}", ":",
            ]),
            0..12,
        )
    ) {
        let _ = read(&parts.concat());
    }
}
