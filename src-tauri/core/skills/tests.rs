//! What each skill answers to an analysis made by hand; the tests that run the
//! real model stand in the project's `tests/`.

use std::ops::Range;
use std::rc::Rc;

use jiff::ZonedDateTime;

use super::{Part, Scene, Told};
use crate::Requested;
use crate::memory::Memory;
use crate::past::{Embedding, Feelings, Past, Said};
use crate::{
    Analysis, Conversation, Entity, Label, Message, ModelVersion, Polarity, Result, Sentiment,
    SentimentScores, TagSource,
};

fn now() -> ZonedDateTime {
    "2026-11-23T10:42:00+01:00[Europe/Berlin]".parse().unwrap()
}

fn analysis(intent: &str, entities: &[(&str, &str, &str)]) -> Analysis {
    let label = |name: &str| Label { name: name.to_owned(), confidence: 0.9 };
    Analysis {
        intent: label(intent),
        intent_ranking: vec![label(intent)],
        act: label("question"),
        sentiment: Sentiment {
            name: Polarity::Neutral,
            confidence: 1.0,
            scores: SentimentScores { negative: 0.0, neutral: 1.0, positive: 0.0 },
        },
        entities: entities
            .iter()
            .map(|&(entity, text, value)| Entity {
                start: 0,
                end: text.chars().count(),
                text: text.to_owned(),
                entity: entity.to_owned(),
                confidence: 1.0,
                value: value.to_owned(),
                source: TagSource::Rule,
            })
            .collect(),
        model: ModelVersion { name: "m".into(), version: "1".into() },
    }
}

/// Nothing was ever said.
struct Blank;

impl Past for Blank {
    fn holding(&self, _: &[String], _: Range<i64>, _: u32) -> Result<Vec<Said>> {
        Ok(Vec::new())
    }
    fn like(&self, _: &Embedding, _: Range<i64>, _: usize) -> Result<Vec<(Said, f32)>> {
        Ok(Vec::new())
    }
    fn said(&self, _: Range<i64>, _: u32) -> Result<Vec<Said>> {
        Ok(Vec::new())
    }
    fn feelings(&self, _: Range<i64>) -> Result<Feelings> {
        Ok(Feelings::default())
    }
    fn named(&self, _: Range<i64>, _: u32) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
    fn conversations(&self, _: Range<i64>) -> Result<Vec<Conversation>> {
        Ok(Vec::new())
    }
    fn each(&self, _: i64, _: Range<i64>, _: &mut dyn FnMut(Message) -> Result<()>) -> Result<()> {
        Ok(())
    }
}

fn told(text: &str, analysis: &Analysis, memory: &mut Memory) -> Told {
    let now = now();
    let read = |text: &str| crate::nlu::exact(text, &now);
    let whole = Part { text: text.to_owned(), analysis: analysis.clone() };
    super::answer(&whole, &[], memory, &scene(&now, &read))
}

/// What a skill does for a verb, as in `list.add`, in words that no grammar needs to know; `before` was said first.
pub(super) fn wanted(before: &[&str], text: &str, request: &str) -> super::Reply {
    let mut memory = Memory::default();
    let analysis = analysis("out_of_scope", &[]);
    before.iter().for_each(|said| drop(told(said, &analysis, &mut memory)));
    memory.dialogue = crate::memory::Dialogue::default();
    let now = now();
    let read = |text: &str| crate::nlu::exact(text, &now);
    let scene = scene(&now, &read);
    let mut chance = super::chance::Chance::new(7);
    let part = Part { text: text.to_owned(), analysis };
    let (skill, verb) = request.split_once('.').unwrap();
    let mut turn = super::dialogue::turn(&part, &mut memory, &scene, &mut chance);
    super::by_name(skill).unwrap().wanted(&mut turn, verb).unwrap_or_default()
}

/// A sentence in the notation of training/data/own_marked.txt, and what the model would make of it.
fn marked(line: &str) -> (String, Requested) {
    let (marked, requests) = line.rsplit_once(" => ").unwrap();
    let (mut text, mut slots) = (String::new(), Vec::new());
    for (at, piece) in marked.split(['[', ']']).enumerate() {
        let words = match piece.split_once(':').filter(|_| at % 2 == 1) {
            Some((kind, words)) => {
                slots.push(crate::Slot { kind: kind.into(), text: words.into(), start: text.len() });
                words
            }
            None => piece,
        };
        text.push_str(words);
    }
    let requests: Vec<&str> = requests.split(" ; ").collect();
    let confidence = 1.0 / requests.len() as f32;
    let ranking = requests.into_iter().map(|name| crate::Label { name: name.into(), confidence }).collect();
    (text, Requested { ranking, slots, certainty: 1.0 })
}

/// What is done with the words that are marked in `line`; `before` was said first.
pub(super) fn filled(before: &[&str], line: &str) -> Option<Vec<super::Reply>> {
    let mut memory = Memory::default();
    let analysis = analysis("out_of_scope", &[]);
    before.iter().for_each(|said| drop(told(said, &analysis, &mut memory)));
    let (text, requested) = marked(line);
    let now = now();
    let read = |text: &str| crate::nlu::exact(text, &now);
    let scene = scene(&now, &read);
    let mut chance = super::chance::Chance::new(7);
    let part = Part { text, analysis };
    let mut turn = super::dialogue::turn(&part, &mut memory, &scene, &mut chance);
    super::filled::filled(&mut turn, &requested)
}

/// What is answered to the sentence in `line` if the model is as sure as that of what is marked.
fn told_sure(line: &str, certainty: f32) -> Told {
    let (text, requested) = marked(line);
    let requested = Rc::new(Requested { certainty, ..requested });
    let requested = |_: &str| Rc::clone(&requested);
    let now = now();
    let read = |text: &str| crate::nlu::exact(text, &now);
    let whole = Part { text, analysis: analysis("out_of_scope", &[]) };
    let scene = Scene { requested: &requested, ..scene(&now, &read) };
    super::answer(&whole, &[], &mut Memory::default(), &scene)
}

#[test]
fn grammar_gives_way_to_words_that_are_marked_surely_or_more_tightly() {
    let slots = |line: &str, certainty| {
        let actions = told_sure(line, certainty).actions;
        actions.iter().map(|act| serde_json::to_string(&act.slots).unwrap()).collect::<Vec<_>>().join("; ")
    };
    let dishes = "pick who does the dishes: [choice:Tunde], [choice:Bisi] or [choice:Kemi] => chance.pick";
    assert!(slots(dishes, 0.3).contains("does the dishes"), "{}", slots(dishes, 0.3));
    assert!(slots(dishes, 0.6).contains(r#"["Tunde","Bisi","Kemi"]"#), "{}", slots(dishes, 0.6));
    // The name is grammar's, unless the model is sure that none is given.
    let pasta = "set a pasta timer for [length:10 minutes] => timer.start";
    assert!(slots(pasta, 0.6).contains("pasta"));
    assert!(!slots(pasta, 0.9).contains("pasta"));
}

#[test]
fn a_note_to_self_is_the_rest_and_no_word_of_a_note_is_lost() {
    let text =
        |line: &str| told_sure(line, 1.0).actions.first().map(|act| act.slots["text"].clone()).unwrap();
    assert_eq!(text("note to [text:self the shop closes at six] => note.take"), "the shop closes at six");
    assert_eq!(
        text("write down [text:self help shelf, third floor] => note.take"),
        "self help shelf, third floor"
    );
}

#[test]
fn what_is_not_there_yet_is_not_changed_but_made() {
    let done = |line: &str| told_sure(line, 1.0).actions.into_iter().map(|act| act.verb).collect::<Vec<_>>();
    assert_eq!(
        done("so [item:oat cream] had better be on the [list:shopping] list => list.replace ; list.add"),
        ["add"]
    );
    assert_eq!(done("[length:ten minutes] more, for the [name:daal] => timer.add ; timer.start"), ["start"]);
    // Where the model does not take it for that at all, it stays what it is.
    assert!(done("[length:ten minutes] more, for the [name:daal] => timer.add").is_empty());
}

#[test]
fn what_the_model_is_sure_asks_for_nothing_is_asked_about_before_it_changes_anything() {
    let told = told_sure("add milk to the shopping list => nothing", 1.0);
    assert!(told.actions.is_empty() && told.question.unwrap().slot == "intent");
    let told = told_sure("flip a coin for us, please => nothing", 1.0);
    assert!(told.actions.is_empty() && told.question.is_none());
}

/// A scene in which nothing was said and nothing can be written.
fn scene<'a>(now: &'a ZonedDateTime, read: &'a super::reading::Read<'a>) -> Scene<'a> {
    Scene {
        now,
        conversation: 1,
        seed: 7,
        read,
        past: &Blank,
        embed: &|_| None,
        analyze: &|_| None,
        requested: &|_| Rc::default(),
        export: &|_| Err(crate::Error::new(crate::Code::File, "no folder")),
    }
}

/// What people say of time, in `tests/time/phrases.txt`.
#[test]
fn phrases_of_time_mean_what_they_say() {
    const PHRASES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/time/phrases.txt"));
    let mut now = now();
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in PHRASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(moment) = line.strip_prefix("now ") {
            now = moment.parse().unwrap();
            continue;
        }
        count += 1;
        let (phrase, expected) = line.split_once(" => ").unwrap_or_else(|| panic!("no such line: {line}"));
        let found = read_phrase(phrase, expected.split(' ').next().unwrap(), &now);
        if found != expected && !same_moment(&found, expected) {
            wrong.push(format!("{line}; found {found}"));
        }
    }
    assert!(count >= 300, "only {count} phrases");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether what was found is what was expected, to the minute and without the offset.
fn same_moment(found: &str, expected: &str) -> bool {
    let Some((start, offset)) = found.rsplit_once(['+', '-']).filter(|_| found.contains('T')) else {
        return false;
    };
    let short = start.strip_suffix(":00").unwrap_or(start);
    let sign = if found.contains('+') { '+' } else { '-' };
    [start.to_owned(), short.to_owned(), format!("{short}{sign}{offset}")].contains(&expected.to_owned())
}

/// What is read in a phrase, in the words of `phrases.txt`; a stretch in brackets must be read as one.
fn read_phrase(phrase: &str, kind: &str, now: &ZonedDateTime) -> String {
    let plain = phrase.replace(['[', ']'], "");
    let read = |text: &str| crate::nlu::exact(text, now);
    let analysis = analysis("out_of_scope", &[]);
    let mut memory = Memory::default();
    let scene = scene(now, &read);
    let mut chance = super::chance::Chance::new(1);
    let part = Part { text: plain.clone(), analysis };
    let turn = super::dialogue::turn(&part, &mut memory, &scene, &mut chance);
    match kind {
        "every" => {
            let said = super::schedule::schedule(&turn, &plain);
            let rule = said.every.map_or("-".to_owned(), |every| every.to_string());
            let at = said.at.map_or("-".to_owned(), |at| at.strftime("%Y-%m-%dT%H:%M").to_string());
            format!("every {rule} {at}")
        }
        "past" => match super::stretch::split(&turn, &plain) {
            (rest, Some(stretch)) if rest.is_empty() => {
                format!("past {} {}", stretch.days.start, stretch.days.end.yesterday().unwrap())
            }
            other => format!("{other:?}"),
        },
        _ => {
            let mut found = read(&plain);
            found.retain(|entity| {
                entity.entity == "duration" || super::reading::TIME.contains(&entity.entity.as_str())
            });
            let inside = phrase.split_once('[').and_then(|(_, rest)| Some(rest.split_once(']')?.0));
            match found.as_slice() {
                [] => "nothing".to_owned(),
                [one] if inside.is_none_or(|inside| inside == one.text) => {
                    format!("{} {}", one.entity, one.value)
                }
                several => format!("{:?}", several.iter().map(|one| &one.text).collect::<Vec<_>>()),
            }
        }
    }
}

fn answer(text: &str, analysis: &Analysis) -> String {
    told(text, analysis, &mut Memory::default()).text
}

fn said(text: &str, intent: &str) -> String {
    answer(text, &analysis(intent, &[]))
}

#[test]
fn sums_in_words_and_signs() {
    for (text, expected) in [
        ("What is 15% of 240?", "15% of 240 = 36"),
        ("what's 12 times 12", "12 * 12 = 144"),
        ("Can you tell me what 100 divided by 8 is", "100 / 8 = 12.5"),
        ("calculate 3 plus 4, please", "3 + 4 = 7"),
        ("how much is the square root of 81?", "sqrt 81 = 9"),
        ("2^10", "2^10 = 1024"),
        ("how many km is 5 miles", "5 miles in km = 8.04672 km"),
        ("convert 5 miles to km", "5 miles to km = 8.04672 km"),
        ("9^9^9^9^9", "I couldn't work that out. Write it as a sum, such as 15% of 240, or 5 miles in km."),
    ] {
        let reply = said(text, "calculator");
        assert_eq!(reply, expected, "{text}");
    }
}

#[test]
fn a_plain_sum_is_a_sum_whatever_the_model_says() {
    assert_eq!(said("3*(4+5)", "out_of_scope"), "3*(4+5) = 27");
    assert!(said("24/7", "out_of_scope").starts_with("24/7 = "));
    assert!(said("I'll be there 5-ish", "out_of_scope").contains("I only know what"));
}

#[test]
fn the_time_here_and_elsewhere() {
    assert_eq!(said("what time is it", "time"), "It is 10:42.");
    let tokyo = analysis("time", &[("location", "Tokyo", "Tokyo")]);
    assert_eq!(answer("what time is it in Tokyo", &tokyo), "In Tokyo it is 18:42 on Monday.");
    let new_york = analysis("timezone", &[("location", "new york", "new york")]);
    assert_eq!(answer("time in new york", &new_york), "In New York it is 04:42 on Monday.");
    let nowhere = analysis("time", &[("location", "Mordor", "Mordor")]);
    assert_eq!(answer("time in Mordor", &nowhere), "I don't know the time zone of Mordor. Here it is 10:42.");
}

#[test]
fn the_date_of_today_and_of_a_named_day() {
    assert_eq!(said("what's the date", "date"), "Today is Monday, 23 November 2026.");
    let friday = analysis("date", &[("date", "on Friday", "2026-11-27")]);
    assert_eq!(answer("what date is it on Friday", &friday), "Friday is Friday, 27 November 2026.");
}

#[test]
fn what_needs_a_network_is_refused_with_the_reason() {
    let reply = said("will it rain", "weather");
    assert!(reply.contains("weather reports") && reply.contains("offline"), "{reply}");
}

#[test]
fn an_intent_without_a_skill_is_named_and_not_pretended() {
    let reply = said("what shall I wear at the wedding", "dress_code");
    assert!(reply.contains("dress code") && reply.contains("can't help"), "{reply}");
}

#[test]
fn what_is_only_told_is_noted_with_feeling_where_there_is_one() {
    for (sentiment, confidence, expected) in [
        (
            Polarity::Negative,
            0.9,
            &["I'm sorry to hear that. I've kept it.", "That sounds hard. I've kept it for you."][..],
        ),
        (Polarity::Positive, 0.9, &["That's good to hear. I've kept it.", "How nice! I've kept it for you."]),
        (Polarity::Negative, 0.5, &["Noted.", "I've kept that.", "Got it, that's kept."]),
        (Polarity::Neutral, 0.9, &["Noted.", "I've kept that.", "Got it, that's kept."]),
    ] {
        let mut told = analysis("out_of_scope", &[]);
        told.act.name = "inform".to_owned();
        told.sentiment.name = sentiment;
        told.sentiment.confidence = confidence;
        let answer = answer("the train was late again", &told);
        assert!(expected.contains(&answer.as_str()), "{answer}");
    }
}
