//! What the model named and what the rules found, as one list.

use std::ops::Range;

use super::decode::Named;
use super::rules::{Found, Kind};
use crate::{Entity, TagSource};

/// The entities of `text`, ordered and without overlap.
///
/// Exact syntax wins over the model, with two exceptions: a bare number inside a longer name belongs to the name
/// ("Boeing 747", "the summer of 2019"). A date or time that only the model sees ("this autumn") stays, with
/// its words as its value.
pub(super) fn joined(text: &str, named: Vec<Named>, found: Vec<Found>) -> Vec<Entity> {
    let named: Vec<Named> = named
        .into_iter()
        .filter(|named| {
            overlapping(&found, |found| &found.bytes, &named.bytes).all(|found| belongs_to(found, named))
        })
        .collect();
    let mut kept: Vec<Entity> = Vec::new();
    for found in found {
        if overlapping(&named, |named| &named.bytes, &found.bytes).next().is_none() {
            kept.push(Entity {
                start: found.bytes.start,
                end: found.bytes.end,
                text: String::new(),
                entity: found.kind.as_str().to_owned(),
                confidence: 1.0,
                value: found.value,
                source: TagSource::Rule,
            });
        }
    }
    for named in named {
        kept.push(Entity {
            start: named.bytes.start,
            end: named.bytes.end,
            text: String::new(),
            value: text.get(named.bytes).unwrap_or_default().to_owned(),
            entity: named.kind,
            confidence: named.confidence,
            source: TagSource::Model,
        });
    }
    kept.sort_by_key(|entity| entity.start);
    in_code_points(text, kept)
}

/// Whether `found` is a number inside a longer name.
fn belongs_to(found: &Found, named: &Named) -> bool {
    found.kind == Kind::Number
        && named.bytes.start <= found.bytes.start
        && found.bytes.end <= named.bytes.end
        && found.bytes != named.bytes
}

/// Those of `ordered` that share a byte with `stretch`.
fn overlapping<'l, T>(
    ordered: &'l [T],
    bytes: impl Fn(&T) -> &Range<usize> + 'l,
    stretch: &Range<usize>,
) -> impl Iterator<Item = &'l T> {
    let Range { start, end } = *stretch;
    let first = ordered.partition_point(|other| bytes(other).end <= start);
    ordered.iter().skip(first).take_while(move |other| bytes(other).start < end)
}

/// Offsets in bytes become offsets in code points, and every entity gets its text; one walk over `text`.
///
/// What would begin before the end of the one before it, or is not a stretch of the text, is left out: two words
/// of the model can share a character that the tokenizer takes apart.
fn in_code_points(text: &str, entities: Vec<Entity>) -> Vec<Entity> {
    let (mut byte, mut point) = (0, 0);
    let mut kept = Vec::with_capacity(entities.len());
    for mut entity in entities {
        let (Some(before), Some(stretch)) =
            (text.get(byte..entity.start), text.get(entity.start..entity.end))
        else {
            continue;
        };
        if stretch.is_empty() {
            continue;
        }
        entity.text = stretch.to_owned();
        byte = entity.end;
        entity.start = point + before.chars().count();
        entity.end = entity.start + stretch.chars().count();
        point = entity.end;
        kept.push(entity);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str, named: &[(&str, &str)], found: &[(&str, Kind)]) -> Vec<(String, String)> {
        let bytes = |part: &str| text.find(part).map(|start| start..start + part.len()).unwrap();
        let named = named.iter().map(|(part, kind)| Named {
            bytes: bytes(part),
            kind: kind.to_string(),
            confidence: 0.5,
        });
        let found =
            found.iter().map(|(part, kind)| Found { bytes: bytes(part), kind: *kind, value: "v".into() });
        let entities = super::joined(text, named.collect(), found.collect());
        for entity in &entities {
            let points: String = text.chars().skip(entity.start).take(entity.end - entity.start).collect();
            assert_eq!(points, entity.text);
        }
        entities.into_iter().map(|entity| (entity.text, entity.entity)).collect()
    }

    #[test]
    fn a_rule_wins_over_the_model_except_for_numbers_in_names() {
        let pairs = |list: &[(&str, &str)]| {
            list.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect::<Vec<_>>()
        };
        let text = "Zoë flies a Boeing 747 tomorrow at 9 or this autumn";
        let named = [
            ("Zoë", "person"),
            ("Boeing 747", "product"),
            ("tomorrow", "date"),
            ("9", "time"),
            ("this autumn", "date"),
        ];
        let found = [("747", Kind::Number), ("tomorrow at 9", Kind::Datetime)];
        let expected = [
            ("Zoë", "person"),
            ("Boeing 747", "product"),
            ("tomorrow at 9", "datetime"),
            ("this autumn", "date"),
        ];
        assert_eq!(joined(text, &named, &found), pairs(&expected));
        assert_eq!(joined("in 3 h", &[("3", "time")], &[("3", Kind::Number)]), pairs(&[("3", "number")]));
        assert_eq!(
            joined("May 5", &[("May", "person")], &[("May 5", Kind::Date)]),
            pairs(&[("May 5", "date")])
        );
    }
}
