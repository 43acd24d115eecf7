//! Dice, a number and a choice, asked for in any words.

use super::{between, flip, one_of, roll};
use crate::nlu;
use crate::skills::filled::Marks;
use crate::skills::reading::{pattern, replace};
use crate::skills::turn::{Reply, Turn};

pub(super) fn filled(turn: &mut Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    let choices = marks.all("choice");
    if verb == "pick" && choices.len() > 1 { one_of(turn, &choices.join(" or ")) } else { None }
}

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    match verb {
        "coin" => Some(flip(turn)),
        "dice" => {
            let (count, sides) = thrown(&nlu::in_digits(&plain).to_lowercase());
            Some(roll(turn, count, sides))
        }
        "number" => {
            let (from, to) = limits(&nlu::in_digits(&plain).to_lowercase());
            between(turn, from, to)
        }
        "pick" => one_of(turn, &options(&plain)?),
        _ => None,
    }
}

pattern!(NOTATION, r"\b(?:(?<count>\d{1,3}) ?(?:x ?)?)?d(?<sides>\d{1,4})s?\b");
pattern!(
    SIDES,
    r"\b(?<sides>\d{1,4})[ -]?(?:sided|sides?|faced|faces?)\b|\b(?:with|of|has|have|having) (?<sides2>\d{1,4}) (?:sides|faces)\b"
);
pattern!(
    COUNT,
    r"\b(?<count>\d{1,3})(?: \pL+){0,2}? (?:die|dices?|dies|of them)\b|\b(?:die|dices?)\b[,:;]?(?: (?:just|only|the|say|make it|all))* (?<count2>\d{1,3})\b|\b(?:roll|throw|toss|shake|chuck|cast|give)(?: me| us| for me| for us)? (?<count3>\d{1,3})\b"
);

/// How many dice, of how many sides; the text has its numbers in digits.
fn thrown(text: &str) -> (u64, u64) {
    let read = |found: &regex::Captures<'_>, names: &[&str]| {
        names.iter().find_map(|name| found.name(name)?.as_str().parse::<u64>().ok())
    };
    let notation = NOTATION.as_ref().and_then(|notation| notation.captures(text));
    let sided = SIDES.as_ref().and_then(|sides| sides.captures(text));
    let sides = notation.as_ref().or(sided.as_ref()).and_then(|found| read(found, &["sides", "sides2"]));
    // Sides are not counted as dice.
    let rest = replace(&SIDES, text, "").split_whitespace().collect::<Vec<_>>().join(" ");
    let counted = || read(&COUNT.as_ref()?.captures(&rest)?, &["count", "count2", "count3"]);
    let several = || ["pair of", "couple of", "both dice"].iter().any(|two| text.contains(two)).then_some(2);
    let count = notation.as_ref().and_then(|found| read(found, &["count"])).or_else(counted).or_else(several);
    (count.unwrap_or(1).clamp(1, 100), sides.unwrap_or(6).clamp(2, 1000))
}

pattern!(DIGITS, r"\b(?<n>\d)[ -]digits?\b");
pattern!(ONE, r"\b1 (?:\pL+ )?(?:number|integer|figure|ticket)s?\b");
pattern!(
    RANGE,
    r"(?<from>-?\d{1,15})(?:[ ,–-]|\b(?:and|to|through|thru|till|until|up|the|no|number|page|is|highest|maximum|max|high|goes?|including|at most)\b)+?(?<to>-?\d{1,15})\b"
);
pattern!(
    LIMIT,
    r"\b(?:under|below|than|to|max|maximum|most|over|of|limit|highest|past|exceed|exceeding|beyond|within)(?: is| of)? (?<to>\d{1,15})\b"
);

/// Between which numbers; the text has its numbers in digits.
fn limits(text: &str) -> (Option<i64>, Option<i64>) {
    if let Some(found) = DIGITS.as_ref().and_then(|digits| digits.captures(text)) {
        let ten = |exponent: u32| 10_i64.checked_pow(exponent);
        let digits: u32 = found["n"].parse().unwrap_or(1);
        return (ten(digits.saturating_sub(1)), ten(digits).map(|above| above - 1));
    }
    // "One number" is not from one.
    let plain = replace(&ONE, text, "number").replace(",000", "000");
    let read = |found: &regex::Captures<'_>, name: &str| found.name(name)?.as_str().parse::<i64>().ok();
    // The last are meant: "1 to 10, no, 1 to 20".
    if let Some(found) = RANGE.as_ref().and_then(|range| range.captures_iter(&plain).last()) {
        return (read(&found, "from"), read(&found, "to"));
    }
    if let Some(found) = LIMIT.as_ref().and_then(|limit| limit.captures_iter(&plain).last()) {
        return (None, read(&found, "to"));
    }
    // "Betwen 1 n 49": where there are two, they are its limits.
    let numbers: Vec<i64> =
        plain.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    match numbers.as_slice() {
        [from, to] => (Some(*from), Some(*to)),
        _ => (None, None),
    }
}

pattern!(SENTENCE, r"[.?!;:…]+(?: +|$)|\n+| +[-–—]+ +");
// What leads to things to choose from, and what leads to them as well as to other things.
pattern!(
    AMONG,
    r"(?i)^.*\b(?:between|betwixt|among|amongst|from(?: (?:this|these|the following))?|out of|one of|any of|which of|either of|either|(?:names|options|choices|candidates|contenders) (?:are|is))(?: (?:these|those|my|the) (?:\pL+ )?(?:options?|two|three|things))?:? "
);
pattern!(
    ASKED,
    r"(?i)^.*?\b(?:(?:should|shall|do|can|could|will|would) (?:i|we|he|she|they|you)(?: (?:\pL+ )?(?:with|for|on|to|take|have|get|buy|wear|make|cook|watch|order|eat|drink|read|play|name|call|go|go for|do|pick|choose))?|pick|choose|chose|select|decide(?: on)?|draw|torn|(?:i|we)(?:'ve| have) got|it be|is it|what about|which(?: one)?|name)\b(?: (?:for (?:me|us)|me|us|one|someone|somebody|something|randomly|at random|any|a (?:name|winner)|please|for|is it|is better|then))*:? ?"
);
pattern!(
    ASIDE,
    r"(?i)^(?:who|which|what|where|when|how|why|i(?:'m|'ve| am| have| can't| cant| cannot| don't)?|we(?:'re|'ve| are| have| can't| cant| cannot)?|you|please|help|so|ok|okay|pick|choose|just|go on|come on|surprise|my \pL+ (?:is|are|and)|the \pL+ (?:is|are)|it's|can|could|would|there's|(?:eeny|eenie) .*|can't|cant|cannot|quick|quickly|sotto|hey|right)\b"
);
pattern!(
    TRAILS,
    r"(?i),? (?:tonight|today|tomorrow|now|then|please|pls|ah|eh|lah|la|instead|first|for (?:the|my|our|this) .*|for (?:me|us|dinner|lunch|breakfast|tea|supper|tonight|today|pudding|dessert)|this (?:evening|morning|weekend|time)|you (?:choose|pick|decide|tell|say).*|your (?:choice|call|pick)|(?:because|cause|cos|since|should|must|gets? to|has to|have to|goes|will) .*|which.*|what.*)$"
);
pattern!(
    QUESTION,
    r"(?i)^(?:who|whose|which|where|when|why|what (?:do|shall|should|will|would|is|else)|how (?:do|shall|should))\b"
);
pattern!(PURPOSE, r"(?i) (?:to|for|who|as) .*$");

/// The things to choose from, as a series of them.
fn options(text: &str) -> Option<String> {
    let sentences: Vec<&str> =
        SENTENCE.as_ref()?.split(text).filter(|part| !part.trim().is_empty()).collect();
    let series: Vec<String> = sentences.iter().rev().filter_map(|sentence| enumerated(sentence)).collect();
    // "Paris or Rome? I say Paris, and he says Rome".
    series.iter().find(|series| series.contains(" or ")).or(series.first()).cloned()
}

/// The series in a sentence: "A, B or C" without what stands around it.
fn enumerated(sentence: &str) -> Option<String> {
    // "Sarah or Priya, pick one of them" leads to nothing.
    let among = AMONG.as_ref()?.find(sentence).filter(|led| sentence.len() > led.end() + 4);
    let pieces: Vec<&str> = match among {
        Some(led) => sentence.get(led.end()..)?.split(',').map(str::trim).collect(),
        None => sentence.split(',').map(str::trim).collect(),
    };
    let either = |piece: &&str| piece.to_lowercase().contains(" or ");
    let joined = |piece: &&str| either(piece) || piece.starts_with("or ");
    // "Or" stands before the last of them; where there is none, "and" does, or nothing.
    let last = pieces.iter().position(joined);
    let both = || pieces.iter().position(|piece| piece.contains(" and ") || piece.starts_with("and "));
    let last = last.or_else(|| if among.is_some() { both() } else { None });
    let pieces = pieces.get(..=last.unwrap_or(pieces.len().checked_sub(1)?))?;
    let mut series: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let mut piece = (*piece).to_owned();
        // "What should I wear, jeans or a skirt" asks before it names.
        if among.is_none() && !either(&piece.as_str()) && QUESTION.as_ref()?.is_match(&piece) {
            series.clear();
            continue;
        }
        if among.is_none()
            && (at == 0 || either(&piece.as_str()))
            && let Some(asked) = ASKED.as_ref()?.find(&piece).filter(|asked| asked.end() < piece.len())
        {
            let before = piece.get(..asked.end())?.contains(" or ");
            // "You choose tea or coffee" leads, "tea or coffee you choose" trails.
            piece = if before { piece } else { piece.get(asked.end()..)?.to_owned() };
        }
        let end = at + 1 == pieces.len();
        while end && let Some(trail) = TRAILS.as_ref()?.find(&piece).filter(|trail| trail.start() > 0) {
            piece.truncate(trail.start());
        }
        if end && among.is_some() {
            piece = replace(&PURPOSE, &piece, "");
        }
        let aside = among.is_none() && !either(&piece.as_str()) && ASIDE.as_ref()?.is_match(&piece);
        if aside || among.is_none() && piece.split(' ').count() > 5 && !joined(&piece.as_str()) {
            series.clear();
        } else if !piece.trim().is_empty() {
            series.push(piece.trim().to_owned());
        }
    }
    let series = series.join(", ");
    [" or ", ",", " and "].iter().any(|word| series.contains(word)).then_some(series)
}

#[cfg(test)]
mod tests {
    use super::{limits, options, thrown};

    #[test]
    fn things_to_choose_from() {
        for (text, expected) in [
            (
                "curry, fish and chips or a salad, you decide, I'm knackered",
                "curry, fish and chips or a salad",
            ),
            ("who washes up, mum or dad? pick somebody", "mum or dad"),
            (
                "I can't decide between the red dress and the black dress, choose for me",
                "the red dress and the black dress",
            ),
            ("pick one of Aoife, Ciarán or Niamh to go first", "Aoife, Ciarán or Niamh"),
            ("Paris or Rome? Husband says Rome, I say Paris, you have the casting vote", "Paris or Rome"),
            ("my kids are fighting over the front seat, pick Arjun or Meera", "Arjun or Meera"),
            ("Anna, Ben or Carl should do the dishes, pick", "Anna, Ben or Carl"),
            ("what do you think I should wear today, jeans or a skirt", "jeans or a skirt"),
            ("eeny meeny miny moe: Tom, Aoife, Luca", "Tom, Aoife, Luca"),
        ] {
            assert_eq!(options(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(options("pick one for me"), None);
    }

    #[test]
    fn dice_and_numbers() {
        for (text, expected) in [
            ("i need 4 10-sided dice rolled", (4, 10)),
            ("2 d10 and make it good", (2, 10)),
            ("the dices, 2 of them", (2, 6)),
            ("roll a die", (1, 6)),
        ] {
            assert_eq!(thrown(text), expected, "{text}");
        }
        for (text, expected) in [
            ("30 pupils, so a number between 1 and 30", (Some(1), Some(30))),
            ("lowest 10, highest 99", (Some(10), Some(99))),
            ("random number 10-20", (Some(10), Some(20))),
            ("give me 1 number up to 100", (None, Some(100))),
            ("a 4-digit number", (Some(1000), Some(9999))),
            ("random numbr betwen 1 n 49", (Some(1), Some(49))),
            ("3 lucky numbers, at most 60", (None, Some(60))),
        ] {
            assert_eq!(limits(text), expected, "{text}");
        }
    }
}
