//! A request among other words: the parts of a message that its grammar may know.

use super::Skill;
use super::reading::pattern;
use super::turn::{Reply, Turn};

pattern!(
    CLAUSE,
    r"(?i)[,;:.!?…]+(?: +|$)|\n+| +[-–—]+ +| +(?:so|and|but|or|then|because|cause|cos|since|as) +"
);

/// More clauses than anyone puts into a request.
const MOST: usize = 9;

/// The clauses of a message that follow each other, the longest row of them first, and the last of those as long. All
/// of it is none: that has been tried.
pub(super) fn runs(text: &str) -> Vec<&str> {
    let Some(clause) = CLAUSE.as_ref() else { return Vec::new() };
    let mut clauses: Vec<(usize, usize)> = Vec::new();
    let mut begun = 0;
    for found in clause.find_iter(text) {
        clauses.push((begun, found.start()));
        begun = found.end();
    }
    clauses.push((begun, text.len()));
    clauses.retain(|(begun, end)| begun < end);
    let rows =
        |length: usize| clauses.windows(length).rev().filter_map(|row| Some((row.first()?.0, row.last()?.1)));
    let lengths = (1..clauses.len().min(MOST)).rev();
    lengths.flat_map(rows).filter_map(|(begun, end)| text.get(begun..end)).collect()
}

/// What a skill that only answers makes of the parts of a message that `fits`, if one of them asks for `verb`.
pub(super) fn answered(
    skill: &dyn Skill,
    turn: &mut Turn<'_>,
    verb: &str,
    fits: impl Fn(&Turn<'_>, &str) -> bool,
) -> Option<Reply> {
    let plain = turn.reading.plain.clone();
    let parts: Vec<&str> = runs(&plain).into_iter().filter(|part| fits(turn, part)).collect();
    parts.iter().find_map(|part| {
        let reply = skill.exact(&mut turn.saying(part))?;
        reply.actions.iter().any(|action| action.verb == verb).then_some(reply)
    })
}

pattern!(
    REPAIR,
    r"(?i)[,.…!-]+ *(?:(?:oh|no|wait|sorry|actually|oops|hang on|hold on|i mean|i meant|make (?:that|it)|scratch that|or rather|rather)\b[,.…! ]*)+"
);

/// What is said after a slip of the tongue: "19 plus 46, sorry, 19 plus 47".
pub(super) fn said_again(text: &str) -> Option<&str> {
    text.get(REPAIR.as_ref()?.find_iter(text).last()?.end()..)
}
