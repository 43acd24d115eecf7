//! Slips of the finger and of dictation in the words that grammar knows.

/// The words of the grammar in which a slip is mended: those that carry what is asked, and look like few others.
const KNOWN: &str = "
    about add address afternoon alarm alarms already and answer answers april august between birthday
    calculate calendar call cancel change choose clear conversation convert correct countdown create
    december delete divided download empty evening every everything export february find finished flip
    forecast friday from groceries grocery help history hour hours how january list lists make many
    mention mentioned message messages midnight minute minutes mistake monday month morning move much
    name note notes november number numbers october often pause percent percentage please quarter quick
    random read remember remind reminder reminders remove rename resume running saturday search second
    seconds september set shopping show snooze spell spelling start stop sunday switch take the through
    throw thursday tick time timer timers today tomorrow tonight traffic tuesday uncheck untick until
    wake weather wednesday week weekday weekdays weekend what when whenever where which with write
    yesterday
";

/// Words that are as near to one of those as a slip would be, and meant.
const MEANT: &str = "
    abut alam alar aspell bout calculated calculates chang changed changes chooses chose cleat concert
    covert crate created creates crete dad deleted deletes deplete divide divider divides downloads
    dunning eery est ever evert fandom finisher finishes form fromm grocer here hopping horus junes lear
    lease lusts manny mays minuet minuets minuted minuter mistakes mont monty motes moth nad nites noes
    noted noyes numbed ours paused pauses pease percentages pleas pleased pleases quartet ransom
    reminded reminds removed remover removes renamed renames resumed resumes revery rite sell selling
    sets shipping snoozed snoozes sopping star starr stat ste stoop tart though throe throws tier tiers
    timed times tims toady tomorrows trough umber very weekends were wheres whopping witch writ writer
    writes writs wrote yours
";

/// Slips that are further off.
const FAR: &[(&str, &str)] = &[
    ("mny", "many"),
    ("wen", "when"),
    ("wnen", "when"),
    ("wht", "what"),
    ("wat", "what"),
    ("hw", "how"),
    ("cal", "call"),
    ("lst", "list"),
    ("strt", "start"),
    ("evry", "every"),
    ("ws", "was"),
    ("timerfor", "timer for"),
    ("alarmfor", "alarm for"),
    ("setan", "set an"),
    ("anote", "a note"),
    ("evryday", "every day"),
    ("everyday", "every day"),
    ("trow", "throw"),
    ("tommorow", "tomorrow"),
    ("tommorrow", "tomorrow"),
    ("tomorow", "tomorrow"),
    ("tmrw", "tomorrow"),
    ("tues", "tuesday"),
    ("weds", "wednesday"),
    ("thurs", "thursday"),
    ("remaind", "remind"),
    ("remimd", "remind"),
    ("remid", "remind"),
    ("reminde", "remind"),
    ("remindme", "remind me"),
    ("calender", "calendar"),
    ("creat", "create"),
    ("mak", "make"),
    ("tme", "time"),
    ("rol", "roll"),
    ("trow", "throw"),
    ("minits", "minutes"),
    ("todays", "today's"),
    ("tomorrows", "tomorrow's"),
    ("yesterdays", "yesterday's"),
];

/// How people write what a message begins with, and what it is.
const BEGINNINGS: &[(&str, &str)] = &[
    ("whats", "what's"),
    ("wats", "what's"),
    ("whatd", "what did"),
    ("what'd", "what did"),
    ("hows", "how's"),
    ("whens", "when's"),
    ("wheres", "where's"),
    ("whos", "who's"),
    ("dont", "don't"),
    ("im", "i'm"),
    ("ive", "i've"),
    ("lets", "let's"),
    ("gimme", "give me"),
    ("i dont", "i don't"),
    ("we dont", "we don't"),
    ("you dont", "you don't"),
    ("i dunno", "i don't know"),
];

/// Words of the grammar that people draw out: "tiiimer", "remind meee".
const DRAWN_OUT: &[&str] = &[
    "add", "alarm", "cancel", "hello", "help", "hey", "list", "louder", "me", "no", "note", "please",
    "quieter", "remind", "set", "stop", "time", "timer", "wake", "what", "when", "yes",
];

/// The word that `word` is, if letters of it are written three times or more.
fn drawn_out(word: &str) -> Option<&'static str> {
    let once = |word: &str| {
        let mut letters: Vec<char> = word.chars().map(|c| c.to_ascii_lowercase()).collect();
        letters.dedup();
        letters
    };
    let letters: Vec<char> = word.chars().collect();
    let drawn = letters.windows(3).any(|three| three.iter().all(|c| c.eq_ignore_ascii_case(&three[0])));
    DRAWN_OUT.iter().find(|known| drawn && once(known) == once(word)).copied()
}

/// Keys that lie side by side, row by row.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// The message with what it begins with written out.
pub(super) fn begun_as_meant(mut text: String) -> String {
    for (slip, meant) in BEGINNINGS {
        let begins = text.get(..slip.len()).is_some_and(|start| start.eq_ignore_ascii_case(slip))
            && text.get(slip.len()..).is_some_and(|rest| rest.starts_with(' '));
        if begins {
            text.replace_range(..slip.len(), meant);
            break;
        }
    }
    text
}

super::reading::pattern!(
    KEPT,
    r"(?i)^(?:(?:please|pls|can you|could you|just) )*(?:note|write|jot|memo|remember|save|keep|take|make)\b"
);

/// The message with its slips mended, for grammar. What is to be kept is kept as it was written.
pub(super) fn mended(text: &str) -> String {
    let kept = KEPT.as_ref().is_some_and(|kept| kept.is_match(text));
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let letters = word.trim_end_matches([',', '.', ':', ';', '!', '?']);
        let name =
            at > 0 && letters.starts_with(char::is_uppercase) && letters.chars().any(char::is_lowercase);
        if (name && !day_twisted(&letters.to_lowercase())) || (kept && at > 3) {
            return word.to_owned();
        }
        let mut word = word.to_owned();
        if let Some(meant) = meant(&letters.to_lowercase()) {
            word.replace_range(..letters.len(), meant);
        }
        word
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether letters of a day of the week changed places: with a capital that is no name.
fn day_twisted(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    DAYS.iter().any(|day| *day != word && sorted(day) == sorted(word))
}

/// What a word is a slip for; `None` if it is none.
fn meant(word: &str) -> Option<&'static str> {
    if let Some((_, meant)) = FAR.iter().find(|(slip, _)| *slip == word) {
        return Some(meant);
    }
    if let Some(known) = drawn_out(word) {
        return Some(known);
    }
    let is = |words: &str| words.split_whitespace().any(|known| known == word);
    if word.len() < 3 || !word.bytes().all(|letter| letter.is_ascii_lowercase()) || is(KNOWN) || is(MEANT) {
        return None;
    }
    KNOWN.split_whitespace().find(|known| slipped(word.as_bytes(), known.as_bytes()))
}

/// Whether one slip makes `word` of `known`: two letters changed places, one was left out or written twice, or the key
/// beside was hit as well or instead. The shorter a word, the fewer of these are believed.
pub(super) fn slipped(word: &[u8], known: &[u8]) -> bool {
    let begun = word.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (Some(typed), Some(meant)) = (word.get(begun..), known.get(begun..)) else { return false };
    let before = begun.checked_sub(1).and_then(|at| known.get(at));
    let long = known.len() >= 5;
    match (typed, meant) {
        ([a, b, typed @ ..], [c, d, meant @ ..]) if (a, b) == (d, c) && typed == meant => true,
        ([a, typed @ ..], [b, meant @ ..]) if typed == meant => long && beside(*a, *b),
        (typed, [_, rest @ ..]) if typed == rest => long,
        ([a, typed @ ..], meant) if typed == meant => {
            let touched = || before.into_iter().chain(meant.first()).any(|key| beside(*a, *key));
            (known.len() >= 4 && before == Some(a)) || (long && touched())
        }
        _ => false,
    }
}

/// Whether two keys touch.
fn beside(a: u8, b: u8) -> bool {
    let place = |key: u8| {
        let rows = ROWS.iter().enumerate();
        // Each row lies a third of a key further right.
        rows.filter_map(|(row, keys)| Some((row, 3 * keys.bytes().position(|other| other == key)? + row)))
            .next()
    };
    match (place(a), place(b)) {
        (Some((a_row, a)), Some((b_row, b))) => a_row.abs_diff(b_row) <= 1 && a.abs_diff(b) <= 3,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended_and_words_left_alone() {
        for (typed, known) in [
            ("set a tiemr for 5 mintues", "set a timer for 5 minutes"),
            ("wehn did i mention teh boiler", "when did i mention the boiler"),
            ("remnid me tomorow, pls", "remind me tomorrow, pls"),
            ("add milk to the shoping lsit", "add milk to the shopping list"),
            ("cancle the alarn!", "cancel the alarm!"),
            ("snoooze", "snooze"),
            ("Remidn me", "remind me"),
            ("tiiiimer", "timer"),
        ] {
            assert_eq!(mended(typed), known);
        }
        for meant in [
            "three motes in the minuet",
            "ask Tims about it",
            "it was here, were it not",
            "note that the word is alarn",
            "add limes, dates and thyme",
            "est quand même",
        ] {
            assert_eq!(mended(meant), meant);
        }
    }

    #[test]
    fn words_that_are_meant_are_no_slip_of_themselves() {
        for word in MEANT.split_whitespace() {
            assert!(!KNOWN.split_whitespace().any(|known| known == word), "{word} is known as well");
        }
    }
}
