//! Tells the time, here or in a city that has a time zone of its own.

mod wanted;

use std::sync::LazyLock;

use jiff::tz::{self, TimeZone};

use super::Skill;
use super::filled::Marks;
use super::grammar::{Act, Found, Grammar};
use super::reading::{TIME, pattern};
use super::schedule::moment;
use super::turn::{Reply, Turn};
use super::wording::capital;

pub(super) struct Time;

/// How the time is asked for.
const WHAT_TIME: &str = r"(?:(?:(?:can|could) you )?(?:tell me |do you know |any idea )?(?:what(?:'s|s| is)?(?: the)?(?: local| current| exact| actual)? (?:time|clock)(?:(?: is| would| will| does|'s|'ll|'d)(?: it| that| this| they| he| she)?(?: be| make it| have| show)?| it is| it'll be| it would be| do they have| have they got)?(?: on the clocks?)?|how late (?:is it|it is|would it be|will it be)|(?:what|which) hour (?:is it|would that be|is that)|(?:check|tell me|give me|get me|look up|see|find out|show me|i need|need|i want)(?: me)? (?:the|what) (?:local |current |exact |right )?time(?: it is| is it| is)?))";
/// What asks for the time that belongs to another, and not for the present.
const THAT_TIME: &str = r"(?:(?:so |and |then )*(?:what|which)(?:'s|s| is)?(?: the)?(?: local)? (?:time|hour|clock)?(?: (?:is|would|will|does|'s|'ll|'d))? ?(?:that|this|it be|that be|be)(?: be)?|when(?:'s|s| is| would| will) (?:that|this|it)(?: be)?|how late (?:is|would|will) that(?: be)?)";
const NOW: &str = r"(?: (?:right now|now|at the moment|at the minute|at present|currently|at this moment|at this very moment|just now|right this minute|today|over there|there|already|these days|please|yet|still))*";
const CITY: &str = r"[\p{L} .'’-]+?";
const HERE: &str = r"(?: (?:here|over here|our time|my time|local time|for me|for us|our side|at our end|where i am|in my time zone|in my timezone))";
/// A part of the day, asked about there.
const PART: &str = r"(?:(?:the )?(?:middle of the|early|late|mid|already|still|now) )*(?:in the )?(?:morning|night|day|daytime|daylight|night ?time|afternoon|evening|midnight|noon|late|early|dark|light|bedtime)";

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] = &[
        (
            r"(?:(?:tell me )?what(?:'s| is)?|tell me|do you (?:know|have|happen to (?:know|have))|have you(?: got)?|you got|you have|give me|got|read me|read out|say)(?: the)?(?: current| exact| correct| right)? time(?: is it| it is)?(?: now| here| right now| there| on you| handy| at all| by any chance| to hand)*",
            here,
        ),
        (r"(?:time|the time|what time|what time of (?:the )?day is it)", here),
        (
            r"(?:what(?:'s| is| are)?|tell me|give me)(?: the)? (?:time and (?:the )?(?:date|day)|(?:date|day) and (?:the )?time)(?: is it| please| now)*",
            here_today,
        ),
        (
            r"what(?:'s| is)? (?:the )?(?:current |local )?(?<place>pacific|mountain|central|eastern)(?: standard| daylight)? time(?: zone)?(?: is it)?NOW",
            there,
        ),
        (
            r"what time (?:will it be|is it going to be|was it|would it be|is it|'ll it be|will that be|would that be|is that) (?<when>{t})",
            then,
        ),
        // "If it's 3 in the afternoon here, what's the time in Los Angeles", and the other way round.
        (
            r"(?:if|when|once|while) (?:it(?:'s| is)|the clock says) (?<when>{t})HERE?,? (?:then )?WHAT_TIME(?: over)? (?:in|for|at) (?<place>CITY)NOW",
            elsewhere,
        ),
        (
            r"(?:if|when|once|while) it(?:'s| is) (?<when>{t})(?: (?:over )?(?:in|for) (?<from>CITY)| (?<from2>CITY) time),? (?:then )?WHAT_TIME(?:HERE| (?:in|for|at) (?<place>CITY)NOW)?",
            elsewhere,
        ),
        (
            r"WHAT_TIME(?: over)? (?:in|for|at) (?<place>CITY) (?:when|if|once|while|at) (?:it(?:'s| is) )?(?<when>{t})(?:HERE| (?:over )?in (?<from>CITY)| (?<from2>CITY) time)?",
            elsewhere,
        ),
        (
            r"WHAT_TIMEHERE (?:when|if|once|while) it(?:'s| is) (?<when>{t})(?: (?:over )?in (?<from>CITY)| (?<from2>CITY) time)",
            elsewhere,
        ),
        (
            r"(?:what(?:'s|s| is| would| time is| time would)?|convert|how late is) (?<when>{t})(?:HERE| (?:in )?(?<from>CITY)(?: time)?)?(?: be)? (?:in|to) (?<place>CITY)(?: time)?",
            elsewhere,
        ),
        (
            r"(?:what(?:'s|s| is| would| time is)?|convert) (?<when>{t}) (?:(?:in )?(?<from>CITY) time|in (?<from2>CITY))(?: be)?(?: to| in)?HERE",
            elsewhere,
        ),
        (
            r"(?<when>{t})(?:HERE| (?:in )?(?<from>CITY)(?: time)?)? (?:is|would be|will be) (?:what time|when) (?:in|for) (?<place>CITY)",
            elsewhere,
        ),
        // "I have a call at 4 pm our time. What time is that in Nairobi?"
        (
            r"(?<told>[^\x{E000}]*?)(?<when>{t})(?<said>[^\x{E000}]*?)[,.;:?!]* THAT_TIME(?: over)? (?:in|for (?:people|them|those|everyone|the team|folks) in|for) (?<place>CITY)NOW",
            told_elsewhere,
        ),
        (
            r"(?<told>[^\x{E000}]*?)(?<when>{t})(?<said>[^\x{E000}]*?)[,.;:?!]* THAT_TIME(?: (?:over )?there| for (?:them|him|her)| (?:their|his|her) (?:time|end))",
            told_elsewhere,
        ),
        (r"(?<told>[^\x{E000}]*?)(?<when>{t})(?<said>[^\x{E000}]*?)[,.;:?!]* THAT_TIMEHERE", told_elsewhere),
        (r"WHAT_TIMENOW(?: over)? (?:in|at|for) (?<place>CITY)NOW", there),
        (
            r"(?:(?:what(?:'s|s| is)|tell me|give me|check|show me) )?(?:the )?(?:current |local |exact )?time(?: now)?(?: over)?(?: there)? (?:in|for) (?<place>CITY)NOW",
            there,
        ),
        (
            r"(?:what(?:'s|s| is) |tell me )?(?:the )?(?:current |local )?(?<place>CITY) time(?: now| right now| please)*",
            there_known,
        ),
        // "My son lives in Melbourne, what time is it there?"
        (
            r"(?<told>.+?)[,;.?!:]*(?: and| so| but)? WHAT_TIME(?:NOW (?:over )?there|NOW for (?:them|him|her)|(?:over )? there)NOW",
            told_there,
        ),
        (
            r"(?<told>.+?)[,;.?!:]+ (?:and |so |but )?(?:what |the |local |current |exact |right )*time(?: over| now| right now)? thereNOW",
            told_there,
        ),
        (
            r"(?<told>.+?)[,;.?!:]* (?:and |so |but |or )?(?:is it|would it be|will it be|isn't it) PART(?: over)? thereNOW",
            told_there,
        ),
        (
            r"(?:is it|is now|would it be|will it be) (?:(?:still|already|now) )?(?:(?:too|very|far too) (?:late|early)|ok|okay|all right|alright|fine|a (?:good|bad|decent) time|rude) to (?:call|ring|phone|text|message|facetime|video call|contact|skype|reach)(?: .+?)? in (?<place>CITY)NOW",
            there_known,
        ),
        (
            r"(?:is it|would it be|will it be|it(?:'s| is)|is that) PART(?: over)? (?:in|for) (?<place>CITY)NOW",
            there,
        ),
        (
            r"(?:is|are) (?:they|people|everyone|folks) (?:still |already )?(?:asleep|awake|sleeping|up|in bed)(?: over)? in (?<place>CITY)NOW",
            there,
        ),
        (r"how late is itNOW", here),
        (
            r"(?:what(?:'s|s| is)?|tell me|how (?:big|much|large) is|is there)? ?(?:the |a )?(?:time|hour)s?(?: zone)? difference(?: is there)? (?:between|from) (?<from>CITY) (?:and|to) (?<place>CITY)",
            difference,
        ),
        (
            r"(?:what(?:'s|s| is)?|tell me|how (?:big|much|large) is)? ?(?:the )?(?:time|hour)s? difference (?:to|with) (?<place>CITY)",
            difference,
        ),
        (
            r"(?:what(?:'s|s| is) the|how (?:big is the|many hours'?|much)) (?:difference(?: in (?:time|hours))?|time difference|hours difference)(?: is there| are there| is it)? between (?<from>CITY) (?:and|to) (?<place>CITY)",
            difference,
        ),
        (
            r"how (?:many|much) (?:hours|time)(?: (?:difference|apart|is there|are there|is|are|lie|lies))* between (?<from>CITY) (?:and|to) (?<place>CITY)",
            difference_both,
        ),
        (
            r"how (?:many hours|far|much)(?: (?:in time|apart))? (?:is|are) (?<from>CITY) (?:and|from) (?<place>CITY)(?: apart)?(?: in time| apart| time-wise| timewise)+",
            difference_both,
        ),
        (
            r"(?<when>{t}) (?:in|over in) (?<place>CITY) (?:is|would be|will be|makes|means) (?:what time|when|what|how late)HERE?",
            theirs,
        ),
        (
            r"(?:by )?how (?:many hours|much|far)(?: is| are)?(?: we| i)? ?(?:ahead|behind|in front)(?: of| from)?(?: us| me| here)?(?: is| are|'s) (?<place>CITY)NOW",
            difference_known,
        ),
        (
            r"(?:by )?(?:how (?:many hours|much|far) )?(?:is|are) (?<place>CITY) (?:how (?:many hours|much|far) )?(?:ahead|behind|in front|later|earlier)(?: or (?:ahead|behind|earlier|later))?(?: of| than)?(?: us| me| here| (?<from>CITY))?(?: and by how (?:much|many hours)| or (?:not|behind|ahead|earlier|later))?",
            difference_known,
        ),
        (
            r"(?:by )?how (?:many hours|much|far)(?: ahead| behind)? (?:is|are) (?<place>CITY)(?: ahead| behind)(?: of)?(?: us| me| here| (?<from>CITY))",
            difference,
        ),
        (
            r"(?:by )?how (?:many hours|much|far) (?:ahead|behind)(?: of| from) (?<from>CITY) (?:is|are) (?<place>CITY)",
            difference,
        ),
        (r"how (?:many hours|much|far) (?:ahead|behind)(?: of)? (?<place>CITY) (?:are we|am i)", difference),
        (
            r"(?:what|which) time ?zone (?:is|are|does|do) (?<place>CITY)(?: in| on| use| have| (?:they|you) in)?",
            there,
        ),
        // "And in Nairobi, what's the time?"
        (
            r"(?:(?:and|so|then|now) )*(?:over )?(?:in|for|at) (?<place>CITY)(?: (?:now|then))?[,;:-]* WHAT_TIMENOW",
            there_known,
        ),
        // "Ny is how many hrs behind London?"
        (
            r"(?<place>CITY) (?:is|are|lies?|runs?)(?: by)? how (?:many (?:hours|hrs?)|much|far) (?:ahead|behind|in front|later|earlier)(?: of| than| from)?(?: us| me| here| (?<from>CITY))",
            difference_known,
        ),
    ];
    let parts = [
        ("WHAT_TIME", WHAT_TIME),
        ("THAT_TIME", THAT_TIME),
        ("NOW", NOW),
        ("CITY", CITY),
        ("HERE", HERE),
        ("PART", PART),
    ];
    Grammar::with(&parts, rules)
});

static FOLLOW: LazyLock<Grammar> = LazyLock::new(|| {
    let rules: &[(&str, Act)] =
        &[(r"(?:and|what about|how about|and what about) in (?<place>CITY)", and_there)];
    Grammar::with(&[("CITY", CITY)], rules)
});

impl Skill for Time {
    fn name(&self) -> &'static str {
        "time"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["time", "timezone"]
    }

    fn reports(&self) -> bool {
        true
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn follow(&self) -> Option<&'static Grammar> {
        Some(&FOLLOW)
    }

    fn wanted(&self, turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
        wanted::wanted(turn, verb)
    }

    fn filled(&self, turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        wanted::filled(turn, verb, marks)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let place = turn.analysis.entities.iter().find(|entity| entity.entity == "location");
        Some(match place {
            Some(place) => tell(turn, &place.text),
            None => tell_here(turn),
        })
    }
}

fn here(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell_here(turn))
}

/// "What's the date and time?"
fn here_today(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let text = turn.now.strftime("It is %H:%M on %A, %-d %B %Y.").to_string();
    let date = turn.now.date().to_string();
    Some(Reply { text, ..tell_here(turn).with("date", date) })
}

fn tell_here(turn: &Turn<'_>) -> Reply {
    let time = turn.now.strftime("%H:%M").to_string();
    Reply::say(format!("It is {time}.")).did("time", "tell").with("time", time).about(
        "time",
        "tell",
        Vec::new(),
    )
}

fn there(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let place = found.text(&["place"])?;
    // "In New Delhi and London": both.
    let both = place.split_once(" and ").filter(|(one, other)| {
        zone_of(&place).is_none() && zone_of(one).is_some() && zone_of(other).is_some()
    });
    let Some((one, other)) = both else {
        // "Singpore", "Kathmandu if you'd be so good": the place that is named in it, if there is one.
        let named = if zone_of(&place).is_none() { wanted::named(&turn.reading.plain) } else { None };
        return Some(tell(turn, &named.unwrap_or(place)));
    };
    let (mut reply, second) = (tell(turn, one), tell(turn, other));
    reply.text = format!("{} {}", reply.text, second.text);
    reply.actions.extend(second.actions);
    Some(reply)
}

/// "Tokyo time" is one only where Tokyo is a place: "dinner time" is none.
fn there_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let place = found.text(&["place"])?;
    zone_of(&place)?;
    Some(tell(turn, &place))
}

/// The last place that a text names: "my son's in Melbourne", "the Nairobi office".
pub(super) fn place_in(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split([' ', ',', '.', ';', '!', '?', ':', '(', ')']).filter(|word| !word.is_empty()).collect();
    let named = |from: usize, length: usize| {
        let place = words.get(from..from + length)?.join(" ");
        let place = place.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        let led = words.get(..from).is_some_and(led);
        // "Reading" and "central" are places only if they are written, or spoken of, as such.
        let written = place.chars().next().is_some_and(char::is_uppercase) && from > 0;
        (led || written).then(|| zone_of(&place).map(|_| place))?
    };
    (0..words.len()).rev().find_map(|from| (1..=3).rev().find_map(|length| named(from, length)))
}

/// Whether the words lead to a place.
fn led(before: &[&str]) -> bool {
    let word = |back: usize| Some(before.get(before.len().checked_sub(back)?)?.to_lowercase());
    // "To wake her" leads to no place.
    let to = || word(2).is_some_and(|word| GOES.contains(&word.as_str()));
    word(1).is_some_and(|word| match word.as_str() {
        "in" | "from" | "near" | "at" | "the" => true,
        "to" => to(),
        _ => false,
    })
}

/// Verbs before "to" and a place.
const GOES: &[&str] = &[
    "moved",
    "move",
    "moving",
    "went",
    "gone",
    "go",
    "goes",
    "going",
    "flew",
    "fly",
    "flying",
    "flown",
    "off",
    "back",
    "over",
    "travelling",
    "traveling",
    "travelled",
    "traveled",
    "relocated",
    "relocating",
    "emigrated",
    "sent",
    "transferred",
    "calling",
    "call",
    "speaking",
    "down",
    "up",
    "out",
    "been",
    "home",
    "way",
    "trip",
    "flight",
];

/// "My daughter moved to Melbourne, what time is it there?"
fn told_there(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let told = found.text(&["told"])?;
    let led = LED_TO.as_ref()?.captures(&told).map(|led| led["place"].to_owned());
    let place = place_in(&told).or(led)?;
    Some(tell(turn, &place))
}

pattern!(
    LED_TO,
    r"(?i)\b(?:lives?|living|works?|working|stays?|staying|stud(?:y|ies|ying)|is|are|am|i'm|he's|she's|they're|moved|flew|went|flying|going|travell?ing) (?:now |currently )?(?:in|to) (?<place>[\p{L} .'-]+?)(?: now| right now| at the moment)?$"
);

/// "The meeting is at 4 pm our time, what time is that in Nairobi?"
fn told_elsewhere(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let told = found.text(&["told"]).unwrap_or_default();
    let said = found.text(&["said"]).unwrap_or_default();
    let place = found.text(&["place"]);
    // "What's that in total?" asks for no time.
    let of_time = ["time", "hour", "late"].iter().any(|word| found.whole().to_lowercase().contains(word));
    if !of_time && place.as_deref().is_some_and(|place| zone_of(place).is_none()) {
        return None;
    }
    let lower = said.to_lowercase();
    let theirs = ["their time", "there", "local time", "his time", "her time", "over there"];
    let ours = ["our time", "my time", "here"];
    let there = place_in(&format!("{told} in {said}"));
    // "At 9 New York time", "at 9 their time": there, unless it is said to be here.
    let of_there = said.to_lowercase().ends_with(" time") && !ours.iter().any(|word| lower.ends_with(word));
    let whole = found.whole();
    let asks_there = place.is_some()
        || ["there", "them", "him", "her", "their time"]
            .iter()
            .any(|end| whole.trim_end_matches(['?', ' ']).to_lowercase().ends_with(end));
    let (from, to) = match (place, there) {
        (Some(place), Some(there)) if of_there && place != there => (Some(there), Some(place)),
        (Some(place), _) => (None, Some(place)),
        (None, Some(there)) if asks_there => (None, Some(there)),
        (None, Some(there)) if of_there || theirs.iter().any(|word| lower.ends_with(word)) || !asks_there => {
            (Some(there), None)
        }
        _ => return None,
    };
    converted(turn, &found.text(&["when"])?, from, to)
}

/// "and in Paris?", after the time was told.
fn and_there(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    Some(tell(turn, &found.text(&["place"])?))
}

/// The zone of a place, or the user's own.
fn zone(turn: &Turn<'_>, place: Option<&str>) -> Option<TimeZone> {
    let place = place.filter(|place| {
        !["here", "us", "me", "my place", "my time", "our place", "home"]
            .contains(&place.to_lowercase().as_str())
    });
    place.map_or_else(|| Some(turn.now.time_zone().clone()), zone_of)
}

fn unknown(place: &str) -> Reply {
    Reply::say(format!("I don't know the time zone of {place}."))
}

/// "Is Mumbai ahead of us" is about hours, "is Anna ahead of us" is not.
fn difference_known(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    zone_of(&found.text(&["place"])?)?;
    difference(turn, found)
}

/// "How many hours between London and Paris" may be of the journey; with a place that has no zone, it is.
fn difference_both(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    zone(turn, Some(&found.text(&["from"])?))?;
    difference_known(turn, found)
}

/// "9 am in Sydney is what time here?"
fn theirs(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let place = found.text(&["place"])?;
    zone_of(&place)?;
    converted(turn, &found.text(&["when"])?, Some(place), None)
}

fn difference(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (from, place) = (found.text(&["from"]), found.text(&["place"])?);
    let Some(here) = zone(turn, from.as_deref()) else { return Some(unknown(&from.unwrap_or_default())) };
    let Some(there) = zone(turn, Some(&place)) else { return Some(unknown(&place)) };
    let (from, place) = (from.map(|from| titled(&from)), titled(&place));
    let offset = |zone: &TimeZone| zone.to_offset(turn.now.timestamp()).seconds();
    let seconds = i64::from(offset(&there) - offset(&here));
    let from = from.filter(|from| zone(turn, Some(from)).is_some() && zone_of(from).is_some());
    let from = from.unwrap_or_else(|| "here".to_owned());
    let by = super::wording::length(seconds.abs() * 1000);
    let text = match seconds {
        0 => format!("{place} and {from} have the same time."),
        1.. => format!("{place} is {by} ahead of {from}."),
        _ => format!("{place} is {by} behind {from}."),
    };
    let reply = Reply::say(text).did("time", "difference").with("from", from).with("place", place);
    Some(reply.with("difference_s", seconds).about("time", "tell", Vec::new()))
}

/// What time it is there when the clock here, or elsewhere, shows something.
fn elsewhere(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    converted(turn, &found.text(&["when"])?, found.text(&["from", "from2"]), found.text(&["place"]))
}

fn converted(turn: &Turn<'_>, when: &str, from: Option<String>, place: Option<String>) -> Option<Reply> {
    let Some(zone) = zone(turn, from.as_deref()) else { return Some(unknown(&from.unwrap_or_default())) };
    let Some(there) = self::zone(turn, place.as_deref()) else {
        return Some(unknown(&place.unwrap_or_default()));
    };
    let said = turn.entities(when, &TIME);
    let entity = said.first().filter(|entity| entity.entity != "date")?;
    let clock = moment(entity, turn.now)?.datetime();
    let at = clock.to_zoned_datetime(zone).ok()?.with_time_zone(there);
    let place = place.map(|place| titled(&place));
    let text = match &place {
        Some(place) => format!("In {place} it is {} then.", at.strftime("%H:%M on %A")),
        None => format!("Here it is {} then.", at.strftime("%H:%M on %A")),
    };
    let place = place.or(from.map(|from| titled(&from))).unwrap_or_default();
    let reply = Reply::say(text).did("time", "tell").with_some("place", &place);
    Some(reply.with("time", at.strftime("%H:%M").to_string()).about("time", "tell", Vec::new()))
}

/// "Tokyo", where people type "tokyo".
fn titled(place: &str) -> String {
    place.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

fn then(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    moment_then(turn, &found.text(&["when"])?)
}

/// What the clock here will show, or showed.
fn moment_then(turn: &Turn<'_>, when: &str) -> Option<Reply> {
    let said = turn.entities(when, &TIME);
    let at = moment(said.first().filter(|entity| entity.entity == "datetime")?, turn.now)?;
    let verb = if at < *turn.now { "was" } else { "will be" };
    let when = super::wording::moment(&at, turn.now);
    let text = format!("It {verb} {}.", when.trim_start_matches("today at "));
    Some(Reply::say(text).did("time", "tell").with("time", at.strftime("%H:%M").to_string()))
}

fn tell(turn: &Turn<'_>, place: &str) -> Reply {
    let place = &titled(place);
    let reply =
        Reply::default().did("time", "tell").with("place", place.clone()).about("time", "tell", Vec::new());
    match zone_of(place) {
        Some(zone) => {
            let there = turn.now.with_time_zone(zone);
            let text = format!("In {place} it is {}.", there.strftime("%H:%M on %A"));
            Reply { text, ..reply.with("time", there.strftime("%H:%M").to_string()) }
        }
        None => {
            let here = turn.now.strftime("%H:%M");
            Reply {
                text: format!("I don't know the time zone of {place}. Here it is {here}."),
                actions: Vec::new(),
                ..reply
            }
        }
    }
}

/// Places that the IANA database has under another name.
const OTHERS: &[(&str, &str)] = &[
    ("pacific", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("mst", "America/Denver"),
    ("central", "America/Chicago"),
    ("cst", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("est", "America/New_York"),
    ("central european", "Europe/Paris"),
    ("cet", "Europe/Paris"),
    ("san francisco", "America/Los_Angeles"),
    ("san diego", "America/Los_Angeles"),
    ("hollywood", "America/Los_Angeles"),
    ("portland", "America/Los_Angeles"),
    ("sacramento", "America/Los_Angeles"),
    ("salt lake city", "America/Denver"),
    ("colorado", "America/Denver"),
    ("austin", "America/Chicago"),
    ("san antonio", "America/Chicago"),
    ("nashville", "America/Chicago"),
    ("new orleans", "America/Chicago"),
    ("minneapolis", "America/Chicago"),
    ("st louis", "America/Chicago"),
    ("atlanta", "America/New_York"),
    ("orlando", "America/New_York"),
    ("florida", "America/New_York"),
    ("philadelphia", "America/New_York"),
    ("manhattan", "America/New_York"),
    ("brooklyn", "America/New_York"),
    ("washington dc", "America/New_York"),
    ("pittsburgh", "America/New_York"),
    ("cleveland", "America/New_York"),
    ("charlotte", "America/New_York"),
    ("hawaii", "Pacific/Honolulu"),
    ("alaska", "America/Anchorage"),
    ("british columbia", "America/Vancouver"),
    ("calgary", "America/Edmonton"),
    ("ottawa", "America/Toronto"),
    ("brasilia", "America/Sao_Paulo"),
    ("seattle", "America/Los_Angeles"),
    ("california", "America/Los_Angeles"),
    ("las vegas", "America/Los_Angeles"),
    ("washington", "America/New_York"),
    ("boston", "America/New_York"),
    ("miami", "America/New_York"),
    ("new york city", "America/New_York"),
    ("nyc", "America/New_York"),
    ("houston", "America/Chicago"),
    ("dallas", "America/Chicago"),
    ("texas", "America/Chicago"),
    ("montreal", "America/Toronto"),
    ("rio", "America/Sao_Paulo"),
    ("rio de janeiro", "America/Sao_Paulo"),
    ("munich", "Europe/Berlin"),
    ("hamburg", "Europe/Berlin"),
    ("frankfurt", "Europe/Berlin"),
    ("germany", "Europe/Berlin"),
    ("france", "Europe/Paris"),
    ("spain", "Europe/Madrid"),
    ("barcelona", "Europe/Madrid"),
    ("italy", "Europe/Rome"),
    ("milan", "Europe/Rome"),
    ("england", "Europe/London"),
    ("uk", "Europe/London"),
    ("the uk", "Europe/London"),
    ("scotland", "Europe/London"),
    ("edinburgh", "Europe/London"),
    ("manchester", "Europe/London"),
    ("geneva", "Europe/Zurich"),
    ("switzerland", "Europe/Zurich"),
    ("ireland", "Europe/Dublin"),
    ("portugal", "Europe/Lisbon"),
    ("greece", "Europe/Athens"),
    ("netherlands", "Europe/Amsterdam"),
    ("the netherlands", "Europe/Amsterdam"),
    ("poland", "Europe/Warsaw"),
    ("austria", "Europe/Vienna"),
    ("sweden", "Europe/Stockholm"),
    ("norway", "Europe/Oslo"),
    ("denmark", "Europe/Copenhagen"),
    ("finland", "Europe/Helsinki"),
    ("japan", "Asia/Tokyo"),
    ("kyoto", "Asia/Tokyo"),
    ("hanoi", "Asia/Ho_Chi_Minh"),
    ("vietnam", "Asia/Ho_Chi_Minh"),
    ("thailand", "Asia/Bangkok"),
    ("philippines", "Asia/Manila"),
    ("the philippines", "Asia/Manila"),
    ("bali", "Asia/Makassar"),
    ("chennai", "Asia/Kolkata"),
    ("hyderabad", "Asia/Kolkata"),
    ("pakistan", "Asia/Karachi"),
    ("egypt", "Africa/Cairo"),
    ("nigeria", "Africa/Lagos"),
    ("kenya", "Africa/Nairobi"),
    ("new zealand", "Pacific/Auckland"),
    ("wellington", "Pacific/Auckland"),
    ("canberra", "Australia/Sydney"),
    ("beijing", "Asia/Shanghai"),
    ("china", "Asia/Shanghai"),
    ("mumbai", "Asia/Kolkata"),
    ("delhi", "Asia/Kolkata"),
    ("new delhi", "Asia/Kolkata"),
    ("bangalore", "Asia/Kolkata"),
    ("india", "Asia/Kolkata"),
    ("osaka", "Asia/Tokyo"),
    ("korea", "Asia/Seoul"),
    ("south korea", "Asia/Seoul"),
    ("abu dhabi", "Asia/Dubai"),
    ("st petersburg", "Europe/Moscow"),
    ("cape town", "Africa/Johannesburg"),
    ("arizona", "America/Phoenix"),
    ("georgia", "America/New_York"),
    ("new jersey", "America/New_York"),
    ("ohio", "America/New_York"),
    ("illinois", "America/Chicago"),
    ("oregon", "America/Los_Angeles"),
    ("vegas", "America/Los_Angeles"),
    ("la", "America/Los_Angeles"),
    ("sf", "America/Los_Angeles"),
    ("quebec", "America/Toronto"),
    ("buenos aires", "America/Argentina/Buenos_Aires"),
    ("argentina", "America/Argentina/Buenos_Aires"),
    ("chile", "America/Santiago"),
    ("peru", "America/Lima"),
    ("colombia", "America/Bogota"),
    ("brazil", "America/Sao_Paulo"),
    ("glasgow", "Europe/London"),
    ("birmingham", "Europe/London"),
    ("liverpool", "Europe/London"),
    ("wales", "Europe/London"),
    ("britain", "Europe/London"),
    ("cologne", "Europe/Berlin"),
    ("stuttgart", "Europe/Berlin"),
    ("düsseldorf", "Europe/Berlin"),
    ("dusseldorf", "Europe/Berlin"),
    ("marseille", "Europe/Paris"),
    ("lyon", "Europe/Paris"),
    ("nice", "Europe/Paris"),
    ("naples", "Europe/Rome"),
    ("florence", "Europe/Rome"),
    ("venice", "Europe/Rome"),
    ("seville", "Europe/Madrid"),
    ("valencia", "Europe/Madrid"),
    ("porto", "Europe/Lisbon"),
    ("cork", "Europe/Dublin"),
    ("krakow", "Europe/Warsaw"),
    ("kiev", "Europe/Kyiv"),
    ("ukraine", "Europe/Kyiv"),
    ("romania", "Europe/Bucharest"),
    ("hungary", "Europe/Budapest"),
    ("czech republic", "Europe/Prague"),
    ("turkey", "Europe/Istanbul"),
    ("ankara", "Europe/Istanbul"),
    ("israel", "Asia/Jerusalem"),
    ("tel aviv", "Asia/Jerusalem"),
    ("iran", "Asia/Tehran"),
    ("iceland", "Atlantic/Reykjavik"),
    ("saudi arabia", "Asia/Riyadh"),
    ("jeddah", "Asia/Riyadh"),
    ("islamabad", "Asia/Karachi"),
    ("lahore", "Asia/Karachi"),
    ("bangladesh", "Asia/Dhaka"),
    ("nepal", "Asia/Kathmandu"),
    ("sri lanka", "Asia/Colombo"),
    ("kerala", "Asia/Kolkata"),
    ("goa", "Asia/Kolkata"),
    ("pune", "Asia/Kolkata"),
    ("calcutta", "Asia/Kolkata"),
    ("bengaluru", "Asia/Kolkata"),
    ("malaysia", "Asia/Kuala_Lumpur"),
    ("saigon", "Asia/Ho_Chi_Minh"),
    ("shenzhen", "Asia/Shanghai"),
    ("taiwan", "Asia/Taipei"),
    ("busan", "Asia/Seoul"),
    ("johannesburg", "Africa/Johannesburg"),
    ("durban", "Africa/Johannesburg"),
    ("pretoria", "Africa/Johannesburg"),
    ("south africa", "Africa/Johannesburg"),
    ("abuja", "Africa/Lagos"),
    ("ghana", "Africa/Accra"),
    ("mombasa", "Africa/Nairobi"),
    ("uganda", "Africa/Kampala"),
    ("ethiopia", "Africa/Addis_Ababa"),
    ("morocco", "Africa/Casablanca"),
    ("marrakesh", "Africa/Casablanca"),
    ("tanzania", "Africa/Dar_es_Salaam"),
    ("zimbabwe", "Africa/Harare"),
    ("christchurch", "Pacific/Auckland"),
    ("queensland", "Australia/Brisbane"),
    ("ny", "America/New_York"),
    ("dc", "America/New_York"),
    ("hk", "Asia/Hong_Kong"),
    ("kl", "Asia/Kuala_Lumpur"),
    ("uae", "Asia/Dubai"),
    ("joburg", "Africa/Johannesburg"),
    ("leeds", "Europe/London"),
    ("bristol", "Europe/London"),
    ("cardiff", "Europe/London"),
    ("belfast", "Europe/London"),
    ("galway", "Europe/Dublin"),
    ("utc", "UTC"),
    ("gmt", "UTC"),
];

/// The letter without its accent: the database has none.
fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        letter => letter,
    }
}

/// The zone of the [IANA database](https://www.iana.org/time-zones) that is
/// named after the city.
pub(super) fn zone_of(city: &str) -> Option<TimeZone> {
    let city: String = city.trim().to_lowercase().chars().map(plain).collect();
    let city = city.strip_prefix("the ").filter(|city| city.contains("time")).unwrap_or(&city);
    // "Pacific standard time", "the eastern timezone".
    let ends = [" standard time", " daylight time", " time zone", " timezone", " time", " usa"];
    let city = ends.iter().find_map(|end| city.strip_suffix(end)).unwrap_or(city);
    if let Some((_, zone)) = OTHERS.iter().find(|(name, _)| *name == city) {
        return TimeZone::get(zone).ok();
    }
    let city = city.replace(' ', "_");
    let name = tz::db()
        .available()
        .find(|name| name.as_str().rsplit('/').next().is_some_and(|last| last.to_lowercase() == city))?;
    TimeZone::get(name.as_str()).ok()
}
