//! What goes off goes off once and is never lost: over sleep, restarts, several programs at once, and clocks that
//! are set back, set forward, or change for the summer.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::{SignedDuration, ZonedDateTime};
use sotto::{Assistant, Nlu, Store};

use crate::setting::pack;

/// An assistant, and the clock that it is shown.
struct Room {
    dir: tempfile::TempDir,
    assistant: Assistant,
    conversation: i64,
}

fn at(text: &str) -> ZonedDateTime {
    format!("{text}[Europe/Berlin]").parse().unwrap()
}

fn open(dir: &Path, now: &ZonedDateTime) -> Assistant {
    let assistant = Assistant::new(Store::open(dir).unwrap());
    assistant.install(Nlu::load(&pack()), now).unwrap();
    assistant
}

impl Room {
    /// In which all of `said` was said at `now`.
    fn new(now: &str, said: &[&str]) -> Room {
        let dir = tempfile::tempdir().unwrap();
        let assistant = open(dir.path(), &at(now));
        let conversation = assistant.new_conversation(&at(now)).unwrap().id;
        let room = Room { dir, assistant, conversation };
        for text in said {
            let exchange = room.assistant.send(room.conversation, text, &at(now)).unwrap();
            assert!(!exchange.actions.is_empty(), "{text}: {}", exchange.reply.message.text);
        }
        room
    }

    /// What goes off when the clock shows `now`.
    fn fired(&self, now: &str) -> Vec<String> {
        let lines = self.assistant.due(&at(now)).unwrap();
        lines.into_iter().map(|line| line.message.text).collect()
    }

    /// At which minutes something goes off, looked at every minute from `from` to before `to`.
    fn minutes(&self, from: &str, to: &str) -> Vec<String> {
        let mut now = at(from);
        let mut minutes = Vec::new();
        while now < at(to) {
            for _ in self.assistant.due(&now).unwrap() {
                minutes.push(now.strftime("%d %H:%M %:z").to_string());
            }
            now = now.checked_add(SignedDuration::from_mins(1)).unwrap();
        }
        minutes
    }

    fn restarted(self, now: &str) -> Room {
        let Room { dir, assistant, conversation } = self;
        drop(assistant);
        let assistant = open(dir.path(), &at(now));
        Room { dir, assistant, conversation }
    }
}

const NONE: [&str; 0] = [];

#[test]
fn after_a_long_sleep_each_is_told_once_with_its_time() {
    let room = Room::new(
        "2026-11-23T10:00",
        &[
            "set a tea timer for 5 minutes",
            "set an alarm for 11",
            "remind me at noon to eat",
            "remind me every hour to stand up",
        ],
    );
    let fired = room.fired("2026-11-23T19:30");
    assert_eq!(fired.len(), 4, "{fired:?}");
    for part in ["tea timer", "today at 11:00", "today at 12:00: eat", "stand up"] {
        assert!(fired.iter().any(|text| text.contains(part)), "{part}: {fired:?}");
    }
    assert_eq!(room.fired("2026-11-23T19:31"), NONE);
    let room = room.restarted("2026-11-23T19:40");
    assert_eq!(room.minutes("2026-11-23T19:40", "2026-11-23T21:30"), ["23 20:00 +01:00", "23 21:00 +01:00"]);
}

#[test]
fn a_timer_runs_as_long_as_it_was_set_for_though_the_clock_is_set_back() {
    let room = Room::new("2026-11-23T10:00", &["set a timer for 10 minutes"]);
    assert_eq!(room.fired("2026-11-23T10:04"), NONE);
    // Four minutes are gone; the clock is set back by an hour.
    assert_eq!(room.minutes("2026-11-23T09:04", "2026-11-23T10:30"), ["23 09:10 +01:00"]);
}

#[test]
fn a_paused_timer_does_not_care_for_the_clock() {
    let room = Room::new("2026-11-23T10:00", &["set a timer for 10 minutes"]);
    room.assistant.send(room.conversation, "pause the timer", &at("2026-11-23T10:04")).unwrap();
    assert_eq!(room.fired("2026-11-23T08:00"), NONE);
    room.assistant.send(room.conversation, "resume the timer", &at("2026-11-23T08:30")).unwrap();
    assert_eq!(room.minutes("2026-11-23T08:30", "2026-11-23T10:30"), ["23 08:36 +01:00"]);
}

#[test]
fn what_went_off_does_not_go_off_again_when_the_clock_is_set_back() {
    let room = Room::new(
        "2026-11-23T10:00",
        &["set an alarm for 11", "remind me every day at 11 am to stretch", "set a timer for 1 hour"],
    );
    assert_eq!(room.minutes("2026-11-23T10:01", "2026-11-23T11:05").len(), 3);
    assert_eq!(room.minutes("2026-11-23T10:05", "2026-11-24T10:59"), NONE);
    assert_eq!(room.minutes("2026-11-24T10:59", "2026-11-24T11:05"), ["24 11:00 +01:00"]);
}

#[test]
fn what_recurs_survives_a_clock_that_ran_years_ahead() {
    let room = Room::new(
        "2026-11-23T10:00",
        &["remind me every weekday at 8 am to plan", "remind me every 2 hours to drink"],
    );
    // A flat battery: for a moment it is 2031.
    assert_eq!(room.fired("2031-01-01T00:00").len(), 2);
    assert_eq!(room.fired("2026-11-23T10:30"), NONE);
    let minutes = room.minutes("2026-11-24T07:30", "2026-11-24T10:30");
    // Half past seven is late for noon of the day before.
    assert_eq!(minutes, ["24 07:30 +01:00", "24 08:00 +01:00", "24 08:00 +01:00", "24 10:00 +01:00"]);
}

#[test]
fn an_alarm_in_the_hour_that_the_summer_leaves_out_or_doubles() {
    let room = Room::new("2026-03-27T20:00", &["remind me every day at 2:30 am to look at the stars"]);
    let minutes = room.minutes("2026-03-27T20:01", "2026-03-31T00:00");
    assert_eq!(minutes, ["28 02:30 +01:00", "29 03:30 +02:00", "30 02:30 +02:00"]);
    let room = Room::new("2026-10-24T20:00", &["remind me every day at 2:30 am to look at the stars"]);
    let minutes = room.minutes("2026-10-24T20:01", "2026-10-27T00:00");
    assert_eq!(minutes, ["25 02:30 +02:00", "26 02:30 +01:00"]);
}

#[test]
fn a_timer_over_the_change_of_the_clock_runs_its_length() {
    let room = Room::new("2026-10-25T01:30", &["set a timer for 3 hours"]);
    assert_eq!(room.minutes("2026-10-25T01:31", "2026-10-25T06:00"), ["25 03:30 +01:00"]);
}

#[test]
fn two_programs_on_one_store_ring_once() {
    let said: Vec<String> = (1..=20).map(|n| format!("remind me in {n} minutes to do thing {n}")).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let room = Room::new("2026-11-23T10:00", &said);
    let other = Assistant::new(Store::open(room.dir.path()).unwrap());
    let now = at("2026-11-23T10:30");
    let told: Vec<Vec<i64>> = std::thread::scope(|scope| {
        let looking = [&room.assistant, &other].map(|assistant| {
            let now = &now;
            scope.spawn(move || {
                let lines = (0..10).flat_map(|_| assistant.due(now).unwrap());
                lines.map(|line| line.message.id).collect::<Vec<i64>>()
            })
        });
        looking.into_iter().map(|looking| looking.join().unwrap()).collect()
    });
    let all: Vec<i64> = told.concat();
    let different: BTreeSet<i64> = all.iter().copied().collect();
    assert_eq!((all.len(), different.len()), (20, 20));
}
