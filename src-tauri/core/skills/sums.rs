//! Sums as people say them, in the notation of fend: "20% off 50", "half of 86".

use std::sync::LazyLock;

use regex::Regex;

/// What is said around a number.
const NUMBER: &str = r"(-?[$€£]?\d[\d,]*(?:\.\d+)?)";

/// How a sum is said, and its notation; `$1` and `$2` are its numbers.
const SPOKEN: &[(&str, &str)] = &[
    (r"(?:add |plus )?N ?%(?: more)? to N", "$2 * (1 + $1/100)"),
    (r"(?:increase|raise) N by N ?%", "$1 * (1 + $2/100)"),
    (r"N (?:plus|\+|and|with) N ?%(?: tip| tax| vat| interest)?", "$1 * (1 + $2/100)"),
    (
        r"(?:take |subtract |minus )?N ?%(?: discount)? (?:off|off of|from|discount on|less than) N",
        "$2 * (1 - $1/100)",
    ),
    (r"(?:decrease|reduce|lower) N by N ?%", "$1 * (1 - $2/100)"),
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
        r"(?:split|share|divide) N(?: dollars| euros| pounds)? (?:by|between|among|into|with|over) N(?: people| ways| persons| parts| friends)?",
        "$1 / $2",
    ),
    (r"N (?:split|shared|divided) (?:by|between|among|into) N(?: people| ways)?", "$1 / $2"),
    (r"(?:add|sum|the sum of|total of|the total of) N (?:and|to|plus|with) N", "$1 + $2"),
    (r"(?:subtract|take|deduct) N (?:from|away from|off) N", "$2 - $1"),
    (r"(?:the )?difference (?:between|of) N and N", "abs($1 - $2)"),
    (r"(?:multiply) N (?:by|and|with|times) N", "$1 * $2"),
    (r"(?:the )?product of N and N", "$1 * $2"),
    (r"N x N", "$1 * $2"),
    (r"(?:a |one )?half(?: of)? N", "$1 / 2"),
    (r"(?:a |one )?third of N", "$1 / 3"),
    (r"two thirds of N", "$1 * 2 / 3"),
    (r"(?:a |one )?(?:quarter|fourth) of N", "$1 / 4"),
    (r"three (?:quarters|fourths) of N", "$1 * 3 / 4"),
    (r"(?:a |one )?fifth of N", "$1 / 5"),
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

static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let compiled = SPOKEN.iter().filter_map(|(pattern, notation)| {
        let regex = Regex::new(&format!("(?i)^{}$", pattern.replace('N', NUMBER)));
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

/// The notation of a sum that is said in words, with a sign that its value is
/// read with.
pub(super) fn spoken(text: &str) -> Option<(String, &'static str)> {
    let text = text.replace("per cent", "%").replace("percentage", "%").replace("percent", "%");
    let text = text.trim().trim_start_matches("a total of ");
    if let Some(found) = ADDED.as_ref().and_then(|added| added.captures(text)) {
        let numbers = NUMBERS.as_ref()?.find_iter(&found["all"]).map(|number| number.as_str());
        return Some((numbers.collect::<Vec<_>>().join(" + "), ""));
    }
    for (regex, notation) in RULES.iter() {
        if let Some(found) = regex.captures(text) {
            let number = |at: usize| {
                found.get(at).map_or("", |number| number.as_str()).replace([',', '$', '€', '£'], "")
            };
            let sum = notation.replace("$1", &number(1)).replace("$2", &number(2));
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
