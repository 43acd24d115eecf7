//! Addresses of the net: e-mail and web.

use std::ops::Range;

use super::{Found, Kind};

/// Bytes of the longest address; what is longer is data, and would be looked through again and again.
const LONGEST: usize = 2048;

/// Every e-mail and web address in `text`, in order.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for chunk in chunks(text) {
        let Some(written) = text.get(chunk.clone()).filter(|written| written.len() <= LONGEST) else {
            continue;
        };
        if let Some((kind, part, value)) = web(written).or_else(|| mail(written)) {
            found.push(Found { bytes: chunk.start + part.start..chunk.start + part.end, kind, value });
        }
    }
}

/// The stretches between white space, brackets, quotation marks and commas.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let border = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '`' | '|' | ';' | ',')
    };
    text.split(border).map(move |chunk| {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        start..start + chunk.len()
    })
}

type Address = (Kind, Range<usize>, String);

fn web(chunk: &str) -> Option<Address> {
    let start = chunk.find(|c: char| c.is_ascii_alphanumeric())?;
    let rest = chunk.get(start..)?;
    let scheme = ["https://", "http://", "ftp://"].iter().find(|scheme| begins(rest, scheme));
    let skipped = scheme.map_or(0, |scheme| scheme.len());
    let host_end = rest.get(skipped..)?.find(['/', '?', '#', ':']).map_or(rest.len(), |at| skipped + at);
    let host = rest.get(skipped..host_end)?;
    let end = if host_end == rest.len() { skipped + host_length(host)? } else { closed(rest).len() };
    let host = rest.get(skipped..host_end.min(end))?;
    let known = scheme.is_some() && host.chars().any(char::is_alphanumeric)
        || domain(host) && (begins(host, "www.") || host.rsplit('.').next().is_some_and(top_level));
    if !known || rest.get(..host_end)?.contains('@') {
        return None;
    }
    let written = rest.get(..end)?;
    let value = if scheme.is_some() { written.to_owned() } else { format!("https://{written}") };
    Some((Kind::Url, start..start + end, value))
}

/// Length of the host at the beginning of `host`, without the marks that end a sentence.
fn host_length(host: &str) -> Option<usize> {
    let end = host
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@')))
        .unwrap_or(host.len());
    host.get(..end).map(|host| host.trim_end_matches(['.', '-']).len())
}

/// `address` without the marks at its end that belong to the sentence around it.
fn closed(address: &str) -> &str {
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let stray = match last {
            '.' | '!' | '?' | ':' | '\'' | '*' | '…' | '’' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !stray {
            break;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or("");
    }
    address
}

fn mail(chunk: &str) -> Option<Address> {
    let at = chunk.find('@')?;
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let before = chunk.get(..at)?;
    let start = before
        .rfind(|c: char| !local(c))
        .map_or(0, |last| last + before.get(last..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8));
    let start =
        start + chunk.get(start..at)?.len() - chunk.get(start..at)?.trim_start_matches(['.', '-']).len();
    let after = chunk.get(at + 1..)?;
    let host_end =
        after.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(after.len());
    let host = after.get(..host_end)?.trim_end_matches(['.', '-']);
    let end = at + 1 + host.len();
    if start >= at || !domain(host) || chunk.get(end..)?.starts_with('@') {
        return None;
    }
    let value = format!("{}@{}", chunk.get(start..at)?, host.to_lowercase());
    Some((Kind::Email, start..end, value))
}

/// Whether `host` is at least two labels of letters, digits and hyphens, the last of letters.
fn domain(host: &str) -> bool {
    let mut labels = host.split('.').peekable();
    let mut count = 0;
    while let Some(label) = labels.next() {
        count += 1;
        let fits = !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
        let last = labels.peek().is_none();
        if !fits || last && (label.chars().count() < 2 || !label.chars().all(char::is_alphabetic)) {
            return false;
        }
    }
    count > 1
}

/// Endings under which a name without a scheme is taken for a web address: none that is a word or a file's ending.
fn top_level(label: &str) -> bool {
    const ENDINGS: [&str; 34] = [
        "com", "org", "net", "edu", "gov", "io", "dev", "app", "ai", "info", "biz", "de", "uk", "fr", "eu",
        "nl", "ch", "at", "es", "pl", "se", "dk", "fi", "cz", "ca", "au", "nz", "jp", "cn", "br", "in", "us",
        "ru", "tv",
    ];
    ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(label))
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, String)> {
        let mut found = Vec::new();
        find(text, &mut found);
        found.into_iter().map(|f| (&text[f.bytes], f.value)).collect()
    }

    #[test]
    fn mail_addresses() {
        for (text, written, value) in [
            ("write to Anna.B+x@Example.ORG.", "Anna.B+x@Example.ORG", "Anna.B+x@example.org"),
            ("<a@b.de>", "a@b.de", "a@b.de"),
            ("(mailto:me@sub.mail.co.uk)", "me@sub.mail.co.uk", "me@sub.mail.co.uk"),
            ("Zoë:zoe@exämple.com!", "zoe@exämple.com", "zoe@exämple.com"),
        ] {
            assert_eq!(read(text), [(written, value.to_owned())], "{text}");
        }
        for text in ["@anna", "a@b", "a@@b.de", "me @ home.de at", "x@1.2", "@"] {
            assert!(read(text).iter().all(|(written, _)| !written.contains('@')), "{text}");
        }
    }

    #[test]
    fn web_addresses() {
        for (text, written, value) in [
            (
                "see https://example.com/a?b=c#d.",
                "https://example.com/a?b=c#d",
                "https://example.com/a?b=c#d",
            ),
            (
                "(http://en.wikipedia.org/wiki/Bee_(insect))",
                "http://en.wikipedia.org/wiki/Bee_(insect)",
                "http://en.wikipedia.org/wiki/Bee_(insect)",
            ),
            ("go to www.example.org!", "www.example.org", "https://www.example.org"),
            ("it's on example.co.uk/path, ok", "example.co.uk/path", "https://example.co.uk/path"),
            ("http://localhost:8080/x", "http://localhost:8080/x", "http://localhost:8080/x"),
            ("Example.COM", "Example.COM", "https://Example.COM"),
            ("\"https://a.b/c\"", "https://a.b/c", "https://a.b/c"),
        ] {
            assert_eq!(read(text), [(written, value.to_owned())], "{text}");
        }
        for text in ["e.g. this", "end.Begin", "file.txt", "1.5", "http://", "a.b.c", "...", "node.js", "://"]
        {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
