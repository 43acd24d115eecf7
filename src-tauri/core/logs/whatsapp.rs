//! WhatsApp's "Export chat", as [iPhones and Android phones write
//! it](https://faq.whatsapp.com/1180414079177245) in the language of the phone.

use super::found::Record;
use super::input::{Head, Input};
use super::stamped::{Chat, Stamp};
use super::{Format, Reader};
use crate::Result;

pub(super) struct WhatsApp;

impl Reader for WhatsApp {
    fn format(&self) -> Format {
        Format::WhatsApp
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        let Head::Lines(text) = head else { return false };
        stamps(text, |_| true)
    }

    fn read(&self, input: &mut Input, record: &mut Record<'_>) -> Result<()> {
        Chat::read(title(&input.stem()), input, record)
    }
}

/// Whether one of the first lines begins with a stamp that is `like` this.
pub(super) fn stamps(text: &str, like: impl Fn(Stamp) -> bool) -> bool {
    text.lines().filter_map(Stamp::of_line).take(3).any(|(stamp, _)| like(stamp))
}

/// The name of the chat, of a file called "WhatsApp Chat with Anna.txt".
fn title(stem: &str) -> String {
    const BEFORE: [&str; 14] = [
        "WhatsApp Chat with ",
        "WhatsApp Chat - ",
        "WhatsApp Chat mit ",
        "WhatsApp-Chat mit ",
        "Chat de WhatsApp con ",
        "Conversa do WhatsApp com ",
        "Discussion WhatsApp avec ",
        "Chat WhatsApp con ",
        "WhatsApp-chat met ",
        "Чат WhatsApp с контактом ",
        "Чат WhatsApp с ",
        "Conversas do WhatsApp com ",
        "WhatsApp-chatt med ",
        "Czat WhatsApp z: ",
    ];
    BEFORE.iter().find_map(|before| stem.strip_prefix(before)).unwrap_or(stem).to_owned()
}
