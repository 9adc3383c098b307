//! The articles of a run: on disk, but for an index card each.

use super::output::OutputFile;
use super::read::{Reading, Understood, read_each};
use super::settings::Settings;
use super::translate::translations;
use super::{Progress, stop_if_cancelled};
use crate::error::{Error, Result};
use crate::ingest::InputFile;
use crate::lexicon::Lexicon;
use crate::model::{Document, Notice, reason};
use crate::pair::{self, Card, Detail, Fingerprint, Pairing, Translate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

/// An index card for each article, and the place of its document in a file of JSON Lines.
#[derive(Default)]
pub struct Library {
    path: PathBuf,
    cards: Vec<Card>,
    places: Vec<(u64, usize)>,
    /// What was said of articles that were taken all the same: reasons by id.
    remarks: BTreeMap<String, Vec<String>>,
}

impl Library {
    /// Reads every page once; documents go into `file`, what became of each page is told to `note`.
    ///
    /// # Errors
    /// If `file` cannot be written, `note` fails, or the user stops it.
    pub fn read(
        inputs: &[InputFile],
        settings: &Settings,
        progress: &dyn Progress,
        file: &mut OutputFile,
        mut note: impl FnMut(std::result::Result<&Card, &Notice>) -> Result<()> + Send,
    ) -> Result<Self> {
        let mut library = Self::default();
        progress.begin("reading", Some(inputs.len() as u64));
        let entry = |reading: Reading| reading.map(|understood| Entry::of(&understood));
        read_each(inputs, settings, progress, entry, |entry| {
            note(entry.as_ref().map(|entry| &entry.card))?;
            if let Ok(entry) = entry {
                library.places.push((file.write(&entry.line)?, entry.line.len()));
                library.index(entry);
            }
            Ok(())
        })?;
        progress.end();
        library.path = file.flush()?.to_owned();
        Ok(library)
    }

    fn index(&mut self, entry: Entry) {
        if !entry.remarks.is_empty() {
            self.remarks.insert(entry.card.id.clone(), entry.remarks);
        }
        self.cards.push(entry.card);
    }

    /// The index cards.
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// The reasons of what was said of an article when it was read.
    pub fn remarks(&self, index: usize) -> &[String] {
        let id = self.cards.get(index).map(|card| card.id.as_str()).unwrap_or_default();
        self.remarks.get(id).map_or(&[], Vec::as_slice)
    }

    /// Reads a document back.
    ///
    /// # Errors
    /// If the file cannot be read or was changed in the meantime.
    pub fn document(&self, index: usize) -> Result<Document> {
        let fail = |e: std::io::Error| Error::read(&self.path, e);
        let (start, length) = self.places.get(index).copied().unwrap_or_default();
        let mut file = File::open(&self.path).map_err(fail)?;
        file.seek(SeekFrom::Start(start)).map_err(fail)?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes).map_err(fail)?;
        // What was left out of it is of no interest any more, and is passed over.
        serde_json::from_slice(&bytes)
            .map_err(|e| Error::input("was changed while it was being read").at(&self.path).caused_by(e))
    }

    /// Pairs the articles.
    ///
    /// # Errors
    /// If a document cannot be read back, or the user stops it.
    pub fn pair(&self, settings: &Settings, progress: &dyn Progress) -> Result<Matched> {
        progress.begin("pairing", None);
        let translate = |text: &str| translations(Lexicon::builtin(), text);
        let fingerprint = |index: usize, detail: Detail| {
            stop_if_cancelled(progress)?;
            let translate: Option<&Translate> = if detail == Detail::Whole { Some(&translate) } else { None };
            Ok(Fingerprint::of(&self.document(index)?.article, translate))
        };
        let outcome = pair::run(&self.cards, fingerprint, &settings.pair)?;
        let paired: BTreeSet<&str> = outcome
            .output
            .iter()
            .flat_map(|p| [p.articles.zh, p.articles.en])
            .filter_map(|index| self.cards.get(index).map(|card| card.id.as_str()))
            .collect();
        let (remarks, mut skipped): (Vec<Notice>, Vec<Notice>) =
            outcome.notices.into_iter().partition(|notice| paired.contains(notice.input.as_str()));
        skipped.iter_mut().for_each(|notice| self.blame_the_page(notice));
        progress.end();
        Ok(Matched { pairs: outcome.output, skipped, remarks })
    }

    /// A post whose citation is not on the saved page cannot be paired by it: that is the reason, whatever pairing made
    /// of the rest.
    fn blame_the_page(&self, notice: &mut Notice) {
        let said = self.remarks.get(&notice.input).map_or(&[] as &[String], Vec::as_slice);
        let causes = [
            (reason::TRUNCATED, "breaks off before its citation line could come"),
            (reason::CITATION_CUT_OFF, "breaks off in the middle of the cited address"),
        ];
        let cause = causes.into_iter().find(|(reason, _)| said.iter().any(|s| s == reason));
        let Some((reason, what)) = cause else { return };
        notice.reason = reason.to_owned();
        notice.message = format!("{what}; {}", notice.message);
        notice.remedy = "save the whole page".to_owned();
    }
}

/// What a library keeps of an article, in memory and in its file.
struct Entry {
    card: Card,
    remarks: Vec<String>,
    line: Vec<u8>,
}

impl Entry {
    fn of(understood: &Understood) -> Self {
        Self {
            card: Card::of(&understood.document.article),
            remarks: understood.notices.iter().map(|notice| notice.reason.clone()).collect(),
            line: line(understood),
        }
    }
}

/// What pairing made of a library.
pub struct Matched {
    /// Pairs in the order of the posts' ids.
    pub pairs: Vec<Pairing>,
    /// Articles without a pair, and why.
    pub skipped: Vec<Notice>,
    /// What was said of articles that have one.
    pub remarks: Vec<Notice>,
}

/// A value as a line of JSON; plain data in memory cannot fail to be written.
pub fn line(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
