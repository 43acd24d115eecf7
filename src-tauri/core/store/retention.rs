//! How long what was said is kept, and the end of everything.

use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use rusqlite::{OptionalExtension, named_params};

use super::Store;
use super::places::{name_after_first, unname};
use crate::{Code, Error, Result};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// How long the backup before a migration is kept.
const BACKUPS: i64 = 30 * DAY;

/// How many messages are deleted at a time, so that nobody waits long for the store.
const AT_ONCE: u32 = 2_000;

impl Store {
    /// What the user chose under `name`.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT value FROM setting WHERE name = :name")?
                .query_row(named_params! {":name": name}, |row| row.get(0))
                .optional()
        })
    }

    /// Keeps a choice of the user; `None` forgets it.
    pub fn set_setting(&mut self, name: &str, value: Option<&str>) -> Result<()> {
        self.change(|change| {
            match value {
                Some(value) => change
                    .prepare_cached(
                        "INSERT INTO setting (name, value) VALUES (:name, :value)
                         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    )?
                    .execute(named_params! {":name": name, ":value": value}),
                None => change
                    .prepare_cached("DELETE FROM setting WHERE name = :name")?
                    .execute(named_params! {":name": name}),
            }
            .map(drop)
        })
    }

    /// For how many days what was said to Sotto is kept; `None` for as long as there
    /// is room.
    pub fn retention(&self) -> Result<Option<u32>> {
        let days = self.setting("retention_days")?;
        Ok(days.and_then(|days| days.parse().ok()))
    }

    /// Chooses for how many days it is kept.
    ///
    /// # Errors
    /// [`Code::Input`] for 0 days.
    pub fn set_retention(&mut self, days: Option<u32>) -> Result<()> {
        if days == Some(0) {
            return Err(Error::new(
                Code::Input,
                "messages are kept for at least a day; to keep nothing, start a conversation off the record",
            ));
        }
        self.set_setting("retention_days", days.map(|days| days.to_string()).as_deref())
    }

    /// Deletes for good at most a few thousand messages that are older than is
    /// chosen, and conversations that are empty by that: how many messages. There may
    /// be more as long as that is not 0.
    pub(crate) fn forget_older(&mut self, now: i64) -> Result<u64> {
        let Some(days) = self.retention()? else { return Ok(0) };
        let before = now.saturating_sub(i64::from(days) * DAY);
        // What was imported is as old as its log and was brought on purpose: it stays.
        let old: Vec<(i64, i64, String)> = self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, conversation, text FROM message
                     WHERE time < :before AND source <> 'imported' ORDER BY time LIMIT :limit",
                )?
                .query_map(named_params! {":before": before, ":limit": AT_ONCE}, |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect()
        })?;
        if old.is_empty() {
            return Ok(0);
        }
        self.change(|change| {
            let mut of: Vec<i64> = old.iter().map(|(_, conversation, _)| *conversation).collect();
            of.sort_unstable();
            of.dedup();
            for (id, conversation, text) in &old {
                unname(change, *conversation, text)?;
                change
                    .prepare_cached("DELETE FROM message WHERE id = :id")?
                    .execute(named_params! {":id": id})?;
            }
            for conversation in of {
                let emptied = change
                    .prepare_cached(
                        "DELETE FROM conversation WHERE id = :id
                             AND NOT EXISTS (SELECT 1 FROM message WHERE message.conversation = :id)",
                    )?
                    .execute(named_params! {":id": conversation})?;
                if emptied == 0 {
                    name_after_first(change, conversation)?;
                }
                // A question that is open may quote what it asks about.
                change
                    .prepare_cached("DELETE FROM dialogue WHERE conversation = :id")?
                    .execute(named_params! {":id": conversation})?;
            }
            Ok(())
        })?;
        self.empty_log()?;
        Ok(old.len() as u64)
    }

    /// Deletes for good all that is kept: messages, tags, notes, lists, reminders,
    /// what can be undone, what the user chose, and the backups that migrations made.
    pub fn delete_everything(&mut self) -> Result<()> {
        let file = self.file.clone();
        self.change(|change| {
            // Word by word would take long, and the whole index goes anyway.
            change.execute_batch(
                "INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 0);
                 DELETE FROM conversation;
                 INSERT INTO message_text (message_text) VALUES ('delete-all');
                 INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1);
                 DELETE FROM task;
                 DELETE FROM item;
                 DELETE FROM list;
                 DELETE FROM note;
                 DELETE FROM fact;
                 DELETE FROM answer;
                 DELETE FROM undo;
                 DELETE FROM setting;",
            )
        })?;
        self.empty_trash(i64::MAX)?;
        self.read(|connection| connection.execute_batch("VACUUM"))?;
        self.empty_log()?;
        for backup in
            self.backups().map_err(|error| Error::file("cannot read the folder of", &file, error))?
        {
            std::fs::remove_file(&backup)
                .map_err(|error| Error::file("cannot delete the backup", &backup, error))?;
        }
        Ok(())
    }

    /// Deletes the backups that migrations made a month or more before `now`: by
    /// then they hold what the user has deleted since, and nobody goes back to them.
    pub(crate) fn drop_old_backups(&self, now: i64) -> Result<()> {
        let Ok(backups) = self.backups() else { return Ok(()) };
        for backup in backups {
            let made = std::fs::metadata(&backup).and_then(|about| about.modified()).ok();
            let made = made.and_then(|made| made.duration_since(UNIX_EPOCH).ok());
            let age =
                made.map_or(0, |made| now.saturating_sub(made.as_millis().try_into().unwrap_or(i64::MAX)));
            if age >= BACKUPS {
                std::fs::remove_file(&backup)
                    .map_err(|error| Error::file("cannot delete the old backup", &backup, error))?;
            }
        }
        Ok(())
    }

    /// The backups that stand beside the file since a migration.
    fn backups(&self) -> std::io::Result<Vec<PathBuf>> {
        let (Some(dir), Some(stem)) = (self.file.parent(), self.file.file_stem()) else {
            return Ok(Vec::new());
        };
        if !self.file.exists() {
            return Ok(Vec::new());
        }
        let begins = format!("{}.before-", stem.to_string_lossy());
        let mut backups = Vec::new();
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&begins)) {
                backups.push(path);
            }
        }
        Ok(backups)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{store, typed};
    use super::*;
    use crate::Source;
    use crate::store::{Draft, FILE_NAME};

    #[test]
    fn what_is_older_than_chosen_is_deleted_and_no_more() {
        let (dir, mut store) = store();
        let old = store.create_conversation("", 0).unwrap().id;
        let both = store.create_conversation("", 0).unwrap().id;
        let log = store.create_conversation("log", 0).unwrap().id;
        store.add_message(typed(old, "Xanadu long ago")).unwrap();
        store.add_message(typed(both, "Xanadu too")).unwrap();
        store.add_message(Draft { time: 20 * DAY, ..typed(both, "lately") }).unwrap();
        store.add_message(Draft { source: Source::Imported, ..typed(log, "brought") }).unwrap();
        assert_eq!(store.retention().unwrap(), None);
        assert_eq!(store.forget_older(1_000 * DAY).unwrap(), 0, "all is kept until something else is chosen");

        assert_eq!(store.set_retention(Some(0)).unwrap_err().code(), Code::Input);
        store.set_retention(Some(30)).unwrap();
        assert_eq!(store.retention().unwrap(), Some(30));
        assert_eq!(store.forget_older(30 * DAY).unwrap(), 0);
        assert_eq!(store.forget_older(30 * DAY + 1_001).unwrap(), 2);
        let titles: Vec<String> = store.conversations().unwrap().into_iter().map(|it| it.title).collect();
        assert_eq!(titles, ["lately", "log"]);
        for file in [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal")] {
            let bytes = std::fs::read(dir.path().join(&file)).unwrap();
            assert!(!bytes.windows(6).any(|window| window.eq_ignore_ascii_case(b"xanadu")), "{file}");
        }
        store.set_retention(None).unwrap();
        assert_eq!(store.forget_older(1_000 * DAY).unwrap(), 0);
    }

    #[test]
    fn the_backup_before_a_migration_goes_after_a_month() {
        let (dir, store) = store();
        let backup = dir.path().join("sotto.before-3.db");
        std::fs::write(&backup, "old").unwrap();
        let made =
            std::fs::metadata(&backup).unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
        let made = i64::try_from(made.as_millis()).unwrap();
        store.drop_old_backups(made + BACKUPS - 1).unwrap();
        assert!(backup.exists());
        store.drop_old_backups(made + BACKUPS).unwrap();
        assert!(!backup.exists());
        assert!(store.file().exists());
    }

    #[test]
    fn everything_is_everything() {
        let (dir, mut store) = store();
        let id = store.create_conversation("", 0).unwrap().id;
        for n in 0..300 {
            store.add_message(typed(id, &format!("Xanadu {n}"))).unwrap();
        }
        let deleted = store.delete_conversation(id, 0).unwrap();
        store.bring_back(deleted.undo.unwrap()).unwrap();
        store.connection.execute("INSERT INTO note (text, created) VALUES ('Xanadu', 0)", []).unwrap();
        store.set_retention(Some(9)).unwrap();
        let backup = dir.path().join("sotto.before-3.db");
        std::fs::write(&backup, "Xanadu").unwrap();
        store.delete_everything().unwrap();
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            assert!(
                !bytes.windows(6).any(|window| window.eq_ignore_ascii_case(b"xanadu")),
                "{}",
                path.display()
            );
        }
        assert_eq!((store.conversations().unwrap(), store.retention().unwrap()), (Vec::new(), None));
        // It goes on as a new one.
        let id = store.create_conversation("", 0).unwrap().id;
        store.add_message(typed(id, "afresh")).unwrap();
        assert_eq!(store.search("afresh", 9).unwrap().len(), 1);
    }
}
