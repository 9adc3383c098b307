//! Test sets for machine translation: aligned text as source, reference and what systems made of the source, a segment a line.
//!
//! What is in a set is decided here, once for all layouts; how its files are laid out is said by a file a layout. A segment
//! is a bead; the segments of an article pair stand together, in the order of the source. Texts are lines as
//! `src/export/line.rs` makes them, so that no reader sees more or fewer of them than there are.

mod comet;
mod metadata;
mod mt_metrics_eval;
mod sacrebleu;

use super::line::{blank, line, pairs, word};
use super::set::{Written, free};
use super::{Keeps, Meta, of_bead};
use crate::error::{Error, Result};
use crate::model::{Bitext, Severity};
use std::collections::{BTreeMap, HashSet};

/// A layout of a test set: always several files.
pub struct Layout {
    /// Unique, kebab-case, among all formats.
    pub name: &'static str,
    /// Whose tools read it, in a line.
    pub doc: &'static str,
    /// The files.
    pub files: fn(&TestSet, &Meta) -> Vec<Written>,
}

/// What all of them can hold of a text.
pub const KEEPS: Keeps = Keeps::Line;

/// All layouts.
pub const LAYOUTS: &[Layout] = &[sacrebleu::LAYOUT, comet::LAYOUT, mt_metrics_eval::LAYOUT];

/// The layout of this name.
pub fn layout(name: &str) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.name == name)
}

/// What is translated into what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// From the original: the English is the source, the Chinese the reference.
    #[default]
    EnZh,
    /// Against the way it was translated: the source is a translation. Such a test set is easier than one of original text
    /// (Toral et al. 2018, Graham et al. 2020), so it must be allowed by name and says what it is.
    ZhEn,
}

impl Direction {
    /// Its name as tools have it: `en-zh` or `zh-en`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EnZh => "en-zh",
            Self::ZhEn => "zh-en",
        }
    }

    /// The codes of source and reference.
    pub fn codes(self) -> (&'static str, &'static str) {
        match self {
            Self::EnZh => ("en", "zh"),
            Self::ZhEn => ("zh", "en"),
        }
    }
}

/// What goes into a test set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What is translated into what; from English by default.
    pub direction: Direction,
    /// Whether a source that is itself a translation is meant; not by default.
    pub allow_reverse: bool,
    /// A bead with a finding at or over this is no reference; [`Severity::Major`] by default.
    pub max_severity: Severity,
}

impl Default for Options {
    fn default() -> Self {
        Self { direction: Direction::EnZh, allow_reverse: false, max_severity: Severity::Major }
    }
}

/// A segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The article pair and the bead's number in it, as in `aligned.jsonl`.
    pub id: String,
    /// What is to be translated; one line, not empty.
    pub source: String,
    /// How it was translated; one line, not empty.
    pub reference: String,
}

/// An article pair's segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestDocument {
    /// A name without blanks that no other document has: the article pair's, as in the `mqm` format.
    pub name: String,
    /// The original's address.
    pub en_url: String,
    /// The post's address; empty where its page does not tell.
    pub zh_url: String,
    /// Its segments, at least one.
    pub segments: Vec<Segment>,
}

/// What a system made of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct System {
    name: String,
    /// As many as there are segments, none empty.
    lines: Vec<String>,
}

/// A test set: first bitexts are added, then systems.
#[derive(Debug, Clone)]
pub struct TestSet {
    options: Options,
    documents: Vec<TestDocument>,
    names: HashSet<String>,
    systems: Vec<System>,
    left_out: BTreeMap<&'static str, usize>,
}

/// The reference's name, as the shared tasks of WMT name it.
const REFERENCE: &str = "refA";

impl TestSet {
    /// An empty test set.
    ///
    /// # Errors
    /// If the source would be a translation and that is not allowed.
    pub fn new(options: Options) -> Result<Self> {
        if options.direction == Direction::ZhEn && !options.allow_reverse {
            return Err(Error::usage(
                "from Chinese to English, the source of this test set would be a translation",
            )
            .remedy("export en-zh, or give --allow-reverse if a reverse-created test set is meant"));
        }
        let (documents, systems) = (Vec::new(), Vec::new());
        Ok(Self { options, documents, names: HashSet::new(), systems, left_out: BTreeMap::new() })
    }

    /// Adds a bitext's translation and moved beads, those with grave findings left out.
    pub fn add(&mut self, bitext: &Bitext) {
        let mut placed = Vec::new();
        let mut faulty = 0;
        for pair in pairs(bitext) {
            let is_grave = |severity: Severity| severity >= self.options.max_severity;
            if of_bead(bitext, pair.number).any(|finding| is_grave(finding.severity)) {
                faulty += 1;
                continue;
            }
            let id = line(&bitext.id(pair.number));
            let (place, source, reference) = match self.options.direction {
                Direction::EnZh => (pair.bead.en.first(), pair.texts.en, pair.texts.zh),
                Direction::ZhEn => (pair.bead.zh.first(), pair.texts.zh, pair.texts.en),
            };
            placed.push((place, Segment { id, source, reference }));
        }
        let blank = blank(bitext);
        let others = bitext.alignment.beads().len() - faulty - placed.len() - blank;
        *self.left_out.entry("blank-side").or_default() += blank;
        *self.left_out.entry("grave-finding").or_default() += faulty;
        *self.left_out.entry("no-counterpart").or_default() += others;
        if placed.is_empty() {
            return;
        }
        placed.sort_by_key(|&(place, _)| place);
        let name = Some(word(&bitext.pair.id)).filter(|name| !name.is_empty());
        self.documents.push(TestDocument {
            name: free(&mut self.names, &name.unwrap_or_else(|| "document".to_owned())),
            en_url: bitext.pair.en_url.clone(),
            zh_url: bitext.pair.documents.zh.article.url.clone().unwrap_or_default(),
            segments: placed.into_iter().map(|(_, segment)| segment).collect(),
        });
    }

    /// Adds what a system made of the source: a line a segment, in their order. Control characters inside a line become
    /// blanks, since tools would take some of them for the end of it.
    ///
    /// # Errors
    /// If the name cannot be one or is taken, if there are not as many lines as segments, or if a line is empty.
    pub fn add_system(&mut self, name: &str, text: &str) -> Result<()> {
        self.check_name(name)?;
        let text = text.trim_start_matches('\u{feff}');
        let lines: Vec<String> = text.lines().map(line).collect();
        let (wanted, found) = (self.len(), lines.len());
        if wanted != found {
            return Err(Error::input(format!("has {found} lines for {wanted} segments"))
                .remedy("translate the exported source line by line, with the same options"));
        }
        if let Some(empty) = lines.iter().position(String::is_empty) {
            return Err(Error::input("is an empty line")
                .on_line(empty as u64 + 1)
                .remedy("give every segment a translation: metrics shift or skip where one is missing"));
        }
        self.systems.push(System { name: name.to_owned(), lines });
        Ok(())
    }

    fn check_name(&self, name: &str) -> Result<()> {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let is_reserved = ["all", "src", REFERENCE].iter().any(|taken| taken.eq_ignore_ascii_case(name));
        if name.is_empty() || name.len() > 100 || !name.chars().all(is_letter) || is_reserved {
            return Err(Error::usage(format!("`{name}` cannot be a system's name")).remedy(format!(
                "take letters, digits, `_` and `-`, and not `all`, `src` or `{REFERENCE}`"
            )));
        }
        if self.systems.iter().any(|system| system.name.eq_ignore_ascii_case(name)) {
            return Err(Error::usage(format!("two systems are called `{name}`")).remedy("rename one"));
        }
        Ok(())
    }

    /// The number of segments.
    pub fn len(&self) -> usize {
        self.documents.iter().map(|document| document.segments.len()).sum()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The documents, in the order in which they were added.
    pub fn documents(&self) -> &[TestDocument] {
        &self.documents
    }

    /// All segments, each with its document.
    fn segments(&self) -> impl Iterator<Item = (&TestDocument, &Segment)> {
        self.documents.iter().flat_map(|document| document.segments.iter().map(move |s| (document, s)))
    }

    /// A file of a line a segment.
    fn lines<'t, T: AsRef<str>>(
        &'t self,
        path: impl Into<String>,
        text: impl Fn(&'t TestDocument, &'t Segment) -> T,
    ) -> Written {
        file(path, self.segments().map(|(document, segment)| text(document, segment)))
    }
}

/// A file of these lines.
fn file<T: AsRef<str>>(path: impl Into<String>, lines: impl IntoIterator<Item = T>) -> Written {
    let mut text = String::new();
    for line in lines {
        text.push_str(line.as_ref());
        text.push('\n');
    }
    Written { path: path.into(), bytes: text.into_bytes() }
}

#[cfg(test)]
mod tests;
