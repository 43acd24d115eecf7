//! Reading test sets: a JSON object a line, compressed with xz.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A line of a corpus; which fields there are depends on the corpus.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Row {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub intent: String,
    #[serde(default)]
    pub sentiment: Option<String>,
    #[serde(default)]
    pub spans: Vec<Span>,
    #[serde(default)]
    pub text1: String,
    #[serde(default)]
    pub text2: String,
    #[serde(default)]
    pub score: f64,
}

/// A marked stretch: half-open, in Unicode code points.
#[derive(Debug, Clone, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    #[serde(rename = "type")]
    pub kind: String,
}

/// The folder of all corpora.
pub struct Corpora {
    folder: PathBuf,
    most: usize,
}

impl Corpora {
    /// The corpora in `folder`, of which at most `most` lines of each are read.
    pub fn new(folder: &Path, most: Option<usize>) -> Corpora {
        Corpora { folder: folder.to_owned(), most: most.unwrap_or(usize::MAX) }
    }

    /// The rows of `name`, as in `test/sst2.dev`. Errors name the file and the line.
    pub fn rows(&self, name: &str) -> Result<Vec<Row>, String> {
        let path = self.folder.join(format!("{name}.jsonl.xz"));
        let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let file = File::open(&path).map_err(|e| failed(&e))?;
        let mut text = Vec::new();
        lzma_rs::xz_decompress(&mut BufReader::new(file), &mut text).map_err(|e| failed(&e))?;
        let lines = text.lines().take(self.most).enumerate();
        lines
            .map(|(n, line)| {
                let line = line.map_err(|e| failed(&e))?;
                serde_json::from_str(&line).map_err(|e| failed(&format!("line {}: {e}", n + 1)))
            })
            .collect()
    }
}
