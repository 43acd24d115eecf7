//! Works out sums, percentages and units with [fend](https://printfn.github.io/fend/).

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use regex::Regex;

use super::filled::Marks;
use super::reading::{Reading, TIME, pattern, replace, tidy};
use super::runs::{runs, said_again};
use super::turn::{Reply, Turn};
use super::{Skill, sums};
use crate::nlu;

pub(super) struct Calculator;

pattern!(
    CONVERTS,
    r"(?i)^(?:convert .*\d.*|how (?:many|much) \pL+(?: \pL+)? (?:is|are|in|does) .*\d.*|(?:what(?:'s| is)|how (?:tall|long|far|heavy|big|high|hot|cold|warm|fast) (?:is|are)) \d[\d.,]* ?\pL+ (?:in|to|as) \pL+|how (?:many|much) \pL+ (?:are|is) (?:there )?in \d.*|\d[\d.,]* ?(?:degrees )?[\pL°/²³]+(?: \d+)? (?:in|to|as) [\pL/²³]+(?: \pL+)?|(?:what(?:'s| is) )?(?:the )?(?:square|cube) root of \d+)$"
);

impl Skill for Calculator {
    fn name(&self) -> &'static str {
        "calculator"
    }

    fn intents(&self) -> &'static [&'static str] {
        &["calculator", "measurement_conversion"]
    }

    fn reports(&self) -> bool {
        true
    }

    fn claims(&self, reading: &Reading) -> bool {
        self.worked_out(&reading.plain).is_some()
    }

    fn exact(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        let plain = turn.reading.plain.clone();
        // A date is no sum: 24/12/2026.
        if turn.entities(&plain, &TIME).iter().any(|entity| entity.text.contains(['/', '-'])) {
            return None;
        }
        // "19 plus 46, sorry, 19 plus 47": what is taken back is not worked out.
        let said = tidy(turn.text);
        let (sum, result) = match said_again(&said) {
            Some(meant) => self.worked_out(meant)?,
            None => self.worked_out(&plain)?,
        };
        Some(worked(&sum, &result))
    }

    fn wanted(&self, turn: &mut Turn<'_>, _verb: &str) -> Option<Reply> {
        let plain = turn.reading.plain.clone();
        let said = tidy(turn.text);
        let meant = said_again(&said).and_then(|meant| self.found(meant));
        let (sum, result) = meant.or_else(|| self.found(&plain))?;
        Some(worked(&sum, &result))
    }

    fn filled(&self, turn: &mut Turn<'_>, _verb: &str, marks: &Marks<'_>) -> Option<Reply> {
        let said = marks.one("sum")?;
        // "The average of 12 and 21": what is to be done with the numbers may not be marked.
        let (sum, result) = self
            .worked_out(&turn.reading.plain)
            .or_else(|| self.worked_out(said))
            .or_else(|| self.found(said))?;
        Some(worked(&sum, &result))
    }

    fn meant(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        if turn.analysis.intent.confidence >= 0.9
            && let Some((sum, result)) = self.worked_out(turn.text)
        {
            return Some(worked(&sum, &result));
        }
        if turn.analysis.intent.confidence >= 0.6
            && let Some(reply) = self.wanted(turn, "calculate")
        {
            return Some(reply);
        }
        let sum = sum(&nlu::in_digits(turn.text));
        Some(match work_out(&sum) {
            Some(result) if result != sum => worked(sum.trim(), &result),
            _ => Reply::say(
                "I couldn't work that out. Write it as a sum, such as 15% of 240, or 5 miles in km.",
            ),
        })
    }
}

fn worked(sum: &str, result: &str) -> Reply {
    // "(50)/(200) * 100" is how it is worked out, not how anyone says it.
    let said = sums::spoken_for(sum);
    Reply::say(if said { format!("That's {result}.") } else { format!("{sum} = {result}") })
        .did("calculator", "calculate")
        .with("sum", sum)
        .with("result", result)
}

impl Calculator {
    /// The sum and its value, where the text is nothing but a sum.
    fn worked_out(&self, text: &str) -> Option<(String, String)> {
        let text = in_full(&tidy(text));
        let text = text.trim_end_matches(['?', '!', '.', '=', ' ']);
        let text = text.trim_end_matches(" come to").trim_end_matches(" make");
        // Words for a sum that are no sum ("inches in a timer") have no value, or one in words.
        let asked = QUESTION
            .as_ref()
            .map_or_else(|| text.to_owned(), |question| question.replace(text, "").into_owned());
        let bare = replace(&ASKED_AFTER, &asked, "");
        let valued = |(sum, sign): (String, &str)| {
            let result = work_out(&sum).filter(|result| result.contains(|c: char| c.is_ascii_digit()))?;
            Some((sum, format!("{result}{sign}")))
        };
        let digits = nlu::in_digits(text);
        let mut ways = [asked.as_str(), text, bare.as_str()].into_iter();
        let spoken = |text: &str| sums::spoken(&nlu::in_digits(text)).or_else(|| sums::spoken(text));
        let said = ways.find_map(|text| spoken(text).and_then(valued));
        said.or_else(|| written(&digits))
            .or_else(|| sums::told(text).and_then(valued))
            .or_else(|| sums::told(&digits).and_then(valued))
            .or_else(|| self.worked_out(&last_asked(text)?))
            .or_else(|| written(&held(&digits)?))
    }
}

impl Calculator {
    /// The sum that a text asks for in any words, and its value.
    fn found(&self, text: &str) -> Option<(String, String)> {
        let digits = nlu::in_digits(&in_full(&tidy(text)));
        let valued = |(sum, sign): (String, &str)| {
            Some((work_out(&sum)?, sum)).map(|(result, sum)| (sum, result + sign))
        };
        // A part that is a sum with all the numbers there are.
        let said = sums::spans(&digits).iter().find_map(|part| sums::spoken(part).and_then(valued));
        let signs = || sums::spans(&sums::signed(&digits)).iter().find_map(|part| written(part));
        let whole = said.or_else(signs);
        let whole = whole.or_else(|| sums::converted(&digits).and_then(valued));
        let told = || sums::told(&digits).or_else(|| sums::loose(&digits)).and_then(valued);
        whole.or_else(told).or_else(|| runs(text).into_iter().find_map(|part| self.worked_out(part)))
    }
}

/// A sum in signs, or what fend itself converts.
fn written(text: &str) -> Option<(String, String)> {
    let sum = sum(text);
    let plain = sum.contains(['+', '-', '*', '/', '^', '%'])
        && sum.chars().all(|c| c.is_ascii_digit() || " .,+-*/^%()of".contains(c));
    let converts = CONVERTS.as_ref().is_some_and(|converts| converts.is_match(text));
    if !sum.contains(|c: char| c.is_ascii_digit()) || !plain && !converts {
        return None;
    }
    let result = work_out(&sum).filter(|result| *result != sum)?;
    Some((sum.trim().to_owned(), result))
}

// "A 20% tip on 64.50 would be how much", "three quarters of 260 is".
pattern!(
    ASKED_AFTER,
    r"(?i)(?:,? (?:is|are|makes?|equals?|gives?|comes? to|will be|would be|be|that's|what|how much|how many|in total|altogether|all together|exactly|roughly|again|then|is that|is it|does that make|do i (?:get|pay|owe|make)|on my calculator|in my head|for me))+$"
);

// "Jacket's 85 and there's 20% off, what's 85 minus 20%".
pattern!(
    LAST,
    r"(?i)^.*(?:[,;:.!?]| so| and| but| says?| asks?| said| wants?(?: to know)?| asking| wondering| tells? me) (?:(?:so|and|but|then|ok|okay|now|right) )*(?<asked>(?:what(?:'s|s| is| are| does)?|how (?:much|many)|calculate|work out|convert|(?:can|could) you (?:work out|calculate|tell me)) [^?]*\d.*)$"
);

// "My son must know seven times eight plus six for homework, can you check".
pattern!(
    HELD,
    r"(?i)\b\d[\d,]*(?:\.\d+)?(?:(?: (?:plus|minus|times|multiplied by|divided by|x|×|÷) | ?[+*/] ?)\d[\d,]*(?:\.\d+)?)+\b"
);
pattern!(
    ASKS,
    r"(?i)\b(?:what|how much|how many|check|calculate|work (?:it |that |this )?out|(?:must|needs?|wants?|have|has|like) to know|must know|can you|could you|tell me|help)\b"
);

/// The sum that a message holds besides its words, where it asks for one and counts nothing else.
fn held(text: &str) -> Option<String> {
    let sum = HELD.as_ref()?.find(text)?;
    let rest = [text.get(..sum.start())?, text.get(sum.end()..)?];
    let counted = rest.iter().any(|part| part.contains(|c: char| c.is_ascii_digit() || c == '%'));
    let asks = rest.iter().any(|part| ASKS.as_ref().is_some_and(|asks| asks.is_match(part)));
    // "How many people is 3 times 4 tables" has units, which follow at once or not at all.
    (asks && !counted).then(|| sum.as_str().replace(" x ", " * "))
}

pattern!(LARGE, r"(?i)\b(?<n>\d+(?:\.\d+)?) ?(?<of>lakhs?|lacs?|crores?)\b");

/// Lakhs and crores as plain numbers.
fn in_full(text: &str) -> String {
    let Some(large) = LARGE.as_ref() else { return text.to_owned() };
    let full = |found: &regex::Captures<'_>| {
        let of = if found["of"].to_lowercase().starts_with('l') { 100_000.0 } else { 10_000_000.0 };
        found["n"].parse::<f64>().map_or_else(|_| found[0].to_owned(), |n| (n * of).round().to_string())
    };
    large.replace_all(text, full).into_owned()
}

/// The last clause of a message, where that asks for itself.
fn last_asked(text: &str) -> Option<String> {
    Some(LAST.as_ref()?.captures(text)?["asked"].to_owned())
}

/// What is asked around a sum, and the words for its signs.
static QUESTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s,]*(?:(?:hey|ok|please|sotto|so|and|can\syou|could\syou|would\syou|tell\sme|help\sme
          |what(?:\s*['’]?s|\sis|\sare|\sdoes|\sdo)?|how\s(?:much|many|tall|long|far|heavy|big|high|hot|cold|warm|fast)(?:\sis|\sare|\swould)?|calculate|compute
          |work\sout|figure\sout|solve|evaluate|convert|find|the|answer\sto|sum\sof|result\sof|value\sof|for\sme|whats
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
    ("kilos", "kg"),
    ("millilitres", "ml"),
    ("centilitres", "cl"),
    ("degrees ", ""),
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
    let ends = [" what", " equals", " as a decimal", " is", " equal"];
    let sum = ends.iter().fold(sum, |sum, end| sum.strip_suffix(end).unwrap_or(sum));
    let sum = sum.split_whitespace().collect::<Vec<_>>().join(" ").replace(" %", "%");
    match UNIT_FIRST.as_ref().and_then(|unit_first| unit_first.captures(&sum)) {
        Some(parts) => format!("{} in {}", &parts["amount"], &parts["unit"]),
        None => sum,
    }
}

/// "km is 5 miles", what is left of "how many km is 5 miles".
static UNIT_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?<unit>\pL+) (?:are there in|are in|is in|is|are|in|equals?) (?<amount>\d.*)$").ok()
});

pattern!(OUNCES, r"(?i)\b(?:fluid )?(?:ounces?|oz)\b");

/// The value of a sum, if it has one that can be found in reasonable time.
fn work_out(sum: &str) -> Option<String> {
    let mut context = fend_core::Context::new();
    context.disable_rng();
    let mut evaluate =
        |sum: &str| fend_core::evaluate_with_interrupt(sum, &mut context, &Patience::default());
    // Where ounces are no weight, they are a volume.
    let result = evaluate(sum).or_else(|fault| match replace(&OUNCES, sum, "floz") {
        fluid if fluid != sum => evaluate(&fluid),
        _ => Err(fault),
    });
    let result = result.ok()?;
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
