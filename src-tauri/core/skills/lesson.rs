//! What is to be answered to what, in whatever words it is taught.

use regex::Captures;

use super::reading::{pattern, tidy};

/// What will be said, and what is to be answered, if that was told too.
pub(super) struct Lesson {
    pub what: String,
    pub text: Option<String>,
}

/// When it will be said, up to what that is.
const CUE: &str = r"\b(?:when(?:s|ever|ver|eva)?|wen|if|every ?time|each time|any ?time|next time|the moment|as soon as|once|in case|should|where) (?:that )?(?:[\pL'’]+ ){1,4}?(?:says?|said|saying|asks?|types?|writes?|tells? you|goes?|shouts?|yells?|texts?|sends?|enters?|calls? out|greets? you with|puts?|hears?|sees?|reads?|mentions?)(?: to)?(?: you)?(?: the words?| something like)?[:,]? ";
/// That it is to be answered, up to the answer.
const ANSWER: &str = r"(?:an(?:s|w|sw|ws|se|z)+er|reply|repl[iy]|respond|say|come back|write|tell (?:me|them|him|her)|shout|return|give me|react|type|call out|greet (?:me|them|him|her)|sing|whisper|yell)(?:ed|s|ing)?(?: (?:me|them|him|her|us|back))?(?: back)?(?: with| that| by saying)?";
/// Whose answer it is, as something that is to be such.
const IS: &str = r"(?:(?:the|your|my|a|good|right|correct|proper|only|new) )*(?:answer|anwser|reply|response|comeback)(?: to (?:that|it))? (?:(?:should|must|shall|will|has to|needs to|is|was|ought to|to|always|now|be|be:|would)[:,]? ?)+";
const PLEASE: &str = r"(?:[,:;.!—-]|then|so|and|you|u|please|pls|just|simply|always|must|should|shall|will|have|has|need|are|to|can|gotta|got|i|i'd|want|like|would|expect|me|only|that|it's time|from now on|in future) ?";

pattern!(
    WHEN_ANSWER,
    &format!(r"(?is){CUE}(?<what>.+?)[ ,:;.!?…—-]+(?:{PLEASE})*(?:{ANSWER}|{IS})[:,]? ?(?<text>.+)$")
);
pattern!(ANSWER_WHEN, &format!(r"(?is)\b(?:{ANSWER}|{IS})[:,]? ?(?<text>.+?),? {CUE}(?<what>.+)$"));
pattern!(
    TO_ANSWER,
    &format!(
        r"(?is)(?:^|[,:;.!—-] |\b(?:that|on|please|this|yourself) )(?:to|for|on hearing) (?<what>.+?)[ ,:;—-]+(?:{PLEASE})*(?:{ANSWER}|{IS})[:,]? ?(?<text>.+)$"
    )
);
pattern!(
    ANSWER_TO,
    r"(?is)\b(?:answer|anwser|reply|response|comeback)s? (?:to|for) (?<what>.+?),? (?:is|are|=|(?:should|must|shall|will|has to|needs to|ought to)(?: always| now)? be)(?: always| now)?[:,]? (?<text>.+)$"
);
pattern!(
    ANSWER_WITH,
    r"(?is)\b(?:answer|anwser|reply to|respond to|react to|greet|meet|return)s? (?<what>.+?) (?:with|by saying|by answering)[:,]? (?<text>.+)$"
);
pattern!(
    STILL_TO_COME,
    &format!(
        r"(?is)\b(?:teach|learn|train|answer|reply|respond|response|say)\b.*?(?:{CUE}|\b(?:to|for) (?:the words? )?)(?<what>[^,.;:]+)$"
    )
);
pattern!(
    AFTER,
    r"(?i)(?:(?:[,.!]* (?:please|pls|will you|would you|if you (?:can|would))|[,.!?]+ (?:ok|okay|got it|got that|thanks|thank you|cheers|alright|all right|deal|understood|yeah))[?.! ]*)+$"
);
pattern!(LEAD, r"(?i)^(?:(?:the words? |the phrase |something like )|[:,] ?)+");

/// What a message teaches; `None` where it does not even tell what will be said.
pub(super) fn found(text: &str) -> Option<Lesson> {
    let text = tidy(text);
    let text = AFTER.as_ref().map_or(text.as_str().into(), |after| after.replace(&text, ""));
    let ways = [&WHEN_ANSWER, &ANSWER_WHEN, &TO_ANSWER, &ANSWER_TO, &ANSWER_WITH];
    let taught = ways.into_iter().find_map(|way| {
        let found = way.as_ref()?.captures(&text)?;
        let (what, answer) = (told(&found, "what")?, told(&found, "text")?);
        Some(Lesson { what, text: Some(answer) })
    });
    taught.or_else(|| {
        let found = STILL_TO_COME.as_ref()?.captures(&text)?;
        Some(Lesson { what: told(&found, "what")?, text: None })
    })
}

/// What was caught, without quotes around it; of something quoted, only what stands in the quotes.
fn told(found: &Captures<'_>, name: &str) -> Option<String> {
    let said = found.name(name)?.as_str().trim();
    let said = LEAD.as_ref().map_or(said.into(), |lead| lead.replace(said, ""));
    let quoted = ['"', '\''].into_iter().find_map(|mark| {
        let inside = said.strip_prefix(mark)?;
        let ends = inside
            .match_indices(mark)
            .map(|(end, _)| end)
            .find(|end| inside.get(end + 1..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
        inside.get(..ends)
    });
    let said = quoted.unwrap_or(&said).trim_matches(['"', ' ', ',', ':', ';']);
    (!said.is_empty()).then(|| said.to_owned())
}
