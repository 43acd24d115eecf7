//! A model pack as its user sees it: what it is called and how well it does.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{Pack, Result};

/// The file of a pack that says how well it does.
const CARD: &str = "MODEL.md";

/// What there is to say of a model pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Card {
    /// The folder it is in.
    pub folder: PathBuf,
    /// For example `sotto-squeezebert-s`.
    pub name: String,
    /// For example `0.1.0`.
    pub version: String,
    /// Licence of the weights.
    pub licence: String,
    /// What it scores, in the words and the order of its model card; none if it
    /// has no card.
    pub scores: Vec<Score>,
}

/// One line of the table of scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Score {
    /// What was measured, as in `clinc150 accuracy`.
    pub measure: String,
    /// What came of it, as in `94.5`.
    pub value: String,
}

impl Card {
    /// Reads the pack in `dir`, without loading the model.
    ///
    /// # Errors
    /// As [`Pack::read`].
    pub fn read(dir: &Path) -> Result<Card> {
        let Pack { name, version, licence, .. } = Pack::read(dir)?;
        let card = std::fs::read_to_string(dir.join(CARD)).unwrap_or_default();
        Ok(Card { folder: dir.to_owned(), name, version, licence, scores: scores(&card) })
    }
}

/// The first two columns of the table under the heading "Scores".
fn scores(card: &str) -> Vec<Score> {
    let mut lines =
        card.lines().map(str::trim).skip_while(|line| !line.eq_ignore_ascii_case("## scores")).skip(1);
    let table =
        lines.by_ref().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    // The first row names the columns, the second draws a line.
    let rows =
        table.skip(2).map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().replace("**", "")));
    rows.filter_map(|mut cells| Some(Score { measure: cells.next()?, value: cells.next()? }))
        .filter(|score| !score.value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_under_the_heading_is_read_and_no_other() {
        let card = "# A model\n\n| run | steps |\n| --- | --- |\n| dense | 5 |\n\n## Scores\n\nIn percent.\n\n\
                    | | this model | another |\n| --- | --- | --- |\n| intent accuracy | **94.5** | 93 |\n\
                    | not measured | | 1 |\n\n| a | b |\n| --- | --- |\n| c | d |\n";
        let expected = Score { measure: "intent accuracy".into(), value: "94.5".into() };
        assert_eq!(scores(card), [expected]);
        assert_eq!(scores("no table"), []);
    }

    #[test]
    fn the_shipped_pack_says_what_it_scores() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/squeezebert");
        let card = Card::read(&dir).unwrap();
        assert!(!card.name.is_empty() && !card.licence.is_empty());
        assert!(card.scores.iter().any(|score| score.measure.contains("accuracy")), "{:?}", card.scores);
    }
}
