//! Archives: JSON Lines, a page a line.

use super::{notice, page, too_large};
use crate::model::{Notice, Page};
use std::io::BufRead;

/// Reads an archive a record at a time.
pub(super) struct Records {
    name: String,
    reader: Box<dyn BufRead + Send>,
    max_bytes: u64,
    line: u64,
    done: bool,
}

/// What a line turned out to be.
enum Line {
    End,
    TooLong,
    Text(Vec<u8>),
}

impl Records {
    pub(super) fn new(name: &str, reader: Box<dyn BufRead + Send>, max_bytes: u64) -> Self {
        Self { name: name.to_owned(), reader, max_bytes, line: 0, done: false }
    }

    /// Reads up to the next line feed, keeping no more than is allowed.
    fn read_line(&mut self) -> std::io::Result<Line> {
        let (mut kept, mut seen) = (Vec::new(), 0u64);
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                let end = if seen == 0 { Line::End } else { self.judge(kept, seen) };
                return Ok(end);
            }
            let feed = buffer.iter().position(|&b| b == b'\n');
            let part = buffer.get(..feed.unwrap_or(buffer.len())).unwrap_or_default();
            seen += part.len() as u64;
            if seen <= self.max_bytes {
                kept.extend_from_slice(part);
            } else {
                kept = Vec::new();
            }
            let used = part.len() + usize::from(feed.is_some());
            self.reader.consume(used);
            if feed.is_some() {
                return Ok(self.judge(kept, seen));
            }
        }
    }

    fn judge(&self, kept: Vec<u8>, seen: u64) -> Line {
        if seen > self.max_bytes { Line::TooLong } else { Line::Text(kept) }
    }

    fn record(&self, bytes: &[u8]) -> Option<Result<Page, Notice>> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        Some(match std::str::from_utf8(bytes) {
            Ok(json) => page::from_record(&self.name, self.line, json),
            Err(_) => {
                let message = format!("line {} is not UTF-8", self.line);
                Err(notice(&self.id(), "bad-record", message, "write the archive as UTF-8"))
            }
        })
    }

    fn id(&self) -> String {
        format!("{}#{}", self.name, self.line)
    }
}

impl Iterator for Records {
    type Item = Result<Page, Notice>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            match self.read_line() {
                Ok(Line::End) => self.done = true,
                Ok(Line::TooLong) => return Some(Err(too_large(&self.id(), self.max_bytes))),
                Ok(Line::Text(bytes)) => {
                    if let Some(record) = self.record(&bytes) {
                        return Some(record);
                    }
                }
                Err(e) => {
                    self.done = true;
                    let message = format!("cannot be read further: {e}");
                    return Some(Err(notice(&self.id(), "unreadable", message, "check the file")));
                }
            }
        }
        None
    }
}
