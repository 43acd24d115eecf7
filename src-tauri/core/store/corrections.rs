//! What the user says of a message, in the columns and rows beside the model's.
//!
//! Whoever asks for the tags that hold reads the views `effective_label` and
//! `effective_entity`.

use rusqlite::{Row, Transaction, named_params};

use super::{Store, message, with_entities};
use crate::{Correction, Entity, Mark, Message, Result};

impl Store {
    /// Sets what the user says of message `id`, in place of what they said before.
    pub(crate) fn correct(&mut self, id: i64, correction: &Correction) -> Result<Message> {
        self.message(id)?;
        self.change(|change| put(change, id, correction))?;
        self.message(id)
    }

    /// Messages that the user has corrected, with both kinds of tags, the latest
    /// first.
    pub fn corrected(&self, limit: u32) -> Result<Vec<Message>> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{} WHERE analysis.user_intent IS NOT NULL OR analysis.user_act IS NOT NULL
                          OR analysis.user_sentiment IS NOT NULL
                          OR EXISTS (SELECT 1 FROM entity
                                     WHERE entity.message = message.id AND entity.source = 'user')
                     ORDER BY message.id DESC LIMIT :limit",
                    super::MESSAGE_COLUMNS
                ))?
                .query_map(named_params! {":limit": limit}, message)?
                .map(|message| with_entities(connection, message?))
                .collect()
        })
    }
}

/// Puts `correction` in place of what the user said before of an analysed message.
pub(super) fn put(change: &Transaction<'_>, id: i64, correction: &Correction) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "UPDATE analysis SET user_intent = :intent, user_act = :act, user_sentiment = :sentiment
             WHERE message = :message",
        )?
        .execute(named_params! {
            ":message": id,
            ":intent": correction.intent,
            ":act": correction.act,
            ":sentiment": correction.sentiment,
        })?;
    change
        .prepare_cached("DELETE FROM entity WHERE message = :message AND source = 'user'")?
        .execute(named_params! {":message": id})?;
    let mut insert = change.prepare_cached(
        r#"INSERT INTO entity (message, "start", "end", text, entity, confidence, value, source, effective)
           VALUES (:message, :start, :end, :text, :entity, 1.0, :value, 'user', :effective)"#,
    )?;
    for mark in &correction.entities {
        insert.execute(named_params! {
            ":message": id,
            ":start": mark.start,
            ":end": mark.end,
            ":text": mark.text,
            ":entity": mark.entity.as_deref().unwrap_or_default(),
            ":value": mark.value,
            ":effective": mark.entity.is_some(),
        })?;
    }
    settle(change, id)
}

/// Notes which of the model's entities hold beside the user's marks.
pub(super) fn settle(change: &Transaction<'_>, id: i64) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            r#"UPDATE entity SET effective = NOT EXISTS
                   (SELECT 1 FROM entity AS mark
                    WHERE mark.message = entity.message AND mark.source = 'user'
                          AND mark."start" < entity."end" AND entity."start" < mark."end")
               WHERE message = :message AND source <> 'user'"#,
        )?
        .execute(named_params! {":message": id})
        .map(drop)
}

/// The labels that the user set, if any.
pub(super) fn labels(row: &Row<'_>) -> rusqlite::Result<Option<Correction>> {
    let labels = Correction {
        intent: row.get("user_intent")?,
        act: row.get("user_act")?,
        sentiment: row.get("user_sentiment")?,
        entities: Vec::new(),
    };
    Ok(Some(labels).filter(|labels| !labels.is_empty()))
}

/// A row that the user set, as a mark.
pub(super) fn mark(entity: Entity) -> Mark {
    let Entity { start, end, text, entity, value, .. } = entity;
    Mark { start, end, text, entity: Some(entity).filter(|kind| !kind.is_empty()), value }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sample, store, typed};
    use super::*;
    use crate::{Analysis, ModelVersion, Polarity, TagSource};

    fn mark(start: usize, end: usize, kind: Option<&str>) -> Mark {
        let text = "hi Anna in Oslo".chars().skip(start).take(end - start).collect::<String>();
        let value = if kind.is_some() { text.clone() } else { String::new() };
        Mark { start, end, text, entity: kind.map(str::to_owned), value }
    }

    fn count(store: &Store, query: &str) -> i64 {
        store.connection.query_row(query, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_users_tags_stand_beside_the_models_and_hold() {
        let (dir, mut store) = store();
        let id = store.create_conversation("t", 0).unwrap().id;
        let said = store.add_message(typed(id, "hi Anna in Oslo")).unwrap().id;
        let mut analysis = sample();
        (analysis.entities[0].start, analysis.entities[0].end) = (3, 7);
        store.add_analysis(said, &analysis).unwrap();
        let correction = Correction {
            intent: Some("greeting".into()),
            act: None,
            sentiment: Some(Polarity::Positive),
            entities: vec![mark(3, 7, Some("product")), mark(11, 15, Some("location"))],
        };
        let corrected = store.correct(said, &correction).unwrap();
        assert_eq!(corrected.analysis, Some(analysis.clone()), "the model's word stands");
        assert_eq!(corrected.correction.as_ref(), Some(&correction));
        drop(store);

        let mut store = Store::open(dir.path()).unwrap();
        assert_eq!(store.message(said).unwrap(), corrected);
        let holds = corrected.effective().unwrap();
        assert_eq!((holds.intent.name.as_str(), holds.intent.confidence), ("greeting", 1.0));
        assert_eq!(holds.act, analysis.act);
        assert_eq!(holds.sentiment.scores.positive, 1.0);
        let named: Vec<_> = holds.entities.iter().map(|it| (it.entity.as_str(), it.source)).collect();
        assert_eq!(named, [("product", TagSource::User), ("location", TagSource::User)]);

        let holding =
            "SELECT count(*) FROM effective_label WHERE intent = 'greeting' AND intent_source = 'user'
                       AND act = 'request' AND act_source = 'model' AND sentiment = 'positive'";
        assert_eq!(count(&store, holding), 1);
        let named =
            "SELECT count(*) FROM effective_entity WHERE text = 'anna' COLLATE NOCASE AND entity = 'person'";
        assert_eq!(count(&store, named), 0);
        assert_eq!(count(&store, "SELECT count(*) FROM effective_entity"), 2);

        // A newer model takes back its own word, not the user's.
        let model = ModelVersion { name: "m".into(), version: "2".into() };
        let newer = Analysis { model, entities: sample().entities, ..analysis };
        store.add_analysis(said, &newer).unwrap();
        let again = store.message(said).unwrap();
        assert_eq!(again.analysis.as_ref(), Some(&newer));
        assert_eq!(again.correction.as_ref(), Some(&correction));
        assert_eq!(count(&store, "SELECT count(*) FROM effective_entity WHERE source = 'model'"), 0);

        let cleared = store.correct(said, &Correction::default()).unwrap();
        assert_eq!((cleared.correction, cleared.analysis), (None, Some(newer)));
        assert_eq!(count(&store, "SELECT count(*) FROM effective_entity WHERE source = 'model'"), 1);
    }

    #[test]
    fn a_removed_entity_is_named_nowhere() {
        let (_dir, mut store) = store();
        let id = store.create_conversation("t", 0).unwrap().id;
        let said = store.add_message(typed(id, "hi Anna in Oslo")).unwrap().id;
        let mut analysis = sample();
        (analysis.entities[0].start, analysis.entities[0].end) = (3, 7);
        store.add_analysis(said, &analysis).unwrap();
        let correction = Correction { entities: vec![mark(3, 7, None)], ..Correction::default() };
        let corrected = store.correct(said, &correction).unwrap();
        assert!(corrected.segments().iter().all(|segment| segment.entity.is_none()));
        assert_eq!(corrected.correction, Some(correction));
        assert_eq!(count(&store, "SELECT count(*) FROM effective_entity"), 0);
        assert_eq!(store.corrected(9).unwrap(), [corrected]);
    }

    #[test]
    fn finding_by_a_label_walks_an_index() {
        let (_dir, store) = store();
        for query in [
            "SELECT message FROM effective_label WHERE intent = 'x' ORDER BY message DESC LIMIT 9",
            "SELECT message FROM effective_label WHERE sentiment = 'positive'",
            "SELECT message FROM effective_entity WHERE entity = 'person' AND text = 'anna' COLLATE NOCASE",
        ] {
            let plan: String = store
                .connection
                .query_row(&format!("EXPLAIN QUERY PLAN {query}"), [], |row| row.get("detail"))
                .unwrap();
            assert!(plan.starts_with("SEARCH") && plan.contains("INDEX"), "{query}: {plan}");
        }
    }
}
