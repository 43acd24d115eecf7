//! [JSON Lines](https://jsonlines.org): one message a line, as it stands in the
//! store and on the wire.

use std::io::{self, Write};

use crate::Message;

/// Writes one message and the line's end.
pub fn write(message: &Message, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, message)?;
    out.write_all(b"\n")
}
