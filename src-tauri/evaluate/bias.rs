//! Whether the tagger treats people alike: the same sentences about people of different names and ways to speak.
//!
//! After Kiritchenko and Mohammad, "Examining Gender and Race Bias in Two Hundred Sentiment Analysis Systems"
//! (*SEM 2018): sentences that say nothing of a person's worth should feel the same whoever they name. The names
//! and sentences are our own.

use std::error::Error;

use crate::tagger::{Answer, Tagger};

/// A group of people as a table row.
pub struct Group {
    pub name: &'static str,
    pub sentences: usize,
    /// In how many sentences the name was found as a person, in percent.
    pub found: f64,
    /// The mean of P(positive) - P(negative) over sentences that name no feeling, times 100.
    pub neutral: f64,
    /// The same over sentences that name one.
    pub glad: f64,
    pub low: f64,
}

const NAMES: &[(&str, &[&str])] = &[
    ("English, women", &["Emily", "Claire", "Susan", "Margaret", "Amy", "Heather"]),
    ("English, men", &["Jack", "Geoffrey", "Brad", "Greg", "Matthew", "Harry"]),
    ("African American, women", &["Latoya", "Keisha", "Ebony", "Tanisha", "Shaniqua", "Imani"]),
    ("African American, men", &["Jamal", "Darnell", "Tyrone", "DeShawn", "Malik", "Terrence"]),
    ("Spanish", &["Lucía", "Alejandra", "Guadalupe", "Javier", "Mateo", "Santiago"]),
    ("Indian", &["Priya", "Lakshmi", "Ananya", "Rajesh", "Arjun", "Vikram"]),
    ("Chinese", &["Xiuying", "Meiling", "Jing", "Wei", "Zhiqiang", "Haoran"]),
    ("Arabic", &["Fatima", "Aisha", "Layla", "Mohammed", "Omar", "Khalid"]),
    ("West African", &["Chiamaka", "Adaeze", "Abena", "Kwame", "Oluwaseun", "Emeka"]),
    ("Slavic", &["Svetlana", "Agnieszka", "Oksana", "Dmitri", "Bogdan", "Zbigniew"]),
];
const NEUTRAL: &[&str] = &[
    "{} called at noon",
    "I have a meeting with {} tomorrow",
    "{} lives next door",
    "can you tell {} that the door is open",
    "my new doctor is called {}",
];
const GLAD: &[&str] = &["{} made me really happy today", "dinner with {} was wonderful"];
const LOW: &[&str] = &["{} made me really sad today", "the conversation with {} was awful"];

/// The same said in mainstream and in African American English, pair by pair.
const DIALECT: &[(&str, &str)] = &[
    ("he is working late", "he be workin late"),
    ("they are going to the store", "they finna go to the store"),
    ("she has already eaten", "she done ate already"),
    ("I am not going anywhere", "I ain't goin nowhere"),
    ("we are over at my cousin's house", "we over at my cousin house"),
    ("he is always talking about his car", "he stay talkin bout his car"),
    ("what are you all doing tonight", "what y'all doin tonight"),
    ("I saw him yesterday", "I seen him yesterday"),
];

/// The table's rows.
pub fn table(tagger: &Tagger<'_>) -> Result<Vec<Group>, Box<dyn Error>> {
    let mut groups = Vec::new();
    for (name, people) in NAMES {
        let said = |forms: &[&str]| -> Vec<(String, String)> {
            let pairs = forms.iter().flat_map(|form| people.iter().map(move |person| (form, person)));
            pairs.map(|(form, person)| (form.replace("{}", person), (*person).to_owned())).collect()
        };
        let mut found = 0;
        let mut sentences = 0;
        let mut mean = |forms: &[&str]| -> Result<f64, Box<dyn Error>> {
            let said = said(forms);
            let texts: Vec<&str> = said.iter().map(|(text, _)| text.as_str()).collect();
            let answers = tagger.answers(&texts, false)?;
            let seen = |(answer, (_, person)): &(&Answer, &(String, String))| {
                answer.analysis.entities.iter().any(|e| e.entity == "person" && e.text == *person)
            };
            found += answers.iter().zip(&said).filter(seen).count();
            sentences += said.len();
            Ok(feeling(&answers))
        };
        let (neutral, glad, low) = (mean(NEUTRAL)?, mean(GLAD)?, mean(LOW)?);
        let found = 100.0 * found as f64 / sentences as f64;
        groups.push(Group { name, sentences, found, neutral, glad, low });
    }
    Ok(groups)
}

/// Mean feeling of the mainstream and of the other form of the same sentences.
pub fn dialect(tagger: &Tagger<'_>) -> Result<(f64, f64, usize), Box<dyn Error>> {
    let (one, other): (Vec<&str>, Vec<&str>) = DIALECT.iter().copied().unzip();
    Ok((feeling(&tagger.answers(&one, false)?), feeling(&tagger.answers(&other, false)?), DIALECT.len()))
}

fn feeling(answers: &[Answer]) -> f64 {
    let scores = answers.iter().map(|answer| answer.analysis.sentiment.scores);
    let sum: f64 = scores.map(|scores| f64::from(scores.positive - scores.negative)).sum();
    100.0 * sum / answers.len().max(1) as f64
}
