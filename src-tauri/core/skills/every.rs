//! "Every other Tuesday", "on the last day of every month": what recurs, taken out of a phrase.

use jiff::civil::Weekday;

use super::reading::{pattern, replace};
use super::recurrence::{Freq, Recurrence, WORK, weekday};
use crate::nlu;

/// A weekday, in full or in short.
const DAY: &str = r"(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?";

pattern!(
    EVERY,
    &r"(?ix)\b(?:on\ )?(?:each\ and\ every|every|each)\ (?:single\ )?(?:(?<other>other|second)\ |(?<n>\d+|two|three|four|five|six|ten|twelve|fifteen|twenty|thirty|forty\ five|forty-five|ninety)\ )?
      (?<unit>half(?:\ an)?\ hour|quarter(?:\ of\ an)?\ hour|minutes?|hours?|days?|weekdays?|week\ days?|work(?:ing)?\ ?days?|weekends?|weeks?|months?|years?|mornings?|afternoons?|evenings?|nights?
      |DAYs?(?:(?:,\ and|,|\ and|\ &|\ or)\ (?:on\ )?(?:every\ )?DAYs?)*)(?:\ (?<part>mornings?|afternoons?|evenings?|nights?))?\b"
        .replace("DAY", DAY)
);
pattern!(
    REGULARLY,
    r"(?ix)\b(?<unit>daily|hourly|weekly|monthly|yearly|annually|fortnightly|biweekly|once\ a\ day|once\ a\ week|once\ a\ month|(?:on\ )?weekdays|(?:on\ |at\ |on\ the\ )?weekends
      |(?:on\ )?(?:mon|tues|wednes|thurs|fri|satur|sun)days(?:(?:,|\ and)\ (?:on\ )?(?:mon|tues|wednes|thurs|fri|satur|sun)days)*)\b"
);
pattern!(
    DAY_RANGE,
    &format!(
        r"(?i)\b(?:on |from |every |each )?(?<first>{DAY})s?(?: (?:through to|right through to|through|thru|to|till|until)|\.| ?[-–—]+)+ ?(?<last>{DAY})s?\b(?: (?:inclusive|every week|each week))?"
    )
);
/// Which of something: "2nd", "last".
const PLACE: &str = r"first|second|third|fourth|fifth|last|\d{1,2}(?:st|nd|rd|th)|(?:thir|four|fif|six|seven|eigh|nine)teenth|tenth|eleventh|twelfth|twentieth|thirtieth";

pattern!(
    OF_MONTH,
    &r"(?ix)\b(?:on\ )?(?:the\ )?(?<each>every\ |each\ )?(?<place>PLACE)(?:\ (?<day>day|DAY))?\ (?:of|in)\ (?:the|a|every\ single|(?<each2>every|each)(?:\ (?<other>other|second))?)\ month(?<each3>\ (?:every|each)\ month)?\b"
        .replace("PLACE", PLACE)
        .replace("DAY", DAY)
);
pattern!(
    YEARLY_DATE,
    r"(?i)\b(?:every|each) (?<date>(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}(?:st|nd|rd|th)?)\b"
);
// "An alarm mon, wed and fri": three days that are named are those of every week.
pattern!(BARE_DAYS, &format!(r"(?i)\b(?:on )?(?<days>{DAY}(?:(?:, and |,? and |, ?|/| & | ){DAY}){{2,}})\b"));
pattern!(
    BUT_WEEKENDS,
    r"(?i)\b(?:every ?day|each day|daily)(?:,? (?:but|except|excluding|apart from|other than|bar|not)(?: for)?)+ (?:on |at )?(?:the )?weekends?\b"
);
// "Every day except Sunday"
pattern!(
    BUT_DAYS,
    &format!(
        r"(?i)(?<every>\b(?:every|each|all) (?:single )?(?:days?|weekdays?|week days?|work(?:ing)? ?days?|mornings?|evenings?|nights?)\b.*?|\b(?:daily|weekdays|{DAY}s? ?(?:to|through|-|–) ?{DAY}s?)\b.*?),? (?:and |but )?(?:except|excepting|excluding|apart from|other than|bar|not|save|minus|without)(?: for| on)*(?<days>(?:(?:,| and| &| or)? (?:on )?{DAY}s?)+)\b"
    )
);
// "Saturday mornings": of every week.
pattern!(
    MORNINGS,
    &format!(
        r"(?i)\b(?:(?:on|every|each) )*(?<days>{DAY}s?(?:(?:,? and |, ?| & ){DAY}s?)*) (?<part>morning|afternoon|evening|night)s\b"
    )
);
pattern!(SPACES, r" {2,}");

/// Takes "every other Tuesday" out of a phrase.
pub(super) fn recurrence(phrase: &str) -> (Option<Recurrence>, String) {
    let Some(found) = BUT_DAYS.as_ref().and_then(|but| but.captures(phrase)) else {
        return with_all_days(phrase);
    };
    let (every, rest) = with_all_days(
        &BUT_DAYS.as_ref().map_or_else(String::new, |but| but.replace(phrase, "$every").into_owned()),
    );
    let but: Vec<Weekday> = found["days"]
        .split(|c: char| !c.is_alphabetic())
        .filter_map(|day| weekday(&day.to_lowercase()))
        .collect();
    let every = every.map(|mut every| {
        if every.freq == Freq::Daily && every.interval == 1 {
            every = Recurrence { days: week(), ..Recurrence::every(Freq::Weekly, 1) };
        }
        every.days.retain(|day| !but.contains(day));
        every
    });
    (every, rest)
}

fn week() -> Vec<Weekday> {
    Weekday::Monday.cycle_forward().take(7).collect()
}

/// The same, where no day is left out.
fn with_all_days(phrase: &str) -> (Option<Recurrence>, String) {
    let mut phrase = replace(&BUT_WEEKENDS, phrase, "every weekday");
    phrase = replace(&MORNINGS, &phrase, "every $days $part");
    phrase = replace(&BARE_DAYS, &phrase, "every $days").replace("every every ", "every ");
    let mut every: Option<Recurrence> = None;
    if let Some((days, range)) = day_range(&phrase) {
        phrase.replace_range(range, "");
        return (Some(days), replace(&SPACES, phrase.trim(), " "));
    }
    if let Some((rule, range)) = of_month(&phrase) {
        phrase.replace_range(range, "");
        return (Some(rule), replace(&SPACES, phrase.trim(), " "));
    }
    if let Some(found) = YEARLY_DATE.as_ref().and_then(|yearly| yearly.captures(&phrase)) {
        let range = found.get(0).map_or(0..0, |all| all.range());
        let date = format!("on {}", &found["date"]);
        phrase.replace_range(range, &date);
        return (Some(Recurrence::every(Freq::Yearly, 1)), phrase);
    }
    // "weekly on Thursdays" says it in two places.
    for _ in 0..2 {
        let captures = EVERY.as_ref().and_then(|every| every.captures(&phrase));
        let captures = captures.or_else(|| REGULARLY.as_ref().and_then(|every| every.captures(&phrase)));
        let Some(captures) = captures else { break };
        let interval = match (captures.name("other"), captures.name("n")) {
            (Some(_), _) => 2,
            (_, Some(n)) => number(n.as_str()),
            _ => 1,
        };
        let unit = captures["unit"].to_lowercase();
        let (found, part) = unit_of(&unit, interval);
        // "every Sunday evening"
        let part = captures.name("part").map_or(part, |part| {
            match part.as_str().to_lowercase().trim_end_matches('s') {
                "morning" => "in the morning",
                "afternoon" => "in the afternoon",
                "evening" => "in the evening",
                _ => "at night",
            }
        });
        let place = captures.get(0).map_or(0..0, |all| all.range());
        phrase.replace_range(place, part);
        match &mut every {
            Some(every) if every.days.is_empty() && every.freq == Freq::Weekly => every.days = found.days,
            Some(_) => {}
            None => every = Some(found),
        }
    }
    (every, replace(&SPACES, phrase.trim(), " "))
}

/// "The second Tuesday of every month", "every first of the month".
fn of_month(phrase: &str) -> Option<(Recurrence, std::ops::Range<usize>)> {
    let found = OF_MONTH.as_ref()?.captures(phrase)?;
    // "On the last day of the month" is once.
    let _each = ["each", "each2", "each3"].iter().find_map(|name| found.name(name))?;
    let interval = if found.name("other").is_some() { 2 } else { 1 };
    let mut rule = Recurrence::every(Freq::Monthly, interval);
    let place = place(&found["place"].to_lowercase())?;
    match found.name("day").map(|day| day.as_str().to_lowercase()).as_deref() {
        None | Some("day") => rule.month_day = Some(place),
        Some(day) => {
            rule.nth = Some(place).filter(|place| *place <= 5);
            rule.nth?;
            rule.days = vec![weekday(day)?];
        }
    }
    Some((rule, found.get(0)?.range()))
}

fn place(word: &str) -> Option<i8> {
    if word == "last" {
        return Some(-1);
    }
    nlu::ordinal(word).filter(|day| (1..=31).contains(day)).and_then(|day| i8::try_from(day).ok())
}

/// "Monday through Friday".
fn day_range(phrase: &str) -> Option<(Recurrence, std::ops::Range<usize>)> {
    let found = DAY_RANGE.as_ref()?.captures(phrase)?;
    let (first, last) = (weekday(&found["first"])?, weekday(&found["last"])?);
    let mut days = vec![first];
    while days.len() < 7 && days.last() != Some(&last) {
        days.push(days.last()?.next());
    }
    days.sort_by_key(|day| day.to_monday_zero_offset());
    Some((Recurrence { days, ..Recurrence::every(Freq::Weekly, 1) }, found.get(0)?.range()))
}

fn number(word: &str) -> i64 {
    let words = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "ten",
        "twelve",
        "fifteen",
        "twenty",
        "thirty",
        "forty five",
        "forty-five",
        "ninety",
    ];
    let values = [2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 45, 45, 90];
    let at = words.iter().position(|known| known.eq_ignore_ascii_case(word));
    at.and_then(|at| values.get(at)).copied().or_else(|| word.parse().ok()).unwrap_or(1)
}

/// The rule for a unit, and the part of the day that it leaves behind.
fn unit_of(unit: &str, interval: i64) -> (Recurrence, &'static str) {
    let plain = |freq| Recurrence::every(freq, interval);
    let on = |days: &[Weekday]| Recurrence { days: days.to_vec(), ..plain(Freq::Weekly) };
    let unit = unit.trim_start_matches("on the ").trim_start_matches("on ").trim_start_matches("at ");
    match unit {
        "weekday" | "weekdays" | "week day" | "week days" | "work day" | "workday" | "workdays"
        | "working day" | "working days" | "work days" | "workingdays" | "workingday" => (on(&WORK), ""),
        "weekend" | "weekends" => (on(&[Weekday::Saturday, Weekday::Sunday]), ""),
        "half hour" | "half an hour" => (Recurrence::every(Freq::Minutely, 30), ""),
        "quarter hour" | "quarter of an hour" => (Recurrence::every(Freq::Minutely, 15), ""),
        "minute" | "minutes" => (plain(Freq::Minutely), ""),
        "hour" | "hours" | "hourly" => (plain(Freq::Hourly), ""),
        "day" | "days" | "daily" | "once a day" => (plain(Freq::Daily), ""),
        "week" | "weeks" | "weekly" | "once a week" => (plain(Freq::Weekly), ""),
        "fortnightly" | "biweekly" => (Recurrence::every(Freq::Weekly, 2), ""),
        "month" | "months" | "monthly" | "once a month" => (plain(Freq::Monthly), ""),
        "year" | "years" | "yearly" | "annually" => (plain(Freq::Yearly), ""),
        "morning" | "mornings" => (plain(Freq::Daily), "in the morning"),
        "afternoon" | "afternoons" => (plain(Freq::Daily), "in the afternoon"),
        "evening" | "evenings" => (plain(Freq::Daily), "in the evening"),
        "night" | "nights" => (plain(Freq::Daily), "at night"),
        days => {
            let named = days
                .split(|c: char| !c.is_alphabetic())
                .filter_map(|word| weekday(word).filter(|_| !matches!(word, "and" | "on" | "or" | "every")));
            let mut named: Vec<Weekday> = named.collect();
            named.sort_by_key(|day| day.to_monday_zero_offset());
            named.dedup();
            (on(&named), "")
        }
    }
}
