//! What the model named and what the rules found, as one list.

use super::decode::Named;
use super::rules::{Found, Kind};
use crate::{Entity, TagSource};

/// The entities of `text`, ordered and without overlap.
///
/// Exact syntax wins over the model, with two exceptions: a bare number inside a longer name belongs to the name
/// ("Boeing 747", "the summer of 2019"). A date or time that only the model sees ("this autumn") stays, with
/// its words as its value.
pub(super) fn joined(text: &str, named: Vec<Named>, found: Vec<Found>) -> Vec<Entity> {
    let overlap = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| a.start < b.end && b.start < a.end;
    let inside = |found: &Found, named: &Named| {
        found.kind == Kind::Number
            && named.bytes.start <= found.bytes.start
            && found.bytes.end <= named.bytes.end
            && found.bytes != named.bytes
    };
    let mut kept: Vec<Entity> = Vec::new();
    let named: Vec<Named> = named
        .into_iter()
        .filter(|named| {
            !found.iter().any(|found| overlap(&found.bytes, &named.bytes) && !inside(found, named))
        })
        .collect();
    for found in found {
        if !named.iter().any(|named| overlap(&found.bytes, &named.bytes)) {
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
