//! Lines in, lines out, with errors that name what failed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use sotto::{Code, Error, Result};

/// A line longer than this is refused instead of filling the memory.
const LONGEST_LINE: u64 = 16 << 20;

/// A file or standard input, read line by line.
pub struct Lines {
    input: Box<dyn BufRead + Send>,
    name: PathBuf,
    number: u64,
}

/// One line of an input.
pub struct NumberedLine {
    /// Counted from 1.
    pub number: u64,
    /// How many bytes it took, its end included.
    pub bytes: u64,
    /// The line without its end, or what is wrong with it.
    pub text: Result<String, &'static str>,
}

impl Lines {
    /// Opens `path`, or standard input for `-`.
    pub fn open(path: &Path) -> Result<Lines> {
        let input: Box<dyn BufRead + Send> = if path == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let file = File::open(path).map_err(|error| Error::file("cannot open", path, error))?;
            Box::new(BufReader::new(file))
        };
        Ok(Lines { input, name: path.to_owned(), number: 0 })
    }
}

impl Iterator for Lines {
    type Item = Result<NumberedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        let read = (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut line);
        let mut bytes = match read {
            Ok(0) => return None,
            Ok(read) => read as u64,
            Err(error) => return Some(Err(Error::file("cannot read", &self.name, error))),
        };
        self.number += 1;
        let cut_short = bytes == LONGEST_LINE && line.last() != Some(&b'\n');
        if cut_short {
            match self.input.skip_until(b'\n') {
                Ok(skipped) => bytes += skipped as u64,
                Err(error) => return Some(Err(Error::file("cannot read", &self.name, error))),
            }
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        }
        let text = if cut_short {
            Err("it is longer than 16 MiB")
        } else {
            String::from_utf8(line).map_err(|_| "it is not UTF-8 text")
        };
        Some(Ok(NumberedLine { number: self.number, bytes, text }))
    }
}

/// Standard output, written through a buffer.
pub fn output() -> impl Write {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Gives an error of standard output its name.
pub fn written(result: io::Result<()>) -> Result<()> {
    result.map_err(|error| Error::new(Code::File, "cannot write to standard output").because(error))
}
