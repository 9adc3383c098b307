//! A stretch of text.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// `[start, end)` in UTF-8 bytes of a text; written in JSON as `[start, end]`.
///
/// Invariant: `start <= end`. That both lie on character boundaries is the duty of whoever makes one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "[u32; 2]", into = "[u32; 2]")]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The stretch from `start` to `end`; bounds given the wrong way round are swapped, and bounds beyond
    /// 4 GiB are cut to that (pages are limited far below it).
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: cut(start.min(end)), end: cut(start.max(end)) }
    }

    /// Where it begins.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Where it ends (exclusive).
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes it covers, as a range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The same stretch, `offset` bytes further on.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start() + offset, self.end() + offset)
    }

    /// The text it covers; empty if it does not fit `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl TryFrom<[u32; 2]> for Span {
    type Error = String;

    fn try_from([start, end]: [u32; 2]) -> Result<Self, String> {
        if start <= end {
            Ok(Self { start, end })
        } else {
            Err(format!("span [{start}, {end}] ends before it starts"))
        }
    }
}

impl From<Span> for [u32; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_a_pair_and_refuses_to_end_before_it_starts() {
        assert_eq!(serde_json::to_string(&Span::new(3, 6)).unwrap(), "[3,6]");
        assert!(serde_json::from_str::<Span>("[6,3]").is_err());
        assert_eq!(Span::new(3, 6).slice("漏洞"), "洞");
        assert_eq!(Span::new(1, 6).slice("漏洞"), "");
    }
}
