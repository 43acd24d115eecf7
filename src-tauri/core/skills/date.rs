//! Tells the date of a day, and how far days are apart.

use std::sync::LazyLock;

use jiff::civil::Date as Day;
use jiff::{ToSpan, Unit};

use super::grammar::{Found, Grammar};
use super::reading::TIME;
use super::turn::{Reply, Turn};
use super::wording::{capital, count};
use super::{Skill, holiday};

pub(super) struct Date;

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    Grammar::new(&[
        (
            r"(?:what(?:'s| is|s)?|tell me|give me|which|do you know)(?: the| today's| the current| current)? ?(?:date|day)(?: of the week| of the month)?(?: is| was)?(?: it| today| it is| now| this)*",
            today,
        ),
        (
            r"(?:what(?:'s| is) today|today's date|the date|date|what day|what is today's date(?: today)?|today)",
            today,
        ),
        (
            r"(?:what|which) (?:week|week number|calendar week)(?: of the year)?(?: is it| are we in| is this| is it now)*",
            week,
        ),
        (r"(?:what|which) (?:month|year)(?: is it| are we in| is this| is it now)*", today),
        (
            r"(?:what|which) (?:weekday|day of the week)(?: is it| is today| it is| is this| do we have)*(?: today| now)?",
            today,
        ),
        (r"(?:is it|is today|today is|it's) (?<when>{t})(?: {t}| now| already)?", is_it),
        (r"(?:when(?:'s| is)|what(?:'s| is)|which year is) the next leap year", next_leap),
        (
            r"how (?:many days|long)(?: are there| are| is)?(?: in| does)? {the}(?<month>[\p{L}]+(?: \d{4})?|{t}|this month|next month|month)(?: have| has| long)?",
            month_days,
        ),
        (r"(?:how many|what are the) days (?:are )?(?:in|does) (?:{the})(?<month>.+?)(?: have)?", month_days),
        (
            r"how (?:many (?<unit>days|weeks|months|hours)|much time|long) (?:are |is |do (?:we|i) have )?(?:there )?(?:left|remaining|remain) (?:in|of)? ?(?:the |this )?(?<period>year|month|week|day|today)",
            left,
        ),
        (
            r"how many (?<unit>days|weeks|hours) (?:are )?(?:left )?(?:until|till|to) the end of (?:the|this) (?<period>year|month|week|day)",
            left,
        ),
        (
            r"(?:how old (?:is|am|are|would) (?:someone|somebody|a person|i|you|one|he|she|they)(?: be)?(?: if| who(?:'s| is| was)?)?(?: i| he| she| they)?(?: was| were| am)? ?born in (?<year>\d{4}))",
            born_in,
        ),
        (
            r"(?:what(?:'s| is| was| will be)?|which)? ?(?:the )?(?:date|day)?(?: is| was| will be| of| it is)* ?(?<amount>{d}) (?<dir>before|after|from|prior to|following|past) {the}(?<end>.+)",
            moved,
        ),
        (
            r"(?:what|which) (?:day|date|weekday|day of the week)(?: of the week)? (?:does|did|will|is|was) {the}(?<name>.+?) (?:fall|be|land|falls|falling)(?: on)?(?<year> .+)?",
            falls,
        ),
        (
            r"(?:(?:set|start|make|create|show(?: me)?|give me) )?{the}(?:countdown|count down) (?:to|until|till|for) (?<end>.+)",
            until,
        ),
        (
            r"how many (?:working|work|business|week) ?days (?:are there |is it |left )*(?:until|till|to|before) (?<end>.+)",
            workdays,
        ),
        (
            r"how (?:many (?<unit>hours|minutes|seconds)|long|much time)(?: is it| do i have| is there| are there| left| are left| is left)*(?: left)? (?:until|till|til|to|before) (?<clock>{t}|noon|midnight)",
            until_clock,
        ),
        (r"is (?<year>\d{4}|{t}|it|this year|this) a leap year", leap),
        (
            r"(?:how (?:many|much) (?<unit>days|weeks|months|nights|sleeps|hours|years)(?: are(?: there| left)?| is it| do (?:i|we) have| remain| left| is there)*|how long(?: is it| do (?:i|we) have| left| is there)*|(?:the )?(?:countdown|count down)|(?<unit2>days|weeks|months)|how far(?: away)? is(?: it)?|time)(?: left| to go| more| remaining)? (?:until|till|til|to|before) (?<end>.+)",
            until,
        ),
        (r"how (?:far away|many days away|far off|long) is (?<end>.+)", until),
        (
            r"how (?:many (?<unit>days|weeks|months|years)|long|much time)(?: (?:are|is|were|was) (?:there|it)| has it been| have passed| has passed| passed| is it| ago was)* (?:since|after) (?<end>.+)",
            since,
        ),
        (
            r"how (?:long|many (?<unit>days|weeks|months|years)) ago (?:was|is|were|did .+ on) (?<end>.+)",
            since,
        ),
        (r"(?<unit>days|weeks|months|years) since (?<end>.+)", since),
        (
            r"how old (?:is|am|are|would) (?:someone|somebody|a person|i|you|one|he|she|they)(?: be)?(?: if| who(?:'s| is| was)?)?(?: i| he| she| they)?(?: was| were| am)? ?born (?:on )?(?<end>.+)",
            since,
        ),
        (
            r"how (?:many (?<unit>days|weeks|months|years)|long)(?: are there| is it| is there| are| is)* (?:between|from) (?<from>.+?) (?:and|to|until|till|through) (?<end>.+)",
            between,
        ),
        (r"(?:days|weeks) (?:between|from) (?<from>.+?) (?:and|to|until|till) (?<end>.+)", between),
        (
            r"(?:when(?:'s| is| was| will)|what (?:date|day)(?: of the week)? (?:is|was|does|will)|on (?:what|which) (?:day|date) (?:is|does)|what(?:'s| is) the date of)(?: be)? {the}(?<when>.+?)(?: (?:be|fall|falls)(?: on)?)?",
            when,
        ),
        (
            r"(?:what|which) (?:day|date|weekday|day of the week)(?:'s|s)?(?: (?:is|was|will|does|would))?(?: it| the date)?(?: be)?(?: on| in)? ?(?<when>{t})(?: (?:be|on|fall on|fall|falls on))?",
            when,
        ),
        (
            r"(?:what(?:'s| is| was| will| would)?|tell me)(?: be)? the (?:date|day)(?: of the week)?(?: (?:is|was|be|on|it is))* ?(?<when>{t})",
            when,
        ),
        (r"(?:what(?:'s| is)) (?<when>{t})'?s? (?:date|day)", when),
        (r"(?:what(?:'s| is)) (?<when>{t})", when),
        (r"what will (?:the date|it) be (?<when>{t})", when),
        (r"what(?:'s| is) the next (?:public |bank )?holiday", next_holiday),
        (r"when is the next (?:public |bank )?holiday", next_holiday),
    ])
});

impl Skill for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["date", "next_holiday", "countdown"]
    }

    fn grammar(&self) -> Option<&'static Grammar> {
        Some(&GRAMMAR)
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match turn.analysis.intent.name.as_str() {
            "next_holiday" => return holiday_after(turn),
            "countdown" => return None,
            _ => {}
        }
        let named = turn.analysis.entities.iter().find_map(|entity| {
            let day = entity.value.get(..10)?.parse::<Day>().ok()?;
            matches!(entity.entity.as_str(), "date" | "datetime").then_some((entity.text.clone(), day))
        });
        Some(match named {
            Some((phrase, day)) if day != turn.now.date() => tell(&phrase, day),
            _ => tell("Today", turn.now.date()),
        })
    }
}

fn long(day: Day) -> String {
    day.strftime("%A, %-d %B %Y").to_string()
}

fn tell(phrase: &str, day: Day) -> Reply {
    Reply::say(format!("{} is {}.", capital(phrase), long(day)))
        .did("date", "tell")
        .with("date", day.to_string())
}

fn today(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    Some(tell("Today", turn.now.date()))
}

fn week(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let today = turn.now.date();
    let week = today.iso_week_date();
    let text = format!("It is week {} of {}.", week.week(), week.year());
    Some(Reply::say(text).did("date", "tell").with("date", today.to_string()).with("week", week.week()))
}

fn leap(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["year"])?;
    let year = said.parse::<i16>().unwrap_or_else(|_| turn.now.year());
    let leap = Day::new(year, 1, 1).ok()?.in_leap_year();
    let text =
        if leap { format!("Yes, {year} is a leap year.") } else { format!("No, {year} is not a leap year.") };
    Some(Reply::say(text).did("date", "tell").with("year", year).with("leap", leap))
}

/// The day that a phrase names: a date, or a holiday; with what to call it.
fn day(turn: &Turn<'_>, phrase: &str) -> Option<(String, Day)> {
    let phrase =
        phrase.trim_end_matches(" again").trim_start_matches("it's ").trim_start_matches("it is ").trim();
    if matches!(phrase.to_lowercase().as_str(), "today" | "now") {
        return Some(("today".to_owned(), turn.now.date()));
    }
    if let Some((name, day)) = holiday::named(phrase, turn.now.date()) {
        return Some((name.to_owned(), day));
    }
    // "July" alone is no date elsewhere: "I may".
    let month = format!("in {phrase}");
    let found = turn.entities(if phrase.contains(' ') { phrase } else { &month }, &TIME);
    let [entity] = found.as_slice() else { return None };
    // All of the phrase is the date, but for a word or two before it, or "my birthday on".
    let on = entity.text.to_lowercase().starts_with("on ") && phrase.ends_with(entity.text.as_str());
    if entity.text.chars().count() + 10 < phrase.chars().count() && !on {
        return None;
    }
    let day = entity.value.get(..10)?.parse().ok()?;
    (entity.entity != "time").then(|| (entity.text.clone(), day))
}

fn when(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["when"])?;
    let (phrase, day) = day(turn, &said)?;
    // What was asked for without a year is in the past as often as not.
    let verb = if day < turn.now.date() { "was" } else { "is" };
    let phrase = phrase.trim_start_matches("on ").to_owned();
    let text = format!("{} {verb} {}.", capital(&phrase), long(day));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()))
}

/// "Is it Tuesday today?"
fn is_it(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = turn.entities(&format!("this {}", found.text(&["when"])?), &TIME);
    let said = said.first().filter(|entity| entity.entity == "date")?;
    let day: Day = said.value.parse().ok()?;
    let today = turn.now.date();
    let text = format!("{}, today is {}.", if day == today { "Yes" } else { "No" }, long(today));
    Some(Reply::say(text).did("date", "tell").with("date", today.to_string()))
}

fn next_leap(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    let now = turn.now.year();
    let year = (now + 1..=now + 8).find(|year| Day::new(*year, 1, 1).is_ok_and(Day::in_leap_year))?;
    let reply = Reply::say(format!("The next leap year is {year}.")).did("date", "tell");
    Some(reply.with("year", year).with("leap", true))
}

fn month_days(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = found.text(&["month"])?.to_lowercase();
    let said = if said == "month" { "this month".to_owned() } else { said };
    let phrases = [said.clone(), format!("in {said}"), format!("1 {said}")];
    let day = phrases.iter().find_map(|phrase| {
        let found = turn.entities(phrase, &TIME);
        found.first().filter(|entity| entity.entity == "date")?.value.parse::<Day>().ok()
    })?;
    // "How many days in 5 May" is none; a month is its first day.
    if day.day() != 1 || said.contains("year") || said.contains("week") {
        return None;
    }
    let days = day.days_in_month();
    let text = format!("{} has {days} days.", day.strftime("%B %Y"));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()).with("days", days))
}

/// What is left of the year, today not counted.
fn left(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let period = found.text(&["period"])?.to_lowercase();
    let today = turn.now.date();
    let last = match period.as_str() {
        "year" => today.last_of_year(),
        "month" => today.last_of_month(),
        "week" => today.checked_add((6 - i64::from(today.weekday().to_monday_zero_offset())).days()).ok()?,
        _ => today,
    };
    let unit = found.text(&["unit"]).unwrap_or_default().to_lowercase();
    let (days, mut text) = apart(today, last, &unit);
    if unit == "hours" || period == "day" || period == "today" {
        let end = last.tomorrow().ok()?.to_zoned_datetime(turn.now.time_zone().clone()).ok()?;
        let left = end.timestamp().as_millisecond() - turn.now_ms();
        text = super::wording::length(left / 60_000 * 60_000);
    }
    let text = format!("{} left of this {}.", capital(&text), period.replace("today", "day"));
    Some(Reply::say(text).did("date", "until").with("date", last.to_string()).with("days", days))
}

fn born_in(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let year: i16 = found.text(&["year"])?.parse().ok()?;
    let first = Day::new(year, 1, 1).ok().filter(|first| *first <= turn.now.date())?;
    let years = turn.now.year() - year;
    let text = format!("{} or {years} years old, by the month.", years - 1);
    let days = (turn.now.date() - first).get_days();
    Some(Reply::say(text).did("date", "since").with("date", first.to_string()).with("days", days))
}

/// "10 days after Christmas".
fn moved(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let amount = turn.entities(&found.text(&["amount"])?, &["duration"]);
    let span: jiff::Span = amount.first()?.value.parse().ok()?;
    let (_, from) = day(turn, &found.text(&["end"])?)?;
    let back = matches!(found.text(&["dir"])?.to_lowercase().as_str(), "before" | "prior to");
    let moved = from.checked_add(if back { -span } else { span }).ok()?;
    Some(Reply::say(format!("That is {}.", long(moved))).did("date", "tell").with("date", moved.to_string()))
}

/// "What day does Christmas fall on this year?"
fn falls(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let year = found.text(&["year"]).unwrap_or_default();
    let year = year.trim().trim_start_matches("in ");
    let name = found.text(&["name"])?;
    let (name, day) = day(turn, format!("{name} {year}").trim()).or_else(|| day(turn, &name))?;
    Some(tell(&name, day))
}

fn workdays(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, end) = day(turn, &found.text(&["end"])?)?;
    let today = turn.now.date();
    if end < today || (end - today).get_days() > 40_000 {
        return None;
    }
    let mut days = 0;
    let mut at = today;
    while at < end {
        at = at.tomorrow().ok()?;
        days += i64::from(at.weekday().to_monday_zero_offset() < 5);
    }
    let name = name.trim_start_matches("on ");
    let text =
        format!("{} until {name} ({}), holidays not counted out.", count(days, "working day"), long(end));
    Some(Reply::say(text).did("date", "until").with("date", end.to_string()).with("days", days))
}

/// "How many minutes until noon?"
fn until_clock(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let said = turn.entities(&format!("at {}", found.text(&["clock"])?.trim_start_matches("at ")), &TIME);
    let entity = said.first().filter(|entity| entity.entity != "date")?;
    let at = super::schedule::moment(entity, turn.now)?;
    let ms = at.timestamp().as_millisecond() - turn.now_ms();
    let minutes = (ms + 59_999) / 60_000;
    let text = match found.text(&["unit"]).unwrap_or_default().to_lowercase().as_str() {
        "minutes" => count(minutes, "minute"),
        "seconds" => count(ms / 1000, "second"),
        _ => super::wording::length(minutes * 60_000),
    };
    let text = format!("{} until {}.", capital(&text), super::wording::moment(&at, turn.now));
    let reply = Reply::say(text).did("date", "until").with("date", at.date().to_string());
    let days = (at.date() - turn.now.date()).get_days();
    Some(
        reply
            .with("days", days)
            .with("time", turn.stamp(at.timestamp().as_millisecond()))
            .with("duration_s", ms / 1000),
    )
}

/// "32 days (4 weeks and 4 days)"; in the unit that was asked for.
fn apart(from: Day, to: Day, unit: &str) -> (i64, String) {
    let days = i64::from((to - from).get_days());
    let count_of = |unit: Unit| {
        let span = from.until((unit, to)).ok();
        span.map_or(0, |span| match unit {
            Unit::Year => i64::from(span.get_years()),
            Unit::Month => i64::from(span.get_months()),
            _ => i64::from(span.get_weeks()),
        })
    };
    let and_days = |whole: i64, name: &str, past: Option<Day>| {
        let rest = past.map_or(0, |past| i64::from((to - past).get_days()));
        if rest == 0 {
            count(whole, name)
        } else {
            format!("{} and {}", count(whole, name), count(rest, "day"))
        }
    };
    let text = match unit {
        "weeks" => and_days(days / 7, "week", from.checked_add((days / 7 * 7).days()).ok()),
        "months" => {
            let months = count_of(Unit::Month);
            and_days(months, "month", from.checked_add(months.months()).ok())
        }
        "years" => {
            let years = count_of(Unit::Year);
            count(years, "year")
        }
        "hours" => count(days * 24, "hour"),
        "sleeps" => count(days, "sleep"),
        "nights" => count(days, "night"),
        _ => count(days, "day"),
    };
    (days, text)
}

fn until(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, day) = day(turn, &found.text(&["end"])?)?;
    let unit = found.text(&["unit", "unit2"]).unwrap_or_default().to_lowercase();
    let today = turn.now.date();
    let (days, text) = apart(today, day, &unit);
    let name = name.trim_start_matches("on ");
    let text = match days {
        0 => format!("{} is today!", capital(name)),
        1.. => format!("{text} until {name} ({}).", long(day)),
        _ => format!("{} was {} ago.", capital(name), apart(day, today, &unit).1),
    };
    Some(Reply::say(text).did("date", "until").with("date", day.to_string()).with("days", days))
}

fn since(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (name, mut day) = day(turn, &found.text(&["end"])?)?;
    let today = turn.now.date();
    // A date without a year is read as the next one; since then it is the last.
    if day > today {
        let weekday = name.to_lowercase().ends_with("day");
        day = if weekday { day.checked_sub(7.days()).ok()? } else { day.checked_sub(1.year()).ok()? };
    }
    let old = found.whole().to_lowercase().starts_with("how old");
    let unit =
        if old { "years".to_owned() } else { found.text(&["unit"]).unwrap_or_default().to_lowercase() };
    let (days, text) = apart(day, today, &unit);
    let text = if old { format!("{text} old.") } else { format!("{text} since {}.", long(day)) };
    Some(Reply::say(text).did("date", "since").with("date", day.to_string()).with("days", days))
}

fn between(turn: &mut Turn<'_>, found: &Found) -> Option<Reply> {
    let (_, from) = day(turn, &found.text(&["from"])?)?;
    let (_, to) = day(turn, &found.text(&["end"])?)?;
    let (from, to) = (from.min(to), from.max(to));
    let unit = found.text(&["unit"]).unwrap_or_default().to_lowercase();
    let (days, text) = apart(from, to, &unit);
    let text = format!("{text}, from {} to {}.", long(from), long(to));
    let reply = Reply::say(text).did("date", "between").with("from", from.to_string());
    Some(reply.with("to", to.to_string()).with("days", days))
}

fn next_holiday(turn: &mut Turn<'_>, _: &Found) -> Option<Reply> {
    holiday_after(turn)
}

fn holiday_after(turn: &Turn<'_>) -> Option<Reply> {
    let (name, day) = holiday::next(turn.now.date())?;
    let text = format!("The next one I know is {name}, on {}.", long(day));
    Some(Reply::say(text).did("date", "tell").with("date", day.to_string()))
}
