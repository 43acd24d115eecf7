//! A query as SQL: what has to be true of a row of `message` beside its `analysis`.

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSql, Value};

use super::Store;
use crate::Result;
use crate::query::{Called, Needle, Place, Query, Speaker, State, Test};

/// The tags that hold, by the columns that have them.
const INTENT: &str = "analysis.effective_intent";
const ACT: &str = "analysis.effective_act";
const SENTIMENT: &str = "analysis.effective_sentiment";

/// Something that is true or false, with the values of its question marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Condition {
    pub fn new(sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Condition {
        Condition { sql: sql.into(), values: values.into_iter().collect() }
    }

    /// Adds SQL, and the values of its question marks.
    pub fn push(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql += sql;
        self.values.extend(values);
    }

    pub fn append(&mut self, other: &Condition) {
        self.push(&other.sql, other.values.iter().cloned());
    }

    pub fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }
}

/// A query made ready for this store.
#[derive(Debug)]
pub(super) struct Filter {
    /// The stretch of time in which it finds anything.
    pub within: Range<i64>,
    /// What the search index is asked for.
    pub words: Option<String>,
    /// The same, to be tried on a text.
    word_tests: Vec<Condition>,
    /// All else that has to be true.
    tests: Vec<Condition>,
    /// Lists of the messages, by number, of which a test holds: found through an index.
    pub lists: Vec<Condition>,
}

impl Filter {
    /// The same, whatever the words: what means the same need not have them.
    pub fn wordless(self) -> Filter {
        Filter { words: None, word_tests: Vec::new(), ..self }
    }

    /// Whether it finds every message.
    pub fn is_open(&self) -> bool {
        self.words.is_none() && self.tests.is_empty() && self.within == (i64::MIN..i64::MAX)
    }

    /// What is true of every message that is found, but for its time; `tried`
    /// tries the words on the text, for where the index was not asked.
    pub fn tests(&self, tried: bool) -> Condition {
        let mut all = Condition::new("TRUE", []);
        let words = self.word_tests.iter().filter(|_| tried);
        for test in self.tests.iter().chain(words) {
            all.push(" AND ", []);
            all.append(test);
        }
        all
    }

    /// As [`Filter::tests`], with the stretch of time and the words by the index.
    pub fn whole(&self) -> Condition {
        let mut all = self.tests(false);
        if let Some(words) = &self.words {
            all.push(
                " AND message.id IN (SELECT rowid FROM message_text WHERE message_text MATCH ?)",
                [words.clone().into()],
            );
        }
        if self.within.start != i64::MIN || self.within.end != i64::MAX {
            all.push(
                " AND message.time >= ? AND message.time < ?",
                [self.within.start.into(), self.within.end.into()],
            );
        }
        all
    }
}

fn list<T: serde::Serialize>(items: &[T]) -> Value {
    // Strings and numbers always are JSON.
    Value::Text(serde_json::to_string(items).unwrap_or_else(|_| "[]".to_owned()))
}

/// Labels in column `column`, and the list of the messages that have them.
fn labels(column: &str, names: &[String]) -> (Condition, Condition) {
    let mut test = Condition::default();
    let begun: Vec<&str> = names.iter().filter_map(|name| name.strip_suffix('*')).collect();
    let whole: Vec<&str> = names.iter().filter(|name| !name.ends_with('*')).map(String::as_str).collect();
    test.push(&format!("({column} IN (SELECT value FROM json_each(?))"), [list(&whole)]);
    for beginning in begun {
        let after = format!("{beginning}\u{10ffff}");
        test.push(
            &format!(" OR ({column} >= ? AND {column} < ?)"),
            [beginning.to_owned().into(), after.into()],
        );
    }
    test.push(")", []);
    let mut list = Condition::new("SELECT analysis.message AS id FROM analysis WHERE ", []);
    list.append(&test);
    (test, list)
}

impl Store {
    /// Readies a query: finds the speakers and conversations that it means, and
    /// lends the connection the functions that its SQL uses.
    pub(super) fn filter(&self, query: &Query) -> Result<Filter> {
        let mut filter = Filter {
            within: i64::MIN..i64::MAX,
            words: None,
            word_tests: Vec::new(),
            tests: Vec::new(),
            lists: Vec::new(),
        };
        let mut needles: Vec<Needle> = Vec::new();
        let mut indexed: Vec<String> = Vec::new();
        let mut holds = |needle: &Needle, text: &str| {
            needles.push(needle.clone());
            Condition::new(format!("holds(?, {text})"), [Value::Integer(needles.len() as i64 - 1)])
        };
        for term in &query.terms {
            let (test, listed) = match &term.test {
                Test::Text(needle) => {
                    let tried = holds(needle, "message.text");
                    if let Some(words) = needle.indexed().filter(|_| !term.not) {
                        indexed.push(words);
                        filter.word_tests.push(tried);
                        continue;
                    }
                    (tried, None)
                }
                Test::Within(stretch) if !term.not => {
                    let within = &mut filter.within;
                    *within = within.start.max(stretch.start)..within.end.min(stretch.end);
                    continue;
                }
                Test::Within(stretch) => (
                    Condition::new(
                        "(message.time >= ? AND message.time < ?)",
                        [stretch.start.into(), stretch.end.into()],
                    ),
                    None,
                ),
                Test::Intent(names) => with_list(labels(INTENT, names)),
                Test::Act(names) => with_list(labels(ACT, names)),
                Test::Sentiment(names) => with_list(labels(SENTIMENT, names)),
                Test::Kind(kinds) => (
                    Condition::new(
                        "EXISTS (SELECT 1 FROM entity WHERE entity.message = message.id AND entity.effective = 1
                                 AND +entity.entity IN (SELECT value FROM json_each(?)))",
                        [list(kinds)],
                    ),
                    Some(Condition::new(
                        "SELECT entity.message AS id FROM entity
                         WHERE entity.effective = 1 AND entity.entity IN (SELECT value FROM json_each(?))",
                        [list(kinds)],
                    )),
                ),
                Test::Named { kind, names } => {
                    // A message that names Anna holds the word: the index finds it.
                    let words = names.iter().map(|name| name.needle().and_then(|needle| needle.indexed()));
                    let words: Option<Vec<String>> = words.collect();
                    let words = words.filter(|words| !words.is_empty() && !term.not);
                    indexed.extend(words.map(|words| format!("({})", words.join(" OR "))));
                    let mut test = Condition::new(
                        "EXISTS (SELECT 1 FROM entity WHERE entity.message = message.id AND entity.effective = 1
                                 AND +entity.entity = ? AND (FALSE",
                        [Value::Text(kind.clone())],
                    );
                    for name in names {
                        test.push(" OR ", []);
                        match name {
                            Called::Holding(needle) => test.append(&holds(needle, "entity.text")),
                            Called::Exactly(name) => {
                                test.push("entity.text = ? COLLATE NOCASE", [Value::Text(name.clone())]);
                            }
                        }
                    }
                    test.push("))", []);
                    (test, None)
                }
                Test::From(speakers) => {
                    let names = self.speakers_called(speakers)?;
                    (
                        Condition::new("message.speaker IN (SELECT value FROM json_each(?))", [list(&names)]),
                        Some(Condition::new(
                            "SELECT message.id AS id FROM message
                             WHERE message.speaker IN (SELECT value FROM json_each(?))",
                            [list(&names)],
                        )),
                    )
                }
                Test::In(places) => {
                    let ids = self.conversations_titled(places)?;
                    (
                        Condition::new("message.conversation IN (SELECT value FROM json_each(?))", [list(&ids)]),
                        Some(Condition::new(
                            "SELECT message.id AS id FROM message
                             WHERE message.conversation IN (SELECT value FROM json_each(?))",
                            [list(&ids)],
                        )),
                    )
                }
                Test::Id(numbers) => {
                    let pairs: Vec<_> = numbers.iter().map(|pair| (pair.start(), pair.end())).collect();
                    (
                        Condition::new(
                            "EXISTS (SELECT 1 FROM json_each(?) AS pair
                                     WHERE message.id BETWEEN pair.value ->> 0 AND pair.value ->> 1)",
                            [list(&pairs)],
                        ),
                        Some(Condition::new(
                            "SELECT message.id AS id FROM json_each(?) AS pair
                             JOIN message ON message.id BETWEEN pair.value ->> 0 AND pair.value ->> 1",
                            [list(&pairs)],
                        )),
                    )
                }
                Test::Confidence(bounds) => (
                    Condition::new(
                        "(iif(analysis.user_intent IS NULL, analysis.intent_confidence, 1.0) >= ?
                          AND iif(analysis.user_intent IS NULL, analysis.intent_confidence, 1.0) < ?)",
                        [bounds.start.into(), bounds.end.into()],
                    ),
                    None,
                ),
                Test::Is(states) => (is(states), None),
                Test::Hour(hours) => (
                    Condition::new(
                        "local_hour(message.time) BETWEEN ? AND ?",
                        [i64::from(hours.start).into(), (i64::from(hours.end) - 1).into()],
                    ),
                    None,
                ),
                Test::Weekday(days) => {
                    let days: Vec<i8> = days.iter().map(|day| day.to_monday_one_offset()).collect();
                    (
                        Condition::new(
                            "local_weekday(message.time) IN (SELECT value FROM json_each(?))",
                            [list(&days)],
                        ),
                        None,
                    )
                }
            };
            if term.not {
                // What has no analysis has not this intent either.
                let Condition { sql, values } = test;
                filter.tests.push(Condition::new(format!("NOT coalesce({sql}, FALSE)"), values));
            } else {
                filter.tests.push(test);
                filter.lists.extend(listed);
            }
        }
        filter.words = (!indexed.is_empty()).then(|| indexed.join(" AND "));
        self.read(|connection| lend(connection, needles, query.zone.clone()))?;
        Ok(filter)
    }

    /// The speakers that are meant. There are few: they are found one after
    /// another through the index.
    fn speakers_called(&self, speakers: &[Speaker]) -> Result<Vec<String>> {
        let all: Vec<String> = self.read(|connection| {
            connection
                .prepare_cached(
                    "WITH RECURSIVE one (speaker) AS (
                         SELECT min(message.speaker) FROM message
                         UNION ALL
                         SELECT (SELECT min(message.speaker) FROM message WHERE message.speaker > one.speaker)
                         FROM one WHERE one.speaker IS NOT NULL
                     )
                     SELECT speaker FROM one WHERE speaker IS NOT NULL",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        })?;
        let meant = |name: &String| {
            speakers.iter().any(|speaker| match speaker {
                Speaker::User => name == "user",
                Speaker::Assistant => name == "assistant",
                Speaker::Named(Called::Holding(needle)) => needle.is_in(name),
                Speaker::Named(Called::Exactly(exact)) => exact == name,
            })
        };
        Ok(all.into_iter().filter(meant).collect())
    }

    fn conversations_titled(&self, places: &[Place]) -> Result<Vec<i64>> {
        let mut ids: Vec<i64> = Vec::new();
        let mut titles: Vec<&Needle> = Vec::new();
        for place in places {
            match place {
                Place::Number(id) => ids.push(*id),
                Place::Titled(needle) => titles.push(needle),
            }
        }
        if titles.is_empty() {
            return Ok(ids);
        }
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT id, title FROM conversation")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let title = row.get_ref("title")?.as_str()?;
                if titles.iter().any(|needle| needle.is_in(title)) {
                    ids.push(row.get("id")?);
                }
            }
            Ok(())
        })?;
        Ok(ids)
    }
}

fn with_list((test, list): (Condition, Condition)) -> (Condition, Option<Condition>) {
    (test, Some(list))
}

fn is(states: &[State]) -> Condition {
    let mut test = Condition::new("(FALSE", []);
    for state in states {
        test.push(
            match state {
                State::Typed => " OR message.source = 'typed'",
                State::Dictated => " OR message.source = 'dictated'",
                State::Imported => " OR message.source = 'imported'",
                State::Assistant => " OR message.source = 'assistant'",
                State::Tagged => " OR analysis.message IS NOT NULL",
                State::Corrected => {
                    " OR coalesce(analysis.user_intent, analysis.user_act, analysis.user_sentiment) IS NOT NULL
                      OR EXISTS (SELECT 1 FROM entity WHERE entity.message = message.id
                                 AND entity.source = 'user')"
                }
            },
            [],
        );
    }
    test.push(")", []);
    test
}

/// Lends the connection what SQL itself cannot tell: whether a text holds the
/// words, and what the clock showed.
fn lend(connection: &Connection, needles: Vec<Needle>, zone: TimeZone) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let needles = Arc::new(needles);
    connection.create_scalar_function("holds", 2, flags, move |context| {
        let needle = needles.get(context.get::<usize>(0)?);
        let text = context.get_raw(1).as_str()?;
        Ok(needle.is_some_and(|needle| needle.is_in(text)))
    })?;
    let local = |time: i64, zone: &TimeZone| {
        let moment = Timestamp::from_millisecond(time).ok()?;
        Some(zone.to_datetime(moment))
    };
    let clock = zone.clone();
    connection.create_scalar_function("local_hour", 1, flags, move |context| {
        Ok(local(context.get(0)?, &clock).map(|moment| moment.hour()))
    })?;
    connection.create_scalar_function("local_weekday", 1, flags, move |context| {
        Ok(local(context.get(0)?, &zone).map(|moment| moment.weekday().to_monday_one_offset()))
    })
}
