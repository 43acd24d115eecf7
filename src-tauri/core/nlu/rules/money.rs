//! Amounts of money: `$12.50`, `20 euros`, `GBP 5`, `five dollars and ten cents`.

use super::number::{Decimal, number};
use super::words::{Shape, Words};

/// An amount at word `at` as "12.50 USD", and the word after it.
pub(super) fn entity(words: &Words, at: usize) -> Option<(String, usize)> {
    let (amount, code, next) = before(words, at).or_else(|| after(words, at))?;
    words.alone(at, next).then(|| (format!("{amount} {code}"), next))
}

/// The currency first.
fn before(words: &Words, at: usize) -> Option<(Decimal, &'static str, usize)> {
    let code = sign(words.lower(at)).or_else(|| code(words.written(at)))?;
    let (amount, next) = number(words, at + 1)?;
    let (amount, next) = match words.lower(next) {
        "m" | "mn" if words.glued(next) => (amount.shifted(6)?, next + 1),
        "bn" | "b" if words.glued(next) => (amount.shifted(9)?, next + 1),
        _ => (amount, next),
    };
    Some((amount, code, next))
}

/// The currency last.
fn after(words: &Words, at: usize) -> Option<(Decimal, &'static str, usize)> {
    let (amount, unit) = number(words, at)?;
    let next = unit + 1;
    if let Some(code) = sign(words.lower(unit)).filter(|_| words.shape(unit) == Some(Shape::Mark)) {
        // In "5 $10 notes" the sign belongs to what follows.
        return (!words.glued(next) || words.digits(next).is_none()).then_some((amount, code, next));
    }
    if let Some(code) = code(words.written(unit)) {
        return Some((amount, code, next));
    }
    if let Some(code) = hundredth(words.lower(unit)) {
        return Some((amount.shifted(-2)?, code, next));
    }
    let code = name(words.lower(unit))?;
    // Potatoes, not sterling.
    if words.lower(unit).starts_with("pound") && words.lower(next) == "of" {
        return None;
    }
    let and = words.after(next, "and").unwrap_or(next);
    match number(words, and) {
        Some((cents, end)) if hundredth(words.lower(end)).is_some() => {
            Some((amount.plus(cents.shifted(-2)?)?, code, end + 1))
        }
        _ => Some((amount, code, next)),
    }
}

fn sign(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₹" => "INR",
        "₽" => "RUB",
        "₩" => "KRW",
        "₺" => "TRY",
        "₴" => "UAH",
        _ => return None,
    })
}

/// Codes in capitals; the commonest also in small letters, where they are no words.
fn code(written: &str) -> Option<&'static str> {
    const CODES: [&str; 24] = [
        "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "CNY", "INR", "SEK", "NOK", "DKK", "PLN",
        "CZK", "HUF", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD", "TRY", "UAH",
    ];
    let known = CODES.iter().find(|code| **code == written);
    known.or_else(|| CODES.get(..3)?.iter().find(|code| code.eq_ignore_ascii_case(written))).copied()
}

fn name(word: &str) -> Option<&'static str> {
    Some(match word {
        "dollar" | "dollars" | "buck" | "bucks" => "USD",
        "euro" | "euros" => "EUR",
        "pound" | "pounds" | "quid" => "GBP",
        "yen" => "JPY",
        "rupee" | "rupees" => "INR",
        "franc" | "francs" => "CHF",
        "yuan" => "CNY",
        "rubles" | "roubles" => "RUB",
        "pesos" => "MXN",
        _ => return None,
    })
}

/// Currencies of which a word is a hundredth.
fn hundredth(word: &str) -> Option<&'static str> {
    match word {
        "cent" | "cents" => Some("USD"),
        "pence" | "penny" => Some("GBP"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let words = Words::new(text);
        (0..words.len()).find_map(|at| entity(&words, at)).map(|(value, _)| value)
    }

    #[test]
    fn amounts_have_a_currency() {
        for (text, value) in [
            ("it was $12.50.", "12.50 USD"),
            ("$1,250", "1250 USD"),
            ("$2.5 million", "2500000 USD"),
            ("$3m", "3000000 USD"),
            ("5€", "5 EUR"),
            ("€ 5", "5 EUR"),
            ("£3", "3 GBP"),
            ("12.50 USD", "12.50 USD"),
            ("EUR 7", "7 EUR"),
            ("100 usd", "100 USD"),
            ("five dollars", "5 USD"),
            ("20 bucks", "20 USD"),
            ("50 cents", "0.50 USD"),
            ("five dollars and ten cents", "5.10 USD"),
            ("3 pounds", "3 GBP"),
            ("twenty quid", "20 GBP"),
            ("$5k", "5000 USD"),
            ("1.250,50 €", "1250.50 EUR"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn no_currency_no_money() {
        for text in ["3 pounds of potatoes", "3 cats", "$HOME", "try 5 times", "a$$"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
