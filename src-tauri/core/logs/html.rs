//! One HTML page that needs nothing else, for screens and paper.

use super::export::{Writer, one_line, summary};
use crate::{Conversation, Message};

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Sotto">
<title>Conversations</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
article { margin: 0 0 1rem; break-inside: avoid; }
header { font-size: 0.85rem; opacity: 0.8; }
header strong { font-size: 1rem; opacity: 1; }
p { margin: 0.1rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: #ffe9a8; color: #1a1a1a; border-radius: 0.2em; padding: 0 0.15em; }
mark small { margin-left: 0.3em; }
@media print { body { max-width: none; margin: 0; } section + section { break-before: page; } }
</style>
</head>
<body>
"#;

#[derive(Default)]
pub(super) struct Page {
    open: bool,
}

impl Writer for Page {
    fn begin(&mut self, out: &mut String) {
        out.push_str(HEAD);
    }

    fn conversation(&mut self, conversation: &Conversation, out: &mut String) {
        if std::mem::replace(&mut self.open, true) {
            out.push_str("</section>\n");
        }
        let title = escaped(&one_line(&conversation.title));
        out.push_str(&format!("<section>\n<h1 dir=\"auto\">{title}</h1>\n"));
    }

    fn message(&mut self, message: &Message, moment: &str, out: &mut String) {
        let tags = message.analysis.as_ref().map(|analysis| format!(" · {}", escaped(&summary(analysis))));
        out.push_str(&format!(
            "<article>\n<header><strong dir=\"auto\">{}</strong> <time datetime=\"{}\">{}</time>{}</header>\n<p dir=\"auto\">",
            escaped(&one_line(&message.speaker)),
            super::export::utc(message.time),
            escaped(moment),
            tags.unwrap_or_default()
        ));
        for segment in message.segments() {
            let text = escaped(&segment.text);
            match segment.entity {
                Some(entity) => {
                    let kind = escaped(&entity.entity);
                    out.push_str(&format!("<mark>{text}<small>{kind}</small></mark>"));
                }
                None => out.push_str(&text),
            }
        }
        out.push_str("</p>\n</article>\n");
    }

    fn end(&mut self, out: &mut String) {
        if self.open {
            out.push_str("</section>\n");
        }
        out.push_str("</body>\n</html>\n");
    }
}

/// Control characters, which HTML forbids, become �.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
