//! Finding messages among a million of them.
//!
//! What many messages have, the latest of them have: a page is filled by walking
//! back from the newest. What few have is in the indices: the shortest list is
//! read and the rest tried on it.

use std::cmp::Ordering;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension, named_params, params_from_iter};

use super::filter::{Condition, Filter};
use super::meaning::Sketched;
use super::{MESSAGE_COLUMNS, Store, message, trouble, with_entities};
use crate::query::{Cursor, Order, Query};
use crate::{Embedding, Message, Result};

/// So many of the newest messages are walked through before the indices are asked.
pub(super) const WALK: i64 = 4_000;

/// Longer lists of an index are all the same to us.
const LONG: i64 = 20_000;

/// So many of the newest messages that hold the words compete for the best fit.
const RANKED: i64 = 20_000;

/// So many more directions are compared than are wanted, and at least so many:
/// what a sketch misplaces stays within them.
const COMPARED: (usize, usize) = (8, 5_000);

/// So many messages are gone through for their meaning by one thread.
const PART: i64 = if cfg!(test) { 500 } else { 50_000 };

/// Among so many threads at most: beyond, memory is what is waited for.
const MOST_PARTS: usize = 8;

/// Messages that were found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub messages: Vec<Message>,
    /// Where to go on, if there is more.
    pub next: Option<Cursor>,
    /// How many there are altogether, if that is known.
    pub total: Option<u64>,
}

/// What a search knows of a message before it is read whole.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Hit {
    id: i64,
    time: i64,
    /// The higher the better; 0 where only time counts.
    fit: f64,
}

impl Store {
    /// A second connection to the file, which reads only: whoever counts or
    /// searches there keeps nobody from writing here.
    pub(crate) fn beside(&self) -> Result<Store> {
        Store::reader(&self.file)
    }

    fn reader(file: &Path) -> Result<Store> {
        let open = |file: &Path| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(file, flags)?;
            connection.busy_timeout(Duration::from_secs(10))?;
            connection.execute_batch(
                "PRAGMA temp_store = MEMORY;
                 PRAGMA mmap_size = 4294967296;",
            )?;
            Ok(connection)
        };
        let connection = open(file).map_err(|error| trouble(file, error))?;
        Ok(Store { connection, file: file.to_owned(), last_seen: None })
    }

    /// At most `limit` messages that `query` finds, in `order`, after `after`.
    /// `meaning` is what similar messages are to mean.
    pub(crate) fn find(
        &self,
        query: &Query,
        order: Order,
        meaning: Option<&Embedding>,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page> {
        let filter = self.filter(query)?;
        let skip = after.map_or(0, |after| after.skip as usize);
        let (mut hits, total) = match (order, meaning, &filter.words) {
            (Order::Similar, Some(meaning), _) => (
                self.similar(query, meaning, skip + limit + 1)?.into_iter().skip(skip).collect::<Vec<_>>(),
                None,
            ),
            (Order::Best, _, Some(words)) => {
                let hits = self.best(&filter, words)?;
                let total = hits.len() as u64;
                (hits.into_iter().skip(skip).collect(), (total < RANKED as u64).then_some(total))
            }
            _ => self.newest(&filter, after, limit + 1)?,
        };
        let more = hits.len() > limit;
        hits.truncate(limit);
        let next = hits.last().filter(|_| more).map(|last| Cursor {
            time: last.time,
            id: last.id,
            skip: u32::try_from(skip + hits.len()).unwrap_or(u32::MAX),
        });
        let messages = self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("{MESSAGE_COLUMNS} WHERE message.id = :id"))?;
            let mut messages = Vec::with_capacity(hits.len());
            for hit in &hits {
                let found = statement.query_row(named_params! {":id": hit.id}, message).optional()?;
                if let Some(found) = found {
                    messages.push(with_entities(connection, found)?);
                }
            }
            Ok(messages)
        })?;
        Ok(Page { messages, next, total })
    }

    /// The latest first.
    fn newest(
        &self,
        filter: &Filter,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<(Vec<Hit>, Option<u64>)> {
        let until = after.map_or((filter.within.end, i64::MIN), |after| (after.time, after.id));
        let floor = self.floor(filter, until)?;
        let walked = self.walk(filter, until, floor, limit)?;
        if walked.len() >= limit {
            return Ok((walked, None));
        }
        if floor.is_none() {
            // Everything was walked through; on the first page that is all there is.
            let total = after.is_none().then_some(walked.len() as u64);
            return Ok((walked, total));
        }
        let mut hits = match self.shortest(filter)? {
            Some(list) => self.listed(filter, &list)?,
            None => return Ok((self.walk(filter, until, None, limit)?, None)),
        };
        hits.sort_by_key(|hit| std::cmp::Reverse((hit.time, hit.id)));
        // A message that names two people is on the list twice.
        hits.dedup_by_key(|hit| hit.id);
        let total = hits.len() as u64;
        if let Some(after) = after {
            hits.retain(|hit| (hit.time, hit.id) < (after.time, after.id));
        }
        hits.truncate(limit);
        Ok((hits, Some(total)))
    }

    /// How far back the walk goes; `None` for to the very first message.
    fn floor(&self, filter: &Filter, until: (i64, i64)) -> Result<Option<(i64, i64)>> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT time, id FROM message INDEXED BY message_by_time
                     WHERE time >= :from AND (time, id) < (:until, :id)
                     ORDER BY time DESC, id DESC LIMIT 1 OFFSET :walk",
                )?
                .query_row(
                    named_params! {
                        ":from": filter.within.start,
                        ":until": until.0,
                        ":id": until.1,
                        ":walk": WALK,
                    },
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()
        })
    }

    /// What is found from `until` back to `floor`.
    fn walk(
        &self,
        filter: &Filter,
        until: (i64, i64),
        floor: Option<(i64, i64)>,
        limit: usize,
    ) -> Result<Vec<Hit>> {
        let (from, first) = floor.unwrap_or((filter.within.start, i64::MIN));
        let mut sql = Condition::new(
            "SELECT message.id, message.time
             FROM message INDEXED BY message_by_time LEFT JOIN analysis ON analysis.message = message.id
             WHERE (message.time, message.id) >= (?, ?) AND (message.time, message.id) < (?, ?) AND ",
            [from.into(), first.into(), until.0.into(), until.1.into()],
        );
        sql.append(&filter.tests(true));
        sql.push(" ORDER BY message.time DESC, message.id DESC LIMIT ?", [Value::Integer(limit as i64)]);
        self.hits(&sql)
    }

    /// The shortest list of messages that could be found; `None` if no index helps.
    fn shortest(&self, filter: &Filter) -> Result<Option<Listed>> {
        let mut shortest: Option<(i64, Listed)> = None;
        let by_words = filter.words.as_ref().map(|words| {
            let sql = "SELECT rowid AS id FROM message_text WHERE message_text MATCH ?";
            (Condition::new(sql, [words.clone().into()]), true)
        });
        let lists = filter.lists.iter().map(|list| (list.clone(), false));
        for (list, words) in by_words.into_iter().chain(lists) {
            let mut count = Condition::new("SELECT count(*) FROM (SELECT 1 FROM (", []);
            count.append(&list);
            count.push(") LIMIT ?)", [LONG.into()]);
            let length: i64 = self.read(|connection| {
                connection
                    .prepare_cached(&count.sql)?
                    .query_row(params_from_iter(count.values()), |row| row.get(0))
            })?;
            if shortest.as_ref().is_none_or(|(shorter, _)| length < *shorter) {
                shortest = Some((length, Listed { list, words }));
            }
        }
        Ok(shortest.map(|(_, list)| list))
    }

    /// Everything that is found on a list.
    fn listed(&self, filter: &Filter, listed: &Listed) -> Result<Vec<Hit>> {
        let mut sql = Condition::new("SELECT message.id, message.time FROM (", []);
        sql.append(&listed.list);
        sql.push(
            ") AS listed CROSS JOIN message ON message.id = listed.id
             LEFT JOIN analysis ON analysis.message = message.id
             WHERE message.time >= ? AND message.time < ? AND ",
            [filter.within.start.into(), filter.within.end.into()],
        );
        sql.append(&filter.tests(!listed.words));
        self.hits(&sql)
    }

    /// Those that the words fit best first.
    fn best(&self, filter: &Filter, words: &str) -> Result<Vec<Hit>> {
        let mut sql = Condition::new(
            "SELECT message.id, message.time, -listed.rank
             FROM (SELECT rowid AS id, rank FROM message_text WHERE message_text MATCH ?
                   ORDER BY rowid DESC LIMIT ?) AS listed
             CROSS JOIN message ON message.id = listed.id
             LEFT JOIN analysis ON analysis.message = message.id
             WHERE message.time >= ? AND message.time < ? AND ",
            [words.to_owned().into(), RANKED.into(), filter.within.start.into(), filter.within.end.into()],
        );
        sql.append(&filter.tests(false));
        let mut hits = self.hits(&sql)?;
        hits.sort_by(closer);
        Ok(hits)
    }

    /// Those that mean most nearly the same first; whatever their words.
    fn similar(&self, query: &Query, meaning: &Embedding, most: usize) -> Result<Vec<Hit>> {
        let filter = self.filter(query)?.wordless();
        let sketched = match self.shortest(&filter)? {
            Some(Listed { list, .. }) => self.sketched(&filter, meaning, most, Place::Listed(&list))?,
            None => self.all_sketched(query, &filter, meaning, most)?,
        };
        self.read(|connection| {
            let mut near = sketched.compared(connection, meaning)?;
            near.truncate(most);
            let mut statement = connection.prepare_cached("SELECT time FROM message WHERE id = :id")?;
            let mut hits = Vec::with_capacity(near.len());
            for (fit, id) in near {
                let time = statement.query_row(named_params! {":id": id}, |row| row.get(0)).optional()?;
                hits.extend(time.map(|time| Hit { id, time, fit: fit.into() }));
            }
            hits.sort_by(closer);
            Ok(hits)
        })
    }

    /// Goes through everything, in as many parts as there are processors.
    fn all_sketched(
        &self,
        query: &Query,
        filter: &Filter,
        meaning: &Embedding,
        most: usize,
    ) -> Result<Sketched> {
        // Each by itself: together they are not looked up, but looked for.
        let (first, last): (i64, i64) = self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT coalesce((SELECT min(message) FROM sketch), 0),
                            coalesce((SELECT max(message) FROM sketch), -1)",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        })?;
        let in_memory = self.connection.path().is_none_or(str::is_empty);
        let parts = match std::thread::available_parallelism() {
            Ok(processors) if !in_memory && last - first > PART => processors.get().min(MOST_PARTS) as i64,
            _ => return self.sketched(filter, meaning, most, Place::Between(first, last)),
        };
        let part = (last - first) / parts + 1;
        let file = &self.file;
        let through = |number: i64| {
            let beside = Store::reader(file)?;
            let filter = beside.filter(query)?.wordless();
            let start = first + number * part;
            beside.sketched(&filter, meaning, most, Place::Between(start, start + part - 1))
        };
        std::thread::scope(|scope| {
            let through = &through;
            let others: Vec<_> = (1..parts).map(|number| scope.spawn(move || through(number))).collect();
            let mut sketched = through(0)?;
            for other in others {
                let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
                sketched = sketched.with(other);
            }
            Ok(sketched)
        })
    }

    fn sketched(
        &self,
        filter: &Filter,
        meaning: &Embedding,
        most: usize,
        place: Place<'_>,
    ) -> Result<Sketched> {
        let mut among = Condition::new("SELECT sketch.message, sketch.signs FROM ", []);
        if let Place::Listed(list) = place {
            among.push("(", []);
            among.append(list);
            among.push(") AS listed CROSS JOIN sketch ON sketch.message = listed.id", []);
        } else {
            among.push("sketch", []);
        }
        if !filter.is_open() {
            among.push(
                " CROSS JOIN message ON message.id = sketch.message
                  LEFT JOIN analysis ON analysis.message = message.id",
                [],
            );
        }
        among.push(" WHERE ", []);
        among.append(&filter.whole());
        if let Place::Between(first, last) = place {
            among.push(" AND sketch.message BETWEEN ? AND ?", [first.into(), last.into()]);
        }
        let most = most.saturating_mul(COMPARED.0).max(COMPARED.1);
        self.read(|connection| Sketched::read(connection, meaning, most, &among))
    }

    fn hits(&self, sql: &Condition) -> Result<Vec<Hit>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql.sql)?;
            let ranked = statement.column_count() > 2;
            let hit = |row: &rusqlite::Row<'_>| {
                let fit = if ranked { row.get(2)? } else { 0.0 };
                Ok(Hit { id: row.get(0)?, time: row.get(1)?, fit })
            };
            statement.query_map(params_from_iter(sql.values()), hit)?.collect()
        })
    }

    /// Hands every message that `query` finds, or the first `limit`, to `each`,
    /// conversation by conversation, in order. Stops at the first error that
    /// `each` gives.
    pub(crate) fn each_found(
        &self,
        query: &Query,
        limit: Option<u64>,
        mut each: impl FnMut(Message) -> Result<()>,
    ) -> Result<()> {
        let filter = self.filter(query)?;
        let mut sql = Condition::new(format!("{MESSAGE_COLUMNS} WHERE "), []);
        sql.append(&filter.whole());
        let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1);
        sql.push(" ORDER BY message.conversation, message.id LIMIT ?", [limit.into()]);
        let mut stopped = Ok(());
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql.sql)?;
            let mut rows = statement.query(params_from_iter(sql.values()))?;
            while let Some(row) = rows.next()? {
                stopped = each(with_entities(connection, message(row)?)?);
                if stopped.is_err() {
                    break;
                }
            }
            Ok(())
        })?;
        stopped
    }

    /// The title of a conversation, without counting its messages.
    pub(crate) fn title_of(&self, conversation: i64) -> Result<String> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT title FROM conversation WHERE id = :id")?
                .query_row(named_params! {":id": conversation}, |row| row.get(0))
                .optional()
        })
        .map(Option::unwrap_or_default)
    }

    /// How many messages `query` finds.
    pub(crate) fn count_found(&self, query: &Query) -> Result<u64> {
        let filter = self.filter(query)?;
        let mut sql = Condition::new(
            "SELECT count(*) FROM message LEFT JOIN analysis ON analysis.message = message.id WHERE ",
            [],
        );
        sql.append(&filter.whole());
        self.read(|connection| {
            connection.prepare_cached(&sql.sql)?.query_row(params_from_iter(sql.values()), |row| row.get(0))
        })
    }
}

/// A list of an index, and whether it is the one of the words.
struct Listed {
    list: Condition,
    words: bool,
}

/// Which sketches are gone through.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Those of the messages on a list of an index.
    Listed(&'a Condition),
    /// Those of the messages with these numbers and all between.
    Between(i64, i64),
}

fn closer(a: &Hit, b: &Hit) -> Ordering {
    b.fit.total_cmp(&a.fit).then((b.time, b.id).cmp(&(a.time, a.id)))
}
