//! How fast logs come in and are tagged, and how much memory that takes:
//! `cargo bench --no-default-features --bench logs [-- import|tagging [MESSAGES]]`.
//!
//! `import` reads a WhatsApp chat of a million messages into a new store, without
//! tagging. `tagging` tags some thousands of them from the store and back into it,
//! and holds that against the bare engine on as many cores.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use sotto::logs::{Input, Options};
use sotto::{Assistant, Nlu, Store};

const WORDS: &str = "remind me to call Anna tomorrow at nine the boiler in Berlin is broken again could you please \
    book a table for four people on Friday evening I am so happy about this thanks a lot what is the weather like \
    there no idea maybe we should ask Bob he knows London well set a timer for ten minutes and add milk to the list";

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo itself says `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let what = arguments.first().map(String::as_str);
    let messages = arguments.get(1).map(|number| number.parse()).transpose()?;
    if what != Some("tagging") {
        import(messages.unwrap_or(1_000_000))?;
    }
    if what != Some("import") {
        tagging(messages.unwrap_or(4_000))?;
    }
    Ok(())
}

fn import(messages: u64) -> Result<(), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let chat = dir.path().join("chat.txt");
    write_chat(&chat, messages)?;
    let size = std::fs::metadata(&chat)?.len();
    let assistant = Assistant::new(Store::open(dir.path())?);
    let began = Instant::now();
    let added = take(&assistant, &chat)?;
    let time = began.elapsed();
    println!(
        "import: {added} messages ({:.0} MB) in {:.1} s, {:.0} a second; most memory ever {}",
        size as f64 / 1e6,
        time.as_secs_f64(),
        added as f64 / time.as_secs_f64(),
        peak()
    );
    let began = Instant::now();
    assert_eq!(take(&assistant, &chat)?, 0);
    println!(
        "  again: nothing added, in {:.1} s; most memory ever {}",
        began.elapsed().as_secs_f64(),
        peak()
    );
    let store = std::fs::metadata(dir.path().join(sotto::FILE_NAME))?.len();
    println!("  store: {:.0} MB", store as f64 / 1e6);
    Ok(())
}

fn tagging(messages: u64) -> Result<(), Box<dyn Error>> {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert");
    let threads = std::thread::available_parallelism()?;
    let now = ZonedDateTime::now();
    let dir = tempfile::tempdir()?;
    let chat = dir.path().join("chat.txt");
    write_chat(&chat, messages)?;
    let assistant = Assistant::new(Store::open(dir.path())?);
    take(&assistant, &chat)?;
    assistant.install(Nlu::load(&pack), &now)?;
    let nlu = Nlu::load(&pack)?;
    let texts: Vec<String> = (0..messages).map(text).collect();

    // By turns, so that whatever else the machine does meets both; the store is
    // tagged in parts, which starting anew makes it pay for.
    let rounds = 4;
    let (mut bare, mut stored, mut tagged) = (Duration::ZERO, Duration::ZERO, 0);
    for round in 0..rounds {
        let part = texts.len() / rounds;
        let began = Instant::now();
        understand(&nlu, &texts[round * part..(round + 1) * part], threads, &now);
        bare += began.elapsed();

        let (began, before) = (Instant::now(), tagged);
        let last = round + 1 == rounds;
        let done =
            assistant.tag_stored(threads, &now, &mut |tagging| last || (tagging.tagged as usize) < part)?;
        stored += began.elapsed();
        tagged = before + done.tagged;
    }
    assert_eq!(tagged, messages);
    let bare = (texts.len() / rounds * rounds) as f64 / bare.as_secs_f64();
    let stored = tagged as f64 / stored.as_secs_f64();
    println!(
        "tagging: {tagged} messages on {threads} threads, {stored:.0} a second from store to store; the bare engine \
         {bare:.0}; {:.0} %; most memory ever {}",
        100.0 * stored / bare,
        peak()
    );
    Ok(())
}

fn take(assistant: &Assistant, chat: &Path) -> sotto::Result<u64> {
    let mut input = Input::open(chat)?;
    let options = Options::new(TimeZone::UTC, 0);
    Ok(assistant.import(&mut input, &options, &mut |_| Ok(()))?.added)
}

fn understand(nlu: &Nlu, texts: &[String], threads: NonZeroUsize, now: &ZonedDateTime) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    nlu.understand(text, now).expect("every text can be analysed");
                }
            });
        }
    });
}

/// Some 3 to 24 words, the same for the same number.
fn text(number: u64) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let length = 3 + next(22);
    let from = next(words.len());
    let said: Vec<&str> = words.iter().cycle().skip(from).take(length).copied().collect();
    format!("{} {number}", said.join(" "))
}

/// A chat of five people, four messages a minute, some over several lines.
fn write_chat(path: &Path, messages: u64) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let mut line = String::new();
    for number in 0..messages {
        let time = TimeZone::UTC.to_datetime(Timestamp::from_second(1_600_000_000 + number as i64 * 15)?);
        let speaker = ["Anna", "Bob Lee", "Carla", "Данила", "東 太郎"][(number % 5) as usize];
        line.clear();
        writeln!(line, "{} - {speaker}: {}", time.strftime("%d.%m.%y, %H:%M"), text(number))?;
        if number % 20 == 0 {
            line.push_str("and a second line 😀\n");
        }
        out.write_all(line.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// The most memory that this process ever had, where Linux says it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = most.and_then(|most| most.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes * 1024.0 / 1e6))
}
