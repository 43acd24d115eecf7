//! Counting what a query finds.

use std::collections::BTreeMap;

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
const MOST: i64 = 40;

/// As many days, or weeks, as can be told apart in a picture.
const DAYS: i64 = 62;
const WEEKS: i64 = 60;

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
        let felt = self.felt(&filter, &query.zone)?;
        let (first, last) = self.ends(&filter)?;
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
            intents: self.counted(&filter, "analysis.effective_intent")?,
            acts: self.counted(&filter, "analysis.effective_act")?,
            speakers: self.counted(&filter, "message.speaker")?,
            names: self.names(&filter)?,
            activity: activity(&felt),
        })
    }

    fn felt(&self, filter: &Filter, zone: &TimeZone) -> Result<Vec<Felt>> {
        let mut sql = Condition::new(
            "SELECT message.time / 900000 AS quarter, analysis.effective_sentiment, count(*)
             FROM message LEFT JOIN analysis ON analysis.message = message.id
             WHERE message.source <> 'assistant' AND ",
            [],
        );
        sql.append(&filter.whole());
        sql.push(" GROUP BY quarter, analysis.effective_sentiment", []);
        let felt = |row: &Row<'_>| {
            let moment = Timestamp::from_millisecond(row.get::<_, i64>(0)? * QUARTER).unwrap_or_default();
            let local = zone.to_datetime(moment);
            Ok(Felt { day: local.date(), hour: local.hour(), sentiment: row.get(1)?, count: row.get(2)? })
        };
        self.rows(&sql, felt)
    }

    fn ends(&self, filter: &Filter) -> Result<(Option<i64>, Option<i64>)> {
        let mut sql = Condition::new(
            "SELECT min(message.time), max(message.time)
             FROM message LEFT JOIN analysis ON analysis.message = message.id
             WHERE message.source <> 'assistant' AND ",
            [],
        );
        sql.append(&filter.whole());
        let ends = self.rows(&sql, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(ends.into_iter().next().unwrap_or_default())
    }

    /// The values of a column, the most frequent first.
    fn counted(&self, filter: &Filter, column: &str) -> Result<Vec<Count>> {
        let mut sql = Condition::new(
            format!(
                "SELECT {column} AS name, count(*) AS messages
                 FROM message LEFT JOIN analysis ON analysis.message = message.id
                 WHERE message.source <> 'assistant' AND {column} IS NOT NULL AND "
            ),
            [],
        );
        sql.append(&filter.whole());
        sql.push(" GROUP BY name ORDER BY messages DESC, name LIMIT ?", [MOST.into()]);
        self.rows(&sql, |row| Ok(Count { name: row.get(0)?, count: row.get(1)? }))
    }

    fn names(&self, filter: &Filter) -> Result<Vec<Name>> {
        let mut sql = Condition::new(
            "SELECT entity.entity, entity.text, count(DISTINCT message.id) AS messages, min(message.id)
             FROM message LEFT JOIN analysis ON analysis.message = message.id
                          JOIN entity ON entity.message = message.id
             WHERE message.source <> 'assistant' AND entity.effective = 1
                   AND entity.entity IN ('person', 'organization', 'location', 'product', 'event') AND ",
            [],
        );
        sql.append(&filter.whole());
        sql.push(
            " GROUP BY entity.entity, entity.text COLLATE NOCASE ORDER BY messages DESC, entity.text LIMIT ?",
            [MOST.into()],
        );
        self.rows(&sql, |row| Ok(Name { kind: row.get(0)?, name: row.get(1)?, count: row.get(2)? }))
    }

    fn rows<T>(&self, sql: &Condition, row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        self.read(|connection| {
            connection.prepare_cached(&sql.sql)?.query_map(params_from_iter(sql.values()), row)?.collect()
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
