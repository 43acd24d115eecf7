//! Requests done with the words that the model marks for their slots, whatever the sentence around them.
//!
//! A sentence may hold several requests, of which each takes the slots of its own kinds. Where a slot is in doubt or
//! missing nothing is done here.

use super::dialogue::{REFUSED, least};
use super::every::recurrence;
use super::reading::{Reading, duration_ms, pattern, replace, says};
use super::schedule::{Schedule, schedule};
use super::turn::{Reply, Turn};
use super::{by_name, loosely, offline};
use crate::{Action, Label, Requested, Slot};
use serde_json::Value;

/// The least confidence in each of several requests, which share what one would have alone.
const SHARED: f32 = 0.1;

/// The same of one whose slots are marked, so that it is asked for whatever the other takes up.
const MARKED: f32 = 0.01;

/// The same of one that has no slots and is done in other ways.
const UNMARKED: f32 = 0.2;

// What is said of a time and changes nothing.
pattern!(PRECISELY, r"(?i)\b(?:sharp|on the dot|exactly|precisely|prompt(?:ly)?|please)\b");

// What stands between two requests.
pattern!(JOINT, r"(?i)[,.;!?] |\b(?:and|then|plus|also)\b");

/// The words that are marked in a message, by the kind of their slot.
pub(super) struct Marks<'a> {
    text: &'a str,
    slots: Vec<&'a Slot>,
}

impl<'a> Marks<'a> {
    /// All words of a kind, in order; those that stand side by side are one.
    pub fn all(&self, kind: &str) -> Vec<&'a str> {
        self.runs(kind).into_iter().map(|(words, _)| words).collect()
    }

    /// The same with what leads to them, of `leads`, if that stands before them: "to call Anna".
    pub fn led(&self, kind: &str, leads: &[&str]) -> Vec<String> {
        let with_lead = |words: &str| {
            let mut own = self.slots.iter().filter(|slot| slot.kind == kind);
            let start = own.find(|slot| words.starts_with(&slot.text)).map_or(0, |slot| slot.start);
            let before = self.text.get(..start).unwrap_or_default().trim_end();
            let lead = before.rsplit(' ').next().filter(|lead| leads.contains(&lead.to_lowercase().as_str()));
            lead.map_or_else(|| words.to_owned(), |lead| format!("{lead} {words}"))
        };
        self.all(kind).into_iter().map(with_lead).collect()
    }

    /// All words of a kind that stand together, and in how many pieces they are marked.
    pub fn runs(&self, kind: &str) -> Vec<(&'a str, usize)> {
        let mut runs: Vec<(usize, usize, usize)> = Vec::new();
        for slot in self.slots.iter().filter(|slot| slot.kind == kind) {
            let (start, end) = (slot.start, slot.start + slot.text.len());
            match runs.last_mut() {
                Some((_, last, pieces))
                    if self.text.get(*last..start).is_some_and(|gap| gap.trim().is_empty()) =>
                {
                    (*last, *pieces) = (end, *pieces + 1);
                }
                _ => runs.push((start, end, 1)),
            }
        }
        runs.into_iter()
            .filter_map(|(start, end, pieces)| Some((self.text.get(start..end)?, pieces)))
            .collect()
    }

    /// Everything from the first of a kind to the last.
    pub fn span(&self, kind: &str) -> Option<&'a str> {
        let mut own = self.slots.iter().filter(|slot| slot.kind == kind);
        let first = own.next()?;
        let last = own.next_back().unwrap_or(first);
        self.text.get(first.start..last.start + last.text.len())
    }

    /// The kinds and words of all that is marked, in order.
    pub fn in_order(&self) -> Vec<(&'a str, &'a str)> {
        self.slots.iter().map(|slot| (slot.kind.as_str(), slot.text.as_str())).collect()
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The words of a kind that is marked once.
    pub fn one(&self, kind: &str) -> Option<&'a str> {
        match self.all(kind).as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The length in milliseconds that words say, all of them; a bare number counts minutes.
    pub fn length(turn: &Turn<'_>, words: &str) -> Option<i64> {
        let read = |text: &str| {
            let found = turn.entities(text, &["duration"]);
            let whole = found.first().filter(|found| found.text.chars().count() == text.chars().count())?;
            duration_ms(whole, turn.now).filter(|&ms| ms > 0)
        };
        let words = reading(turn, words).plain;
        read(&words).or_else(|| read(&format!("{words} minutes")))
    }

    /// The time that all words of the kind say together, and nothing else.
    pub fn when(&self, turn: &Turn<'_>) -> Option<Schedule> {
        let said = Marks::time(turn, &self.all("when").join(" "))?;
        // "Evrey sunday": what comes again is not done once only.
        let again = recurrence(&turn.reading.plain).0.is_some();
        (said.every.is_some() || !again).then_some(said)
    }

    /// The time that words say, and nothing else.
    pub fn time(turn: &Turn<'_>, words: &str) -> Option<Schedule> {
        let said = schedule(turn, &replace(&PRECISELY, &loosely::read(turn, words).plain, ""));
        (!said.is_empty() && said.rest.trim_matches([' ', ',', '.']).is_empty()).then_some(said)
    }
}

/// The skills and verbs of the requests that the model is sure of, together, and that have all slots; and how sure it is
/// of each.
fn requests<'l>(ranking: &'l [Label], slots: &[Slot]) -> Option<Vec<(&'l str, &'l str, f32)>> {
    let mut sum = 0.0;
    let mut enough = 0.0_f32;
    let mut found: Vec<(&str, &str, f32)> = Vec::new();
    let mut left: Vec<&Slot> = slots.iter().collect();
    for Label { name, confidence } in ranking {
        let Some((skill, verb)) = name.split_once('.') else {
            // What may ask for nothing at all.
            if *confidence >= SHARED && (found.is_empty() || sum < enough) {
                return None;
            }
            continue;
        };
        let own = |slot: &&Slot| kinds(skill).contains(&slot.kind.as_str());
        if *confidence >= SHARED && (found.is_empty() || sum < enough)
            || *confidence >= MARKED && left.iter().any(own)
        {
            sum += confidence;
            enough = enough.max(least(skill, verb));
            found.push((skill, verb, *confidence));
            left.retain(|slot| !own(slot));
        }
    }
    (sum >= enough && left.is_empty()).then_some(found)
}

/// Whether the model sees several requests in one message.
pub(super) fn several(ranking: &[Label]) -> bool {
    requests(ranking, &[]).is_some_and(|requests| requests.len() > 1)
}

/// Does what the model takes the message to ask for, with the words that it marks; one refused request alone is for
/// others.
pub(super) fn filled(turn: &mut Turn<'_>, requested: &Requested) -> Option<Vec<Reply>> {
    let mut requests = requests(&requested.ranking, &requested.slots)?;
    if requests.iter().all(|(skill, ..)| *skill == REFUSED) {
        return None;
    }
    let slots = &requested.slots;
    let place = |skill: &str| {
        let own = |slot: &&Slot| kinds(skill).contains(&slot.kind.as_str());
        slots.iter().find(own).map(|slot| slot.start)
    };
    let first = slots.first().map_or(0, |slot| slot.start);
    let before = says(&JOINT, turn.text.get(..first).unwrap_or_default());
    requests.sort_by_key(|(skill, ..)| place(skill).unwrap_or(if before { 0 } else { usize::MAX }));
    let shared = |kind: &&str| requests.iter().filter(|(skill, ..)| kinds(skill).contains(kind)).count() > 1;
    if slots.iter().any(|slot| shared(&slot.kind.as_str())) {
        return None;
    }
    let together = requests.len() > 1;
    let skills: Vec<&str> = requests.iter().map(|(skill, ..)| *skill).collect();
    let others = |skill: &str| skills.iter().filter(|other| **other == skill).count() - 1;
    let mut replies = Vec::new();
    for (skill, verb, confidence) in requests {
        if skill == REFUSED {
            replies.push(offline::refuse(turn, verb)?);
            continue;
        }
        let own = slots.iter().filter(|slot| kinds(skill).contains(&slot.kind.as_str())).collect();
        let marks = Marks { text: turn.text, slots: own };
        let skill = by_name(skill)?;
        let mut reply = skill.filled(turn, verb, &marks).filter(Reply::does);
        let alone = skill.name() == "chance" || others(skill.name()) == 0;
        if reply.is_none() && together && alone && marks.is_empty() && confidence >= UNMARKED {
            reply = skill.wanted(&mut turn.saying(&without(turn.text, slots)), verb).filter(Reply::does);
        }
        replies.push(reply?);
    }
    Some(replies)
}

/// A text without the words that are marked, which are said of other requests.
fn without(text: &str, slots: &[Slot]) -> String {
    let mut rest = text.to_owned();
    for slot in slots.iter().rev() {
        rest.replace_range(slot.start..slot.start + slot.text.len(), "");
    }
    rest
}

/// Whether all that grammar did is marked, but with fewer words ("Tunde" for "who does the dishes: Tunde"), or beside more
/// (a name, another request).
pub(super) fn covers(marked: &[Action], done: &[Action]) -> bool {
    // What came of it is no word of the message.
    const RESULTS: &[&str] = &["count", "messages", "result", "similar", "time"];
    fn each(value: &Value) -> &[Value] {
        value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
    }
    let within = |whole: &Value, part: &Value| match (whole.as_str(), part.as_str()) {
        (Some(whole), Some(part)) => whole.to_lowercase().contains(&part.to_lowercase()),
        _ => whole == part,
    };
    let holds = |done: &Action, marked: &Action| {
        let mut slots = done.slots.iter().filter(|(slot, _)| {
            done.skill != "history" && slot.as_str() == "time" || !RESULTS.contains(&slot.as_str())
        });
        slots.all(|(slot, value)| {
            let found = marked.slots.get(slot);
            let found = found.map(each).unwrap_or_default();
            each(value).iter().all(|whole| found.iter().any(|part| within(whole, part)))
        })
    };
    let known = |done: &Action| {
        let same = |marked: &&Action| done.skill == marked.skill && done.verb == marked.verb;
        marked.iter().filter(same).any(|marked| holds(done, marked))
    };
    let new = marked.iter().any(|marked| !done.iter().any(|done| holds(marked, done)));
    new && done.iter().all(known)
}

/// The kinds of slots that the requests of a skill have.
fn kinds(skill: &str) -> &'static [&'static str] {
    match skill {
        "timer" => &["length", "name"],
        "alarm" => &["when", "length", "name"],
        "reminder" => &["what", "when", "length"],
        "list" => &["item", "list"],
        "note" => &["text", "query"],
        "history" => &["query"],
        "answer" => &["what", "text"],
        "chance" => &["choice"],
        "spelling" => &["word"],
        "calculator" => &["sum"],
        "time" => &["place", "when"],
        "date" => &["day", "place"],
        "digest" => &["day"],
        "name" => &["person"],
        _ => &[],
    }
}

/// A reading of the words alone.
pub(super) fn reading(turn: &Turn<'_>, words: &str) -> Reading {
    Reading::new(words, turn.read)
}

#[cfg(test)]
mod tests {
    use crate::skills::tests::filled;

    /// `skill.verb {slots}` of all that is done.
    fn done(before: &[&str], line: &str) -> Vec<String> {
        let actions = filled(before, line).into_iter().flatten().flat_map(|reply| reply.actions);
        actions
            .map(|act| format!("{}.{} {}", act.skill, act.verb, serde_json::to_string(&act.slots).unwrap()))
            .collect()
    }

    #[test]
    fn only_what_is_marked_counts() {
        for (line, expected) in [
            (
                "the egg's been in for a minute, give it [length:six and a half minutes] => timer.start",
                vec![r#"timer.start {"duration_s":390}"#],
            ),
            (
                "my gran wants [item:rhubarb] can u shove it on the [list:shopping] list => list.add",
                vec![r#"list.add {"items":["rhubarb"],"list":"shopping"}"#],
            ),
            (
                "[when:on Thursday] remind me [when:at 8] to [what:watch the nine o'clock news] => reminder.set",
                vec![
                    r#"reminder.set {"time":"2026-11-26T08:00:00+01:00","what":"watch the nine o'clock news"}"#,
                ],
            ),
            (
                "two of them: [name:potatoes] [length:an hour and ten] and [name:greens] [length:8 min] => timer.start",
                vec![
                    r#"timer.start {"duration_s":4200,"name":"potatoes"}"#,
                    r#"timer.start {"duration_s":480,"name":"greens"}"#,
                ],
            ),
            (
                "4 of us, the bill is 92, what is [sum:15% of 92] please => calculator.calculate",
                vec![r#"calculator.calculate {"result":"13.8","sum":"15% of 92"}"#],
            ),
            (
                "exam on [day:11 December] and I sleep at 9, left how many days => date.until",
                vec![r#"date.until {"date":"2026-12-11","days":18}"#],
            ),
            (
                "Ali is in Rome, and my boss in [place:Oslo], what time has he got => time.tell",
                vec![r#"time.tell {"place":"Oslo","time":"10:42"}"#],
            ),
        ] {
            assert_eq!(done(&[], line), expected, "{line}");
        }
    }

    #[test]
    fn several_requests_take_the_slots_of_their_own() {
        assert_eq!(
            done(&[], "note [text:the oven runs hot], and [length:25 minutes] => note.take ; timer.start"),
            [r#"note.take {"text":"the oven runs hot"}"#, r#"timer.start {"duration_s":1500}"#]
        );
        assert_eq!(
            done(&[], "[item:jam] on the [list:shopping] list, throw a d12 too => list.add ; chance.dice")
                .len(),
            2
        );
        assert_eq!(
            done(
                &[],
                "What's [sum:45 plus 25]? And time me [length:20 minutes] => timer.start ; calculator.calculate"
            ),
            [r#"calculator.calculate {"result":"70","sum":"45 + 25"}"#, r#"timer.start {"duration_s":1200}"#]
        );
        // Both read times, and which is whose is not told.
        assert!(
            filled(&[], "[when:at 7] wake me and [when:at 8] [what:call] => alarm.set ; reminder.set")
                .is_none()
        );
    }

    #[test]
    fn what_is_not_understood_to_its_end_is_left() {
        for line in [
            "give it [length:a while] => timer.start",
            "wake me [when:when the cock crows at 7] => alarm.set",
            "put it on the [list:shopping] list => list.add",
            "[text:something] on the [list:shopping] list => list.add",
        ] {
            assert!(filled(&[], line).is_none(), "{line}");
        }
    }
}
