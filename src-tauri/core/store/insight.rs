//! Counting what a query finds.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use rusqlite::{Row, params_from_iter};

use super::Store;
use super::filter::{Condition, Filter};
use crate::insight::{Activity, Count, Insight, Mood, Name, Step};
use crate::query::Query;
use crate::{Polarity, Result};

/// No clock on earth differs from another by a part of this.
const QUARTER: i64 = 900_000;

/// So many labels and names are told.
const MOST: usize = 40;

/// As many days, or weeks, as can be told apart in a picture.
const DAYS: i64 = 62;
const WEEKS: i64 = 60;

/// What is counted by message.
#[derive(Default)]
struct Tally {
    felt: HashMap<When, u64>,
    first: Option<i64>,
    last: Option<i64>,
    intents: HashMap<String, u64>,
    acts: HashMap<String, u64>,
    speakers: HashMap<String, u64>,
}

impl Tally {
    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let time: i64 = row.get(0)?;
        self.first = Some(self.first.map_or(time, |first| first.min(time)));
        self.last = Some(self.last.map_or(time, |last| last.max(time)));
        for (column, counts) in [(1, &mut self.speakers), (2, &mut self.intents), (3, &mut self.acts)] {
            let Some(name) = row.get_ref(column)?.as_str_or_null()? else { continue };
            // Not `entry`, which would copy a name that was met a million times.
            match counts.get_mut(name) {
                Some(count) => *count += 1,
                None => _ = counts.insert(name.to_owned(), 1),
            }
        }
        let when = When { quarter: time.div_euclid(QUARTER), sentiment: row.get(4)? };
        *self.felt.entry(when).or_default() += 1;
        Ok(())
    }
}

/// The names that were counted most often, and how often.
fn most_frequent(counts: HashMap<String, u64>) -> Vec<Count> {
    let mut counts: Vec<Count> = counts.into_iter().map(|(name, count)| Count { name, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    counts.truncate(MOST);
    counts
}

/// A quarter of an hour since the Unix epoch, and a feeling in it.
#[derive(PartialEq, Eq, Hash)]
struct When {
    quarter: i64,
    sentiment: Option<Polarity>,
}

impl When {
    fn of(self, count: u64, zone: &TimeZone) -> Felt {
        let moment = Timestamp::from_millisecond(self.quarter.saturating_mul(QUARTER)).unwrap_or_default();
        let local = zone.to_datetime(moment);
        Felt { day: local.date(), hour: local.hour(), sentiment: self.sentiment, count }
    }
}

/// Who felt how, and when.
struct Felt {
    day: Date,
    hour: i8,
    sentiment: Option<Polarity>,
    count: u64,
}

impl Store {
    /// Counts what `query` finds, but for the assistant's own messages.
    pub(crate) fn insight(&self, query: &Query) -> Result<Insight> {
        let filter = self.filter(query)?;
        let Tally { felt, first, last, intents, acts, speakers } = self.tally(&filter)?;
        let felt: Vec<Felt> = felt.into_iter().map(|(when, count)| when.of(count, &query.zone)).collect();
        let step = match felt.iter().map(|felt| felt.day).min().zip(felt.iter().map(|felt| felt.day).max()) {
            Some((first, last)) => step(first, last),
            None => Step::Day,
        };
        Ok(Insight {
            messages: felt.iter().map(|felt| felt.count).sum(),
            tagged: felt.iter().filter(|felt| felt.sentiment.is_some()).map(|felt| felt.count).sum(),
            first,
            last,
            step,
            moods: moods(&felt, step),
            intents: most_frequent(intents),
            acts: most_frequent(acts),
            speakers: most_frequent(speakers),
            names: self.names(&filter)?,
            activity: activity(&felt),
        })
    }

    /// Everything that is counted by message, in one pass over them.
    fn tally(&self, filter: &Filter) -> Result<Tally> {
        let mut sql = Condition::new(
            "SELECT message.time, message.speaker, analysis.effective_intent, analysis.effective_act,
                    analysis.effective_sentiment
             FROM message LEFT JOIN analysis ON analysis.message = message.id
             WHERE message.source <> 'assistant' AND ",
            [],
        );
        sql.append(&filter.whole());
        self.read(|connection| {
            let mut query = connection.prepare_cached(&sql.sql)?;
            let mut rows = query.query(params_from_iter(sql.values()))?;
            let mut tally = Tally::default();
            while let Some(row) = rows.next()? {
                tally.add(row)?;
            }
            Ok(tally)
        })
    }

    fn names(&self, filter: &Filter) -> Result<Vec<Name>> {
        let mut sql = Condition::new(
            "SELECT entity.entity, entity.text, count(DISTINCT message.id) AS messages, min(message.id)
             FROM message LEFT JOIN analysis ON analysis.message = message.id
                          JOIN entity ON entity.message = message.id
             WHERE message.source <> 'assistant' AND entity.effective = 1
                   AND +entity.entity IN ('person', 'organization', 'location', 'product', 'event') AND ",
            [],
        );
        sql.append(&filter.whole());
        sql.push(
            " GROUP BY entity.entity, entity.text COLLATE NOCASE ORDER BY messages DESC, entity.text LIMIT ?",
            [(MOST as i64).into()],
        );
        let name = |row: &Row<'_>| Ok(Name { kind: row.get(0)?, name: row.get(1)?, count: row.get(2)? });
        self.read(|connection| {
            connection.prepare_cached(&sql.sql)?.query_map(params_from_iter(sql.values()), name)?.collect()
        })
    }
}

/// The shortest step that does not make too many stretches.
fn step(first: Date, last: Date) -> Step {
    let days = i64::from(first.until(last).map_or(i32::MAX, |span| span.get_days()));
    match days {
        ..DAYS => Step::Day,
        days if days / 7 < WEEKS => Step::Week,
        _ => Step::Month,
    }
}

impl Step {
    fn start(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Week => {
                let days = i64::from(day.weekday().since(Weekday::Monday));
                day.checked_sub(days.days()).unwrap_or(day)
            }
            Step::Month => day.first_of_month(),
        }
    }

    fn length(self) -> Span {
        match self {
            Step::Day => 1.day(),
            Step::Week => 7.days(),
            Step::Month => 1.month(),
        }
    }
}

fn moods(felt: &[Felt], step: Step) -> Vec<Mood> {
    let mut counts: BTreeMap<Date, [u64; 3]> = BTreeMap::new();
    for felt in felt {
        let stretch = counts.entry(step.start(felt.day)).or_default();
        match felt.sentiment {
            Some(Polarity::Negative) => stretch[0] += felt.count,
            Some(Polarity::Neutral) => stretch[1] += felt.count,
            Some(Polarity::Positive) => stretch[2] += felt.count,
            None => {}
        }
    }
    let Some((mut from, last)) = counts.keys().next().copied().zip(counts.keys().next_back().copied()) else {
        return Vec::new();
    };
    let mut moods = Vec::new();
    while from <= last
        && let Ok(until) = from.checked_add(step.length())
    {
        let [negative, neutral, positive] = counts.get(&from).copied().unwrap_or_default();
        moods.push(Mood { from: from.to_string(), until: until.to_string(), negative, neutral, positive });
        from = until;
    }
    moods
}

fn activity(felt: &[Felt]) -> Vec<Activity> {
    let mut counts: BTreeMap<(i8, i8), u64> = BTreeMap::new();
    for felt in felt {
        *counts.entry((felt.day.weekday().to_monday_one_offset(), felt.hour)).or_default() += felt.count;
    }
    let hours = counts.into_iter().map(|((weekday, hour), count)| Activity { weekday, hour, count });
    hours.collect()
}
