//! The folder of fetched pages: a file a page, and `pages.jsonl`, which says what each is.
//!
//! A file is named by the hash of what it holds, gets its name when it is whole, and is there before a line names it. A
//! line is written in one go; one that lost its end (the power failed) is taken off when the folder is opened again. So
//! at any moment what the index names is there, whole. A file that is there and not yet named has a mark beside it, so
//! that nothing else is ever removed.

use super::answer::Answer;
use super::config::Clock;
use super::failure::{Refusal, is_final};
use super::key;
use crate::error::{Error, Result};
use crate::model::{Fetched, FetchedKind, PAGES_INDEX};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use url::Url;

/// How many hexadecimal digits of its hash a file's name has.
const DIGITS: usize = 32;
/// What a file's name ends in until it is whole.
const PARTIAL: &str = "partial";
/// The ending of the mark beside a file that no line names yet.
const PENDING: &str = "pending";
/// The ending of feeds, listings and sitemaps, which `run` passes over.
const LIST: &str = "list";
/// The endings that pages get.
const ENDINGS: [&str; 4] = ["html", "md", "txt", LIST];

/// The folder, open for one run at a time.
pub struct Store {
    folder: PathBuf,
    index: File,
    /// What holds of an address, by its key and by the key of the address that answered.
    known: HashMap<String, Arc<Fetched>>,
    /// How many addresses' lines name a file.
    named: HashMap<String, usize>,
    clock: Clock,
}

impl Store {
    /// Opens the folder or makes it, and mends what an interrupted run left.
    ///
    /// # Errors
    /// If it cannot be read or written, another run has it open, or its index is none of ours.
    pub fn open(folder: &Path, clock: &Clock) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
        let path = folder.join(PAGES_INDEX);
        let fail = |e| Error::write(&path, e);
        let index = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(fail)?;
        index.try_lock().map_err(|_| {
            Error::usage("another `duizhao fetch` is at work in this folder")
                .at(folder)
                .remedy("wait until it is done, or choose another --out")
        })?;
        let mut store = Self {
            folder: folder.to_owned(),
            index,
            known: HashMap::new(),
            named: HashMap::new(),
            clock: Arc::clone(clock),
        };
        store.read_index(&path)?;
        store.sweep()?;
        Ok(store)
    }

    /// Reads the index; takes off a last line without an end.
    fn read_index(&mut self, path: &Path) -> Result<()> {
        let fail = |e| Error::read(path, e);
        self.index.seek(SeekFrom::Start(0)).map_err(fail)?;
        let mut reader = BufReader::new(self.index.try_clone().map_err(fail)?);
        let (mut line, mut number, mut whole) = (Vec::new(), 0, 0u64);
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(fail)?;
            number += 1;
            if read == 0 {
                break;
            }
            if line.last() != Some(&b'\n') {
                self.index.set_len(whole).map_err(|e| Error::write(path, e))?;
                break;
            }
            whole += read as u64;
            let record = serde_json::from_slice(&line).map_err(|e| {
                Error::input("is no line that `duizhao fetch` wrote")
                    .at(path)
                    .on_line(number)
                    .caused_by(e)
                    .remedy("choose another --out, or delete the line")
            })?;
            self.learn(record);
        }
        Ok(())
    }

    /// Removes what an interrupted run left half done, and forgets lines whose page is gone or not whole.
    fn sweep(&mut self) -> Result<()> {
        let entries = fs::read_dir(&self.folder).map_err(|e| Error::read(&self.folder, e))?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let pending: Vec<String> = names
            .filter_map(|name| Some(name.strip_suffix(PENDING)?.strip_suffix('.')?.to_owned()))
            .collect();
        for digits in pending.iter().filter(|digits| is_hash(digits)) {
            for ending in ENDINGS.iter().chain([&PARTIAL, &PENDING]) {
                let file = format!("{digits}.{ending}");
                if !self.named.contains_key(&file) {
                    self.remove(&file)?;
                }
            }
        }
        let whole =
            |file: &str, bytes| self.folder.join(file).metadata().ok().map(|about| about.len()) == bytes;
        self.known.retain(|_, record| record.file.as_deref().is_none_or(|file| whole(file, record.bytes)));
        Ok(())
    }

    /// Removes a file, if it is there.
    fn remove(&self, file: &str) -> Result<()> {
        let path = self.folder.join(file);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::write(&path, e)),
            _ => Ok(()),
        }
    }

    /// Takes in what a line says.
    fn learn(&mut self, record: Fetched) {
        let record = Arc::new(record);
        let Some(asked) = key::of_text(&record.asked) else { return };
        if let Some(file) = &record.file {
            *self.named.entry(file.clone()).or_default() += 1;
        }
        let old = self.known.insert(asked.clone(), Arc::clone(&record));
        if let Some(file) =
            old.filter(|old| key::of_text(&old.asked) == Some(asked.clone())).and_then(|old| old.file.clone())
        {
            self.release(&file);
        }
        let final_key = key::of_text(&record.final_url).filter(|found| *found != asked);
        // What was asked for itself says more than what another address led to.
        let yields = |old: &Arc<Fetched>| old.file.is_none() || old.asked == record.asked;
        if let Some(found) = final_key.filter(|_| record.file.is_some())
            && self.known.get(&found).is_none_or(yields)
        {
            self.known.insert(found, record);
        }
    }

    fn release(&mut self, file: &str) {
        if let Some(count) = self.named.get_mut(file) {
            *count -= 1;
            if *count == 0 {
                self.named.remove(file);
            }
        }
    }

    /// What is known of an address.
    pub fn get(&self, url: &Url) -> Option<Arc<Fetched>> {
        self.known.get(&key::of(url)).cloned()
    }

    /// What is known of an address and will not change: its page is there, or it has none.
    pub fn settled(&self, url: &Url) -> Option<Arc<Fetched>> {
        let settles =
            |record: &Arc<Fetched>| record.file.is_some() || record.reason.as_deref().is_some_and(is_final);
        self.get(url).filter(settles)
    }

    /// How many addresses have a page.
    pub fn pages(&self) -> usize {
        self.known.values().filter(|r| r.file.is_some() && r.kind == FetchedKind::Page).count()
    }

    /// Where the page of a record is.
    pub fn path(&self, record: &Fetched) -> Option<PathBuf> {
        record.file.as_ref().map(|file| self.folder.join(file))
    }

    /// Stores an answer.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&mut self, answer: &Answer, kind: FetchedKind) -> Result<Arc<Fetched>> {
        let hash = hex::digits(&Sha256::digest(&answer.body));
        let digits = hash.get(..DIGITS).unwrap_or(&hash);
        let file = format!("{digits}.{}", ending(answer, kind));
        let path = self.folder.join(&file);
        let pending = format!("{digits}.{PENDING}");
        if !path.metadata().is_ok_and(|about| about.len() == answer.body.len() as u64) {
            let partial = self.folder.join(format!("{digits}.{PARTIAL}"));
            let mark = self.folder.join(&pending);
            fs::write(&mark, b"").map_err(|e| Error::write(&mark, e))?;
            fs::write(&partial, &answer.body).map_err(|e| Error::write(&partial, e))?;
            fs::rename(&partial, &path).map_err(|e| Error::write(&path, e))?;
        }
        let record = Fetched {
            kind,
            sha256: Some(hash),
            bytes: Some(answer.body.len() as u64),
            file: Some(file),
            ..self.record(answer)
        };
        let record = self.append(record)?;
        self.remove(&pending)?;
        Ok(record)
    }

    /// Notes that a page is as it was.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn renew(&mut self, record: &Fetched) -> Result<Arc<Fetched>> {
        self.append(Fetched { fetched: self.now(), ..record.clone() })
    }

    /// Notes why there is no page; one that was stored earlier stays.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn refuse(&mut self, answer: &Answer, status: Option<u16>, refusal: &Refusal) -> Result<()> {
        if Url::parse(&answer.asked).ok().and_then(|url| self.get(&url)).is_some_and(|r| r.file.is_some()) {
            return Ok(());
        }
        let record = Fetched {
            status,
            reason: Some(refusal.reason.to_owned()),
            message: Some(refusal.message.clone()),
            ..self.record(answer)
        };
        self.append(record).map(drop)
    }

    fn record(&self, answer: &Answer) -> Fetched {
        Fetched {
            asked: answer.asked.clone(),
            final_url: answer.final_url.clone(),
            hops: answer.hops.clone(),
            status: Some(answer.status),
            headers: answer.headers.clone(),
            fetched: self.now(),
            ..Fetched::default()
        }
    }

    fn now(&self) -> String {
        let now = (self.clock)();
        now.round(jiff::Unit::Second).unwrap_or(now).to_string()
    }

    /// Writes a line, then removes the file that it makes superfluous.
    fn append(&mut self, record: Fetched) -> Result<Arc<Fetched>> {
        let mut line = serde_json::to_vec(&record).unwrap_or_default();
        line.push(b'\n');
        self.index.write_all(&line).map_err(|e| Error::write(self.folder.join(PAGES_INDEX), e))?;
        let old = key::of_text(&record.asked).and_then(|asked| self.known.get(&asked)?.file.clone());
        let asked = record.asked.clone();
        self.learn(record);
        if let Some(file) = old.filter(|file| !self.named.contains_key(file)) {
            self.remove(&file)?;
        }
        let known = key::of_text(&asked).and_then(|asked| self.known.get(&asked).cloned());
        Ok(known.unwrap_or_default())
    }
}

/// The ending that says what a page is written in.
fn ending(answer: &Answer, kind: FetchedKind) -> &'static str {
    match (kind, answer.media_type().as_str()) {
        (FetchedKind::List, _) => LIST,
        (_, "text/markdown" | "text/x-markdown") => "md",
        (_, "text/plain") => "txt",
        _ => "html",
    }
}

/// Whether a text is as the hash in a file's name.
fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests;
