//! Amounts told in one unit and asked for in another: "I'm 5 foot 7, what is that in centimetres".

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// How units are named, and what fend calls them.
const UNITS: &[(&str, &str)] = &[
    (r"millimet(?:re|er)s?|mm", "mm"),
    (r"centimet(?:re|er)s?|cms?", "cm"),
    (r"met(?:re|er)s?|m", "m"),
    (r"kilomet(?:re|er)s?|kms?|k", "km"),
    (r"inch(?:es)?", "inches"),
    (r"feet|foot|ft", "feet"),
    (r"yards?|yds?", "yards"),
    (r"miles?", "miles"),
    (r"milligram(?:me)?s?|mg", "mg"),
    (r"gram(?:me)?s?|gr?", "g"),
    (r"kilogram(?:me)?s?|kilos?|kgs?", "kg"),
    (r"tonnes?|metric tons?", "tonnes"),
    (r"fluid ounces?|fl\.? ?oz", "floz"),
    (r"ounces?|oz", "ounces"),
    (r"pounds?|lbs?", "pounds"),
    (r"stones?|st", "stone"),
    (r"millilit(?:re|er)s?|mls?", "ml"),
    (r"centilit(?:re|er)s?|cl", "cl"),
    (r"decilit(?:re|er)s?|dl", "dl"),
    (r"lit(?:re|er)s?|l", "litres"),
    (r"pints?", "pints"),
    (r"quarts?", "quarts"),
    (r"gallons?", "gallons"),
    (r"cups?", "cups"),
    (r"tablespoons?|tbsps?", "tablespoons"),
    (r"teaspoons?|tsps?", "teaspoons"),
    (r"celsius|centigrade|c", "celsius"),
    (r"fahrenheit|f", "fahrenheit"),
    (r"(?:kilomet(?:re|er)s?|kms?|k) ?(?:per|an|/) ?h(?:our|r)?|km/?h|kph|kmph", "km/h"),
    (r"miles (?:per|an) hour|mph", "mph"),
    (r"(?:met(?:re|er)s?|m) ?(?:per|a|/) ?s(?:econd|ec)?", "m/s"),
    (r"knots?", "knots"),
    (r"acres?", "acres"),
    (r"hectares?|ha", "hectares"),
    (r"(?:square|sq) (?:met(?:re|er)s?|m)|sqm|m2|m²", "m^2"),
    (r"(?:square|sq) (?:feet|foot|ft)|sqft|ft2|ft²", "feet^2"),
];

/// What the smaller unit is where only its number is said: "5 foot 7".
const SMALLER: &[(&str, &str)] = &[("feet", "inches"), ("stone", "pounds"), ("pounds", "ounces")];

struct Patterns {
    names: Vec<(Regex, &'static str)>,
    fraction: Vec<(Regex, &'static str)>,
    one: Regex,
    amount: Regex,
    degrees: Regex,
    target: Regex,
    only: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let any = UNITS.iter().map(|(names, _)| *names).collect::<Vec<_>>().join("|");
    let regex =
        |pattern: &str| Regex::new(&format!("(?i){}", pattern.replace("UNIT", &format!("(?:{any})")))).ok();
    let names = UNITS.iter().filter_map(|(names, unit)| Some((regex(&format!("^(?:{names})$"))?, *unit)));
    let fraction = [
        (r"(\d+) ?½", "$1.5"),
        ("½", "0.5"),
        ("¼", "0.25"),
        ("¾", "0.75"),
        (r#"(\d+) ?(?:'|′) ?(\d+) ?(?:"|″|'')?"#, "$1 feet $2 inches"),
        (r"(\d+) (?:and )?1/2\b", "$1.5"),
        (r"\b1/2\b", "0.5"),
        (r"\b1/4\b", "0.25"),
        (r"\b3/4\b", "0.75"),
        (r"(\d+) and a half\b", "$1.5"),
        (r"(\d+) (UNIT) and a half\b", "$1.5 $2"),
        (r"\b(?:an?|one) (UNIT) and a half\b", "1.5 $1"),
        (r"\b(?:a )?half (?:of )?(?:an? )?(UNIT)\b", "0.5 $1"),
        (r"\b(?:three|3)[ -]quarters (?:of )?(?:an? )?(UNIT)\b", "0.75 $1"),
        (r"\b(?:a )?quarter (?:of )?(?:an? )?(UNIT)\b", "0.25 $1"),
    ];
    Some(Patterns {
        names: names.collect(),
        fraction: fraction.iter().filter_map(|(said, number)| Some((regex(said)?, *number))).collect(),
        one: regex(r"\b(?:an?|one|1) (UNIT)(?:\W|$)")?,
        amount: regex(
            r"(?<n>-?\d[\d,]*(?:\.\d+)?)(?: ?°| degrees?|-)? ?(?<unit>UNIT)(?:,? (?:and )?(?<n2>\d+(?:\.\d+)?)(?: ?(?<unit2>inch(?:es)?|in|pounds?|lbs?|ounces?|oz)\b)?)?(?:[\s,.;:?!]|$)",
        )?,
        degrees: regex(r"(?<n>-?\d+(?:\.\d+)?) ?(?:°|degrees?)(?:[\s,.;:?!]|$)")?,
        target: regex(
            r"(?:\b(?:in(?:to)?|to|as|how (?:many|much)|number of|amount of)|=) (?:a |the |many |degrees? |°)*(?<unit>UNIT)(?:[\s,.;:?!]|$)|(?:^|[,.;:!?-]) (?:(?:so|and|the|now) )*(?<unit2>UNIT)(?:,? (?:please|pls|plz|thanks|thank you|cheers|ta|lah|mate|equivalent|version|value)|\?|$)",
        )?,
        only: regex(
            r"^(?:is |are |about |roughly )*[^\pL]*(?:UNIT|degrees?|and|\d|\W)+ (?:in|to|into|as|=) (?:degrees? )?UNIT$",
        )?,
    })
});

static LASTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let unit = "(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|years?)";
    let asked = format!(
        r"(?i)^\D*(?<n>\d[\d,]*(?:\.\d+)?)[ -]?(?<unit>{unit})\b\D*\b(?:how (?:many|much) (?<to>{unit}) (?:(?:is|are|would|will|does|do|did) )?(?:that|it|this|those)(?: (?:be|make|come to|in all|in total|work out (?:at|as|to)))*|(?:that|it|this|those)(?: be)? (?:in|into|to|as) (?<to2>{unit}))[ ?!.,]*(?:please|pls|then|for me|thanks)?[ ?!.,]*$"
    );
    Regex::new(&asked).ok()
});

/// "The film's 450 minutes long, so how many hours would that be": a length that is told, and asked for in another
/// unit.
pub(super) fn lasting(text: &str) -> Option<String> {
    let found = LASTS.as_ref()?.captures(text)?;
    let unit = |name: &str| {
        let said = found.name(name)?.as_str().trim_end_matches('s').to_lowercase();
        Some(match said.as_str() {
            "sec" => "second".to_owned(),
            "min" => "minute".to_owned(),
            "hr" => "hour".to_owned(),
            _ => said,
        })
    };
    let (from, to) = (unit("unit")?, unit("to").or_else(|| unit("to2"))?);
    (from != to).then(|| format!("{} {from}s in {to}s", found["n"].replace(',', "")))
}

fn unit(patterns: &Patterns, said: &str) -> Option<&'static str> {
    patterns.names.iter().find(|(names, _)| names.is_match(said)).map(|(_, unit)| *unit)
}

/// The conversion that is asked for, in fend's notation; `asks` is whether anything is asked.
pub(super) fn converted(text: &str, asks: bool) -> Option<String> {
    let patterns = PATTERNS.as_ref()?;
    let mut text = patterns
        .fraction
        .iter()
        .fold(text.to_owned(), |text, (said, number)| said.replace_all(&text, *number).into_owned());
    if !text.contains(|c: char| c.is_ascii_digit()) {
        text = patterns.one.replace(&text, |one: &Captures<'_>| format!("1 {} ", &one[1])).into_owned();
    }
    if !asks && !patterns.only.is_match(text.trim()) {
        return None;
    }
    let degrees = patterns.degrees.captures(&text);
    let amount = patterns.amount.captures(&text).or(degrees)?;
    let all = amount.get(0)?;
    let outside = [text.get(..all.start())?, text.get(all.end()..)?];
    // Another number is another matter.
    if outside.iter().any(|part| part.contains(|c: char| c.is_ascii_digit())) {
        return None;
    }
    // "How many grams in 2 pounds": the last word before the amount may lead to it.
    let mut targets = outside.iter().flat_map(|part| patterns.target.captures_iter(part));
    let named = |found: &Captures<'_>| unit(patterns, found.name("unit").or(found.name("unit2"))?.as_str());
    let to = named(&targets.next()?)?;
    if targets.any(|other| named(&other) != Some(to)) {
        return None;
    }
    let from = match amount.name("unit") {
        Some(said) => unit(patterns, said.as_str())?,
        None if to == "fahrenheit" => "celsius",
        None if to == "celsius" => "fahrenheit",
        None => return None,
    };
    let n = &amount["n"].replace(',', "");
    let rest = amount.name("n2").map(|rest| {
        let smaller = SMALLER.iter().find(|(larger, _)| *larger == from).map(|(_, smaller)| *smaller);
        let said = amount.name("unit2").map(|said| said.as_str());
        match said {
            Some("in") => Some("inches"),
            Some(said) => unit(patterns, said),
            None => smaller,
        }
        .map(|smaller| format!(" + {} {smaller}", rest.as_str()))
    });
    let rest = match rest {
        Some(rest) => rest?,
        None => String::new(),
    };
    (from != to).then(|| format!("{n} {from}{rest} in {to}"))
}
