//! Sums as people say them, in the notation of fend: "20% off 50", "half of 86".

mod loose;
mod told;
mod units;

use std::sync::LazyLock;

use regex::Regex;

pub(super) use loose::{loose, signed, spans};

/// What is said after a number of money.
const MONEY: &str = r"(?: ?(?:[€£$]|euros?\b|eur\b|dollars?\b|bucks\b|pounds?\b|quid\b|usd\b|gbp\b|francs?\b|rand\b|naira\b|rupees?\b|cents?\b|pence\b))?";

/// A number, in front of what it counts.
const NUMBER: &str = r"(-?[$€£]?\d[\d,]*(?:\.\d+)?)";

/// How a sum is said, and its notation; `$1` and `$2` are its numbers.
const SPOKEN: &[(&str, &str)] = &[
    (
        r"(?:if )?(?:i |you |we )?(?:add|put|slap|stick|plus) (?:an? |another )?N ?%(?: more| extra)?EXTRA (?:on(?: top of)?|onto|to) N",
        "$2 * (1 + $1/100)",
    ),
    (r"N ?%(?: more| extra)?EXTRA (?:on top of|onto|to) N", "$2 * (1 + $1/100)"),
    (r"N (?:out of|of|/) N (?:as|in)(?: an?)? %", "($1)/($2) * 100 = %"),
    (r"(?:increase|raise|put up|bump(?: up)?|mark up) N by N ?%", "$1 * (1 + $2/100)"),
    (r"N (?:increased|raised|marked up|up) (?:by )?N ?%", "$1 * (1 + $2/100)"),
    (r"N (?:plus|\+|and|with)(?: an?| the)? N ?%EXTRA(?: on top| added)?", "$1 * (1 + $2/100)"),
    (
        r"(?:take |subtract |minus |knock |deduct )?N ?%(?: discount)? (?:off|off of|from|discount on|less than) N",
        "$2 * (1 - $1/100)",
    ),
    (r"(?:decrease|reduce|lower|cut|bring down|discount|mark down) N by N ?%", "$1 * (1 - $2/100)"),
    (r"N (?:decreased|reduced|lowered|cut|marked down|down|discounted) (?:by )?N ?%", "$1 * (1 - $2/100)"),
    (r"N (?:with|at)(?: an?| the)? N ?% (?:off|discount|reduction)", "$1 * (1 - $2/100)"),
    (r"(?:the )?N ?% (?:vat|tax|gst|interest|deposit|commission) (?:on|of|for) N", "$1% of $2"),
    (r"N (?:minus|-|less) N ?%", "$1 * (1 - $2/100)"),
    (r"(?:what )?% (?:of )?N (?:is|are) N", "($2)/($1) * 100 = %"),
    (r"N (?:is|are) (?:what|which|how many) %(?: of)? N", "($1)/($2) * 100 = %"),
    (r"(?:what )?% (?:is|are) N (?:of|out of) N", "($1)/($2) * 100 = %"),
    (r"N (?:as a|in) % of N", "($1)/($2) * 100 = %"),
    (
        r"(?:the )?% (?:change|increase|growth|rise|difference|decrease|drop) from N to N",
        "(($2) - ($1))/($1) * 100 = %",
    ),
    (
        r"(?:a )?(?:tip(?: of)? )?N ?%(?: tip)? (?:on|for|of) N(?: dollars| euros| pounds| bucks)?",
        "$1% of $2",
    ),
    (
        r"(?:split|share|divide|spread|halve|break up) N (?:up |out |evenly |equally |fairly )*(?:by|between|among|amongst|into|in|with|over|across) (?:the |all )?N(?: of us| (?:equal )?\pL+)?",
        "$1 / $2",
    ),
    (
        r"N (?:split|shared|divided|spread|paid off|repaid|div) (?:up |out |evenly |equally )*(?:by|between|among|amongst|into|in|with|over|across|for) (?:the |all )?N(?: of us| (?:equal )?\pL+)?",
        "$1 / $2",
    ),
    (r"(?:add|sum|the sum of|total of|the total of) N (?:and|to|plus|with) N", "$1 + $2"),
    (r"(?:subtract|take|deduct) N (?:from|away from|off) N", "$2 - $1"),
    (r"(?:the )?difference (?:between|of) N and N", "abs($1 - $2)"),
    (r"(?:multiply) N (?:by|and|with|times) N", "$1 * $2"),
    (r"(?:the )?product of N and N", "$1 * $2"),
    (r"N x N", "$1 * $2"),
    (r"N (?:lots?|groups?|sets?|packs?|boxes|bags?|rows?|bunches|times) of N(?: \pL+)?", "$1 * $2"),
    (r"N (?:more|bigger|greater|higher) than N", "$2 + $1"),
    (r"N (?:less|fewer|smaller|lower) than N", "$2 - $1"),
    (r"N (?:goes |go |divided )?into N(?: how (?:many times|often))?", "$2 / $1"),
    (
        r"round(?: off)? N (?:off |up |down )?to (?:the nearest )?(?:whole number|integer|whole|unit)",
        "round($1)",
    ),
    (r"(?:a |one )?half(?: of)? N", "$1 / 2"),
    (r"(?:double|twice) N", "$1 * 2"),
    (r"(?:triple|three times) N", "$1 * 3"),
    (r"(?:the )?square of N", "$1^2"),
    (r"(?:is )?N divisible by N", "$1 / $2"),
    (r"N factorial", "$1!"),
    (r"(?:the )?factorial of N", "$1!"),
    (r"(?:the )?(?:sqrt|square root)(?: of)? N", "sqrt $1"),
    (r"(?:the )?cube root (?:of )?N", "cbrt $1"),
    (r"(?:the )?log(?:arithm)?(?: of)? N", "log10 $1"),
    (r"(?:the )?(?:ln|natural log(?:arithm)?)(?: of)? N", "ln $1"),
    (r"(?:the )?(?:value of )?pi", "pi"),
    (r"N off(?: of)? N", "$2 - $1"),
    (r"(?:the )?cube of N", "$1^3"),
    (
        r"(?:(?:do )?(?:i|you) get (?:if|when) (?:i|you) )?(?:add|sum) N (?:and|to|plus|with) N(?: together)?",
        "$1 + $2",
    ),
    (r"(?:split|share|divide) N (?:two|2) ways", "$1 / 2"),
    (r"(?:split|share|divide) N (?:three|3) ways", "$1 / 3"),
    (r"(?:split|share|divide) N (?:four|4) ways", "$1 / 4"),
    (r"(?:split|share|divide) N (?:five|5) ways", "$1 / 5"),
    (r"(?:a )?N ?% tip on N(?: dollars| euros| pounds| bucks)?", "$1% of $2"),
    (r"if (?:i|you) add N and N", "$1 + $2"),
    (
        r"(?:what do (?:i|you|we) get )?(?:if|when) (?:i|you|we) (?:split|divide|share) N (?:between|among|amongst|by|with) N(?: people| friends| persons| ways| of us)?,?(?: (?:what|how much) .+)?",
        "$1 / $2",
    ),
    (
        r"N (?:feet|foot|ft) (?:and )?N(?: inch(?:es)?)? (?:in|to|into) (?:cm|centimet(?:er|re)s?)",
        "$1 feet + $2 inches in cm",
    ),
    (
        r"N (?:feet|foot|ft) (?:and )?N(?: inch(?:es)?)? (?:in|to|into) (?:m|met(?:er|re)s?)",
        "$1 feet + $2 inches in m",
    ),
];

/// What may be added as a percentage.
const EXTRA: &str =
    r"(?: (?:tip|sales tax|tax|vat|gst|interest|service(?: charge)?|mark-?up|surcharge|fee|commission))?";

static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let number = format!("{NUMBER}{MONEY}");
    let compiled = SPOKEN.iter().filter_map(|(pattern, notation)| {
        let regex = Regex::new(&format!("(?i)^{}$", pattern.replace("EXTRA", EXTRA).replace('N', &number)));
        debug_assert!(regex.is_ok(), "{regex:?}");
        Some((regex.ok()?, *notation))
    });
    compiled.collect()
});

/// Several numbers to be added: "add up 14, 29 and 7".
static ADDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:what(?:'s| is) )?(?:add(?: up| together)?|sum(?: up)?|total(?: up)?|(?:the )?(?:sum|total) of) (?<all>-?\d+(?:\.\d+)?(?:(?:,| and|, and| plus)? -?\d+(?:\.\d+)?){1,40})$",
    )
    .ok()
});
static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"-?\d+(?:\.\d+)?").ok());

/// Units of one in another: "how many feet are there in a mile".
static UNITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:how\ (?:many|much)\ |(?:the\ )?(?:total\ |correct\ )?(?:number|amount)\ of\ )?(?<to>\pL+(?:\ \pL+)?)(?:'s)?
         \ (?:are\ |is\ |go\ |do\ |does\ )?(?:there\ )?(?:are\ |is\ )?(?:in(?:to)?|per|to|makes?(?:\ up)?(?:\ in)?|equivalent\ to|equal(?:\ to)?)
         \ (?:(?:a|an|one)\ |(?<half>half(?:\ of)?(?:\ an?)?\ )|(?<n>\d+(?:\.\d+)?)\ )(?<of>\pL+(?:\ \pL+)?)$",
    )
    .ok()
});

/// What leads to a sum that is done: "what do I get if I multiply 14 by 12".
static IF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:what (?:do|would|will|does) (?:i|you|we|one|it) (?:get|have|end up with|make|come to)|what(?:'s|s| is) (?:left|remaining|the (?:result|answer|total))|what(?:'s|s| is)(?: it)?|how much (?:is left|do (?:i|we) (?:have|get)(?: left)?|is it|would (?:i|we) have)) (?:if|when) (?:i|you|we) (?:were to )?)",
    )
    .ok()
});

/// Numbers and a half: "3 and a half hours", "an hour and a half".
static HALVES: LazyLock<[(Option<Regex>, &str); 3]> = LazyLock::new(|| {
    [
        (r"(?i)\b(\d+) and a half\b", "$1.5"),
        (r"(?i)\b(?:an?|one) (\pL+) and a half\b", "1.5 $1"),
        (r"(?i)\b(\d+) (\pL+) and a half\b", "$1.5 $2"),
    ]
    .map(|(half, whole)| (Regex::new(half).ok(), whole))
});

/// One unit as another, without a number: "convert a cup to ml".
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:how do (?:i|you) )?(?:convert|give me|i need) (?:an? |one )?(?<of>\pL+) (?:to|into|in) (?<to>\pL+)$",
    )
    .ok()
});

/// Degrees by their letters: "72 f in c".
static DEGREES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?<n>-?\d+(?:\.\d+)?) ?°? ?(?<of>[fck]) (?:in|to|as) °?(?<to>[fck])$").ok()
});

/// Parts of a whole: "three quarters of 260", "a fifth of 85".
static FRACTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = format!("{NUMBER}{MONEY}");
    Regex::new(&format!(
        r"(?i)^(?:(?<n>an?|one|two|three|four|five|six|seven|eight|nine|\d)[ -])?(?<part>halves|half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s? (?:of|out of) (?:the |a |my )?{number}$"
    ))
    .ok()
});

fn fraction(text: &str) -> Option<String> {
    const PARTS: [&str; 8] = ["third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let found = FRACTION.as_ref()?.captures(text)?;
    let n = found.name("n").map_or(Some(1), |n| counted(n.as_str()))?;
    let part = found["part"].to_lowercase().replace("fourth", "quarter");
    let part = PARTS.iter().position(|name| *name == part).map_or(2, |at| at + 3);
    let whole = number(&found[3]);
    Some(if n == 1 { format!("{whole} / {part}") } else { format!("{whole} * {n} / {part}") })
}

const WORDS: [&str; 11] =
    ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// "Split 150 six ways", where "150 six" would be read as one number.
static WAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = format!("{NUMBER}{MONEY}");
    Regex::new(&format!(
        r"(?i)^(?:split|share|divide) {number} (?:in |into |by )?(?<n>two|three|four|five|six|seven|eight|nine|ten|\d+) ways?$"
    ))
    .ok()
});

fn ways(text: &str) -> Option<String> {
    let found = WAYS.as_ref()?.captures(text)?;
    Some(format!("{} / {}", number(&found[1]), counted(&found["n"])?))
}

/// A small number in words or digits.
fn counted(said: &str) -> Option<usize> {
    let said = said.to_lowercase();
    WORDS.iter().position(|word| *word == said).map_or_else(|| said.parse().ok(), |at| Some(at.max(1)))
}

/// A number without its marks: "1,200" and "$1200"; in "12,50" the comma is a point.
fn number(said: &str) -> String {
    let said = said.replace(['$', '€', '£'], "");
    let said = said.trim_end_matches(',');
    match said.split_once(',') {
        Some((whole, part)) if part.len() < 3 && !part.contains(['.', ',']) => format!("{whole}.{part}"),
        _ => said.replace(',', ""),
    }
}

/// Whether something is asked for, and not only told.
static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:what(?:'s|s)?|how (?:much|many|tall|heavy|far|long|big|high|fast|hot|cold|warm|deep|wide)|calculate|convert|work (?:it |that |this )?out|figure (?:it |that |this )?out|tell me|give me|do the (?:maths?|sum))\b|^(?:the )?(?:average|mean|total|sum) of\b",
    )
    .ok()
});

/// Whether an amount that was told is asked for in another unit.
static ASKS_UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:need|want|wants|like|know|read|show|have|prefer|say|put|give|get|switch|change|turn) (?:me |us )?(?:that|it|this|those|them) (?:in(?:to)?|as|to)\b|[,.;:!?-] (?:(?:and|so|now|the|in|that in|that's|it in) )*[\pL/²]+(?: per \pL+)?(?:,? (?:please|pls|plz|equivalent))?$",
    )
    .ok()
});

/// The longest message that tells a sum, in bytes: a journal entry has numbers, too.
const LONGEST: usize = 240;

/// What tells and asks in one: a sum whose numbers stand before the question, or an amount in another unit; in fend's
/// notation, with a sign that its value is read with.
pub(super) fn told(text: &str) -> Option<(String, &'static str)> {
    let text = percents(&text.to_lowercase());
    let text = text.trim().trim_end_matches(['?', '!', '.', ' ']);
    if text.len() > LONGEST {
        return None;
    }
    let asks = ASKS.as_ref()?.is_match(&text.replace("what a ", "").replace("what an ", ""));
    let asks_unit = asks || ASKS_UNIT.as_ref()?.is_match(text);
    let converted = units::converted(text, asks_unit).or_else(|| units::lasting(text));
    let converted = converted.map(|sum| (sum, ""));
    converted.or_else(|| if asks { told::told(text) } else { None })
}

/// The conversion that a text asks for, in fend's notation, with a sign that its value is read with.
pub(super) fn converted(text: &str) -> Option<(String, &'static str)> {
    units::converted(&percents(&text.to_lowercase()), true).map(|sum| (sum, ""))
}

fn percents(text: &str) -> String {
    text.replace("per cent", "%").replace("percentage", "%").replace("percent", "%")
}

/// The notation of a sum that is said in words, with a sign that its value is
/// read with.
pub(super) fn spoken(text: &str) -> Option<(String, &'static str)> {
    let text = HALVES.iter().fold(percents(text), |text, (half, whole)| match half {
        Some(half) => half.replace_all(&text, *whole).into_owned(),
        None => text,
    });
    let text = text.trim().trim_start_matches("a total of ");
    let text =
        IF.as_ref().and_then(|led| led.find(text)).map_or(text, |led| text.get(led.end()..).unwrap_or(text));
    if let Some(found) = ADDED.as_ref().and_then(|added| added.captures(text)) {
        let numbers = NUMBERS.as_ref()?.find_iter(&found["all"]).map(|number| number.as_str());
        return Some((numbers.collect::<Vec<_>>().join(" + "), ""));
    }
    if let Some(sum) = fraction(text).or_else(|| ways(text)) {
        return Some((sum, ""));
    }
    for (regex, notation) in RULES.iter() {
        if let Some(found) = regex.captures(text) {
            let nth = |at: usize| found.get(at).map_or_else(String::new, |said| number(said.as_str()));
            let sum = notation.replace("$1", &nth(1)).replace("$2", &nth(2));
            return Some(match sum.strip_suffix(" = %") {
                Some(sum) => (sum.to_owned(), "%"),
                None => (sum, ""),
            });
        }
    }
    if let Some(found) = DEGREES.as_ref().and_then(|degrees| degrees.captures(text)) {
        let name = |letter: &str| match letter.to_lowercase().as_str() {
            "f" => "fahrenheit",
            "c" => "celsius",
            _ => "kelvin",
        };
        return Some((format!("{} {} in {}", &found["n"], name(&found["of"]), name(&found["to"])), ""));
    }
    if let Some(found) = BARE.as_ref().and_then(|bare| bare.captures(text)) {
        return Some((format!("1 {} in {}", &found["of"], &found["to"]), ""));
    }
    let found = UNITS.as_ref()?.captures(text)?;
    let n = found.name("n").map_or(if found.name("half").is_some() { "0.5" } else { "1" }, |n| n.as_str());
    Some((format!("{n} {} in {}", &found["of"], found["to"].trim_end_matches(" are")), ""))
}

/// Whether a sum stands for words, in brackets that nobody types.
pub(super) fn spoken_for(sum: &str) -> bool {
    sum.starts_with("abs(") || sum.contains("/100)") || sum.contains(")/(")
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn sums_in_words() {
        for (text, expected) in [
            ("20% off 50", "50 * (1 - 20/100)"),
            ("add 10 percent to 1,200", "1200 * (1 + 10/100)"),
            ("50 is what percent of 200", "(50)/(200) * 100"),
            ("subtract 5 from 12", "12 - 5"),
            ("half of 86", "86 / 2"),
            ("how many feet are there in a mile", "1 mile in feet"),
            ("72 f in c", "72 fahrenheit in celsius"),
            ("add up 14, 29 and 7", "14 + 29 + 7"),
            ("if i split 96 between 4 people what does each pay", "96 / 4"),
            ("5 feet 10 in cm", "5 feet + 10 inches in cm"),
        ] {
            assert_eq!(spoken(text).map(|(sum, _)| sum).as_deref(), Some(expected), "{text}");
        }
        for text in ["half of them", "add milk to the list", "20% of people agree"] {
            assert_eq!(spoken(text), None, "{text}");
        }
    }
}
