//! The built lexicon: which English stems a Chinese word may be rendered by, and how well.
//!
//! A file of it begins with a few lines of text that say where it comes from, up to an empty line; what follows is a
//! Zstandard frame of columns (numbers are LEB128 varints):
//!
//! 1. English stems, sorted, one a line, preceded by their length in bytes;
//! 2. Chinese words, likewise;
//! 3. for each word its frequency, for the tokeniser;
//! 4. for each word how many renderings it has;
//! 5. the renderings' stems by number, ascending in a word, each less the one before;
//! 6. the renderings' weights, one byte each: 255 is 1.

use super::strings::Strings;
use crate::error::{Error, Result};
use sha2::Digest;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// The first line of a file, up to the version of the format.
const MAGIC: &str = "duizhao-lexicon 1\n";
/// No lexicon needs more once it is unpacked.
const MOST_BYTES: u64 = 256 << 20;

/// Chinese words with their frequencies and weighted English stems.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Where it comes from: lines of text, none of them empty.
    pub provenance: String,
    stems: Strings,
    words: Strings,
    frequencies: Vec<u32>,
    starts: Vec<u32>,
    rendered: Vec<u32>,
    weights: Vec<u8>,
}

/// A Chinese word with its frequency and its weighted renderings, as [`Table::new`] takes them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Word {
    /// How often it occurs, in whatever corpus; 0 if nothing is known.
    pub frequency: u32,
    /// English stems with weights, 0–1.
    pub stems: BTreeMap<String, f32>,
}

impl Table {
    /// Puts words together.
    ///
    /// # Errors
    /// If a word or stem holds a line break, or there is more than 32 bits can number.
    pub fn new(provenance: &str, words: &BTreeMap<String, Word>) -> Result<Self> {
        let odd = || Error::input("a lexicon's words may hold no line breaks and not be empty");
        let join = |strings: &mut dyn Iterator<Item = &String>| {
            let text: String = strings.flat_map(|s| [s.as_str(), "\n"]).collect();
            Strings::parse(text).ok_or_else(odd)
        };
        let all: BTreeSet<&String> = words.values().flat_map(|w| w.stems.keys()).collect();
        let mut table = Self {
            provenance: provenance.to_owned(),
            stems: join(&mut all.iter().copied())?,
            words: join(&mut words.keys())?,
            starts: vec![0],
            ..Self::default()
        };
        if table.stems.len() != all.len() || table.words.len() != words.len() {
            return Err(odd());
        }
        for word in words.values() {
            table.frequencies.push(word.frequency);
            for (stem, weight) in &word.stems {
                table.rendered.push(table.stems.find(stem).unwrap_or_default());
                table.weights.push((weight.clamp(0.0, 1.0) * 255.0).round() as u8);
            }
            table.starts.push(table.rendered.len() as u32);
        }
        Ok(table)
    }

    /// Reads a file of it.
    ///
    /// # Errors
    /// If it is none, or is damaged.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        Self::unpack(bytes).ok_or_else(|| {
            Error::input("is no lexicon, or a damaged one")
                .remedy("build it again with `duizhao lexicon build`")
        })
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC.as_bytes())?;
        let head = rest.windows(2).position(|pair| pair == b"\n\n")? + 1;
        let provenance = std::str::from_utf8(rest.get(..head)?).ok()?.to_owned();
        let mut columns = Vec::new();
        let frame = zstd::stream::read::Decoder::new(rest.get(head + 1..)?).ok()?;
        frame.take(MOST_BYTES).read_to_end(&mut columns).ok()?;
        let mut columns = Columns(&columns);
        let (stems, words) = (columns.strings()?, columns.strings()?);
        let frequencies = (0..words.len()).map(|_| columns.number()).collect::<Option<Vec<u32>>>()?;
        let mut starts = vec![0u32];
        for _ in 0..words.len() {
            starts.push(starts.last()?.checked_add(columns.number()?)?);
        }
        let total = *starts.last()? as usize;
        let mut rendered = Vec::with_capacity(total.min(columns.0.len()));
        for pair in starts.windows(2) {
            let mut stem = 0u32;
            for _ in *pair.first()?..*pair.last()? {
                stem = stem.checked_add(columns.number()?)?;
                ((stem as usize) < stems.len()).then(|| rendered.push(stem))?;
            }
        }
        let weights = columns.0.to_vec();
        (weights.len() == total).then_some(Self {
            provenance,
            stems,
            words,
            frequencies,
            starts,
            rendered,
            weights,
        })
    }

    /// A file of it.
    ///
    /// # Errors
    /// If it cannot be packed, for want of memory.
    pub fn write(&self) -> Result<Vec<u8>> {
        let mut columns = Vec::new();
        for strings in [&self.stems, &self.words] {
            put(&mut columns, strings.as_text().len() as u32);
            columns.extend_from_slice(strings.as_text().as_bytes());
        }
        self.frequencies.iter().for_each(|&f| put(&mut columns, f));
        let bounds = || self.starts.iter().zip(self.starts.iter().skip(1));
        bounds().for_each(|(start, end)| put(&mut columns, end - start));
        for (&start, &end) in bounds() {
            let mut before = 0;
            for &stem in self.rendered.get(start as usize..end as usize).unwrap_or_default() {
                put(&mut columns, stem - before);
                before = stem;
            }
        }
        columns.extend_from_slice(&self.weights);
        let packed = zstd::bulk::compress(&columns, LEVEL)
            .map_err(|e| Error::input("the lexicon cannot be packed").caused_by(e))?;
        Ok([MAGIC.as_bytes(), self.provenance.as_bytes(), b"\n", &packed].concat())
    }

    /// Feeds all that renderings and the tokeniser depend on to a hash.
    pub fn digest(&self, hasher: &mut impl Digest) {
        hasher.update(self.stems.as_text());
        hasher.update(self.words.as_text());
        for column in [&self.frequencies, &self.starts, &self.rendered] {
            let bytes: Vec<u8> = column.iter().flat_map(|n| n.to_le_bytes()).collect();
            hasher.update(bytes);
        }
        hasher.update(&self.weights);
    }

    /// The Chinese words.
    pub fn words(&self) -> &Strings {
        &self.words
    }

    /// The English stems.
    pub fn stems(&self) -> &Strings {
        &self.stems
    }

    /// How often a word occurs.
    pub fn frequency(&self, word: u32) -> u32 {
        self.frequencies.get(word as usize).copied().unwrap_or_default()
    }

    /// The stems that render a word, with their weights, 0–1.
    pub fn renderings(&self, word: u32) -> impl Iterator<Item = (u32, f32)> {
        let bound = |k: usize| self.starts.get(k).copied().unwrap_or_default() as usize;
        let range = bound(word as usize)..bound(word as usize + 1);
        let stems = self.rendered.get(range.clone()).unwrap_or_default();
        let weights = self.weights.get(range).unwrap_or_default();
        stems.iter().zip(weights).map(|(&stem, &weight)| (stem, f32::from(weight) / 255.0))
    }
}

/// Zstandard's compression level: the file is written once and read often.
const LEVEL: i32 = 19;

/// Appends a varint.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// What is still to be read.
struct Columns<'b>(&'b [u8]);

impl Columns<'_> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0u32;
        for shift in (0..35).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn strings(&mut self) -> Option<Strings> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Strings::parse(String::from_utf8(text.to_vec()).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words() -> impl Strategy<Value = BTreeMap<String, Word>> {
        let stems = prop::collection::btree_map("[a-z]{1,4}", 0u8..=255, 0..5);
        let word = (any::<u32>(), stems).prop_map(|(frequency, stems)| Word {
            frequency,
            stems: stems.into_iter().map(|(stem, w)| (stem, f32::from(w) / 255.0)).collect(),
        });
        prop::collection::btree_map("[一-十]{1,3}", word, 0..20)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(words in words()) {
            let table = Table::new("from nowhere\n", &words).unwrap();
            let again = Table::read(&table.write().unwrap()).unwrap();
            prop_assert_eq!(&again, &table);
            for (word, entry) in &words {
                let number = again.words().find(word).unwrap();
                let stems: BTreeMap<String, f32> =
                    again.renderings(number).map(|(s, w)| (again.stems().get(s).to_owned(), w)).collect();
                prop_assert_eq!(&stems, &entry.stems);
                prop_assert_eq!(again.frequency(number), entry.frequency);
            }
        }

        #[test]
        fn damage_is_refused_and_never_panics(words in words(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = Table::new("x\n", &words).unwrap().write().unwrap();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = Table::read(&bytes);
            let _ = Table::read(&bytes[..at]);
        }
    }

    #[test]
    fn a_line_break_in_a_word_is_refused() {
        let words = BTreeMap::from([("甲\n乙".to_owned(), Word::default())]);
        assert!(Table::new("", &words).is_err());
    }
}
