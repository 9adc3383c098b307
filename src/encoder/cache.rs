//! Sums that were made before: one file of bounded size, kept from run to run, safe to delete at any time.
//!
//! Layout, all numbers little-endian: [`MAGIC`]; how often the file was written, `u32`; the number of entries, `u32`;
//! the entries sorted by key, [`Entry::SIZE`] bytes each; then the sums, to which the entries point. A new file is written beside
//! the old one and takes its place whole, so that runs at the same time do not harm it (of two that end together, one's
//! additions are lost). Every entry has a check sum; one that is damaged counts as absent.

use super::map::Mapped;
use super::{Encoder, Pooled};
use crate::error::{Error, Result};
use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const MAGIC: &[u8; 16] = b"duizhao sums 1\r\n";
/// Names the folder of the file.
const VARIABLE: &str = "DUIZHAO_CACHE";
const HEADER: usize = MAGIC.len() + 8;

/// By which a sum is found: the start of the SHA-256 of the encoder's name and hash and of the text.
type Key = [u8; 16];

/// An encoder whose sums are looked up in a file before they are made, and kept there.
///
/// The sums, and so the vectors, are the same bytes with it and without it.
pub struct Cached {
    encoder: Arc<dyn Encoder>,
    path: PathBuf,
    limit: u64,
    old: Option<Sums>,
    fresh: Mutex<Fresh>,
}

/// What this run adds.
#[derive(Default)]
struct Fresh {
    sums: BTreeMap<Key, Pooled>,
    bytes: u64,
    /// What it used of the old.
    used: HashSet<Key>,
}

impl Cached {
    /// Puts a file before an encoder; it need not exist, and what is not ours in it is ignored and overwritten.
    /// The file never takes more than `limit` bytes: what was not used for longest goes first.
    pub fn new(encoder: Arc<dyn Encoder>, path: impl Into<PathBuf>, limit: u64) -> Self {
        let path = path.into();
        let old = Sums::open(&path);
        Self { encoder, path, limit, old, fresh: Mutex::default() }
    }

    /// The usual file: `sums` in the folder that `DUIZHAO_CACHE` names, else `duizhao/sums` in the user's cache directory
    /// (`$XDG_CACHE_HOME`, usually `~/.cache`).
    ///
    /// # Errors
    ///
    /// If the user has no home directory.
    pub fn usual_path() -> Result<PathBuf> {
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|f| !f.is_empty()) {
            return Ok(PathBuf::from(folder).join("sums"));
        }
        let usual = etcetera::choose_base_strategy();
        let usual = usual.map_err(|e| Error::usage("nobody knows where your cache is").caused_by(e))?;
        Ok(usual.cache_dir().join("duizhao").join("sums"))
    }

    /// Writes what is new. Dropping it does the same, but cannot say if that failed.
    ///
    /// # Errors
    ///
    /// If the file cannot be written; the old one is then as it was.
    pub fn save(&self) -> Result<()> {
        let fresh = std::mem::take(&mut *self.fresh.lock().unwrap_or_else(PoisonError::into_inner));
        if fresh.sums.is_empty() {
            return Ok(());
        }
        // Another run may have written since.
        let old = Sums::open(&self.path);
        write(&self.path, old.as_ref(), &fresh, self.limit)
    }

    fn key(&self, text: &str) -> Key {
        let mut hasher = Sha256::new();
        hasher.update(format!("{} {}\n", self.encoder.name(), self.encoder.hash()));
        hasher.update(text);
        start(&hasher.finalize())
    }

    fn known(&self, key: &Key) -> Option<Pooled> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pooled) = fresh.sums.get(key) {
            return Some(pooled.clone());
        }
        drop(fresh);
        let pooled = self.old.as_ref()?.find(key)?;
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).used.insert(*key);
        Some(pooled)
    }

    fn keep(&self, key: Key, pooled: &Pooled) {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let size = size(pooled.sum.len());
        if fresh.bytes + size + HEADER as u64 <= self.limit
            && fresh.sums.insert(key, pooled.clone()).is_none()
        {
            fresh.bytes += size;
        }
    }
}

impl Drop for Cached {
    fn drop(&mut self) {
        // A cache that cannot be written costs time, nothing else.
        let _ = self.save();
    }
}

impl Encoder for Cached {
    fn name(&self) -> &str {
        self.encoder.name()
    }

    fn hash(&self) -> &str {
        self.encoder.hash()
    }

    fn dimension(&self) -> usize {
        self.encoder.dimension()
    }

    fn pool(&self, texts: &[&str]) -> Result<Vec<Pooled>> {
        let keys: Vec<Key> = texts.iter().map(|text| self.key(text)).collect();
        let mut pooled: Vec<Option<Pooled>> = keys.iter().map(|key| self.known(key)).collect();
        let missing = texts.iter().zip(&pooled).filter(|(_, pooled)| pooled.is_none());
        let missing: Vec<&str> = missing.map(|(text, _)| *text).collect();
        let mut made = self.encoder.pool(&missing)?.into_iter();
        for (pooled, key) in pooled.iter_mut().zip(keys).filter(|(pooled, _)| pooled.is_none()) {
            *pooled = made.next().inspect(|made| self.keep(key, made));
        }
        pooled.into_iter().collect::<Option<_>>().ok_or_else(|| Error::input("the encoder left out a text"))
    }

    fn seam(&self) -> Result<Pooled> {
        self.encoder.seam()
    }

    fn finish(&self, pooled: &[Pooled]) -> Result<Vec<f32>> {
        self.encoder.finish(pooled)
    }
}

/// A file of sums.
struct Sums {
    file: Mapped,
    generation: u32,
    count: usize,
}

/// What is said of a sum before all sums.
#[derive(Clone, Copy)]
struct Entry {
    key: Key,
    /// When it was used last, counted in files written.
    generation: u32,
    /// How many numbers: the tokens and the sum.
    numbers: u32,
    /// Where in the file it begins.
    offset: u64,
    check: [u8; 8],
}

impl Entry {
    const SIZE: usize = 40;

    fn read(bytes: &[u8; Self::SIZE]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk()?;
        let (generation, rest) = rest.split_first_chunk()?;
        let (numbers, rest) = rest.split_first_chunk()?;
        let (offset, rest) = rest.split_first_chunk()?;
        Some(Self {
            key: *key,
            generation: u32::from_le_bytes(*generation),
            numbers: u32::from_le_bytes(*numbers),
            offset: u64::from_le_bytes(*offset),
            check: *rest.first_chunk()?,
        })
    }

    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        out.write_all(&self.key)?;
        out.write_all(&self.generation.to_le_bytes())?;
        out.write_all(&self.numbers.to_le_bytes())?;
        out.write_all(&self.offset.to_le_bytes())?;
        out.write_all(&self.check)
    }
}

impl Sums {
    /// Maps a file; `None` if there is none or it is not ours.
    fn open(path: &Path) -> Option<Self> {
        let file = Mapped::open(path).ok()?;
        let rest = file.strip_prefix(MAGIC)?;
        let (generation, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let generation = u32::from_le_bytes(*generation);
        let count = u32::from_le_bytes(*count) as usize;
        (rest.len() / Entry::SIZE >= count).then_some(Self { file, generation, count })
    }

    fn entries(&self) -> &[[u8; Entry::SIZE]] {
        let end = HEADER + self.count * Entry::SIZE;
        self.file.get(HEADER..end).unwrap_or_default().as_chunks().0
    }

    fn find(&self, key: &Key) -> Option<Pooled> {
        let entries = self.entries();
        let at = entries.binary_search_by(|e| e.first_chunk::<16>().cmp(&Some(key))).ok()?;
        let bytes = self.bytes(&Entry::read(entries.get(at)?)?)?;
        let (tokens, sum) = bytes.split_first_chunk()?;
        let sum = sum.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        Some(Pooled { sum, tokens: f32::from_le_bytes(*tokens) })
    }

    /// A sum as it stands in the file; `None` if it is damaged.
    fn bytes(&self, entry: &Entry) -> Option<&[u8]> {
        let start = usize::try_from(entry.offset).ok()?;
        let bytes = self.file.get(start..start.checked_add(4 * entry.numbers as usize)?)?;
        (check(&entry.key, bytes) == entry.check).then_some(bytes)
    }
}

fn start<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk().copied().unwrap_or([0; N])
}

fn check(key: &Key, bytes: &[u8]) -> [u8; 8] {
    let mut hasher = Sha256::new();
    hasher.update(key);
    hasher.update(bytes);
    start(&hasher.finalize())
}

/// What a sum of so many numbers takes in the file.
fn size(sum: usize) -> u64 {
    (Entry::SIZE + 4 * (sum + 1)) as u64
}

fn bytes(pooled: &Pooled) -> Vec<u8> {
    std::iter::once(&pooled.tokens).chain(&pooled.sum).flat_map(|x| x.to_le_bytes()).collect()
}

/// Writes old and new together, as much as there is room for, what was used last before the rest.
fn write(path: &Path, old: Option<&Sums>, fresh: &Fresh, limit: u64) -> Result<()> {
    let generation = old.map_or(0, |old| old.generation).saturating_add(1);
    let mut all: BTreeMap<Key, Entry> = BTreeMap::new();
    for entry in old.iter().flat_map(|old| old.entries()).filter_map(Entry::read) {
        let used = fresh.used.contains(&entry.key);
        all.insert(
            entry.key,
            Entry { generation: if used { generation } else { entry.generation }, ..entry },
        );
    }
    for (key, pooled) in &fresh.sums {
        let check = check(key, &bytes(pooled));
        let numbers = pooled.sum.len() as u32 + 1;
        all.insert(*key, Entry { key: *key, generation, numbers, offset: 0, check });
    }
    let mut kept: Vec<Entry> = all.into_values().collect();
    kept.sort_by_key(|entry| (std::cmp::Reverse(entry.generation), entry.key));
    let mut room = limit.saturating_sub(HEADER as u64);
    let mut fits = |entry: &Entry| {
        let left = room.checked_sub(Entry::SIZE as u64 + 4 * u64::from(entry.numbers));
        left.inspect(|left| room = *left).is_some()
    };
    kept.retain(|entry| {
        let whole = fresh.sums.contains_key(&entry.key) || old.is_some_and(|old| old.bytes(entry).is_some());
        whole && fits(entry)
    });
    kept.sort_by_key(|entry| entry.key);
    let failed = |e: std::io::Error| Error::write(path, e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    write_file(BufWriter::new(file.as_file_mut()), generation, &kept, |entry| {
        let fresh = fresh.sums.get(&entry.key).map(bytes);
        fresh.or_else(|| Some(old?.bytes(entry)?.to_vec())).unwrap_or_default()
    })
    .map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

fn write_file(
    mut out: impl Write,
    generation: u32,
    entries: &[Entry],
    sum: impl Fn(&Entry) -> Vec<u8>,
) -> std::io::Result<()> {
    out.write_all(MAGIC)?;
    out.write_all(&generation.to_le_bytes())?;
    out.write_all(&(entries.len() as u32).to_le_bytes())?;
    let mut offset = (HEADER + entries.len() * Entry::SIZE) as u64;
    for entry in entries {
        Entry { offset, ..*entry }.write(&mut out)?;
        offset += 4 * u64::from(entry.numbers);
    }
    for entry in entries {
        out.write_all(&sum(entry))?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Makes sums of lengths, and counts how often it is asked.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl Encoder for Counting {
        fn name(&self) -> &str {
            "counting"
        }
        fn hash(&self) -> &str {
            "0"
        }
        fn dimension(&self) -> usize {
            3
        }
        fn pool(&self, texts: &[&str]) -> Result<Vec<Pooled>> {
            self.0.fetch_add(texts.len(), Ordering::Relaxed);
            let sum = |text: &str| [0.1, text.len() as f32, f32::MIN_POSITIVE].into();
            Ok(texts.iter().map(|text| Pooled { sum: sum(text), tokens: text.len() as f32 + 2.0 }).collect())
        }
        fn finish(&self, pooled: &[Pooled]) -> Result<Vec<f32>> {
            Ok(pooled.iter().flat_map(|p| p.sum.to_vec()).collect())
        }
    }

    /// How many texts had to be encoded; checks that the sums are right.
    fn asked(path: &Path, limit: u64, texts: &[&str]) -> usize {
        let encoder = Arc::new(Counting::default());
        let cached = Cached::new(encoder.clone(), path, limit);
        assert_eq!(cached.pool(texts).unwrap(), Counting::default().pool(texts).unwrap());
        cached.save().unwrap();
        assert!(fs::metadata(path).map_or(0, |m| m.len()) <= limit);
        encoder.0.load(Ordering::Relaxed)
    }

    #[test]
    fn what_was_made_before_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("sums");
        assert_eq!(asked(&path, 1 << 20, &["a", "bb", "ccc"]), 3);
        assert_eq!(asked(&path, 1 << 20, &["ccc", "dddd", "a"]), 1);
        assert_eq!(asked(&path, 1 << 20, &["a", "bb", "ccc", "dddd"]), 0);
        fs::remove_file(&path).unwrap();
        assert_eq!(asked(&path, 1 << 20, &["a"]), 1);
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sums");
        let limit = HEADER as u64 + 3 * size(3);
        asked(&path, limit, &["a"]);
        asked(&path, limit, &["bb"]);
        asked(&path, limit, &["a", "ccc"]);
        asked(&path, limit, &["dddd"]);
        assert_eq!(asked(&path, limit, &["a", "ccc", "dddd"]), 0);
        assert_eq!(asked(&path, limit, &["bb"]), 1);
        assert_eq!(asked(&folder.path().join("none"), 0, &["a"]), 1);
    }

    #[test]
    fn runs_at_the_same_time_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sums");
        std::thread::scope(|scope| {
            for run in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    for i in 0..20 {
                        let text = "x".repeat(run * 20 + i);
                        let cached = Cached::new(Arc::new(Counting::default()), path, 1 << 20);
                        cached.pool(&[&text, "same"]).unwrap();
                        cached.save().unwrap();
                    }
                });
            }
        });
        assert_eq!(asked(&path, 1 << 20, &["same"]), 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }

    proptest! {
        #[test]
        fn damage_costs_time_only(flips in prop::collection::vec((any::<prop::sample::Index>(), 1u8..), 0..9), cut: prop::sample::Index) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("sums");
            asked(&path, 1 << 20, &["a", "bb", "ccc"]);
            let mut bytes = fs::read(&path).unwrap();
            for (at, flip) in flips {
                let at = at.index(bytes.len());
                bytes[at] ^= flip;
            }
            fs::write(&path, &bytes).unwrap();
            asked(&path, 1 << 20, &["a", "bb", "ccc", "dddd"]);
            bytes.truncate(cut.index(bytes.len()));
            fs::write(&path, &bytes).unwrap();
            asked(&path, 1 << 20, &["a", "bb", "ccc", "dddd"]);
        }
    }
}
