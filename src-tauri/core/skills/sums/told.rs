//! Sums that are told before they are asked for: "I got 45 out of 60, what percent is that".

use std::sync::LazyLock;

use regex::Regex;

use super::{MONEY, number};

/// A number that a sum is made of, with what it is called there.
const NUMBER: &str = r"[$€£]?(?<NAME>\d[\d,]*(?:\.\d+)?)";

/// What a message is about, how its two numbers stand in it (`A` and `B`), and the sum. Nothing else may be counted
/// in the message.
const TOLD: &[(&str, &[&str], &str)] = &[
    (
        r"(?:^|\pL )%",
        &[
            RATIO,
            r"B (?:questions|points|marks|people|of).*\b(?:got|answered|scored|passed|only|solved|won|did|had|came)\b\D*A",
            r"A/B",
        ],
        "(A)/(B) * 100 = %",
    ),
    (
        r"(?:^|\pL )%",
        &[CHANGE, r"^\D*A(?: ?->| ?→| to| and now| up to| down to) B"],
        "((B) - (A))/(A) * 100 = %",
    ),
    (
        r"\btip\b.*\b(?:total|altogether|all in|together|in all)\b|\b(?:total|altogether|all in|including|with|plus|incl|add|adding)\b.*\btip\b",
        PERCENT,
        "A * (1 + B/100)",
    ),
    (r"\b(?:tip|deposit|commission|down payment|fee)\b", PERCENT, "B% of A"),
    (
        r"\b(?:do|would|will|can|did) (?:i|we|you) (?:save|get off)\b|\bhow much (?:is|comes|do i get|would i get|will i get) off\b|\b(?:saving|discount) (?:is that|is it|be)\b|\bsave\b",
        PERCENT,
        "B% of A",
    ),
    (
        r"\b(?:off|discount|discounted|reduced|reduction|sale|cheaper|marked down|pay cut|drops|dropped|falls|fell)\b|\d ?% less\b",
        PERCENT,
        "A * (1 - B/100)",
    ),
    (
        r"\b(?:on top|plus|add(?:ed|ing)?|goes? up|going up|went up|gone up|raised?|rais(?:es|ing)|pay rise|rise|increased?|increases|mark-?up)\b|\d ?% more\b|\bwith (?:the |an? )?(?:\d+ ?% )?(?:vat|tax|gst|interest|service)\b",
        PERCENT,
        "A * (1 + B/100)",
    ),
    (r"\b(?:vat|tax|gst|interest|service charge|service)\b", PERCENT, "B% of A"),
    (r"\b(?:each|apiece|a piece|a pop|a head|per (?:person|head|piece|item))\b", &[EACH], "A * B"),
    (
        r"^(?:so |and )?(?:how much\b.*|what(?:'s|s| is| are)? (?:the price of )?)\d.* (?:at|@) ",
        &[AT],
        "A * B",
    ),
    (
        r"\b(?:each|split|share|shared|sharing|divided?|apiece|everyone|everybody|a head|per (?:person|head))\b",
        &[
            r"A\b.*?\b(?:between|among|amongst|by|into|for|with|and|there are|there're|we are|we're|are|were) (?:the |us )?B (?:ways|WHO)\b",
            r"B (?:WHO)\b.*[^\d.,][A]",
            r"\b(?:we are|we're|there are|there're|there were|we were|with|group of|party of|team of) B\b.*[^\d.,][A]",
            r"\bfor (?:the )?B(?: of us| people| persons| friends)? (?:came to|comes to|come to|was|is|were|are|costs?|totall?ed|made)\D* A",
            r"(?:split|share|divide)\D* A\D* (?:between|among|amongst|by|into) B\b",
        ],
        "A / B",
    ),
    (
        r"\b(?:(?:much|what|my|the|get|in) change|change (?:do|will|should|would|back|is))\b",
        &[r"A\b.*?[ $€£]B"],
        "abs(A - B)",
    ),
    (
        r"\b(?:left|leaves?|remains?|remaining|still have|have now)\b",
        &[
            r"\b(?:have|had|got|get|earn|earned|make|budget|with|of|is|are|was|were|start|started)\b\D*A\b.*\b(?:spend|spent|pay|paid|use|used|gave|give|lose|lost|eat|ate|take|took|minus|bills?|rent|costs?)\b\D*B",
        ],
        "A - B",
    ),
];

/// Among whom something is shared.
const WHO: &str = r"of (?:us|them|you)|people|friends|persons|kids|children|guests|mates|housemates|flatmates|roommates|colleagues|coworkers|co-workers|families|adults|girls|boys|men|women|lads|lasses|guys|ladies|blokes|pals|students|players|cousins|siblings|brothers|sisters|grandchildren|households|couples|members|teammates|neighbours|neighbors|parents|pupils|workers|employees|staff|heads";
const RATIO: &str = r"A(?: \pL+){0,2}? (?:out of|of|/) (?:the |a |my |our )?(?:total of |possible )?B";
const CHANGE: &str = r"\b(?:from|was|were|used to (?:be|cost|pay)|cost|paid|paying)\D* A\b.*?\b(?:to|now|is|are|costs?|then|became)\b\D*B";
const EACH: &str = r"A(?: \pL+){1,5}? (?:at|for|@|costing|priced at|costs?|is|are|was|were) B (?:each|apiece|a piece|a pop|a head|per \pL+)\b";
const AT: &str = r"\bA(?: \pL+){1,4}? (?:at|@|for) B(?: (?:each|cost|come to|come out (?:at|to)|altogether|in total|be))*$";
const PERCENT: &[&str] = &[r"B ?%.*?\bA", r"A\b.*?\bB ?%"];

/// A sum whose parts are told: what it is about, how it is told, and its notation.
struct Rule {
    about: Regex,
    ways: Vec<Regex>,
    notation: &'static str,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let compiled = TOLD.iter().filter_map(|(about, ways, notation)| {
        let ways = ways.iter().map(|way| {
            let part = |name: &str| format!("{}{MONEY}", NUMBER.replace("NAME", name));
            let way =
                way.replace("WHO", WHO).replace("[A]", "A").replace('A', "\u{1}").replace('B', &part("b"));
            let way = Regex::new(&way.replace('\u{1}', &part("a")));
            debug_assert!(way.is_ok(), "{way:?}");
            way.ok()
        });
        Some(Rule { about: Regex::new(about).ok()?, ways: ways.collect::<Option<_>>()?, notation })
    });
    compiled.collect()
});

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let regex = Regex::new($pattern);
            debug_assert!(regex.is_ok(), "{regex:?}");
            regex.ok()
        });
    };
}

regex!(NUMBERS, r"\d[\d,]*(?:\.\d+)?");
// "119 with VAT included" asks for what is in it.
regex!(
    WITHIN,
    r"\b(?:includ(?:ed|es|ing)|incl|net|without|before (?:tax|vat))\b.*\b(?:tax|vat)\b|\b(?:tax|vat)\b.*\b(?:included|net|without)\b"
);
regex!(
    LIST,
    &format!(r"\d[\d,]*(?:\.\d+)?{MONEY}(?:(?:, and|,| and| plus| then| \+| &) [$€£]?\d+(?:\.\d+)?{MONEY})+")
);
regex!(AVERAGE, r"\b(?:average|averaged|averages|mean)\b");
regex!(
    TOTAL,
    r"\b(?:total|totals|altogether|all together|in all|sum|add(?:s|ed)? (?:up|together)|together|all up)\b"
);
regex!(
    RATE,
    &format!(
        r"[$€£]?(?<a>\d[\d,]*(?:\.\d+)?){MONEY}(?: \pL+)?(?: (?:a|an|per|each|every) | ?/ ?)(?<of>\pL+)"
    )
);
regex!(OTHER, r"(?<b>\d[\d,]*(?:\.\d+)?)(?<after>(?: (?:of )?\pL+){1,3})");
regex!(
    SPAN,
    r"\b(?:a|an|per|one|each|every|the|whole|full|in|by the) (?<v>year|month|week|day|hour|minute)\b|\b(?<w>annually|yearly|monthly|weekly|daily)\b"
);

/// How often a year: what is paid so often comes to so much.
const YEARLY: &[(&str, i64)] = &[("day", 365), ("week", 52), ("fortnight", 26), ("month", 12), ("year", 1)];

/// How many of `of` there are in `to`, as a factor.
fn factor(of: &str, to: &str) -> Option<String> {
    let exact =
        [("day", "week", 7), ("day", "fortnight", 14), ("minute", "hour", 60), ("second", "minute", 60)];
    if let Some((.., n)) = exact.iter().find(|(small, large, _)| (*small, *large) == (of, to)) {
        return Some(format!(" * {n}"));
    }
    if let Some((.., n)) = exact.iter().find(|(small, large, _)| (*large, *small) == (of, to)) {
        return Some(format!(" / {n}"));
    }
    let yearly = |unit: &str| YEARLY.iter().find(|(name, _)| *name == unit).map(|(_, n)| *n);
    let (of, to) = (yearly(of)?, yearly(to)?);
    Some(match (of, to) {
        _ if of % to == 0 => format!(" * {}", of / to),
        _ if to % of == 0 => format!(" / {}", to / of),
        _ => format!(" * {of} / {to}"),
    })
}

fn one_of(unit: &str) -> &str {
    match unit {
        "annually" | "yearly" => "year",
        "monthly" => "month",
        "weekly" => "week",
        "daily" => "day",
        "hrs" | "hr" => "hour",
        "pieces" | "people" => "piece",
        unit => unit.strip_suffix('s').unwrap_or(unit),
    }
}

/// "7.5 hours at 14 quid an hour", "35 a week for a year".
fn rated(text: &str) -> Option<String> {
    let rate = RATE.as_ref()?.captures(text)?;
    let (all, of) = (rate.get(0)?, one_of(&rate["of"]).to_owned());
    let a = number(&rate["a"]);
    let outside = [text.get(..all.start())?, text.get(all.end()..)?];
    let counted: usize =
        outside.iter().map(|part| NUMBERS.as_ref().map_or(0, |it| it.find_iter(part).count())).sum();
    if counted == 1 {
        let other = outside.iter().find_map(|part| OTHER.as_ref()?.captures(part))?;
        let b = number(&other["b"]);
        let mut words = other["after"].split_whitespace();
        let factor = words.find_map(|word| {
            let word = one_of(word);
            if word == of { Some(String::new()) } else { factor(&of, word) }
        })?;
        return Some(format!("{a} * {b}{factor}"));
    }
    let whole = outside.iter().find_map(|part| SPAN.as_ref()?.captures(part)).filter(|_| counted == 0)?;
    let to = one_of(whole.name("v").or(whole.name("w"))?.as_str()).to_owned();
    Some(format!("{a}{}", factor(&of, &to)?))
}

/// The sum that a message tells, in fend's notation; it is asked for there, and in small letters.
pub(super) fn told(text: &str) -> Option<(String, &'static str)> {
    let numbers: Vec<&str> = NUMBERS.as_ref()?.find_iter(text).map(|number| number.as_str()).collect();
    if numbers.is_empty() || numbers.len() > 40 {
        return None;
    }
    let averaged = AVERAGE.as_ref()?.is_match(text);
    if (averaged || TOTAL.as_ref()?.is_match(text))
        && let Some(list) = LIST.as_ref()?.find(text)
        && NUMBERS.as_ref()?.find_iter(list.as_str()).count() == numbers.len()
    {
        let all = numbers.iter().map(|it| number(it)).collect::<Vec<_>>().join(" + ");
        return Some((if averaged { format!("({all}) / {}", numbers.len()) } else { all }, ""));
    }
    if let Some(sum) = rated(text) {
        return Some((sum, ""));
    }
    if numbers.len() != 2 || WITHIN.as_ref()?.is_match(text) {
        return None;
    }
    let rules = RULES.iter().filter(|rule| rule.about.is_match(text));
    let (found, notation) = rules
        .flat_map(|rule| rule.ways.iter().filter_map(|way| Some((way.captures(text)?, rule.notation))))
        .next()?;
    let sum = notation.replace('A', &number(&found["a"])).replace('B', &number(&found["b"]));
    Some(match sum.strip_suffix(" = %") {
        Some(sum) => (sum.to_owned(), "%"),
        None => (sum, ""),
    })
}
