//! Items in one breath, and the names of lists.

use crate::skills::reading::{pattern, replace, says};

pattern!(
    ARTICLE,
    r"(?i)^(?:(?:some|a|an|the|my|also|more|any|and|item|items|following:?|of|both|those|these|please|maybe|:) +)+"
);
// "I need ibuprofen" on a list is ibuprofen.
pattern!(
    NEED,
    r"(?i)^(?:(?:(?:i|we|you)(?:'ll|'d| will| would)?|also|still|really|just|please|so|remember|to|that|don't forget|can you) )*(?:(?:need|want|would like|require)(?:s|ed|ing)? |(?:me|us) |mind (?:adding|putting|popping|sticking|getting) |(?:have|got|must|should|ought) (?:to )?(?:have )?)(?:(?:to|also|some|more|another|any) )*"
);
// "Buy milk" on the shopping list is milk; "get well card" is a thing.
pattern!(
    BUY,
    r"(?i)^(?:(?:to|also|please|remember|go|and) )*(?:buy|purchase|pick up|grab|get) (?:(?:also|us|me|in) )*(?<thing>\S+)"
);
pattern!(
    OUGHT,
    r"(?i)^(?:(?:i|we|you)(?:'ll|'d|'m|'ve|'re| will| would| am| are| have| had)? )?(?:(?:also|still|really|just|always) )*(?:(?:keep|kept|gonna|going|should|must|remember|don't forget|need|want|have|got|ought|gotta|forgetting|forgotten|forgot|forget|meant|would like|fancy|love|crave|craving|after|could use|could do with)(?: to)? )+(?:to )?"
);
pattern!(
    LACK,
    r"(?i)^(?:(?:there(?:'s| is| are| isn't| aren't|'re| was)|(?:i|we)(?:'ve|'re|'m| have| had| are| am| haven't| don't| keep)?|i|we|someone|somebody|damn|oh no|ugh)[, ]+)?(?:(?:got|have|clean|just|also|still|completely|totally|always|all|almost|nearly|only|run|ran|running|used|finished|forgot|forgotten|forgetting|out|low|short|down|missing|lacking|up) )*(?:no more|not any|hardly any|barely any|no|any|out of|low on|short of|short on|down to the last|up the last of|up|of|on|to (?:get|buy)|forgot|forgotten|missing|lacking|to mention) (?:(?:the|any|more|our|last of|last) )*"
);
pattern!(
    GONE,
    r"(?i)(?: left(?: at all| in the house| in)?|(?:'s|'re| is| are| has| have| was|'ve)(?: (?:all|almost|nearly|just|completely|been|now|getting|running))* (?:gone|finished|empty|out|low|run out|short|used up|eaten|running low|on its last legs|done|off|mouldy|missing|not there)| (?:ran|run|runs|running|are running|is running)(?: out| low| short)+)$"
);
pattern!(TOO, r"(?i),? +(?:also|too|as well)$");
pattern!(
    JOINED,
    r"\b(?:check-?|(?<of>wish|watch|bucket|shopping|grocery|to-?do|task|packing|reading|guest)-?)lists?$"
);
pattern!(
    SPLIT,
    r"(?i)\s*(?:,\s*and\s+|,\s*|;\s*|\n+|\s+and\s+(?:also\s+)?|\s+(?:'?n'?|nd|'nd|adn|amd|annd)\s+|\s+&\s+|\s+plus\s+|\s+as well as\s+)\s*"
);

// "Candles, no wait, matches", "candles, I mean matches".
pattern!(
    INSTEAD,
    r"(?i)^(?:(?:(?:oh|ah|oops|wait|actually|rather|no|nope|sorry|hang on)[, ]+)*(?:no|nope|sorry|wait|no wait|i mean|i meant|make (?:it|that)|scratch that)(?:[, ]+(?:no|wait|sorry|actually|rather))*|(?:(?:oh|ah|oops|wait|actually|no|nope|sorry)[, ]+)*(?:i mean|i meant|make (?:it|that)|scratch that|no wait|wait no|no sorry|sorry no|or rather) (?<rest>.+))$"
);
// Whom one speaks to, and what is only polite, between marks.
pattern!(
    POLITE,
    r"(?i)^(?:if (?:you|u)(?:'d| would| could| can| please| like| don't mind| wouldn't mind)*(?: be so (?:good|kind))?|(?:would|will|could|can) (?:you|u|ya|ye)(?: please)?|please|pls|plz|thanks|thank you|cheers|ta|mate|pet|hen|dear|darling|love|pal|hun|bro|bruv|lads|innit|yeah|ok|okay|lol|haha|good (?:man|lad|girl)|there's a (?:dear|love|pet)|both(?: of them)?|all (?:two|three|four|five|six|of (?:it|them|those))|the lot)$"
);
pattern!(PARTICLE, r"(?i),? (?:lah|leh|lor|hor|jare|abeg|innit|sha|biko|bruv)$");

/// Pairs that are one thing.
const PAIRS: &[&str] = &[
    "mac and cheese",
    "fish and chips",
    "peanut butter and jelly",
    "gin and tonic",
    "bread and butter pudding",
    "salt and vinegar crisps",
    "half and half",
    "bed and breakfast",
    "rock and roll",
    "black and white",
    "macaroni and cheese",
    "sweet and sour sauce",
];

/// What people buy by itself, so that two of them in a row are two things. A word that mostly goes with the one before
/// or after it ("oil", "sauce", "orange") is not among them.
const BOUGHT: &str = "
    apples atta avocados bacon bananas basil batteries beer besan biscuits bleach bread broccoli butter cabbage carrots
    cereal cheese chillies chives cider coffee coriander courgettes crisps cucumber cucumbers curd daal dal deodorant
    diapers dill eggs flour foil garlic garri ghee ginger grapes haldi ham honey jam jeera ketchup lemons lettuce limes
    maida mangoes margarine marmalade mayo mayonnaise milk mince mushrooms mustard naan nappies oats olives onions
    oranges paneer parsley parsnips pasta pears peas plantain plantains plums porridge potatoes prawns radishes
    raspberries rice roti salmon salt sausages shampoo soap spaghetti spinach strawberries sugar tea teabags tofu
    tomatoes toothpaste turnips washing-up wine yams yoghurt yogurt
";

/// Two of those that are one thing.
const TOGETHER: &[&str] = &[
    "bacon crisps",
    "beer mustard",
    "cheese biscuits",
    "cheese bread",
    "cheese crisps",
    "cheese naan",
    "cheese sausages",
    "coffee biscuits",
    "garlic bread",
    "garlic butter",
    "garlic cheese",
    "garlic mayo",
    "garlic mayonnaise",
    "garlic mushrooms",
    "garlic naan",
    "garlic prawns",
    "garlic salt",
    "ginger beer",
    "ginger biscuits",
    "ginger garlic",
    "ginger tea",
    "ginger wine",
    "honey mustard",
    "lemons tea",
    "milk bread",
    "mustard honey",
    "naan bread",
    "oats biscuits",
    "oats milk",
    "parsley butter",
    "rice crisps",
    "rice flour",
    "rice milk",
    "rice noodles",
    "rice wine",
    "salt beef",
    "sugar peas",
    "tea bread",
    "tea biscuits",
    "tea tree",
    "wine gums",
];

/// The things in a row of words without marks, if each of them is bought by itself: "eggs cheese". Else they are one.
fn row_of(part: &str) -> Vec<&str> {
    let words: Vec<&str> = part.split(' ').collect();
    let bought = |word: &&str| {
        let word = word.to_lowercase();
        BOUGHT.split_whitespace().any(|known| known == word)
    };
    let one = |two: &[&str]| {
        let two = two.join(" ").to_lowercase();
        TOGETHER.contains(&two.as_str())
    };
    if words.len() > 1 && words.iter().all(bought) && !words.windows(2).any(one) { words } else { vec![part] }
}

/// The text with "and" for the "an" that is only a way to write it: "tatties an neeps".
fn with_and(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let joins = |at: usize| {
        let next = words.get(at + 1).and_then(|next| next.chars().next());
        let after =
            at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_plural(word));
        after && next.is_some_and(|next| !"aeiouAEIOU".contains(next))
    };
    let said =
        words.iter().enumerate().map(|(at, word)| if *word == "an" && joins(at) { "and" } else { word });
    said.collect::<Vec<_>>().join(" ")
}

/// Whether a word is of several things, and does not go with a next one, as in "sports bras".
fn is_plural(word: &str) -> bool {
    const GO_ON: &[&str] = &[
        "brussels",
        "christmas",
        "clothes",
        "gas",
        "glasses",
        "goods",
        "kids",
        "ladies",
        "lens",
        "mens",
        "womens",
        "girls",
        "boys",
        "mums",
        "moms",
        "dads",
        "sales",
        "savings",
        "sports",
        "canvas",
        "swiss",
        "dogs",
        "cats",
    ];
    let word = word.to_lowercase();
    let other = ["ss", "us", "is", "'s"].iter().any(|end| word.ends_with(end));
    word.len() > 3 && word.ends_with('s') && !other && !GO_ON.contains(&word.as_str())
}

/// The items in one breath.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut kept = with_and(text);
    for pair in PAIRS {
        for said in [(*pair).to_owned(), pair.replace(" and ", " n "), pair.replace(" and ", " & ")] {
            if let Some(at) = kept.to_lowercase().find(&said)
                && kept.is_char_boundary(at)
                && kept.is_char_boundary(at + said.len())
            {
                kept.replace_range(at..at + said.len(), &pair.replace(" and ", "\u{E002}"));
            }
        }
    }
    let parts: Vec<&str> = match &*SPLIT {
        Some(regex) => regex.split(&kept).collect(),
        None => vec![&kept],
    };
    // "Potatoes carrots and a leek".
    let row = parts.len() > 1 && !kept.contains([',', ';', '\n']);
    let parts = parts.into_iter().flat_map(|part| {
        let plurals = row && part.split(' ').all(is_plural);
        if plurals { part.split(' ').collect() } else { row_of(part) }
    });
    let mut items: Vec<String> = Vec::new();
    for part in parts {
        let item = replace(&ARTICLE, part.trim(), "").replace('\u{E002}', " and ");
        let item = replace(&TOO, item.trim(), "");
        let item = item.trim_matches([' ', '.', ',', '"', '!', '?']).to_owned();
        // "Milk, no, oat milk".
        let instead = INSTEAD.as_ref().and_then(|instead| instead.captures(&item));
        if instead.is_some() {
            items.pop();
        }
        let item = instead
            .map_or(item.clone(), |found| found.name("rest").map_or("", |rest| rest.as_str()).to_owned());
        let item = replace(&PARTICLE, &item, "");
        if says(&POLITE, &item) {
            continue;
        }
        if !item.is_empty() && !items.iter().any(|known| known.eq_ignore_ascii_case(&item)) {
            items.push(item);
        }
    }
    items
}

/// "There's no milk left" and "the milk is finished" are milk, where it is asked to be put on a list.
pub(super) fn lacking(text: &str) -> String {
    let text = replace(&LACK, &replace(&OUGHT, text, ""), "");
    let text = replace(&GONE, &text, "");
    let text = text.trim();
    text.strip_prefix("to ").unwrap_or(text).to_owned()
}

/// What is to go on a list of that name, without "I need" or "buy" before it.
pub(super) fn bought(name: &str, items: Vec<String>) -> Vec<String> {
    let bare = |item: String| {
        let own = item.to_lowercase();
        let needed = name != "to-do" || ["i ", "we ", "you "].iter().any(|who| own.starts_with(who));
        let mut text = if needed { replace(&NEED, &item, "") } else { item.clone() };
        if name == "shopping"
            && let Some(buy) = BUY.as_ref().and_then(|buy| buy.captures(&text))
            && !buy["thing"].eq_ignore_ascii_case("well")
        {
            text = text[buy.name("thing").map_or(0, |thing| thing.start())..].to_owned();
        }
        let text = replace(&ARTICLE, text.trim(), "");
        if text.is_empty() { item } else { text }
    };
    items.into_iter().map(bare).collect()
}

/// Whether what was taken for the name of a list holds more of the sentence: "back the shopping list".
pub(super) fn holds_more(said: &str) -> bool {
    let said = said.to_lowercase();
    let of_several =
        ["list", "one of ", "any of ", "either of ", "some of "].iter().any(|few| said.starts_with(few));
    !of_several && [" the ", " my "].iter().any(|word| said.contains(word))
}

/// The name of a list without the word itself; "" for "the list".
pub(super) fn canonical(said: &str) -> String {
    let lower = said.trim_matches(['"', ' ', '.', '\'']).to_lowercase();
    let lower = replace(&JOINED, &lower, "$of list").trim().to_owned();
    let lower = ["list of ", "list for ", "lists of ", "list called ", "list named "]
        .iter()
        .fold(lower.as_str(), |name, word| name.strip_prefix(word).unwrap_or(name));
    let lower = lower.trim_end_matches(" lists").trim_end_matches(" list").trim();
    // What is left of "to do list add …".
    let lower = if lower == "do" { "to-do" } else { lower };
    let lower = ["add to ", "put on ", "the ", "my ", "a ", "an ", "our ", "new ", "called "]
        .iter()
        .fold(lower, |name, word| name.trim_start_matches(word));
    match lower {
        "list" | "lists" | "it" | "that" | "there" | "brand-new" | "brand new" | "blank" | "empty" => {
            String::new()
        }
        "shopping" | "grocery" | "groceries" | "shop" | "supermarket" | "food" | "store" => {
            "shopping".to_owned()
        }
        "todo" | "to do" | "to-do" | "todos" | "to-dos" | "to do's" | "to dos" | "task" | "tasks"
        | "things to do" | "stuff to do" | "things to get done" => "to-do".to_owned(),
        "things to buy" => "shopping".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn things_in_a_row_are_several_only_where_each_is_bought_alone() {
        for (said, things) in [
            ("eggs cheese and brown bread", "eggs,cheese,brown bread"),
            ("atta dal and ghee", "atta,dal,ghee"),
            ("milk eggs bread", "milk,eggs,bread"),
            ("garlic bread and butter", "garlic bread,butter"),
            ("peanut butter and jam", "peanut butter,jam"),
            ("sweet potatoes and rice crackers", "sweet potatoes,rice crackers"),
            ("tatties an neeps", "tatties,neeps"),
            ("half an onion", "half an onion"),
        ] {
            assert_eq!(split(said).join(","), things, "{said}");
        }
    }

    #[test]
    fn what_is_corrected_or_only_polite_is_no_thing() {
        for (said, things) in [
            ("candles, no wait, matches", "matches"),
            ("lightbulbs, no sorry, batteries", "batteries"),
            ("milk, I mean oat milk", "oat milk"),
            ("if you would, sprouts, pet", "sprouts"),
            ("kaya and toast lah", "kaya,toast"),
        ] {
            assert_eq!(split(said).join(","), things, "{said}");
        }
    }
}
