//! Text of [signal-export](https://github.com/carderne/signal-export):
//! `[2026-01-31, 18:30] Anna: hello`.

use super::found::Record;
use super::input::{Head, Input};
use super::stamped::Chat;
use super::{Format, Reader, whatsapp};
use crate::Result;

pub(super) struct Signal;

impl Reader for Signal {
    fn format(&self) -> Format {
        Format::Signal
    }

    /// The year first, in hyphens and brackets, and no seconds: no WhatsApp
    /// writes that.
    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Lines(text) = head else { return false };
        whatsapp::stamps(text, |stamp| {
            stamp.bracket && stamp.date.year_first && stamp.hyphens && !stamp.has_seconds
        })
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        Chat::read(input.stem(), input, record)
    }
}
