//! Tells the time, here or in a city that has a time zone of its own.

use std::sync::LazyLock;

use jiff::tz::{self, TimeZone};

use super::Skill;
use super::grammar::{Found, Grammar};
use super::reading::TIME;
use super::schedule::moment;
use super::turn::{Reply, Turn};
use super::wording::capital;

pub(super) struct Time;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:(?:tell me )?what(?:'s| is)?|tell me|do you (?:know|have)|give me|got)(?: the)?(?: current| exact)? time(?: is it| it is)?(?: now| here| right now)*",
            here,
        ),
        (r"(?:time|the time|what time|what time of (?:the )?day is it)", here),
        (
            r"(?:what(?:'s| is| are)?|tell me|give me)(?: the)? (?:time and (?:the )?(?:date|day)|(?:date|day) and (?:the )?time)(?: is it| please| now)*",
            here_today,
        ),
        (
            r"(?:(?:tell me )?what(?:'s| is)?|tell me)(?: the)?(?: current| local)? time(?: is it| it is)?(?: right now| now)?(?: over)?(?: there)? (?:in|at|for) (?<place>[\p{L} .'-]+?)(?: right now| now)?",
            there,
        ),
        (
            r"what(?:'s| is)? (?:the )?(?:current |local )?(?<place>pacific|mountain|central|eastern)(?: standard| daylight)? time(?: zone)?(?: is it)?(?: right now| now)?",
            there,
        ),
        (r"(?:current |local )?time in (?<place>[\p{L} .'-]+)", there),
        (
            r"(?:(?:what(?:'s| is)|tell me) )?(?:the )?(?:current |local )?time in (?<place>[\p{L} .'-]+?)(?: right now| now)?",
            there,
        ),
        (
            r".*\b(?:lives?|living|works?|working|stays?|staying|stud(?:y|ies|ying)|is|are|am|i'm|he's|she's|they're|moved|flew|went|flying|going|travell?ing) (?:now |currently )?(?:in|to) (?<place>[\p{L} .'-]+?)(?: now| right now| at the moment)?[,;.]? (?:and |so |but )?(?:what(?:'s| is)?(?: the)? time(?: is it)?|how late is it)(?: now| right now)?(?: over)? there(?: now| right now)?",
            there,
        ),
        (r"how late is it(?: right now| now)?", here),
        (r"how late is it in (?<place>[\p{L} .'-]+?)(?: right now| now)?", there),
        (
            r"is it (?:already |still )?(?:morning|night|day|daytime|night time|afternoon|evening|late|early|dark|light) in (?<place>[\p{L} .'-]+?)(?: right now| now| already)?",
            there,
        ),
        (
            r"(?:if|when) it(?:'s| is) (?<when>{t})(?: here)?,? what time (?:is it|will it be|would it be) in (?<place>[\p{L} .'-]+)",
            elsewhere,
        ),
        (
            r"(?:what(?:'s| is)?|tell me|how (?:big|much|large) is)? ?(?:the )?time difference (?:between|from) (?<from>[\p{L} .'-]+?) (?:and|to) (?<place>[\p{L} .'-]+)",
            difference,
        ),
        (
            r"(?:what(?:'s| is)?|tell me)? ?(?:the )?time difference (?:to|with) (?<place>[\p{L} .'-]+)",
            difference,
        ),
        (
            r"(?:if|when) it(?:'s| is) (?<when>{t}) in (?<from>[\p{L} .'-]+?),? (?:what(?:'s| is)? ?(?:the )?time(?: is it)?|what time would it be|what time will it be) in (?<place>[\p{L} .'-]+)",
            elsewhere,
        ),
        (
            r"what time (?:is it|will it be) in (?<place>[\p{L} .'-]+?) (?:when|if) it(?:'s| is) (?<when>{t})(?: (?:in (?<from>[\p{L} .'-]+)|here))?",
            elsewhere,
        ),
        (r"what time (?:will it be|is it going to be|was it|would it be|is it) (?<when>{t})", then),
        (r"(?:and|what about|how about|and what about) in (?<place>[\p{L} .'-]+)", and_there),
    ])
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
    Some(tell(turn, &found.text(&["place"])?))
}

/// "and in Paris?", after the time was told.
fn and_there(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    turn.memory.dialogue.last.as_ref().filter(|last| last.skill == "time")?;
    Some(tell(turn, &found.text(&["place"])?))
}

/// The zone of a place, or the user's own.
fn zone(turn: &Turn<'_>, place: Option<&str>) -> Option<TimeZone> {
    let place =
        place.filter(|place| !["here", "my place", "my time"].contains(&place.to_lowercase().as_str()));
    place.map_or_else(|| Some(turn.now.time_zone().clone()), zone_of)
}

fn unknown(place: &str) -> Reply {
    Reply::say(format!("I don't know the time zone of {place}."))
}

fn difference(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (from, place) = (found.text(&["from"]), found.text(&["place"])?);
    let Some(here) = zone(turn, from.as_deref()) else { return Some(unknown(&from.unwrap_or_default())) };
    let Some(there) = zone_of(&place) else { return Some(unknown(&place)) };
    let offset = |zone: &TimeZone| zone.to_offset(turn.now.timestamp()).seconds();
    let seconds = i64::from(offset(&there) - offset(&here));
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
    let (from, place) = (found.text(&["from"]), found.text(&["place"])?);
    let Some(zone) = zone(turn, from.as_deref()) else { return Some(unknown(&from.unwrap_or_default())) };
    let Some(there) = zone_of(&place) else { return Some(unknown(&place)) };
    let said = turn.entities(&found.text(&["when"])?, &TIME);
    let clock = moment(said.first()?, turn.now)?.datetime();
    let at = clock.to_zoned_datetime(zone).ok()?.with_time_zone(there);
    let text = format!("In {place} it is {} then.", at.strftime("%H:%M on %A"));
    let reply = Reply::say(text).did("time", "tell").with("place", place);
    Some(reply.with("time", at.strftime("%H:%M").to_string()).about("time", "tell", Vec::new()))
}

fn then(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = turn.entities(&found.text(&["when"])?, &TIME);
    let at = moment(said.first().filter(|entity| entity.entity == "datetime")?, turn.now)?;
    let verb = if at < *turn.now { "was" } else { "will be" };
    let when = super::wording::moment(&at, turn.now);
    let text = format!("It {verb} {}.", when.trim_start_matches("today at "));
    Some(Reply::say(text).did("time", "tell").with("time", at.strftime("%H:%M").to_string()))
}

fn tell(turn: &Turn<'_>, place: &str) -> Reply {
    // "tokyo" is how people type it.
    let place = &place.split(' ').map(capital).collect::<Vec<_>>().join(" ");
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
    ("utc", "UTC"),
    ("gmt", "UTC"),
];

/// The zone of the [IANA database](https://www.iana.org/time-zones) that is
/// named after the city.
pub(super) fn zone_of(city: &str) -> Option<TimeZone> {
    let city = city.trim().to_lowercase();
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
