use super::*;
use crate::store::{Draft, Source};

fn with_message(dir: &Path, text: &str) -> Store {
    let mut store = Store::open(dir).unwrap();
    let conversation = store.create_conversation("", 1).unwrap().id;
    let draft = Draft { conversation, speaker: "user", time: 2, source: Source::Typed, text };
    store.add_message(draft).unwrap();
    store
}

fn texts(store: &Store) -> Vec<String> {
    let mut texts = Vec::new();
    store
        .each_message(None, |message| {
            texts.push(message.text);
            Ok(())
        })
        .unwrap();
    texts
}

#[test]
fn a_backup_is_one_file_that_brings_everything_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = with_message(&dir.path().join("data"), "precious");
    let backup = dir.path().join("backup.db");
    let written = store.back_up(&backup).unwrap();
    assert_eq!((written.conversations, written.messages), (1, 1));
    assert_eq!(
        dir.path().read_dir().unwrap().count(),
        2,
        "the data folder and the backup, nothing beside it"
    );

    let again = store.create_conversation("", 3).unwrap().id;
    let draft = Draft { conversation: again, speaker: "user", time: 4, source: Source::Typed, text: "later" };
    store.add_message(draft).unwrap();
    let aside = dir.path().join("aside.db");
    store.restore(&backup, &aside).unwrap();
    assert_eq!(texts(&store), ["precious"]);
    drop(store);
    assert_eq!(texts(&Store::open(&dir.path().join("data")).unwrap()), ["precious"], "also after a restart");

    let mut store = Store::open(&dir.path().join("data")).unwrap();
    store.restore(&aside, &dir.path().join("aside 2.db")).unwrap();
    assert_eq!(texts(&store), ["precious", "later"], "what was kept aside comes back as well");
}

#[test]
fn a_restored_store_can_be_written_and_searched() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = with_message(&dir.path().join("data"), "precious");
    let backup = dir.path().join("backup.db");
    store.back_up(&backup).unwrap();
    store.restore(&backup, &dir.path().join("aside.db")).unwrap();
    let draft = Draft { conversation: 1, speaker: "user", time: 4, source: Source::Typed, text: "more" };
    store.add_message(draft).unwrap();
    assert_eq!(store.search("prec", 9).unwrap().len(), 1);
    assert_eq!(store.search("more", 9).unwrap().len(), 1);
}

#[test]
fn an_older_backup_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let old = dir.path().join("old.db");
    let connection = Connection::open(&old).unwrap();
    connection.execute_batch(include_str!("../1.sql")).unwrap();
    connection.pragma_update(None, "application_id", 0x534f_544f).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection.execute("INSERT INTO conversation (title, created) VALUES ('old', 1)", []).unwrap();
    drop(connection);
    let mut store = with_message(&dir.path().join("data"), "new");
    store.restore(&old, &dir.path().join("aside.db")).unwrap();
    assert_eq!(store.conversations().unwrap()[0].title, "old");
    assert_eq!(store.next_due().unwrap(), None, "the tables of later versions are there");
}

#[test]
fn what_is_no_whole_backup_is_refused_and_the_data_stays() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = with_message(&dir.path().join("data"), "precious");
    let aside = dir.path().join("aside.db");
    let file = dir.path().join("backup.db");
    let refused = |store: &mut Store, words: &str| {
        let error = store.restore(&file, &aside).unwrap_err();
        assert!(error.to_string().contains("backup.db") && error.to_string().contains(words), "{error}");
        assert!(!aside.exists(), "nothing was touched");
        assert_eq!(texts(store), ["precious"]);
    };

    refused(&mut store, "cannot read");
    std::fs::write(&file, "no database").unwrap();
    refused(&mut store, "not a backup");

    std::fs::remove_file(&file).unwrap();
    let theirs = Connection::open(&file).unwrap();
    theirs.execute_batch("PRAGMA user_version = 1; CREATE TABLE theirs (x)").unwrap();
    drop(theirs);
    refused(&mut store, "not one of Sotto");

    store.back_up(&file).unwrap();
    let newer = Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 1000).unwrap();
    drop(newer);
    refused(&mut store, "newer Sotto");

    store.back_up(&file).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let whole = bytes.clone();
    for byte in &mut bytes[5000..9000] {
        *byte = 0x5a;
    }
    std::fs::write(&file, &bytes).unwrap();
    refused(&mut store, "damaged");
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    refused(&mut store, "damaged");

    std::fs::write(&file, &whole).unwrap();
    store.restore(&file, &aside).unwrap();
}

#[test]
fn a_damaged_database_gives_way_to_a_backup_and_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let backup = dir.path().join("backup.db");
    with_message(&data, "precious").back_up(&backup).unwrap();
    std::fs::write(data.join(FILE_NAME), "nonsense ".repeat(1000)).unwrap();
    assert!(Store::open(&data).is_err());
    let aside = data.join("sotto.before-recovery-1.db");
    let store = Store::replace_damaged(&data, &backup, &aside).unwrap();
    assert_eq!(texts(&store), ["precious"]);
    assert!(std::fs::read_to_string(&aside).unwrap().starts_with("nonsense"));
    assert_eq!(Store::copies(&data).unwrap(), [aside]);
}

#[test]
fn a_move_takes_everything_along_and_leaves_the_old_until_it_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old"), dir.path().join("new"));
    let mut store = with_message(&old, "precious");
    assert_eq!(store.move_to(&new, || Ok(())).unwrap(), old);
    assert_eq!(store.file(), new.join(FILE_NAME));
    assert_eq!(texts(&store), ["precious"]);
    assert_eq!(texts(&Store::open(&old).unwrap()), ["precious"]);
    Store::remove(&old).unwrap();
    assert_eq!(old.read_dir().unwrap().count(), 0);
}

#[test]
fn a_move_that_cannot_be_noted_down_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old"), dir.path().join("new"));
    let mut store = with_message(&old, "precious");
    let refuse = || Err(Error::new(Code::File, "no room for notes"));
    assert!(store.move_to(&new, refuse).is_err());
    assert_eq!(store.file(), old.join(FILE_NAME));
    assert_eq!(new.read_dir().unwrap().count(), 0);

    drop(with_message(&new, "theirs"));
    let error = store.move_to(&new, || Ok(())).unwrap_err();
    assert!(error.to_string().contains("choose another folder"), "{error}");
    assert_eq!(texts(&Store::open(&new).unwrap()), ["theirs"]);
}
