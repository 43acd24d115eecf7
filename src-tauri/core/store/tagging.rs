//! What is still to be tagged.

use rusqlite::named_params;

use super::{MESSAGE_COLUMNS, Store, message};
use crate::{Message, ModelVersion, Result};

impl Store {
    /// At most `limit` messages of people after number `after` that `model` has
    /// not analysed, in order.
    pub fn untagged(&self, model: &ModelVersion, after: i64, limit: u32) -> Result<Vec<Message>> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!(
                    "{MESSAGE_COLUMNS} WHERE message.id > :after AND message.source <> 'assistant'
                     AND (analysis.message IS NULL
                          OR analysis.model_name <> :name OR analysis.model_version <> :version)
                     ORDER BY message.id LIMIT :limit"
                ))?
                .query_map(
                    named_params! {
                        ":after": after,
                        ":name": model.name,
                        ":version": model.version,
                        ":limit": limit,
                    },
                    message,
                )?
                .collect()
        })
    }

    /// How many messages of people `model` has not analysed.
    pub fn untagged_count(&self, model: &ModelVersion) -> Result<u64> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT count(*) FROM message LEFT JOIN analysis ON analysis.message = message.id
                     WHERE message.source <> 'assistant'
                     AND (analysis.message IS NULL
                          OR analysis.model_name <> :name OR analysis.model_version <> :version)",
                )?
                .query_row(named_params! {":name": model.name, ":version": model.version}, |row| row.get(0))
        })
    }
}
