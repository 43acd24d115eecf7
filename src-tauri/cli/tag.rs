//! `sotto tag`: one message a line in, one analysis a line out.

use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use crossbeam_channel::{Receiver, Sender, bounded};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::ZonedDateTime;
use serde_json::{Map, Value};
use sotto::{Code, Error, Nlu, Result, Tagged};

use crate::import::tag_stored;
use crate::stdio::{Lines, NumberedLine, output, written};
use crate::{DataOption, NowOption, PackOption};

/// Tag messages: a message a line in, a JSON object a line out, in order
#[derive(Args)]
#[command(after_help = "Examples:
  sotto tag chat.txt > tagged.jsonl
  sotto tag --format jsonl < log.jsonl | jq .intent.name
  echo 'call Anna tomorrow at 9' | sotto tag
  sotto tag --stored

A line that cannot be read is reported with its number and passed over; the exit
code is then 1.")]
pub struct Tag {
    /// File to read; - is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// What a line holds
    #[arg(long, value_enum, default_value_t = Format::Lines)]
    format: Format,
    /// Tag the stored conversations instead, as far as this model pack has not; what you corrected stays
    #[arg(long, conflicts_with_all = ["file", "format"])]
    stored: bool,
    /// How many messages to tag at a time [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    now: NowOption,
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    pack: PackOption,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A message as it is
    Lines,
    /// A JSON object with the message in "text"; its other fields are kept
    Jsonl,
}

/// A line under way through the workers, and where its tagged form goes.
struct Job {
    line: NumberedLine,
    done: Sender<Outcome>,
}

/// A tagged line, or why it could not be tagged; `None` for a blank line of JSON Lines.
type Outcome = Result<Option<String>, String>;

impl Tag {
    pub fn run(self) -> Result<()> {
        if self.stored {
            return tag_stored(&self.data.assistant()?, &self.pack, self.threads, &self.now.get());
        }
        let lines = Lines::open(&self.file)?;
        let bar = self.progress();
        let nlu = self.pack.load()?;
        let now = self.now.get();
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let threads = self.threads.unwrap_or_else(cores).get();

        // The order of the lines is the order in which their receivers wait here;
        // its bound keeps memory constant however long one message takes.
        let (queue, in_order) = bounded::<(u64, u64, Receiver<Outcome>)>(threads * 32);
        let (jobs, work) = bounded::<Job>(threads * 2);
        std::thread::scope(|scope| {
            let reader = scope.spawn(move || read(lines, &jobs, &queue));
            for _ in 0..threads {
                let work = work.clone();
                let (nlu, now) = (&nlu, &now);
                scope.spawn(move || {
                    for job in work {
                        // Nobody waits for it only when the output is closed.
                        let _ = job.done.send(self.format.tag(job.line.text, nlu, now));
                    }
                });
            }
            // Held here, it would keep the reader waiting after the last worker is gone.
            drop(work);
            let tagged = write(in_order, &bar);
            bar.finish_and_clear();
            let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            tagged.and_then(|bad| read.map(|()| bad))
        })
        .and_then(|bad| match bad {
            0 => Ok(()),
            1 => Err(Error::new(Code::Input, "one line could not be tagged; see above")),
            _ => Err(Error::new(Code::Input, format!("{bad} lines could not be tagged; see above"))),
        })
    }

    /// A bar on the terminal while the tagged lines go elsewhere.
    fn progress(&self) -> ProgressBar {
        if !std::io::stderr().is_terminal() || std::io::stdout().is_terminal() {
            return ProgressBar::hidden();
        }
        let size = std::fs::metadata(&self.file).ok().filter(std::fs::Metadata::is_file);
        let template = match size {
            Some(_) => "{bar:30} {percent:>3} %  {msg} messages  {eta} left",
            None => "{spinner} {msg} messages  {elapsed}",
        };
        let bar = size.map_or_else(ProgressBar::new_spinner, |size| ProgressBar::new(size.len()));
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}

impl Format {
    fn tag(self, line: Result<String, &'static str>, nlu: &Nlu, now: &ZonedDateTime) -> Outcome {
        let line = line?;
        let analyze = |text: &str| nlu.analyze(text, now).map_err(|error| error.to_string());
        let json = match self {
            Format::Lines => {
                let analysis = analyze(&line)?;
                serde_json::to_string(&Tagged { text: line, analysis })
            }
            Format::Jsonl if line.trim().is_empty() => return Ok(None),
            Format::Jsonl => {
                let mut object: Map<String, Value> = serde_json::from_str(&line)
                    .map_err(|error| format!("it is not a JSON object: {error}"))?;
                let Some(Value::String(text)) = object.get("text") else {
                    return Err("it has no string \"text\"".to_owned());
                };
                let analysis = serde_json::to_value(analyze(text)?).map_err(|error| error.to_string())?;
                if let Value::Object(analysis) = analysis {
                    object.extend(analysis);
                }
                serde_json::to_string(&object)
            }
        };
        json.map(Some).map_err(|error| error.to_string())
    }
}

fn read(lines: Lines, jobs: &Sender<Job>, queue: &Sender<(u64, u64, Receiver<Outcome>)>) -> Result<()> {
    for line in lines {
        let line = line?;
        let (done, outcome) = bounded(1);
        let waiting = queue.send((line.number, line.bytes, outcome));
        if waiting.is_err() || jobs.send(Job { line, done }).is_err() {
            break;
        }
    }
    Ok(())
}

/// Writes the tagged lines in order and gives the number of those that could
/// not be tagged.
fn write(in_order: Receiver<(u64, u64, Receiver<Outcome>)>, bar: &ProgressBar) -> Result<u64> {
    let mut out = output();
    let (mut good, mut bad) = (0_u64, 0_u64);
    loop {
        let (number, bytes, outcome) = match in_order.try_recv() {
            Ok(next) => next,
            Err(_) => {
                // The input has nothing more for now: show what there is.
                written(out.flush())?;
                match in_order.recv() {
                    Ok(next) => next,
                    Err(_) => break,
                }
            }
        };
        match outcome.recv() {
            Ok(Ok(Some(json))) => {
                written(writeln!(out, "{json}"))?;
                good += 1;
            }
            Ok(Ok(None)) => {}
            Ok(Err(problem)) => {
                bar.suspend(|| eprintln!("sotto: line {number}: {problem}"));
                bad += 1;
            }
            Err(_) => {
                return Err(Error::new(Code::Inference, format!("line {number} was lost by its worker")));
            }
        }
        bar.inc(bytes);
        if good % 64 == 0 {
            bar.set_message(good.to_string());
        }
    }
    written(out.flush())?;
    Ok(bad)
}
