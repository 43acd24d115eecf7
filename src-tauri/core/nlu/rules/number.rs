//! Numbers in digits and in words, as exact decimals.

use std::fmt;

use super::words::{Shape, Words};

/// A decimal number, exact to the digit as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    units: i128,
    scale: u32,
}

/// Digits that a number may have; longer ones are account numbers and the like.
const MOST_DIGITS: usize = 21;

impl Decimal {
    /// The whole number `units`.
    pub const fn whole(units: i128) -> Decimal {
        Decimal { units, scale: 0 }
    }

    /// `digits` with the last `scale` of them after the point.
    fn parse(digits: &str, scale: usize) -> Option<Decimal> {
        if digits.len() > MOST_DIGITS {
            return None;
        }
        Some(Decimal { units: digits.parse().ok()?, scale: u32::try_from(scale).ok()? })
    }

    /// The number times 10 to the power of `places`.
    pub fn shifted(self, places: i32) -> Option<Decimal> {
        let scale = i64::from(self.scale) - i64::from(places);
        match u32::try_from(scale) {
            Ok(scale) => Some(Decimal { scale, ..self }),
            Err(_) => {
                let zeros = u32::try_from(-scale).ok()?;
                Some(Decimal { units: self.units.checked_mul(10i128.checked_pow(zeros)?)?, scale: 0 })
            }
        }
    }

    /// The sum.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let at = |number: Decimal| number.units.checked_mul(10i128.checked_pow(scale - number.scale)?);
        Some(Decimal { units: at(self)?.checked_add(at(other)?)?, scale })
    }

    /// The product with a whole number.
    pub fn times(self, factor: i64) -> Option<Decimal> {
        Some(Decimal { units: self.units.checked_mul(i128::from(factor))?, ..self })
    }

    /// The whole part, and the rest as a number below 1.
    pub fn split(self) -> Option<(i64, Decimal)> {
        let one = 10i128.checked_pow(self.scale)?;
        Some((i64::try_from(self.units / one).ok()?, Decimal { units: self.units % one, ..self }))
    }

    /// The number, if it is whole and fits.
    pub fn integer(self) -> Option<i64> {
        self.split().filter(|(_, rest)| rest.is_zero()).map(|(whole, _)| whole)
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether it is below 0.
    pub fn is_negative(self) -> bool {
        self.units < 0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = self.units.unsigned_abs().to_string();
        let scale = self.scale as usize;
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let digits = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        write!(f, "{sign}{whole}.{part}")
    }
}

/// A number at word `at` and the word after it: `3`, `-1,250.5`, `twenty-five`, `2.5 million`, `two and a half`.
pub(super) fn number(words: &Words, at: usize) -> Option<(Decimal, usize)> {
    let (value, next) = in_digits(words, at).or_else(|| in_words(words, at))?;
    let (value, next) = match words.lower(next) {
        "k" if words.glued(next) && words.ends(next + 1) => (value.shifted(3)?, next + 1),
        _ => match power(words.lower(next)).filter(|_| !words.glued(next)) {
            Some(zeros) => (value.shifted(zeros)?, next + 1),
            None if words.lower(next) == "dozen" => (value.times(12)?, next + 1),
            None => (value, next),
        },
    };
    match words.after_any(next, &["and a half", "and half"]) {
        // "two hours and a half" is for durations; "two and a half" is a number.
        Some(end) if value.integer().is_some() => Some((value.plus(HALF)?, end)),
        _ => Some((value, next)),
    }
}

/// One half.
pub(super) const HALF: Decimal = Decimal { units: 5, scale: 1 };
/// One quarter.
pub(super) const QUARTER: Decimal = Decimal { units: 25, scale: 2 };
/// Three quarters.
pub(super) const THREE_QUARTERS: Decimal = Decimal { units: 75, scale: 2 };

/// A number as an entity: not the pronoun "one", not part of a version, an address, a code or a fraction.
pub(super) fn entity(words: &Words, at: usize) -> Option<(String, usize)> {
    let (value, next) = number(words, at).filter(|_| ordinal(words, at).is_none())?;
    let pronoun = next == at + 1 && words.lower(at) == "one";
    let part_of = |at: usize| matches!(words.lower(at), "." | "/" | ":" | "-" | "_" | "#" | "@");
    let before = words.glued(at) && at.checked_sub(1).is_some_and(part_of) && words.digits(at).is_some();
    let after = words.glued(next)
        && part_of(next)
        && words.glued(next + 1)
        && words.shape(next + 1) != Some(Shape::Mark);
    let unit = words.glued(next) && UNITS.contains(&words.lower(next)) && words.ends(next + 1);
    (!pronoun && !before && !after && (unit || words.alone(at, next))).then(|| (value.to_string(), next))
}

/// Units that are written onto a number.
const UNITS: &[&str] = &[
    "kg", "g", "mg", "lb", "lbs", "oz", "km", "m", "cm", "mm", "mi", "ft", "in", "yd", "l", "ml", "cl", "kb",
    "mb", "gb", "tb", "c", "f", "x", "mph", "kmh", "kcal", "cal", "w", "kw", "kwh", "v", "hz", "khz", "mhz",
    "ghz", "px", "pt",
];

/// `1250`, `1,250.50`, `1.250,50`, `.5`, with a minus that nothing touches from the left.
fn in_digits(words: &Words, at: usize) -> Option<(Decimal, usize)> {
    if words.lower(at) == "-" || words.lower(at) == "−" {
        let digits = words.glued(at + 1) && words.digits(at + 1).is_some();
        let free = !words.glued(at) || at.checked_sub(1).is_some_and(|b| matches!(words.lower(b), "(" | "["));
        let (value, next) = if digits && free { in_digits(words, at + 1)? } else { return None };
        return Some((value.times(-1)?, next));
    }
    if !words.glued(at)
        && let Some(part) = words.digits_after_point(at)
    {
        return Some((Decimal::parse(part, part.len())?, at + 2));
    }
    let mut digits = words.digits(at)?.to_owned();
    let mut next = at + 1;
    let groups = |mark: &str| {
        let mut end = at + 1;
        while digits.len() <= 3 && words.digits_after(end, mark).is_some_and(|group| group.len() == 3) {
            end += 2;
        }
        end
    };
    let (comma, point) = (groups(","), groups("."));
    // "1.250" alone is one and a quarter; twice the mark, or a comma after it, makes it a thousand.
    let by_points = point > at + 3 || point > at + 1 && words.digits_after(point, ",").is_some();
    let (end, mark) = if by_points { (point, ",") } else { (comma, ".") };
    while next < end {
        digits.push_str(words.digits(next + 1)?);
        next += 2;
    }
    let mut scale = 0;
    if let Some(part) = words.digits_after(next, mark) {
        digits.push_str(part);
        scale = part.len();
        next += 2;
        // A version, a date, an address.
        if words.digits_after(next, ".").is_some() {
            return None;
        }
    }
    Some((Decimal::parse(&digits, scale)?, next))
}

impl<'t> Words<'t> {
    fn digits_after_point(&self, at: usize) -> Option<&'t str> {
        self.digits(at + 1).filter(|_| self.lower(at) == "." && self.glued(at + 1))
    }
}

/// `seven`, `twenty five`, `one hundred and five`, `a thousand`, `two point five`.
fn in_words(words: &Words, at: usize) -> Option<(Decimal, usize)> {
    let article = words.after_any(at, &["a", "an"]).filter(|&next| {
        matches!(words.lower(next), "hundred" | "thousand" | "million" | "billion" | "dozen")
    });
    let (mut total, mut part, mut next) = (0i64, 0i64, at);
    if let Some(after) = article {
        part = 1;
        next = after;
    } else {
        let (first, after) = below_hundred(words, at)?;
        part = part.checked_add(first)?;
        next = next.max(after);
    }
    let mut least = i32::MAX;
    loop {
        if words.lower(next) == "hundred" && part > 0 && part < 100 {
            part *= 100;
            next += 1;
        } else if let Some(zeros) =
            power(words.lower(next)).filter(|&zeros| zeros < least && part > 0 && part < 1000)
        {
            total = total.checked_add(part.checked_mul(10i64.checked_pow(zeros.unsigned_abs())?)?)?;
            part = 0;
            least = zeros;
            next += 1;
        } else {
            // "one hundred and five", "two thousand twenty"; not "five and six".
            let and = words.after(next, "and").unwrap_or(next);
            match below_hundred(words, and) {
                Some((rest, after))
                    if next > at + 1 && part % 100 == 0 && (part > 0 || total > 0) && !spent(words, next) =>
                {
                    part += rest;
                    next = after;
                }
                _ => break,
            }
        }
    }
    let value = Decimal::whole(i128::from(total.checked_add(part)?));
    if words.lower(next) == "point" {
        let digits: String =
            (next + 1..next + 1 + MOST_DIGITS).map_while(|at| digit(words.lower(at))).collect();
        if !digits.is_empty() {
            let after = next + 1 + digits.len();
            return Some((value.plus(Decimal::parse(&digits, digits.len())?)?, after));
        }
    }
    Some((value, next))
}

/// Whether the word before `next` names no hundred, thousand ..., so that nothing can be added to it.
fn spent(words: &Words, next: usize) -> bool {
    let last = next.checked_sub(1).map_or("", |last| words.lower(last));
    last != "hundred" && power(last).is_none()
}

fn digit(word: &str) -> Option<char> {
    let at = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        .iter()
        .position(|d| *d == word)?;
    char::from_digit(at as u32, 10)
}

/// 0 to 99 in words: `seven`, `twenty`, `twenty five`, `twenty-five`.
pub(super) fn below_hundred(words: &Words, at: usize) -> Option<(i64, usize)> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let ones = |at: usize| ONES.iter().position(|word| *word == words.lower(at)).map(|n| n as i64);
    if let Some(value) = ones(at) {
        return Some((value, at + 1));
    }
    let tens = if words.lower(at) == "fourty" {
        2
    } else {
        TENS.iter().position(|word| *word == words.lower(at))?
    };
    let tens = (tens as i64 + 2) * 10;
    let next = if words.joined_by(at + 1, "-") { at + 2 } else { at + 1 };
    match ones(next).filter(|n| (1..10).contains(n)) {
        Some(value) => Some((tens + value, next + 1)),
        None => Some((tens, at + 1)),
    }
}

/// Zeros of `thousand`, `million` ...
fn power(word: &str) -> Option<i32> {
    match word {
        "thousand" => Some(3),
        "million" => Some(6),
        "billion" => Some(9),
        "trillion" => Some(12),
        _ => None,
    }
}

/// A place in an order, 1 to 99, at word `at`: `3rd`, `first`, `twenty-first`.
pub(super) fn ordinal(words: &Words, at: usize) -> Option<(i64, usize)> {
    const ONES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(digits) = words.digits(at).filter(|digits| digits.len() <= 2) {
        let suffix = words.glued(at + 1) && matches!(words.lower(at + 1), "st" | "nd" | "rd" | "th");
        return digits.parse().ok().filter(|_| suffix).map(|value| (value, at + 2));
    }
    let ones = |at: usize| ONES.iter().position(|word| *word == words.lower(at)).map(|n| n as i64 + 1);
    if let Some(value) = ones(at) {
        return Some((value, at + 1));
    }
    let tens = match words.lower(at) {
        "thirtieth" => return Some((30, at + 1)),
        "twenty" => 20,
        "thirty" => 30,
        _ => return None,
    };
    let next = if words.joined_by(at + 1, "-") { at + 2 } else { at + 1 };
    ones(next).filter(|n| *n < 10).map(|value| (tens + value, next + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, usize)> {
        let words = Words::new(text);
        (0..words.len()).find_map(|at| entity(&words, at))
    }

    #[test]
    fn numbers_are_exact() {
        for (text, value) in [
            ("I have 3 cats", "3"),
            ("1,250.50", "1250.50"),
            ("1.250.000", "1250000"),
            ("1.250,5", "1250.5"),
            ("1.25", "1.25"),
            ("1,25", "1"),
            (".5", "0.5"),
            ("it is -4 out", "-4"),
            ("twenty five", "25"),
            ("Twenty-Five", "25"),
            ("seven", "7"),
            ("one hundred and five", "105"),
            ("two thousand and twenty six", "2026"),
            ("a hundred", "100"),
            ("three hundred twelve thousand and one", "312001"),
            ("2.5 million", "2500000"),
            ("5k", "5000"),
            ("two point five", "2.5"),
            ("two and a half", "2.5"),
            ("a dozen eggs", "12"),
            ("two dozen", "24"),
            ("three and four", "3"),
            ("5kg of flour", "5"),
            ("(-3)", "-3"),
            ("10,000,000", "10000000"),
            ("0", "0"),
        ] {
            assert_eq!(read(text).map(|(value, _)| value).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for text in [
            "no one",
            "mp3",
            "abc123",
            "1.2.3",
            "192.168.0.1",
            "3rd",
            "1/2",
            "a",
            "and a half",
            "#42",
            "B-52",
            "twenty third",
            "999999999999999999999999999999",
            "９",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn places_in_an_order() {
        for (text, place) in
            [("3rd", 3), ("21st", 21), ("first", 1), ("twenty-first", 21), ("thirty first", 31)]
        {
            assert_eq!(ordinal(&Words::new(text), 0).map(|(place, _)| place), Some(place), "{text}");
        }
        assert_eq!(ordinal(&Words::new("3"), 0), None);
    }
}
