//! `sotto chat`: a conversation in the terminal.

use std::io::{IsTerminal, Write};
use std::path::Path;

use clap::Args;
use sotto::{Analysis, Code, Error, Exchange, Result};

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
    #[command(flatten)]
    now: NowOption,
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    pack: PackOption,
}

impl Chat {
    pub fn run(self) -> Result<()> {
        let assistant = self.data.assistant()?;
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
        written(prompt(&mut out))?;
        for line in Lines::open(Path::new("-"))? {
            let line = line?;
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
            let exchange = assistant.send(id, &said, &now)?;
            written(if self.json { print_json(&mut out, &exchange) } else { print(&mut out, &exchange) })?;
            written(prompt(&mut out).and_then(|()| out.flush()))?;
        }
        if bad > 0 {
            return Err(Error::new(Code::Input, format!("{bad} of the lines could not be read; see above")));
        }
        Ok(())
    }
}

fn print_json(out: &mut dyn Write, exchange: &Exchange) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, exchange)?;
    writeln!(out)
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
