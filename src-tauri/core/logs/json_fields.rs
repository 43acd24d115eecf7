//! What the JSON of several formats has in common.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A string, a number, or nothing, as a string.
pub(super) fn written<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A list that may be `null` or not a list at all.
pub(super) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(list) => list,
        _ => Vec::new(),
    })
}

/// The first of `keys` that holds a string with something in it.
pub(super) fn first_text<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter().filter_map(|key| value.get(key)?.as_str()).find(|text| !text.trim().is_empty())
}

/// Seconds since the Unix epoch, with a fraction, as milliseconds.
pub(super) fn milliseconds(seconds: f64) -> Option<i64> {
    // Year 9999: beyond it no calendar of ours can show the time.
    const LATEST: f64 = 253_402_300_799.0;
    (seconds.is_finite() && seconds.abs() <= LATEST).then(|| (seconds * 1000.0).round() as i64)
}

/// What is wrong with a piece of JSON, without the place in the piece: the line
/// of the file is said beside it.
pub(super) fn wrong(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
