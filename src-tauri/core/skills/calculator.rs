//! Works out sums, percentages and units with [fend](https://printfn.github.io/fend/).

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex::Regex;

use super::{Skill, Turn};

pub(super) struct Calculator;

impl Skill for Calculator {
    fn intents(&self) -> &'static [&'static str] {
        &["calculator", "measurement_conversion"]
    }

    fn claims(&self, text: &str) -> bool {
        let sum = sum(text);
        sum.contains(|c: char| c.is_ascii_digit())
            && sum.contains(['+', '-', '*', '/', '^', '%'])
            && sum.chars().all(|c| c.is_ascii_digit() || " .,+-*/^%()of".contains(c))
            && work_out(&sum).is_some_and(|result| result != sum)
    }

    fn answer(&self, turn: &Turn<'_>) -> Option<String> {
        let sum = sum(turn.text);
        Some(match work_out(&sum) {
            Some(result) if result != sum => format!("{} = {result}", sum.trim()),
            _ => "I couldn't work that out. Write it as a sum, such as 15% of 240, or 5 miles in km."
                .to_owned(),
        })
    }
}

/// What is asked around a sum, and the words for its signs.
static QUESTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s,]*(?:(?:hey|ok|please|sotto|so|and|can\syou|could\syou|would\syou|tell\sme|help\sme
          |what(?:\s*['’]?s|\sis|\sare|\sdoes|\sdo)?|how\s(?:much|many)(?:\sis|\sare|\swould)?|calculate|compute
          |work\sout|figure\sout|solve|evaluate|convert|find|the|answer\sto|sum\sof|result\sof|value\sof
          |equal)\b[\s,]*)+",
    )
    .ok()
});

const SIGNS: &[(&str, &str)] = &[
    ("multiplied by", "*"),
    ("divided by", "/"),
    ("to the power of", "^"),
    ("square root of", "sqrt "),
    ("percent", "%"),
    ("per cent", "%"),
    ("plus", "+"),
    ("minus", "-"),
    ("times", "*"),
    ("over", "/"),
    ("squared", "^2"),
    ("cubed", "^3"),
    ("×", "*"),
    ("÷", "/"),
    ("−", "-"),
];

/// The sum inside a question, in fend's notation.
fn sum(text: &str) -> String {
    let mut sum = match &*QUESTION {
        Some(question) => question.replace(text, "").into_owned(),
        None => text.to_owned(),
    };
    for (words, sign) in SIGNS {
        if sum.contains(words) {
            sum = sum.replace(words, sign);
        }
    }
    let sum = sum.trim().trim_end_matches(['?', '!', '.', '=']).trim_end();
    let sum = sum.strip_suffix("please").unwrap_or(sum).trim_end_matches([' ', ',']);
    let sum = sum.strip_suffix(" is").or_else(|| sum.strip_suffix(" equal")).unwrap_or(sum);
    let sum = sum.split_whitespace().collect::<Vec<_>>().join(" ").replace(" %", "%");
    match UNIT_FIRST.as_ref().and_then(|unit_first| unit_first.captures(&sum)) {
        Some(parts) => format!("{} in {}", &parts["amount"], &parts["unit"]),
        None => sum,
    }
}

/// "km is 5 miles", what is left of "how many km is 5 miles".
static UNIT_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?<unit>\pL+) (?:is|are|in|equals?) (?<amount>\d.*)$").ok());

/// The value of a sum, if it has one that can be found in reasonable time.
fn work_out(sum: &str) -> Option<String> {
    let mut context = fend_core::Context::new();
    context.disable_rng();
    let result = fend_core::evaluate_with_interrupt(sum, &mut context, &Patience::default()).ok()?;
    let shown = result.get_main_result();
    (!result.output_is_empty()).then(|| shown.to_owned())
}

/// Gives up a sum such as 9^9^9^9 after so many steps, not after a time, so that
/// every machine gives the same answer.
#[derive(Default)]
struct Patience {
    steps: AtomicU32,
}

impl fend_core::Interrupt for Patience {
    fn should_interrupt(&self) -> bool {
        const ENOUGH: u32 = 200_000;
        self.steps.fetch_add(1, Ordering::Relaxed) > ENOUGH
    }
}
