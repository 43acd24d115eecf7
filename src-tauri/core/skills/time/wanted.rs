//! The time, here and elsewhere, asked for in any words.

use super::{OTHERS, Time, converted, led, moment_then, tell, tell_here, zone_of};
use crate::Entity;
use crate::skills::Skill;
use crate::skills::filled::Marks;
use crate::skills::reading::{TIME, pattern};
use crate::skills::runs::answered;
use crate::skills::slips::slipped;
use crate::skills::turn::{Reply, Turn};

/// A place that a text names, and where.
#[derive(Debug, PartialEq)]
struct Place {
    begun: usize,
    end: usize,
    name: String,
}

/// What is a place only where it is written, or led to, as one.
const ALSO_WORDS: &str = "beijing central center chatham charlotte cork davis easter eastern factory florence general \
                          georgia island jersey knox mountain mobile nauru north pacific reading south troll turkey \
                          universal hobart casey local palmer vincennes";

/// Short names that are no words.
const SHORT: [&str; 5] = ["ny", "nyc", "uk", "hk", "uae"];

pattern!(WORD, r"[\pL][\pL.'’-]*");
pattern!(ASKS_THEN, r"(?i)\b(?:if|when|once|while|that|then|would|will|convert|makes?|mean)\b");
pattern!(
    ASKS_HERE,
    r"(?i)\b(?:here|our (?:time|end|side|clock|place)|my (?:time|end|side|clock|place)|for (?:me|us)|home)\b"
);
pattern!(HERS, r"(?i)^(?: time)?,? (?:(?:over|there) )*(?:in |at |time in )?(?:the )?$");
pattern!(AND, r"(?i)^,? *(?:(?:and|&|or|plus|in|for|also|then) +)*$");
pattern!(AWAY, r"(?i)\b(?:ahead|behind|later|earlier|in front)\b");
pattern!(NEAR, r"(?i)^.{0,12}\b(?:of|than|from)(?: the)? $");
pattern!(RELATIVE, r"(?i)^(?:in|within|after)\b|\b(?:from now|ago|later|hence)$");

pub(super) fn wanted(turn: &mut Turn<'_>, verb: &str) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let named = places(&plain);
    let clocks = clocks(turn, &plain);
    let all = (named.len(), clocks.len());
    let fits = |turn: &Turn<'_>, part: &str| (places(part).len(), self::clocks(turn, part).len()) == all;
    if let Some(reply) = answered(&Time, turn, verb, fits) {
        return Some(reply);
    }
    match verb {
        "tell" => told(turn, &plain, &named, &clocks),
        "difference" => apart(turn, &plain, &named),
        _ => None,
    }
}

/// The time at places that are marked; what time it would be then is for grammar.
pub(super) fn filled(turn: &Turn<'_>, verb: &str, marks: &Marks<'_>) -> Option<Reply> {
    let places = marks.all("place");
    let known = places.iter().all(|place| zone_of(place).is_some());
    let now = marks.all("when").is_empty() && clocks(turn, &turn.reading.plain).is_empty();
    if verb != "tell" || !known || !now {
        return None;
    }
    tell_each(turn, places.into_iter())
}

fn tell_each<'p>(turn: &Turn<'_>, places: impl Iterator<Item = &'p str>) -> Option<Reply> {
    places.map(|place| tell(turn, place)).reduce(|told, next| Reply {
        text: format!("{} {}", told.text, next.text),
        actions: [told.actions, next.actions].concat(),
        ..next
    })
}

/// The times of a day in a text; "now" and days are none.
fn clocks(turn: &Turn<'_>, text: &str) -> Vec<Entity> {
    turn.entities(text, &TIME)
        .into_iter()
        .filter(|entity| entity.entity != "date" && !is_now(&entity.text))
        .collect()
}

fn is_now(said: &str) -> bool {
    let said = said.to_lowercase();
    ["now", "moment", "minute", "today", "currently", "present"].iter().any(|word| said.ends_with(word))
        && !said.starts_with(|c: char| c.is_ascii_digit())
        && !said.starts_with("in ")
        && !said.contains(" from ")
}

/// The places that a text names, in their order.
fn places(text: &str) -> Vec<Place> {
    let Some(word) = WORD.as_ref() else { return Vec::new() };
    let words: Vec<_> = word.find_iter(text).collect();
    let mut places = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let longest = (1..=3).rev().find_map(|length| {
            let row = words.get(from..from + length)?;
            let (begun, end) = (row.first()?.start(), row.last()?.end());
            let said = text.get(begun..end)?.trim_end_matches(['.', '\'', '-']);
            let name = said.trim_end_matches("'s").trim_end_matches("’s");
            // The words of a name have nothing but blanks between them.
            let close = name.split(' ').count() == length;
            let written = name.chars().next().is_some_and(char::is_uppercase) && begun > 0;
            let known =
                name.chars().count() >= 5 && !ALSO_WORDS.split(' ').any(|word| word == name.to_lowercase());
            let before: Vec<&str> = words.get(..from)?.iter().map(|word| word.as_str()).collect();
            let short = SHORT.contains(&name.to_lowercase().as_str());
            let sure = written || known || short || led(&before);
            (close && sure && zone_of(name).is_some())
                .then(|| (length, Place { begun, end, name: name.to_owned() }))
        });
        match longest {
            Some((length, place)) => {
                places.push(place);
                from += length;
            }
            None => from += 1,
        }
    }
    if places.is_empty() { mistyped(text).into_iter().collect() } else { places }
}

/// The last place that a text names, even with a slip in its name.
pub(super) fn named(text: &str) -> Option<String> {
    Some(places(text).pop()?.name)
}

/// A place with a slip in its name: "singpore".
fn mistyped(text: &str) -> Option<Place> {
    let cities =
        jiff::tz::db().available().filter_map(|name| Some(name.as_str().rsplit('/').next()?.to_lowercase()));
    let known: Vec<String> = cities.chain(OTHERS.iter().map(|(name, _)| (*name).to_owned())).collect();
    let words: Vec<_> = WORD.as_ref()?.find_iter(text).collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let before: Vec<&str> = words.get(..at)?.iter().map(|word| word.as_str()).collect();
        let said = word.as_str().trim_end_matches("'s").to_lowercase();
        let long = said.chars().count() >= 5 && led(&before);
        let name = known.iter().find(|name| long && slipped(said.as_bytes(), name.as_bytes()))?;
        Some(Place { begun: word.start(), end: word.end(), name: name.replace('_', " ") })
    })
}

/// The place that the model sees, which may be one without a zone that is known.
fn seen(turn: &Turn<'_>) -> Option<String> {
    let place = turn.analysis.entities.iter().find(|entity| entity.entity == "location")?;
    Some(place.text.clone())
}

fn told(turn: &mut Turn<'_>, plain: &str, places: &[Place], clocks: &[Entity]) -> Option<Reply> {
    let asks_then = ASKS_THEN.as_ref()?.is_match(plain);
    if let Some(clock) = clocks.last().filter(|_| asks_then) {
        if places.is_empty() {
            return moment_then(turn, &clock.text);
        }
        let end = plain.find(clock.text.as_str())? + clock.text.len();
        // "At 9 in Sydney", "9 am Sydney time"
        let hers = |place: &&Place| {
            place.begun >= end
                && plain
                    .get(end..place.begun)
                    .is_some_and(|gap| HERS.as_ref().is_some_and(|hers| hers.is_match(gap)))
        };
        let from = places
            .iter()
            .find(hers)
            .filter(|_| !RELATIVE.as_ref().is_some_and(|it| it.is_match(&clock.text)));
        let to = places.iter().rev().find(|place| from.is_none_or(|from| from.name != place.name));
        let here = ASKS_HERE.as_ref()?.is_match(plain.get(end..)?.trim_start_matches(" here"));
        return match (from, to) {
            (None, Some(there)) if here && there.begun < end => {
                converted(turn, &clock.text, Some(there.name.clone()), None)
            }
            _ => converted(turn, &clock.text, from.map(|it| it.name.clone()), to.map(|it| it.name.clone())),
        };
    }
    // "In Paris and in Tokyo": both. "I'm in Berlin and she's in Perth, what time is it there?": the last is asked for.
    let joined = |two: &[Place]| match two {
        [one, other] => AND
            .as_ref()
            .is_some_and(|and| plain.get(one.end..other.begun).is_some_and(|gap| and.is_match(gap))),
        _ => false,
    };
    if places.len() > 1 && places.windows(2).all(joined) {
        return tell_each(turn, places.iter().map(|place| place.name.as_str()));
    }
    let place = places.last().map(|place| place.name.clone()).or_else(|| seen(turn));
    Some(place.map_or_else(|| tell_here(turn), |place| tell(turn, &place)))
}

fn apart(turn: &mut Turn<'_>, plain: &str, places: &[Place]) -> Option<Reply> {
    let (from, place) = match places {
        [] => (None, seen(turn)?),
        [place] => (None, place.name.clone()),
        [first, .., last] => {
            let gap = plain.get(first.end..last.begun)?;
            // "How far ahead of London is Singapore", and "is Singapore ahead of London".
            let turned = AWAY.as_ref()?.is_match(gap)
                && NEAR.as_ref()?.is_match(gap.split_once("ahead").map_or(gap, |it| it.1));
            let (from, place) = if turned { (last, first) } else { (first, last) };
            (Some(from.name.clone()), place.name.clone())
        }
    };
    let asked = match from {
        Some(from) => format!("time difference between {from} and {place}"),
        None => format!("time difference to {place}"),
    };
    Time.exact(&mut turn.saying(&asked))
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn places_in_a_text() {
        for (text, expected) in [
            ("the boss is in singpore, what time is it there?", &["singapore"][..]),
            ("current time mumbai", &["mumbai"]),
            ("between Lagos and new york", &["Lagos", "new york"]),
            ("a nice wake up call", &[]),
            ("in Nice and in São Paulo", &["Nice", "São Paulo"]),
        ] {
            let found: Vec<String> = places(text).into_iter().map(|place| place.name).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
