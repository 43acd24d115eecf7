//! `sotto search`: what was said, found by words, tags, people and dates.

use std::io::Write;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use sotto::{Cursor, Hit, Order, Result};

use crate::stdio::{output, written};
use crate::{DataOption, NowOption, PackOption};

/// So many are asked for at a time.
const PAGE: u32 = 200;

/// Search all messages by words, tags, people and dates.
#[derive(Args)]
#[command(after_help = "A query is words and conditions, all of which hold:
  boiler \"hot water\" boil*    words, words in this order, beginnings; case and accents do not matter
  intent:weather act:question sentiment:negative
  entity:person person:\"Anna\"  what is named
  from:anna from:me in:\"Road trip\" in:12
  before:2026-03 after:yesterday on:\"last week\" hour:9-17 weekday:sat,sun
  confidence:<0.6 is:imported  -anything  intent:timer,alarm

Examples:
  sotto search boiler after:march
  sotto search 'sentiment:negative from:me' --json | jq .text
  sotto search --order similar 'the heating is broken'")]
pub struct Search {
    /// What to look for; without it, everything
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Which come first
    #[arg(long, value_enum, default_value = "newest")]
    order: Sorting,
    /// At most so many messages
    #[arg(long, short = 'n', value_name = "COUNT", default_value_t = 50)]
    limit: u32,
    /// A message a line, as JSON with its tags
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    now: NowOption,
    #[command(flatten)]
    data: DataOption,
    #[command(flatten)]
    pack: PackOption,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sorting {
    Newest,
    Best,
    Similar,
}

impl Search {
    pub fn run(self) -> Result<()> {
        let assistant = self.data.assistant()?;
        let now = self.now.get();
        let order = match self.order {
            Sorting::Newest => Order::Newest,
            Sorting::Best => Order::Best,
            Sorting::Similar => Order::Similar,
        };
        if order == Order::Similar {
            assistant.install(self.pack.load(), &now)?;
        }
        // The shell took the quotation marks and ended the last word.
        let query = format!("{} ", self.query.join(" "));
        let mut out = output();
        let mut left = self.limit;
        let mut after: Option<Cursor> = None;
        while left > 0 {
            let page = assistant.search(&query, order, after, left.min(PAGE), &now)?;
            for hit in &page.hits {
                written(self.show(hit, &now, &mut out))?;
            }
            left = left.saturating_sub(PAGE);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        written(out.flush())
    }

    fn show(&self, hit: &Hit, now: &jiff::ZonedDateTime, out: &mut dyn Write) -> std::io::Result<()> {
        if self.json {
            serde_json::to_writer(&mut *out, hit)?;
            return writeln!(out);
        }
        let local =
            Timestamp::from_millisecond(hit.message.time).map(|time| now.time_zone().to_datetime(time));
        let when = local.map_or_else(|_| String::new(), |time| time.strftime("%Y-%m-%d %H:%M").to_string());
        let text: String = hit.excerpt.iter().map(|part| part.text.as_str()).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "{when}  {} · {}: {text}", hit.title, hit.message.speaker)
    }
}
