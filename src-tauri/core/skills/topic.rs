//! What a question about earlier messages is about, in whatever words it is asked: "the plumber's at the door, what did
//! I say about the noise" is about the noise.

use super::reading::pattern;

/// Words that ask, and name nothing by themselves.
const ASKING: &str = "\
    a an the i i've i'd i'll i'm ive im my me mine myself you you've you'd your yours yourself u ya we we've \
    we'd our us it its it's he she they them him her his their theirs that that's this these those there there's \
    here what what's whats when when's whens where where's which who who's whose whom why how how's did do does \
    doing done have has had having haven't hasn't hadn't didn't don't doesn't dont didnt havent am is are was \
    were be been being isn't wasn't can could would will shall should may might must cannot can't couldn't won't \
    wouldn't and or but so if whether as than then not no nor to for from at by in into on onto of off out up \
    with within without about over through thru throughout during regarding concerning re around across between \
    among per any anything anyone some something someone every everything each all whatever please pls plz \
    kindly thanks thank cheers ta hey hi hello ok okay well um uh oh just really actually honestly exactly \
    quickly quick kind sort like lol haha sotto mate lad love friend buddy pal dear bro dude lah yaar eh innit \
    wee bit ask asking asked let let's lets go going goes went gone get got gets getting give gives giving gave \
    want wants wanted need needs wish wonder wondering curious help remember recall remind reminds forget forgot \
    forgotten know knows knew think thinks thought believe reckon swear sure honest never always still ever \
    already again once twice before recently lately often frequently much many most more least far ago long \
    while ages since until till now right yet even only very also too else together altogether apparently \
    possibly maybe perhaps definitely certainly constantly forever same other different own whole entire";

/// Words that ask about what was said; such a word may also be what it was about: "the last train", "chat".
const SAYING: &str = "\
    say says said saying tell tells told telling mention mentions mentioned mentioning talk talks talked talking \
    speak speaks spoke spoken speaking write writes wrote written writing type types typed typing chat chats \
    chatted chatting discuss discussed discussing bring brings brought bringing come comes came coming crop \
    crops cropped pop pops popped appear appears appeared appearing note noted complain complained complaining \
    moan moans moaned moaning whinge whinged rant ranted vent vented bang banging banged rave raved describe \
    described express expressed refer refers referred touch touched raise raised share shared post posted send \
    sent confess confessed use used using word words phrase name names term topic subject matter thing things \
    stuff part parts place message messages msg msgs text texts conversation conversations history log logs \
    entry entries archive record records journal diary line lines passage quote quotes statement remark remarks \
    comment comments thoughts opinion number count counted counting times time occasion occasions total tally \
    day days date moment year minute first firstly last latest earliest newest oldest recent original originally \
    initially initial start starts started starting begin begins began begun beginning back earlier previous \
    previously past old search searched searching find found finding look looks looked looking dig digs pull \
    pulls show shows showing see seen check checking hunt fetch retrieve locate scan scroll browse list read \
    reads reading display point answer question tag mood wise somewhere anywhere further containing \
    contains contain include includes including featuring featured keep keeps kept keeping happen \
    happened";

/// Words right before what was spoken of.
const LEADS: &str = "\
    about of on regarding concerning mention mentions mentioned mentioning word words phrase name for over re \
    subject topic with containing contains contain discuss discussed describe described bring brought around up \
    using including include search called say said";

/// Words that may stand between such a lead and what it leads to.
const BETWEEN: &str = "the a an my our your his her their its this that these those some any of to";

/// Words that belong to a verb before them: "moving out".
const PARTICLES: &str = "out off up down away back";

/// Words within what was spoken of: "the leak in the attic".
const WITHIN: &str = "the a an my our in at of on and to from for with by";

/// How much speaks for a phrase's being what was spoken of: that messages hold it, or a part of it, that a word led to
/// it, that it stands where saying is spoken of, or in the question itself, that it is quoted.
const HELD: u32 = 8;
const HELD_IN_PART: u32 = 6;
const LED: u32 = 5;
const ASKED: u32 = 3;
const INQUIRED: u32 = 2;
const QUOTED: u32 = 9;

/// How many words of a phrase are looked at.
const LONGEST: usize = 6;

// "What did I say about it", as a message that was itself a question about messages.
pattern!(
    QUESTION,
    r"(?i)\b(?:did|have|had|do|was|were|am) (?:i|we)\b.*\b(?:say|saying|said|mention(?:ed|ing)?|t[eo]ll?|told|telling|talk(?:ed|ing)?|sp[eo]ken?|speaking|write|writing|wrote|written|typed?|brought|bring|on about)\b|\b(?:search|find|show|dig|pull|look|count|number|how (?:many|often))\b.*\b(?:messages?|chats?|conversations?|i (?:said|wrote|told|mentioned|typed|talked)|i've (?:said|written|told|mentioned))\b|\b(?:first|last) time (?:i|we)\b.*\bwhen\b"
);

/// Whether a message asks for messages.
pub(super) fn asked_in(text: &str) -> bool {
    QUESTION.as_ref().is_some_and(|question| question.is_match(text))
}

/// A word of the message.
struct Word<'t> {
    text: &'t str,
    plain: String,
    /// The clause that it stands in, by number.
    clause: usize,
}

fn is(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| known == word)
}

impl Word<'_> {
    fn names(&self) -> bool {
        !is(ASKING, &self.plain) && !is(SAYING, &self.plain)
    }
}

fn split(text: &str) -> Vec<Word<'_>> {
    let mut clause = 0;
    let words = text.split_whitespace().filter_map(|word| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let of = clause;
        if word.ends_with([',', '.', ';', ':', '!', '?', '…', ')']) || core.is_empty() {
            clause += 1;
        }
        let plain = core.to_lowercase();
        (!core.is_empty()).then_some(Word { text: core, plain, clause: of })
    });
    words.collect()
}

/// What a question is about; `held` tells whether messages hold a phrase.
pub(super) fn of(text: &str, held: &dyn Fn(&str) -> bool) -> Option<String> {
    let words = split(text);
    let mut best: Option<(u32, String)> = None;
    let mut keep = |points: u32, phrase: String| {
        if best.as_ref().is_none_or(|(most, _)| points >= *most) {
            best = Some((points, phrase));
        }
    };
    for run in runs(&words) {
        let Some(part) = words.get(run.clone()) else { continue };
        let Some(clause) = part.first().map(|first| first.clause) else { continue };
        let asks = words.iter().any(|word| word.clause == clause && is(SAYING, &word.plain));
        let before = words.get(..run.start).unwrap_or_default().iter().rev();
        let lead = before
            .take_while(|word| word.clause == clause)
            .find(|word| !is(BETWEEN, &word.plain) || is("of", &word.plain));
        let led = lead.is_some_and(|word| is(LEADS, &word.plain));
        let points = if asks { ASKED } else { 0 }
            + if led { LED } else { 0 }
            + if inquires(&words, clause) { INQUIRED } else { 0 };
        let (holds, phrase) = told_of(part, held);
        keep(points + holds, phrase);
    }
    for quoted in text.split('"').skip(1).step_by(2).map(str::trim).filter(|quoted| !quoted.is_empty()) {
        keep(QUOTED + if held(quoted) { HELD } else { 0 }, quoted.to_owned());
    }
    best.map(|(_, phrase)| phrase)
}

/// Whether a clause is the question itself: "did I", "have we", "find".
fn inquires(words: &[Word<'_>], clause: usize) -> bool {
    const AUXILIARY: &str = "did do have had was were am haven't didn't hadn't";
    const SEEK: &str = "find search show look dig pull count bring fetch check";
    let of = |word: &&Word<'_>| word.clause == clause;
    let begins = words.iter().find(of).is_some_and(|word| is(SEEK, &word.plain));
    let turned = words.windows(2).any(|pair| match pair {
        [verb, who] => of(&verb) && is(AUXILIARY, &verb.plain) && is("i we", &who.plain),
        _ => false,
    });
    begins || turned
}

/// Where in the message the phrases are that name something.
fn runs(words: &[Word<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let of_verb = is(PARTICLES, &word.plain)
            && before.is_some_and(|verb| {
                verb.clause == word.clause && verb.plain.ends_with("ing") && verb.names()
            });
        if !(word.names() || of_verb || led_to(words, at)) {
            continue;
        }
        if let Some(run) = runs.last_mut()
            && let Some(between) = words.get(run.end..at)
            && between.len() <= 2
            && between.iter().all(|word| is(WITHIN, &word.plain))
            && words.get(run.start).is_some_and(|first| first.clause == word.clause)
        {
            run.end = at + 1;
        } else {
            runs.push(at..at + 1);
        }
    }
    runs
}

/// Whether a word that else belongs to the question is what it asks about: "about the chat", "about the last train".
fn led_to(words: &[Word<'_>], at: usize) -> bool {
    const ABOUT: &str = "about regarding concerning mentioned mention word";
    const HOW: &str = "first last latest ever before back earlier previously recent recently past time times";
    let Some(word) = words.get(at) else { return false };
    let near = |other: &&Word<'_>| other.clause == word.clause;
    let next = words.get(at + 1).filter(near).is_some_and(Word::names);
    let mut before = words.get(..at).unwrap_or_default().iter().rev().take_while(near);
    let lead = before.find(|word| !is(BETWEEN, &word.plain));
    // "About my back", but "mentioned back then".
    let noun = at
        .checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|word| is("my the a", &word.plain));
    let adverb = !noun && is(HOW, &word.plain) || word.plain.ends_with("ing");
    // "About my friend", who else is being spoken to.
    let may_name = is(SAYING, &word.plain) || is("love friend friends mate lad pal buddy help", &word.plain);
    may_name && lead.is_some_and(|lead| is(ABOUT, &lead.plain)) && (next || !adverb)
}

/// The longest part of a phrase that messages hold, or the phrase as it begins, and how much that speaks for it.
fn told_of(part: &[Word<'_>], held: &dyn Fn(&str) -> bool) -> (u32, String) {
    let part = part.get(..LONGEST).unwrap_or(part);
    let joined = |words: &[Word<'_>]| words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    for length in (1..=part.len()).rev() {
        let ends_named = |words: &&[Word<'_>]| {
            let named = |word: Option<&Word<'_>>| word.is_some_and(|word| !is(WITHIN, &word.plain));
            named(words.first()) && named(words.last())
        };
        if let Some(words) = part.windows(length).filter(ends_named).find(|words| held(&joined(words))) {
            return (if length == part.len() { HELD } else { HELD_IN_PART }, joined(words));
        }
    }
    (0, joined(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: [&str; 8] = [
        "the boiler made a strange noise again",
        "I talked to Anna about the holiday in Crete",
        "my sister Ruth broke her wrist on the ice",
        "the new job at the bakery starts on Monday",
        "we finally found a puppy at the shelter",
        "I had an argument with the neighbour about parking",
        "the last train was late and my back hurts",
        "I am thinking of moving out",
    ];

    fn held(phrase: &str) -> bool {
        let told = |message: &&str| {
            let message = message.to_lowercase();
            phrase
                .to_lowercase()
                .split(' ')
                .all(|word| message.split(' ').any(|other| other.starts_with(word)))
        };
        TOLD.iter().any(told)
    }

    #[test]
    fn a_question_is_about_what_was_spoken_of() {
        for (asked, topic) in [
            (
                "I'm on the phone to the gas people, what did I tell you regarding that boiler of ours",
                "boiler",
            ),
            ("my sister wants to know if I ever wrote anything about her wrist", "wrist"),
            ("Would you mind looking back for the bit on the puppy?", "puppy"),
            ("parking row with next door, find me what I wrote", "parking"),
            ("where did I put that stuff about Crete in our chat", "Crete"),
            ("Trying to remember the story I told you of Ruth, could you bring it back up", "Ruth"),
            ("have we ever spoken of the bakery, you and me?", "bakery"),
            ("i'd written something on the neighbour, dig it up for me will you", "neighbour"),
            ("scroll up and find the message with the word shelter in it", "shelter"),
            ("did the subject of my wrist ever come up between us", "wrist"),
            ("what was my take on the new job", "new job"),
            ("give me all messages that contain \"strange noise\"", "strange noise"),
            ("It's been a while I think, but when did the puppy last come up", "puppy"),
            ("latest message about the boiler, when did I send it", "boiler"),
            ("my doctor wonders when the wrist trouble first appeared in my messages", "wrist"),
            ("go back to the beginning: when did I start talking about the bakery", "bakery"),
            ("the earliest I ever mentioned a puppy to you, when?", "puppy"),
            ("am I boring you with Crete? how many times did I bring it up", "Crete"),
            ("how frequently do I write about my neighbour", "neighbour"),
            ("I've a feeling I talk about work too much. Count how often I say bakery", "bakery"),
            ("the landlord's outside, did I ever mention the noise?", "noise"),
            ("what have I said about the last train", "last train"),
            ("did I tell you about my back", "back"),
            ("what did I say about my friend", "friend"),
            ("when did I last mention Anna, friend", "Anna"),
            ("have I spoken of moving out", "moving out"),
            ("any idea what I said when the puppy came", "puppy"),
            ("when last did I speak about Zanzibar", "Zanzibar"),
            ("have I ever told you about my accordion lessons", "accordion lessons"),
            ("quick, customs are asking, what did I say about the carnet", "carnet"),
            ("how many times did the word sorry appear in my texts", "sorry"),
            ("when did I first tell you I was pregnant", "pregnant"),
            ("what was that thing I said the other day concerning Bilal's wedding", "Bilal's wedding"),
            ("can you find the recipe for gumbo I sent you", "recipe for gumbo"),
            ("tell me what I wrote re the council tax", "council tax"),
            ("How often have I been complaining about being tired", "tired"),
            ("where did I say I parked the car", "parked the car"),
            ("When did I last mention Crete? My wife says I never talk about my sister", "Crete"),
            ("I need the exact words I used about the neighbour for the council", "neighbour"),
            ("anything in here from me on puppies", "puppies"),
            ("have I been going on about Anna again lately", "Anna"),
            ("number of messages with parking in them", "parking"),
            ("what did I call the puppy", "puppy"),
            ("show me where Ruth is mentioned", "Ruth"),
            ("Anna - what did I say about her last time?", "Anna"),
            ("how long since the shelter was mentioned", "shelter"),
            ("did I tell you yet that my wrist hurts", "wrist"),
            ("remind me of my words about Kofi's party please", "Kofi's party"),
            ("was there anything I wrote about insomnia", "insomnia"),
            ("what's the first message with the word puppy", "puppy"),
            ("I said something funny about pigeons the other week, what was it", "pigeons"),
            ("since when do I complain about the bakery", "bakery"),
        ] {
            assert_eq!(of(asked, &held).as_deref(), Some(topic), "{asked}");
        }
    }

    #[test]
    fn a_question_that_names_nothing_is_about_nothing() {
        for asked in ["when did I last write to you", "what have I been saying", "find it again please"] {
            assert_eq!(of(asked, &held), None, "{asked}");
        }
    }
}
