//! Export by chat: "export today's chat as CSV".

use std::ops::Range;
use std::path::PathBuf;
use std::sync::LazyLock;

use super::Skill;
use super::grammar::{Found, Grammar};
use super::reading::pattern;
use super::stretch::{self, ALWAYS};
use super::turn::{Reply, Turn, slot};
use super::wording::{capital, count};
use crate::memory::Asked;

pub(super) struct Export;

/// What is to be written.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// The format, as the command line calls it.
    pub format: &'static str,
    /// What the name of such a file ends in.
    pub extension: &'static str,
    /// The conversation, or all.
    pub conversation: Option<i64>,
    /// From when to when, in milliseconds since the Unix epoch.
    pub within: Range<i64>,
    /// What the file is to be called, without its extension.
    pub name: String,
}

/// What was written.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub path: PathBuf,
    pub messages: u64,
}

/// What people call a format, what it is, and how its files end.
const FORMATS: &[(&[&str], &str, &str)] = &[
    (&["csv", "excel", "a spreadsheet", "spreadsheet", "table", "comma separated"], "csv", "csv"),
    (&["markdown", "md"], "markdown", "md"),
    (&["html", "web page", "webpage", "a web page"], "html", "html"),
    (&["jsonl", "json", "json lines", "jsonlines", "json-lines"], "jsonl", "jsonl"),
    (&["conll", "iob", "iob2", "conll-2003"], "conll", "conll"),
    (&["doccano"], "doccano", "jsonl"),
    (&["label studio", "label-studio", "labelstudio"], "label-studio", "json"),
    (&["rasa", "rasa nlu", "yaml", "rasa yaml"], "rasa", "yml"),
    (&["parquet"], "parquet", "parquet"),
    (&["text", "plain text", "txt", "a text", "plain"], "text", "txt"),
];

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    const WHAT: &str = r"(?<what>(?:.* )?(?:chat|chats|conversation|conversations|messages|message|log|logs|history|everything|data|all|discussion|dialogue|it|this|that|transcript|journal|days|today|yesterday|week|month|talks|chatter|texts|words|exchanges|what|all)(?: (?:of|from|since|with|in|during|about) .+?| (?:that )?(?:we|i|you|you and i)(?:'ve| have)? (?:ever )?(?:talked|said|wrote|written|discussed|chatted|told|spoken|typed|exchanged|have|had|got|kept)\b.*?)?)";
    const DONE: &str = r"(?:exported|saved|downloaded|dumped|written(?: out)?|stored|turned|converted|put|backed up|copied|printed|out|extracted)";
    const FORMAT: &str = r"(?: (?:as|to|in|into|using|with))(?: (?:a|an|the))?(?: format)? (?<format>[\w -]+?)(?: (?:file|format|document|files))?";
    // What writes to a file, and what is written.
    const SAVE: &str = r"(?:export|downlaod|downlod|download|dump|save|write|store|convert|get|give me|back ?up|extract|turn|put|archive|print|copy|output|send|pull|take a (?:backup|copy) of|make (?:me )?(?:a|an) (?:backup|copy|file|export) of|keep)(?: me| out| down| off)?";
    const WHERE: &str = r"(?: (?:to|on|onto|in|into) (?:the |my |a |this |our )?(?:computer|laptop|disk|disc|hard ?drive|pc|desktop|usb stick|file|documents|downloads|folder))?";
    const ADDED: &str = r"[,.;:—-]* (?:(?:and|as|in|make it|preferably|please|ideally|a|an|i think|format|the format(?: should be| is)?|i want it (?:as|in)|it should be|let's say|say|to|use|with|i need|i'd like|as an?|into|the) )*(?<format>[\w-]+(?: text| lines| page)?)(?: (?:file|format|will do|is fine|please|is ok|is okay|would be (?:good|great|best|fine|nice|ideal)|works|she said|he said|they said|preferably|ideally|if possible|would do|is best|for me|if you can|is good|version|one|should do|does it))*";
    Grammar::new(&[
        (
            r"(?:(?:make|give|create|do|get|write|send|i want|i need|i'd like|prepare|produce|generate)(?: me| us)? )?(?:a |an |the )?(?<format>csv|json|jsonl|html|markdown|md|excel|parquet|conll|spreadsheet)(?: (?:file|export|copy|version|backup|document|dump))? (?:of|from|with|for|containing|out of) {the}(?<what>.+)",
            export_talk,
        ),
        (&format!("{SAVE} {WHAT}{WHERE}{ADDED}"), export_put),
        (
            &format!(
                r"[^?]{{3,80}}(?:[,.;:!?]+ (?:so |and )?| so |(?: says?| said| thinks?| wants| suggests?| reckons)(?: that)? )(?:please |can you |could you |i |you |we |me |should |must |want to |need to |have to |ought to |better |to |'d )*{SAVE} {WHAT}{WHERE}{ADDED}"
            ),
            export_said,
        ),
        (
            &format!(
                r"[^,.;:!?]{{3,80}}(?:[,.;:!?]+ (?:so |and )?| so )i (?:want|need|would like) to (?:export|download|dump) {WHAT}{FORMAT}"
            ),
            export_known,
        ),
        (
            &format!(
                r"[^,.;:!?]{{3,80}}(?:[,.;:!?]+ (?:so |and )?| so )i (?:want|need|would like) to (?:export|download|dump) {WHAT}"
            ),
            export,
        ),
        (&format!("(?:export|download|dump) {WHAT}{FORMAT}"), export),
        (
            &format!(
                r"(?:i need|i want|i'd like|i would like|need|want|get|have|is there a way to get|get me|can i have|may i have|i'd love) {WHAT} ?{DONE}?{FORMAT}"
            ),
            export_known,
        ),
        (
            &format!(
                r"(?:i need|i want|i'd like|i would like|need|want|get|have) {WHAT} (?:exported|downloaded|dumped|saved (?:to|in|as) a file)"
            ),
            export,
        ),
        (
            &format!("(?:save|write|store|convert|get|give me|back up|backup|extract|turn) {WHAT}{FORMAT}"),
            export_known,
        ),
        (&format!("{WHAT}{WHERE}{FORMAT}"), export_put),
        (&format!("(?:i (?:want|need|would like) to )?(?:export|download|dump) {WHAT}"), export),
        (&format!("(?:export|download|dump){FORMAT}"), export),
        (&format!("(?:i need |i want |get |give me |make )?(?:a )?copy of {WHAT}{FORMAT}"), export_known),
        (r"(?<format>[\w-]+) export of {the}(?<what>.+)", export_known),
        (r"(?:export|export data|export my data|export please)", export),
        (r"(?:make|create|do|give me) (?:a |an )?(?<format>[\w-]+) export(?: of {the}(?<what>.+))?", export),
        (
            r"(?:make|create|write|give me) (?:a|an) (?<format>[\w-]+)(?: file)? (?:of|from|with) {the}(?<what>.+)",
            export_known,
        ),
        (&format!("{SAVE} {WHAT}{WHERE}"), export_said),
    ])
});

impl Skill for Export {
    fn name(&self) -> &'static str {
        "export"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["export_log"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        if turn.sure { self.wanted(turn, "write") } else { None }
    }

    fn proposes(&self, _verb: &str) -> &'static str {
        "export what was said"
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        if verb != "write" {
            return None;
        }
        let plain = turn.reading.plain.to_lowercase();
        let all = ALL_OF_IT.as_ref().is_some_and(|all| all.is_match(&plain));
        let mut what = if all { "everything" } else { "chat" }.to_owned();
        if let (_, Some(stretch)) = stretch::anywhere(turn, &plain) {
            what = format!("{what} {}", stretch.name);
        }
        match asked_for(&plain) {
            Some(format) => write(turn, &what, format),
            None => match UNKNOWN.as_ref().and_then(|unknown| unknown.captures(&plain)) {
                Some(other) => {
                    let question = ask(&what);
                    Some(Reply {
                        text: format!("I can't write “{}”. {}", &other["format"], question.text),
                        ..question
                    })
                }
                None => Some(ask(&what)),
            },
        }
    }

    fn resume(&self, turn: &mut Turn<'_>, asked: &Asked) -> Option<Reply> {
        let plain = turn.reading.plain.to_lowercase();
        let said = plain.trim_start_matches("as ").trim_start_matches("in ").trim_start_matches("a ");
        let format = named(said.trim_end_matches(" please").trim_end_matches(" file"))?;
        write(turn, slot(&asked.slots, "what"), format)
    }
}

pattern!(
    IN_FORMAT,
    r"(?i) (?:as|to|in|into|using) (?:an? |the )?(?<format>csv|excel|spreadsheet|markdown|md|html|web ?page|jsonl?|parquet|conll|doccano|rasa|yaml|txt|plain text|text)(?: (?:file|format|document|files))?(?:$|[,.;:!?]| (?:because|since|as|so|for|cos|cause|to|please)\b)"
);

pattern!(
    ALL_OF_IT,
    r"\b(?:everything|all (?:of )?(?:my|our|the|your|that|this|it)|data|conversations|chats|messages|history|logs|journal|the lot)\b"
);
// What other programs write.
pattern!(
    UNKNOWN,
    r"\b(?:as|in|to|into) (?:an? |the )?(?<format>pdf|docx?|word|xml|rtf|epub|odt|pages|latex|tex|sqlite|zip|png|jpe?g|mp3|powerpoint|xlsx?)\b"
);
// "As csv, no wait, json"
pattern!(REPAIRED, r"\b(?:no|wait|actually|rather|sorry|make (?:it|that)|i mean|instead)\b");

/// The format that a message in any words names: the first, unless it is taken back.
fn asked_for(plain: &str) -> Option<(&'static str, &'static str)> {
    // Also words for much else: "as text" is a format, "my text messages" are none.
    const VAGUE: [&str; 4] = ["table", "text", "plain", "md"];
    let mut named: Option<(&'static str, &'static str)> = None;
    let mut after = 0;
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    for at in 0..words.len() {
        let before = words.get(..at).unwrap_or_default();
        let led = before.last().copied().unwrap_or_default();
        let found = FORMATS.iter().find(|(names, ..)| {
            names.iter().any(|name| {
                let vague = VAGUE.contains(name) && !["as", "in", "to", "into", "a", "plain"].contains(&led);
                let parts: Vec<&str> = name.split([' ']).collect();
                !vague && words.get(at..).is_some_and(|rest| rest.starts_with(&parts))
            })
        });
        let denied = before.iter().rev().take(3).any(|word| ["not", "than", "without"].contains(word));
        let Some((_, format, extension)) = found.filter(|_| !denied) else { continue };
        let between = words.get(after..at).unwrap_or_default().join(" ");
        if named.is_none() || REPAIRED.as_ref().is_some_and(|repaired| repaired.is_match(&between)) {
            named = Some((format, extension));
        }
        after = at + 1;
    }
    named
}

fn ask(what: &str) -> Reply {
    Reply::ask("export", "write", "format", "In which format: CSV, Markdown, HTML, text or JSON Lines?")
        .among(["csv", "markdown", "html", "text", "jsonl"].map(str::to_owned).to_vec())
        .knowing("what", what)
}

fn named(said: &str) -> Option<(&'static str, &'static str)> {
    let said = said.trim().to_lowercase();
    let found = FORMATS.iter().find(|(names, ..)| names.contains(&said.as_str()))?;
    Some((found.1, found.2))
}

fn export(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = found.text(&["what"]).unwrap_or_default();
    let Some(said) = found.text(&["format"]) else {
        // A remark may follow it: "export the conversation in CSV format, my manager is asking".
        let inside = IN_FORMAT.as_ref().and_then(|format| format.captures(&what));
        let format = inside.as_ref().and_then(|inside| named(&inside["format"]));
        let before = inside.as_ref().and_then(|inside| what.get(..inside.get(0)?.start()));
        return match (format, before) {
            (Some(format), Some(before)) => write(turn, before, format),
            _ => Some(ask(&what)),
        };
    };
    // "As markdown, I have to mail it": the comma is gone by now.
    let told = said.split_once(' ').filter(|(_, rest)| {
        ["i ", "i'", "we ", "my ", "he ", "she ", "they ", "it ", "because ", "so ", "for ", "please"]
            .iter()
            .any(|lead| rest.to_lowercase().starts_with(lead))
    });
    match named(&said).or_else(|| named(told?.0)) {
        Some(format) => write(turn, &what, format),
        None if what.is_empty() => None,
        None => Some(Reply { text: format!("I can't write “{said}”. {}", ask("").text), ..ask(&what) }),
    }
}

/// "Save this as a text file" is one; "save this as it is" is not.
fn export_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    named(&found.text(&["format"])?)?;
    export(turn, found)
}

/// "Make a csv of our chat", and not of the guests.
fn export_talk(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let what = found.text(&["what"])?.to_lowercase();
    let talk = [
        "chat",
        "conversation",
        "talk",
        "message",
        "everything",
        "histor",
        "log",
        "journal",
        "transcript",
        "said",
        "wrote",
    ];
    if talk.iter().any(|word| what.contains(word)) { export_known(turn, found) } else { None }
}

/// "Put it all in the table" may be meant of anything else.
fn export_put(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    // "Show my notes and then export the chat" is more than this.
    if found.text(&["what"]).is_some_and(|what| what.contains(" and then ")) {
        return None;
    }
    let format = found.text(&["format"])?.to_lowercase();
    let vague = ["table", "plain", "text", "a text"].contains(&format.as_str());
    if vague { export_said(turn, found) } else { export_known(turn, found) }
}

/// What tells to export, and names what: "save everything" may be meant of anything else.
fn export_said(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let whole = found.whole().to_lowercase();
    let talk = [
        "chat",
        "conversation",
        "talks",
        "messages",
        "we've said",
        "i've said",
        "we said",
        "told you",
        "logs",
        "histor",
    ];
    let exports = [
        "export",
        "download",
        "downlaod",
        "back up",
        "backup",
        "csv",
        "save",
        "dump",
        "text file",
        "as text",
        "put",
        "archive",
    ];
    let of = |words: &[&str]| words.iter().any(|word| whole.contains(word));
    if !of(&talk) || !of(&exports) {
        return None;
    }
    match found.text(&["format"]) {
        Some(_) => export_known(turn, found),
        None => export(turn, found),
    }
}

fn write(
    turn: &mut Turn<'_>,
    what: &str,
    (format, extension): (&'static str, &'static str),
) -> Option<Reply> {
    let lower = what.to_lowercase();
    let all = [
        "everything",
        "data",
        "all ",
        "conversations",
        "chats",
        "messages",
        "history",
        "logs",
        "journal",
        "days",
    ];
    let whole = lower == "all" || all.iter().any(|word| lower.contains(word));
    let (rest, stretch) = when(turn, what);
    let whole = whole || stretch.is_some() && rest.trim().is_empty();
    let name = match &stretch {
        Some(stretch) => stretch.name.clone(),
        None if whole => "everything".to_owned(),
        None => "conversation".to_owned(),
    };
    let wish = Wish {
        format,
        extension,
        conversation: (!whole).then_some(turn.conversation),
        within: stretch.as_ref().map_or(ALWAYS, |stretch| stretch.within.clone()),
        name: format!("Sotto {} {name}", turn.now.date()).replace(['/', ':', '\\'], "-"),
    };
    let written = match (turn.scene.export)(&wish) {
        Ok(written) => written,
        Err(error) => {
            return Some(Reply::say(format!("{}.", capital(error.to_string().trim_end_matches('.')))));
        }
    };
    let path = written.path.display().to_string();
    Some(
        Reply::say(format!("Wrote {} to {path}.", count(written.messages as i64, "message")))
            .did("export", "write")
            .with("format", format)
            .with("path", path)
            .with("count", written.messages),
    )
}

/// The time in "today's chat", "the chat of last week", "this week's messages".
fn when(turn: &Turn<'_>, what: &str) -> (String, Option<stretch::Stretch>) {
    let plain = what.replace("'s", "").replace('’', "");
    let nouns =
        ["chat", "conversation", "messages", "log", "history", "discussion", "transcript", "of", "from"];
    let words: Vec<&str> = plain.split(' ').collect();
    // The time may stand before or after what it is the time of.
    for cut in (1..=words.len()).rev() {
        let (head, tail) = (words.get(..cut).unwrap_or_default(), words.get(cut..).unwrap_or_default());
        if !tail.iter().all(|word| nouns.contains(&word.trim_end_matches('s')) || nouns.contains(word)) {
            continue;
        }
        let (rest, stretch) = stretch::split(turn, &head.join(" "));
        if stretch.is_some() {
            return (format!("{rest} {}", tail.join(" ")), stretch);
        }
    }
    (what.to_owned(), None)
}
