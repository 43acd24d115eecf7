//! When an alarm or a reminder is due: the time, the recurrence, and what is
//! left of the phrase without them.

use jiff::civil::{Date, Time};
use jiff::{Span, ToSpan, ZonedDateTime};

use super::every::recurrence;
use super::reading::{TIME, pattern, replace};
use super::recurrence::{Freq, Recurrence, weekday};
use super::turn::Turn;
use crate::{Entity, nlu};

#[derive(Debug, Clone, Default)]
pub(super) struct Schedule {
    /// The first time, if a time of day was said.
    pub at: Option<ZonedDateTime>,
    /// The day, if only that was said.
    pub date: Option<Date>,
    pub every: Option<Recurrence>,
    /// Whether the hour may be before or after noon.
    pub open: bool,
    /// The words that say the time, and whether they say no day.
    pub said: String,
    pub no_day: bool,
    /// What is left of the phrase.
    pub rest: String,
}

impl Schedule {
    /// Whether anything of a time was said.
    pub fn is_empty(&self) -> bool {
        self.at.is_none() && self.date.is_none() && self.every.is_none()
    }
}

pattern!(
    HOUR,
    r"(?ix)(?<lead>^|\b(?:for|to|by|until|till|around|about|past|starting\ at|from|at|@|tomorrow|today|tonight|morning|evening|afternoon|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:wake|rouse|awaken|waken|get|have|remind|nudge|ping)\ (?:me|us)(?:\ up)?|make\ (?:it|that)|alarm)\ )
      (?<hour>(?:1[0-9]|2[0-3]|0?[0-9])(?:[:.\ ][0-5][0-9])?(?:\ ?[ap]\.?m\b\.?)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\ (?:fifteen|thirty|(?:twenty|thirty|forty|fifty)(?:[\ -]five)?|ten\b))?
      |half\ past\ \w+|half\ (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])\b|(?:a\ )?quarter\ (?:past|to)\ \w+|noon|midnight|midday)
      (?<after>\W+\w+|\W*$)"
);
pattern!(
    PAST_HOUR,
    r"(?i)\b(?:(?:for|by|until|till|at|around) )?(?<past>(?:a quarter|quarter|half|five|ten|twenty(?:[ -]five)?|5|10|20|25|\d{1,2} minutes?) (?:past|to|before|after|till) (?:noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b)"
);
pattern!(
    CLOSED,
    r"(?i)\b(?:am|pm|a\.m|p\.m|morning|evening|night|afternoon|noon|midnight|midday|tonight)\b|\d ?[ap]m\b|\b(?:1[3-9]|2[0-3]|0\d)[:.]\d\d|\bin \b|\d{4}-\d\d|from now"
);
pattern!(
    AFTER_WHILE,
    r"(?i)\bafter ((?:\d+|an?|half an|two|three|four|five|ten|fifteen|twenty|thirty) (?:minutes?|mins?|hours?|seconds?|days?|weeks?))\b"
);
pattern!(MINUTES, r"(?i)\b(?:\d+|five|ten|twenty|twenty[ -]five|quarter|half|minutes?|mins?)\s*$");
pattern!(
    DANGLING,
    r"(?i)(?:(?:^|[ ,]+)(?:on|at|by|in|for|from|starting|start|beginning|around|about|and|to|set|due))+$"
);
pattern!(LEADING, r"(?i)^[ ,:]*(?:(?:on|at|by|starting|from|and|,) )+");
pattern!(SPACES, r" {2,}");

/// How long before something, as in "an hour and ten minutes before".
const LENGTH: &str = r"(?:(?:a|one) (?:half|quarter of an) hour|half an hour|(?:a )?quarter of an hour|three quarters of an hour|(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty(?:[ -]five)?|ninety|a couple of)[ -]?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?))";
pattern!(
    AHEAD,
    &format!(
        r"(?i)(?:^|[ ,])(?:on |in )?(?:about |around |like )?(?:(?:the|a) (?:(?<part>day|night|evening|afternoon|morning) (?:before(?:hand)?|prior to|prior)|(?:previous|preceding) (?<part2>day|night|evening|afternoon|morning))|the (?<same>day|night|evening|afternoon|morning) of(?: the)?|(?<length>{LENGTH}(?:,? (?:and )?{LENGTH})*) (?:before(?:hand)?|ahead of time|ahead of|ahead|in advance of|in advance|prior to|prior|early))\b,?(?: (?:it|that|then|this|time)\b)?"
    )
);
pattern!(TO_DO, r"(?i)^(?:.+? )?(?<what>(?:to|that|about) .+)$");
pattern!(COPULA, r"(?i)(?: (?:is|are|will be|starts|begins|comes up|falls|takes place)|'s)$");
// "When it's 3:15", "when the clock strikes four".
pattern!(
    CLOCK,
    r"(?i)\b(?:when|once|as soon as|whenever|the moment) (?:(?:it|the time)(?:'s| is| gets to| turns| reaches| hits| strikes| comes to)|the clock (?:is at|hits|strikes|says|shows|reaches|gets to|turns))(?: about| exactly)? (?<hour>\d|noon|midnight|midday|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b|half|quarter|twenty)"
);

// "Tomorrow morning, 7".
pattern!(
    DAY_COMMA,
    r"(?i)\b(?<day>tomorrow|today|tonight|morning|afternoon|evening|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[,:;] +(?<hour>\d|half\b|quarter\b|noon\b|midnight\b|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b)"
);
// "Ring Anna half four".
pattern!(
    HALF,
    r"(?i)(?-i: )(?<half>half (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:today|tomorrow|tonight|this (?:morning|afternoon|evening)))?)$"
);

// "Saturday arvo".
pattern!(ARVO, r"(?i)\b(?:arvo|afto)\b");

/// Reads the time and the recurrence in `phrase`.
pub(super) fn schedule(turn: &Turn<'_>, phrase: &str) -> Schedule {
    let phrase = replace(&ARVO, phrase, "afternoon");
    let phrase = replace(&HALF, &replace(&CLOCK, &phrase, "at $hour"), " at $half");
    ahead(turn, &phrase, None).unwrap_or_else(|| as_said(turn, &phrase))
}

/// The time of "an hour before my flight on Friday at 9": before that of `event`, or else of the one in the phrase.
pub(super) fn ahead(turn: &Turn<'_>, phrase: &str, event: Option<Schedule>) -> Option<Schedule> {
    let found = AHEAD.as_ref()?.captures(phrase)?;
    let all = found.get(0)?;
    // "Ten minutes before 5" is a time of its own.
    if PAST_HOUR.as_ref().is_some_and(|past| past.is_match(phrase)) {
        return None;
    }
    let (left, right) = (as_said(turn, phrase.get(..all.start())?), as_said(turn, phrase.get(all.end()..)?));
    // What is to be done is said before, or after the event.
    let mut rest = if left.rest.is_empty() { right.rest.clone() } else { left.rest.clone() };
    if left.rest.is_empty()
        && let Some(what) = TO_DO.as_ref()?.captures(&right.rest)
    {
        what["what"].clone_into(&mut rest);
    }
    let (event, own) = match event {
        Some(event) if right.is_empty() => (event, left),
        Some(_) => return None,
        None if right.is_empty() => (left, right),
        None => (right, left),
    };
    if event.is_empty() {
        return None;
    }
    let unknown = Schedule { rest: replace(&COPULA, &rest, ""), ..Schedule::default() };
    let day = event.at.as_ref().map(ZonedDateTime::date).or(event.date);
    let zoned =
        |date: Date, time| date.to_datetime(time).to_zoned_datetime(turn.now.time_zone().clone()).ok();
    let part = ["part", "part2", "same"].iter().find_map(|name| found.name(name));
    if let Some(part) = part {
        let same = found.name("same").is_some();
        if same && event.at.is_some() && own.is_empty() {
            return None;
        }
        let Some(date) = day.filter(|_| event.every.is_none()) else { return Some(unknown) };
        let date = if same { date } else { date.yesterday().ok()? };
        let hour = match part.as_str().to_lowercase().as_str() {
            "night" | "evening" => Time::new(19, 0, 0, 0).ok(),
            "afternoon" => Time::new(15, 0, 0, 0).ok(),
            _ => None,
        };
        let time = own.at.as_ref().map(ZonedDateTime::time).or(hour);
        return Some(match time {
            Some(time) => Schedule { at: zoned(date, time), ..unknown },
            None => Schedule { date: Some(date), ..unknown },
        });
    }
    let said = turn.entities(found.name("length")?.as_str(), &["duration"]);
    let span: Span = said.first()?.value.parse().ok()?;
    let of_days = span.get_hours() == 0 && span.get_minutes() == 0;
    // "At 6 pm two days before".
    if let Some(time) = own.at.as_ref().map(ZonedDateTime::time) {
        let at = day.filter(|_| of_days).and_then(|date| zoned(date.checked_sub(span).ok()?, time));
        return Some(Schedule { at, ..unknown });
    }
    match &event.at {
        Some(at) => {
            let before = at.checked_sub(span).ok()?;
            // What comes again on its days comes on others a day before.
            let every = event.every.clone().filter(|_| before.date() == at.date());
            if event.every.is_some() != every.is_some() {
                return Some(unknown);
            }
            Some(Schedule { at: Some(before), every, rest: unknown.rest, ..event })
        }
        None if of_days && event.every.is_none() => {
            Some(Schedule { date: day.and_then(|date| date.checked_sub(span).ok()), ..unknown })
        }
        None => Some(unknown),
    }
}

fn as_said(turn: &Turn<'_>, phrase: &str) -> Schedule {
    let (every, phrase) = recurrence(phrase);
    let phrase = replace(&DAY_COMMA, phrase.trim_start_matches([' ', ',', ';', ':']), "$day $hour");
    let phrase = at_hours(&replace(&AFTER_WHILE, &phrase, "in $1"));
    let entities = turn.entities(&phrase, &TIME);
    let (used, point) = point(turn, &entities);
    // "To turn the oven on" ends in a word that leads to no time.
    let length = phrase.trim_end_matches(|c: char| !c.is_alphanumeric()).chars().count();
    let last = used.is_empty() || every.is_some() || used.iter().any(|entity| entity.end >= length);
    let mut schedule = Schedule { rest: without(&phrase, &used, last), every, ..Schedule::default() };
    if let Some(point) = point {
        schedule.said = point.text.clone();
        schedule.no_day = point.entity == "time";
        match point.value.parse::<Date>() {
            Ok(date) if point.entity == "date" => schedule.date = Some(date),
            _ => {
                schedule.at = moment(&point, turn.now);
                schedule.open = !CLOSED.as_ref().is_some_and(|closed| closed.is_match(&point.text));
            }
        }
        recurring(turn, &mut schedule, &point);
    } else if let Some(every) =
        schedule.every.as_ref().filter(|every| matches!(every.freq, Freq::Minutely | Freq::Hourly))
    {
        let whole = turn.now.with().subsec_nanosecond(0).build();
        schedule.at = whole.ok().and_then(|now| every.next(&now, turn.now));
    }
    schedule
}

pattern!(AND, r"(?i)[,;]? +(?:and(?: then)?|then|plus|&|also)(?: also| again| then)? +|[,;] +");
pattern!(
    ONE_OF,
    r"(?i)^(?:(?:another|one|again|a|an|the|also|second|third|back-?up|spare|other|next|first|alarms?|more|separate|different|follow-?up|both|at|for|set|wake me|in) )+"
);
pattern!(GLUED, r"(?i)(\d)([ap]m)\b");
// The day, the half of the day or the recurrence that times may share.
pattern!(
    SHARED,
    r"(?ix)\b(?:(?:on\ |the\ |in\ |at\ )*(?:[ap]\.?m\b\.?|(?:day\ after\ )?tomorrow|today|tonight|(?:this\ |next\ )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:this\ )?(?:morning|afternoon|evening|night)
     |(?:every|each)\ (?:single\ )?\w+|daily|weekdays|weekends)\ ?)+"
);

// "Tuesday and Thursday at 7" shares the time.
pattern!(
    DAY_NAME,
    r"(?i)\b(?:on )?(?:tomorrow|today|(?:mon|tues?|wed|weds|wednes|thu|thurs?|fri|sat|satur|sun)(?:days?)?)\b"
);

// "Tomorrow, 7 am" is one time, as is "Monday to Friday, 7 am".
pattern!(COMMA, r"^[,;:]? +$|^[,;] *$");
pattern!(
    DAY_PART,
    r"(?i)^(?:(?:on|for|in|at|by|the|this|next|coming|every|each|single|tomorrow|today|tonight|morning|afternoon|evening|night|day|daily|weekdays?|weekends?|week|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)(?: +|$))+$"
);
pattern!(
    A_DAY,
    r"(?i)\b(?:tomorrow|today|tonight|every|each|daily|week\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
);
pattern!(A_PART, r"(?i)\b(?:tonight|morning|afternoon|evening|night)\b");

/// The pieces of a phrase that may each be a time, a day with the time that it is of.
fn apart(phrase: &str) -> Option<Vec<String>> {
    let is = |of: &std::sync::LazyLock<Option<regex::Regex>>, text: &str| {
        of.as_ref().is_some_and(|of| of.is_match(text))
    };
    let day =
        |text: &str| is(&DAY_PART, text) || recurrence(text).0.is_some() && recurrence(text).1.is_empty();
    let joins = |left: &str, right: &str| {
        day(left) != day(right) && ![&A_DAY, &A_PART].iter().any(|of| is(of, left) && is(of, right))
    };
    let mut pieces: Vec<String> = Vec::new();
    let (mut begun, mut comma) = (0, false);
    let ends = AND.as_ref()?.find_iter(phrase).map(|found| (found.start(), found.end()));
    for (start, end) in ends.chain([(phrase.len(), phrase.len())]) {
        let piece = replace(&ONE_OF, phrase.get(begun..start)?.trim(), "");
        match pieces.last_mut().filter(|last| comma && joins(last, &piece)) {
            Some(last) => *last = format!("{last} {piece}"),
            None => pieces.push(piece),
        }
        (begun, comma) = (end, is(&COMMA, phrase.get(start..end)?));
    }
    Some(pieces)
}

// "1 December", "the 3rd": the number of a day.
pattern!(
    DAY_NUMBER,
    r"(?i)\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{4}-\d\d-\d\d\b"
);

/// Whether words say an hour, and not only a day or a part of it.
pub(super) fn hour_in(said: &str) -> bool {
    let said = replace(&DAY_NUMBER, &nlu::in_digits(said).to_lowercase(), "");
    said.contains(|c: char| c.is_ascii_digit())
        || ["noon", "midday", "midnight", "half", "quarter"].iter().any(|hour| said.contains(hour))
}

/// The times of "7, 7:30 and 8 am" and "6:30 on Wednesday and 7:30 on Thursday"; `None` unless all are times, and
/// several.
pub(super) fn several(turn: &Turn<'_>, phrase: &str) -> Option<Vec<Schedule>> {
    let phrase = replace(&GLUED, phrase, "$1 $2");
    let pieces = apart(
        phrase.trim_matches([' ', ',', ';', ':']).trim_start_matches("for ").trim_start_matches("both "),
    )?;
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return None };
    let shared = |piece: &str| SHARED.as_ref()?.find(piece).map(|found| found.as_str().trim().to_owned());
    let common = shared(first).or_else(|| shared(last)).unwrap_or_default();
    let once = recurrence(&phrase).0.is_none();
    let read = |piece: &String| {
        let own = shared(piece).is_some();
        let mut said = schedule(turn, if own { piece.clone() } else { format!("{piece} {common}") }.trim());
        let day = piece.trim_start_matches("on ");
        if once && said.at.is_none() && !day.is_empty() && replace(&DAY_NAME, piece, "").trim().is_empty() {
            let other = if piece == last { first } else { last };
            let day = weekday(day).map_or_else(|| day.to_owned(), |day| format!("{day:?}"));
            said = schedule(turn, &format!("{day} {}", replace(&DAY_NAME, other, "").trim()));
        }
        // "22:30 tonight, label it insulin": with its own hour alone is it a time.
        (said.at.is_some() && hour_in(&said.said)).then_some(said)
    };
    if pieces.len() < 2 { None } else { pieces.iter().map(read).collect() }
}

pattern!(
    HENCE,
    r"(?i),? (?:from (?:now|here|today|this point|this day)(?: on(?:wards?)?| forward)|from here on(?: out| in)?|going forwards?|in (?:the )?future|for good|permanently|henceforth|as usual|from now|as of (?:now|today)|(?:and )?not (?:before|earlier|later|sooner))$"
);

/// When something that is due at `due` is to be due after "move it to 9" or
/// "to Friday": what is not said stays.
pub(super) fn moved(
    turn: &Turn<'_>,
    due: &ZonedDateTime,
    phrase: &str,
) -> Option<(ZonedDateTime, Option<Recurrence>)> {
    let said = schedule(turn, &replace(&HENCE, phrase, ""));
    if said.is_empty() || !said.rest.is_empty() {
        return None;
    }
    if let Some(date) = said.date {
        let at = date.to_datetime(due.time()).to_zoned_datetime(turn.now.time_zone().clone()).ok()?;
        return Some((at, said.every));
    }
    let at = said.at.or(said.every.as_ref().map(|_| due.clone()))?;
    if said.no_day && said.every.is_none() {
        let same_day = turn.entities(&format!("{} {}", due.date(), said.said), &TIME);
        let same_day = same_day.first().and_then(|entity| moment(entity, turn.now));
        let same_day = same_day.map(|at| if said.open { nearer(at, due, &said.said) } else { at });
        if let Some(at) = same_day.filter(|at| at > turn.now) {
            return Some((at, None));
        }
    }
    Some((at, said.every))
}

/// "No, at 6" of what was due at 17:00 is 18:00: of the two hours that it can be, the one nearer to what it was.
fn nearer(at: ZonedDateTime, due: &ZonedDateTime, said: &str) -> ZonedDateTime {
    let digits: String = nlu::in_digits(said)
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    if digits.parse::<i8>().is_ok_and(|hour| hour > 12) {
        return at;
    }
    let hours = if at.hour() < 12 { 12 } else { -12 };
    let away = |at: &ZonedDateTime| (at.timestamp().as_second() - due.timestamp().as_second()).abs();
    match at.checked_add(hours.hours()) {
        Ok(other) if away(&other) < away(&at) => other,
        _ => at,
    }
}

/// The moment that an entity stands for.
pub(super) fn moment(entity: &Entity, now: &ZonedDateTime) -> Option<ZonedDateTime> {
    let at: jiff::Timestamp = entity.value.parse().ok()?;
    Some(at.to_zoned_datetime(now.time_zone().clone()))
}

/// The point in time said by the entities, and those that say it: a day and a
/// time of day that stand apart belong together.
fn point(turn: &Turn<'_>, entities: &[Entity]) -> (Vec<Entity>, Option<Entity>) {
    let Some(first) = entities.first() else {
        return (Vec::new(), None);
    };
    let other = |kind: &str| entities.iter().find(|entity| entity.entity == kind);
    let pair = match first.entity.as_str() {
        "date" => other("time").map(|time| (first, time)),
        "time" => other("date").map(|date| (date, first)),
        _ => None,
    };
    if let Some((date, time)) = pair {
        let joined = turn.entities(&format!("{} {}", date.text, time.text), &TIME);
        if let [joined] = joined.as_slice()
            && joined.entity == "datetime"
        {
            return (vec![date.clone(), time.clone()], Some(joined.clone()));
        }
    }
    (vec![first.clone()], Some(first.clone()))
}

pattern!(A_WEEKDAY, r"(?i)\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b");

/// What is told, and then asked for: "training is every Thursday, remind me at 6" is for every Thursday at 6.
pub(super) fn joined(turn: &Turn<'_>, told: &str, asked: &str) -> Option<Schedule> {
    let (before, after) = (schedule(turn, told), schedule(turn, asked));
    if !after.rest.is_empty() {
        return None;
    }
    if after.at.is_none() && after.date.is_none() {
        let every = match (&before.every, &after.every) {
            (Some(every), Some(other)) if every.days.is_empty() => Some(other),
            (Some(every), _) => Some(every),
            (None, other) => other.as_ref(),
        };
        return Some(Schedule { every: every.cloned(), ..before });
    }
    let open = after.every.as_ref().is_none_or(|every| every.days.is_empty() && every.freq == Freq::Weekly);
    if !after.no_day || !open {
        return Some(Schedule { rest: before.rest, ..after });
    }
    let day = before.at.as_ref().map(ZonedDateTime::date).or(before.date);
    let named = day.filter(|_| !before.no_day || before.date.is_some());
    let on = match (&before.every, named) {
        (Some(every), _) if matches!(every.freq, Freq::Daily | Freq::Weekly) => every.words(),
        (Some(_), _) => return None,
        (None, Some(date)) if after.every.is_none() => format!("on {date}"),
        _ => return Some(Schedule { rest: before.rest, ..after }),
    };
    Some(Schedule { rest: before.rest, ..schedule(turn, &format!("{} {on}", after.said)) })
}

/// Finds the first time of what recurs.
fn recurring(turn: &Turn<'_>, schedule: &mut Schedule, point: &Entity) {
    let Some(every) = &mut schedule.every else { return };
    // "Once a week on Friday".
    if every.freq == Freq::Weekly
        && every.days.is_empty()
        && A_WEEKDAY.as_ref().is_some_and(|day| day.is_match(&point.text))
    {
        let date = schedule.at.as_ref().map(ZonedDateTime::date).or(schedule.date);
        every.days = date.map(Date::weekday).into_iter().collect();
    }
    let known = every.nth.is_some() || every.month_day.is_some();
    if every.freq == Freq::Monthly && !known {
        let day = schedule.date.or(schedule.at.as_ref().map(ZonedDateTime::date)).map(Date::day);
        every.month_day = day.filter(|_| point.entity != "time");
    }
    if point.entity != "time" || matches!(every.freq, Freq::Minutely | Freq::Hourly) {
        return;
    }
    // With a day "at 7" is seven in the morning, and every day is a day.
    let clock = turn.entities(&format!("tomorrow {}", point.text), &TIME);
    let clock = clock.first().and_then(|entity| moment(entity, turn.now)).or(schedule.at.clone());
    let Some(time) = clock.map(|clock| clock.time()) else { return };
    let on = |date: Date| date.to_datetime(time).to_zoned_datetime(turn.now.time_zone().clone()).ok();
    let mut date = turn.now.date();
    for _ in 0..DAYS_AHEAD {
        if let Some(at) = on(date).filter(|at| every.falls_on(date) && at > turn.now) {
            schedule.at = Some(at);
            return;
        }
        let Ok(next) = date.tomorrow() else { return };
        date = next;
    }
}

/// A fifth Friday comes within so many days.
const DAYS_AHEAD: usize = 100;

/// Words that may follow an hour; any other makes it a count of something.
const FOLLOW: &[&str] = &[
    "am",
    "pm",
    "a",
    "p",
    "on",
    "tomorrow",
    "today",
    "tonight",
    "in",
    "every",
    "each",
    "this",
    "next",
    "at",
    "and",
    "to",
    "please",
    "o",
    "oclock",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "for",
    "called",
    "named",
    "that",
    "instead",
    "daily",
    "sharp",
    "as",
    "or",
    "weekdays",
    "then",
    "remind",
    "labelled",
    "labeled",
    "about",
];

/// Writes "at" before the hours that other words introduce: "an alarm for 7".
pub(super) fn at_hours(phrase: &str) -> String {
    if PAST_HOUR.as_ref().is_some_and(|past| past.is_match(phrase)) {
        return replace(&PAST_HOUR, phrase, "at $past");
    }
    let Some(regex) = &*HOUR else { return phrase.to_owned() };
    let mut text = String::new();
    let mut rest = phrase;
    while let Some(captures) = regex.captures(rest) {
        let (Some(lead), Some(hour), Some(after)) =
            (captures.name("lead"), captures.name("hour"), captures.name("after"))
        else {
            break;
        };
        let next = after.as_str().trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let glued = after.as_str().starts_with([':', '.', '-', '/', '%', '$', '€', '°']) && !next.is_empty();
        let begins = lead.as_str().is_empty() && !text.is_empty();
        let before = rest.get(..lead.start()).unwrap_or_default();
        // "twenty to eight", "five past six"
        let minutes =
            matches!(lead.as_str(), "to " | "past ") && MINUTES.as_ref().is_some_and(|m| m.is_match(before));
        let fits = !begins && !glued && !minutes && (next.is_empty() || FOLLOW.contains(&next.as_str()));
        let day = lead.as_str().trim_end().ends_with("day")
            || ["tomorrow ", "tonight ", "morning ", "evening ", "afternoon "].contains(&lead.as_str());
        text.push_str(before);
        text.push_str(if fits && !day { "at " } else { lead.as_str() });
        text.push_str(if fits && day { "at " } else { "" });
        text.push_str(hour.as_str());
        rest = rest.get(hour.end()..).unwrap_or_default();
        if hour.end() == 0 {
            break;
        }
    }
    text.push_str(rest);
    text
}

/// The phrase without the entities, and without prepositions that led to them.
fn without(phrase: &str, used: &[Entity], last: bool) -> String {
    let kept = phrase
        .chars()
        .enumerate()
        .filter(|(at, _)| !used.iter().any(|entity| (entity.start..entity.end).contains(at)));
    let text: String = kept.map(|(_, c)| c).collect();
    let text = replace(&SPACES, text.trim(), " ");
    let text = if last { replace(&DANGLING, &text, "") } else { text };
    let text = replace(&LEADING, &text, "");
    text.trim_matches([' ', ',', ':', ';', '-']).to_owned()
}
