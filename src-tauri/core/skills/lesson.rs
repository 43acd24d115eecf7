//! What is to be answered to what, in whatever words it is taught.

use regex::Captures;

use super::reading::{pattern, tidy};

/// What will be said, and what is to be answered, if that was told too.
pub(super) struct Lesson {
    pub what: String,
    pub text: Option<String>,
}

/// When it will be said, up to what that is.
const CUE: &str = r"\b(?:when(?:s|ever|ver|eva)?|wen|if|every ?time|each time|any ?time|next time|the moment|as soon as|once|in case|should|where) (?:that )?(?:[\pL'’]+ ){1,4}?(?:says?|said|saying|asks?|types?|writes?|tells? you|goes?|shouts?|yells?|texts?|sends?|enters?|calls? out|greets? you with|puts?|mentions?|(?:hears?|sees?|reads?)(?: (?:me|us|him|her|them|someone) (?:say(?:ing)?|typ(?:e|ing)|writ(?:e|ing)))?)(?: to)?(?: you)?(?: the words?| something like)?[:,]? ";
/// That it is to be answered, up to the answer.
const ANSWER: &str = r"(?:an(?:s|w|sw|ws|se|z)+er|reply|repl[iy]|respond|say|come back|write|tell (?:me|them|him|her)|shout|return|give me|react|type|call out|greet (?:me|them|him|her)|sing|whisper|yell|hear)(?:ed|s|ing)?(?: (?:me|them|him|her|us|back))?(?: back)?(?: with| that| of| by saying)?";
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
    GETS,
    r"(?is)(?:^|[,:;] )(?<what>[^,:;]+?) (?:gets|deserves|calls for|earns|triggers|should get|must get|means) (?:(?:the|an?|this|my|your) )*(?:answer|reply|response)[:,]? (?<text>.+)$"
);
// "I say tic, you say tac"
pattern!(
    SAY_SAY,
    &format!(
        r"(?is)\b(?:i|we|they|he|she|someone) (?:says?|asks?|types?|writes?|shouts?)[:,]? (?<what>.+?),?(?: and)?(?: then)? you (?:{PLEASE})*{ANSWER}[:,]? (?<text>.+)$"
    )
);
pattern!(
    STILL_TO_COME,
    &format!(
        r"(?is)^.*(?:{CUE}|\b(?:answer|reply|replies|respond|response|say|react)s? (?:to|for) )(?<what>[^,.;:]+)$"
    )
);
pattern!(
    AFTER,
    r"(?i)(?:(?:[,.!]* (?:please|pls|will you|would you|if you (?:can|would))|[,.!?]+ (?:ok|okay|got it|got that|thanks|thank you|cheers|alright|all right|deal|understood|yeah))[?.! ]*)+$"
);
pattern!(LEAD, r"(?i)^(?:(?:the words? |the phrase |something like )|[:,] ?)+");

// "Wagwan, u gotta": who is to answer.
pattern!(
    DUTY,
    r"(?i)[,;:.!?-] ?(?:then |and |so )*(?:u|you|ya|please|pls|i|i'd|i'll|it|just|your|the)\b(?:.{0,20}\b(?:gotta|got|have|has|should|must|need|want|like|ought|better|to|please|is|can|could)\b)"
);
pattern!(
    ASKED_LAST,
    &format!(
        r"(?is)^.{{8,}}[.;!?] (?:(?:so|and|then|now|ok|okay|right)[, ]+)*(?:(?:please|pls|just|always|you|can|could|will|would|should|must|i|i'd|want|like|to|from now on|in future),? )*{ANSWER}[:,]? (?<text>.+)$"
    )
);

/// Whether the words hold more than what will be said: who is to answer to it.
pub(super) fn says_who_answers(what: &str) -> bool {
    DUTY.as_ref().is_some_and(|duty| duty.is_match(what))
}

/// Of an answer with a sentence before it, what the last one asks for: "you can learn replies. So please answer yes".
pub(super) fn last_asked(answer: &str) -> &str {
    let asked = ASKED_LAST.as_ref().and_then(|asked| asked.captures(answer)?.name("text"));
    asked.map_or(answer, |text| text.as_str())
}

/// What a message teaches; `None` where it does not even tell what will be said.
pub(super) fn found(text: &str) -> Option<Lesson> {
    let text = tidy(text);
    let text = AFTER.as_ref().map_or(text.as_str().into(), |after| after.replace(&text, ""));
    let ways = [&WHEN_ANSWER, &ANSWER_WHEN, &TO_ANSWER, &ANSWER_TO, &ANSWER_WITH, &GETS, &SAY_SAY];
    let taught = ways.into_iter().find_map(|way| {
        let found = way.as_ref()?.captures(&text)?;
        let (what, answer) = (told(&found, "what")?, told(&found, "text")?);
        let answer = last_asked(&answer).to_owned();
        Some(Lesson { what: what.trim_end_matches('.').to_owned(), text: Some(answer) })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_found_in_any_words() {
        for (said, what, text) in [
            (
                "I'd like a reply of \"aye aye\" every time I say \"captain on deck\"",
                "captain on deck",
                "aye aye",
            ),
            (
                "when the kids shout who let the dogs out you reply woof woof woof",
                "who let the dogs out",
                "woof woof woof",
            ),
            ("here's a new one: I say abra, you say cadabra", "abra", "cadabra"),
            ("let's do this: I write tic and you write tac", "tic", "tac"),
            (
                "could you learn to respond \"no thank you\" whenever I ask \"more cake\"",
                "more cake",
                "no thank you",
            ),
            (
                "If my grandson types \"who rules\", the only correct reply is \"Leo rules\"",
                "who rules",
                "Leo rules",
            ),
            ("please answer 'meow' when I call out 'here kitty'", "here kitty", "meow"),
            ("anytime someone says good game, you reply with well played", "good game", "well played"),
            ("I want you to remember a response: for \"status\" reply \"all quiet\"", "status", "all quiet"),
            ("as soon as I say lights out answer sleep tight my dear", "lights out", "sleep tight my dear"),
            ("next time I say ping you say pong", "ping", "pong"),
            ("from now on answer wagwan with all good bruv", "wagwan", "all good bruv"),
            ("I want you to say sláinte whenever I say cheers", "cheers", "sláinte"),
            ("learn this please: to \"up up\" the answer is \"cronulla\"", "up up", "cronulla"),
            ("when i say good girl anwser woof", "good girl", "woof"),
            ("should I say \"roger\", please respond with \"over and out\"", "roger", "over and out"),
            (
                "every time I say come on you reds I want you to answer up the Cliftonville",
                "come on you reds",
                "up the Cliftonville",
            ),
            ("From now on the answer to \"who's the boss\" is \"Mum\"", "who's the boss", "Mum"),
            ("teach yourself to say slán abhaile when i say im off home", "im off home", "slán abhaile"),
            ("My little one would love it if you answered roar whenever she says dino", "dino", "roar"),
            ("when I say what's the time, answer time for tea, okay?", "what's the time", "time for tea"),
            ("new rule, \"beep\" gets the answer \"boop\"", "beep", "boop"),
            ("your response to hip hip should be hooray", "hip hip", "hooray"),
            ("if you hear me say checkmate you must reply good game", "checkmate", "good game"),
            ("on hearing the word banana, respond with minions unite", "banana", "minions unite"),
            ("when I greet you with namaste ji you say pranam", "namaste ji", "pranam"),
            ("can you respond yes chef when I say service", "service", "yes chef"),
            (
                "when i say night night i want to hear don't let the bedbugs bite",
                "night night",
                "don't let the bedbugs bite",
            ),
        ] {
            let lesson = found(said).map(|lesson| (lesson.what, lesson.text));
            assert_eq!(lesson, Some((what.to_owned(), Some(text.to_owned()))), "{said}");
        }
        for (said, what) in [
            ("I want to teach you what to say when I type good night", "good night"),
            ("i'd like to teach you an answer to \"good yontif\"", "good yontif"),
            ("I want to teach you what to answer to bingo", "bingo"),
            ("learn a new reply for hey bestie", "hey bestie"),
        ] {
            let lesson = found(said).map(|lesson| (lesson.what, lesson.text));
            assert_eq!(lesson, Some((what.to_owned(), None)), "{said}");
        }
        for said in ["I want to teach you something", "learn a new answer", "let me teach you a trick"] {
            assert!(found(said).is_none(), "{said}");
        }
    }
}
