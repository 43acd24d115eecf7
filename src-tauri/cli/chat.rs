//! `sotto chat`: a conversation in the terminal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::Args;
use crossbeam_channel::RecvTimeoutError;
use serde::Serialize;
use sotto::{Analysis, Assistant, Code, Error, Exchange, Line, Result, folders};

use crate::stdio::{Lines, output, written};
use crate::{DataOption, NowOption, PackOption};

/// Chat: a message a line in, an answer out
#[derive(Args)]
#[command(after_help = "Examples:
  sotto chat
  echo 'what is 15% of 240' | sotto chat --json | jq -r .reply.text")]
pub struct Chat {
    /// Print each exchange as one JSON object a line
    #[arg(long)]
    json: bool,
    /// Go on with this conversation instead of starting one
    #[arg(long, value_name = "NUMBER")]
    conversation: Option<i64>,
    /// Folder that "export this chat" writes to [default: Sotto in the documents, or exports in --data-dir]
    #[arg(long, value_name = "DIR")]
    export_dir: Option<PathBuf>,
    #[command(flatten)]
    now: NowOption,
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    pack: PackOption,
}

impl Chat {
    pub fn run(self) -> Result<()> {
        let exports = folders::exports_dir(self.export_dir.clone(), self.data.data_dir.as_deref())?;
        let assistant = self.data.assistant()?.exporting_to(exports);
        assistant.install(self.pack.load(), &self.now.get())?;
        if let Some(Err(problem)) = assistant.model() {
            eprintln!("sotto: {problem}");
        }
        let mut conversation = self.conversation;
        let talking = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        let prompt =
            |out: &mut dyn Write| if talking { write!(out, "> ").and_then(|()| out.flush()) } else { Ok(()) };
        if talking {
            eprintln!("Say something; end with an empty line.");
        }

        let mut out = output();
        let mut bad = 0;
        // What fired and was not shown yet.
        let mut fired = assistant.due(&self.now.get())?;
        if !self.json {
            written(print_fired(&mut out, &mut fired))?;
        }
        written(prompt(&mut out))?;
        let (lines, said) = crossbeam_channel::bounded(0);
        let input = Lines::open(Path::new("-"))?;
        // Reading waits for the user; timers do not.
        thread::spawn(move || input.into_iter().try_for_each(|line| lines.send(line).ok()));
        loop {
            let line = match said.recv_timeout(TICK) {
                Ok(line) => line?,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    fired.extend(assistant.due(&self.now.get())?);
                    if !self.json && !fired.is_empty() {
                        written(print_fired(&mut out, &mut fired).and_then(|()| prompt(&mut out)))?;
                        written(out.flush())?;
                    }
                    continue;
                }
            };
            let said = match line.text {
                Ok(text) if text.trim().is_empty() && talking => break,
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text,
                Err(problem) => {
                    eprintln!("sotto: line {}: {problem}", line.number);
                    bad += 1;
                    continue;
                }
            };
            let now = self.now.get();
            // Made with the first message, so that a chat in which nothing is
            // said leaves nothing behind.
            let id = match conversation {
                Some(id) => id,
                None => assistant.new_conversation(&now)?.id,
            };
            conversation = Some(id);
            let exchange = self.exchange(&assistant, id, &said, &mut fired)?;
            written(if self.json {
                print_json(&mut out, exchange, std::mem::take(&mut fired))
            } else {
                print_fired(&mut out, &mut fired).and_then(|()| print(&mut out, &exchange))
            })?;
            written(prompt(&mut out).and_then(|()| out.flush()))?;
        }
        if bad > 0 {
            return Err(Error::new(Code::Input, format!("{bad} of the lines could not be read; see above")));
        }
        Ok(())
    }

    fn exchange(
        &self,
        assistant: &Assistant,
        conversation: i64,
        said: &str,
        fired: &mut Vec<Line>,
    ) -> Result<Exchange> {
        let now = self.now.get();
        fired.extend(assistant.due(&now)?);
        assistant.send(conversation, said, &now)
    }
}

/// How often timers are looked at while nobody types.
const TICK: Duration = Duration::from_millis(500);

/// An exchange as a line of JSON: what the window gets, with the message's text
/// and analysis at the top, as `sotto tag` has them, and what fired before it.
#[derive(Serialize)]
struct Spoken {
    text: String,
    analysis: Option<Analysis>,
    #[serde(flatten)]
    exchange: Exchange,
    fired: Vec<Line>,
}

fn print_json(out: &mut dyn Write, exchange: Exchange, fired: Vec<Line>) -> std::io::Result<()> {
    let message = &exchange.message.message;
    let (text, analysis) = (message.text.clone(), message.analysis.clone());
    serde_json::to_writer(&mut *out, &Spoken { text, analysis, exchange, fired })?;
    writeln!(out)
}

fn print_fired(out: &mut dyn Write, fired: &mut Vec<Line>) -> std::io::Result<()> {
    fired.drain(..).try_for_each(|line| writeln!(out, "{}", line.message.text))
}

fn print(out: &mut dyn Write, exchange: &Exchange) -> std::io::Result<()> {
    if let Some(analysis) = &exchange.message.message.analysis {
        writeln!(out, "  [{}]", summary(analysis))?;
    }
    writeln!(out, "{}", exchange.reply.message.text)
}

/// "reminder 98 % · request · neutral · person Anna", on one line.
fn summary(analysis: &Analysis) -> String {
    let sentiment = format!("{:?}", analysis.sentiment.name).to_lowercase();
    let intent = format!("{} {:.0} %", analysis.intent.name, analysis.intent.confidence * 100.0);
    let entities = analysis.entities.iter().map(|entity| format!("{} {}", entity.entity, entity.value));
    [intent, analysis.act.name.clone(), sentiment].into_iter().chain(entities).collect::<Vec<_>>().join(" · ")
}
