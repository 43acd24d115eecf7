//! Days that have a name.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::Regex;

type Of = fn(i16) -> Option<Date>;

/// Names, the first of them the one that is said, and the day in a year.
const HOLIDAYS: &[(&[&str], Of)] = &[
    (
        &[
            "New Year's Day",
            "new year",
            "new years",
            "new year's",
            "new years day",
            "year",
            "years",
            "year's",
            "year's day",
        ],
        |year| on(year, 1, 1),
    ),
    (&["Valentine's Day", "valentines day", "valentine's", "valentines"], |year| on(year, 2, 14)),
    (&["St Patrick's Day", "st patricks day", "saint patrick's day", "st. patrick's day"], |year| {
        on(year, 3, 17)
    }),
    (&["April Fools' Day", "april fools", "april fools day", "april fool's day"], |year| on(year, 4, 1)),
    (&["Good Friday"], |year| easter(year)?.checked_sub(2.days()).ok()),
    (&["Easter", "easter sunday"], easter),
    (&["Easter Monday"], |year| easter(year)?.tomorrow().ok()),
    (&["Earth Day"], |year| on(year, 4, 22)),
    (&["May Day", "labour day"], |year| on(year, 5, 1)),
    (&["Mother's Day", "mothers day"], |year| nth(year, 5, 2, Weekday::Sunday)),
    (&["Memorial Day"], |year| nth(year, 5, -1, Weekday::Monday)),
    (&["Father's Day", "fathers day"], |year| nth(year, 6, 3, Weekday::Sunday)),
    (&["Independence Day", "the fourth of july", "4th of july", "fourth of july"], |year| on(year, 7, 4)),
    (&["Labor Day"], |year| nth(year, 9, 1, Weekday::Monday)),
    (&["Halloween", "hallowe'en"], |year| on(year, 10, 31)),
    (&["Veterans Day", "remembrance day"], |year| on(year, 11, 11)),
    (&["Thanksgiving", "thanksgiving day"], |year| nth(year, 11, 4, Weekday::Thursday)),
    (&["Black Friday"], |year| nth(year, 11, 4, Weekday::Thursday)?.tomorrow().ok()),
    (&["Christmas Eve", "xmas eve"], |year| on(year, 12, 24)),
    (&["Christmas", "christmas day", "xmas", "xmas day", "x-mas"], |year| on(year, 12, 25)),
    (&["Boxing Day"], |year| on(year, 12, 26)),
    (&["New Year's Eve", "new years eve", "silvester", "year's eve", "years eve"], |year| on(year, 12, 31)),
];

/// What some are called by, apostrophes apart, where a day is asked for: elsewhere Chrissie is a person.
const NICKNAMES: &[(&str, &str)] = &[
    ("paddys day", "st patricks day"),
    ("paddy day", "st patricks day"),
    ("st paddys day", "st patricks day"),
    ("saint patricks day", "st patricks day"),
    ("st patricks", "st patricks day"),
    ("patricks day", "st patricks day"),
    ("vday", "valentines day"),
    ("v-day", "valentines day"),
    ("valentine day", "valentines day"),
    ("saint valentines day", "valentines day"),
    ("chrimbo", "christmas"),
    ("crimbo", "christmas"),
    ("chrissie", "christmas"),
    ("crimbo eve", "christmas eve"),
    ("turkey day", "thanksgiving"),
    ("hogmanay", "new years eve"),
    ("nye", "new years eve"),
    ("old years night", "new years eve"),
    ("all fools day", "april fools day"),
];

fn on(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn nth(year: i16, month: i8, n: i8, weekday: Weekday) -> Option<Date> {
    on(year, month, 1)?.nth_weekday_of_month(n, weekday).ok()
}

/// Easter Sunday, by the [computus](https://en.wikipedia.org/wiki/Date_of_Easter#Anonymous_Gregorian_algorithm).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    on(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:the )?(?<name>.+?)(?:,? (?:in |of )?(?<year>\d{4}|next year|this year|last year))?$")
        .ok()
});

/// The holiday that `text` names and its day: the next from `today` on, or that
/// of the year that is said.
pub(crate) fn named(text: &str, today: Date) -> Option<(&'static str, Date)> {
    let captures = YEAR.as_ref().and_then(|year: &Regex| year.captures(text.trim()))?;
    let said = captures["name"].to_lowercase();
    let bare = said.replace(['\'', '.'], "");
    let said =
        NICKNAMES.iter().find(|(nickname, _)| *nickname == bare).map_or(said.as_str(), |(_, name)| name);
    let (names, of) =
        HOLIDAYS.iter().find(|(names, _)| names.iter().any(|name| name.to_lowercase() == said))?;
    let name = names.first()?;
    let date = match captures.name("year").map(|year| year.as_str().to_lowercase()).as_deref() {
        Some("next year") => of(today.year() + 1)?,
        Some("this year") => of(today.year())?,
        Some("last year") => of(today.year() - 1)?,
        Some(year) => of(year.parse().ok()?)?,
        None => [today.year(), today.year() + 1].into_iter().filter_map(of).find(|date| *date >= today)?,
    };
    Some((name, date))
}

/// The names as words, apostrophes apart, and the day in a year.
static PHRASES: LazyLock<Vec<(String, Of)>> = LazyLock::new(|| {
    let names = HOLIDAYS.iter().flat_map(|(names, of)| names.iter().map(move |name| (*name, *of)));
    // "the year", "the years" are short for New Year only where a holiday is asked for.
    let names = names.filter(|(name, _)| !name.starts_with("year"));
    names.map(|(name, of)| (name.to_lowercase().replace('\'', " ' ").replace("  ", " "), of)).collect()
});

/// The holidays whose name begins with the word `first`: all words of the name, apostrophes apart, and when the
/// day is next.
pub(crate) fn days(first: &str, today: Date) -> impl Iterator<Item = (&'static str, Date)> {
    let begins = move |phrase: &str| phrase.split(' ').next() == Some(first);
    let day =
        move |of: Of| [today.year(), today.year() + 1].into_iter().filter_map(of).find(|date| *date >= today);
    PHRASES
        .iter()
        .filter(move |(phrase, _)| begins(phrase))
        .filter_map(move |(phrase, of)| Some((phrase.as_str(), day(*of)?)))
}

/// The next holiday after `today`.
pub(crate) fn next(today: Date) -> Option<(&'static str, Date)> {
    let days = HOLIDAYS.iter().flat_map(|(names, of)| {
        let name = names.first().copied().unwrap_or_default();
        [today.year(), today.year() + 1].into_iter().filter_map(move |year| Some((name, of(year)?)))
    });
    days.filter(|(_, date)| *date > today).min_by_key(|(_, date)| *date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_fall_where_the_calendar_has_them() {
        let today = Date::new(2026, 11, 23).unwrap();
        for (text, date) in [
            ("Easter next year", "2027-03-28"),
            ("easter 2024", "2024-03-31"),
            ("Easter 2038", "2038-04-25"),
            ("thanksgiving", "2026-11-26"),
            ("Christmas", "2026-12-25"),
            ("new year", "2027-01-01"),
            ("mother's day", "2027-05-09"),
            ("memorial day", "2027-05-31"),
            ("St. Paddy's Day", "2027-03-17"),
            ("hogmanay next year", "2027-12-31"),
        ] {
            assert_eq!(named(text, today).unwrap().1.to_string(), date, "{text}");
        }
        assert_eq!(next(today).unwrap().0, "Thanksgiving");
    }
}
