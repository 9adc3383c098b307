//! A file in memory: the only place of the crate with `unsafe` in it, because the operating system cannot promise what
//! Rust wants to hear.
#![allow(unsafe_code)]

use crate::error::{Error, Result};
use memmap2::Mmap;
use std::fs::File;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

/// Part of a mapped file; the mapping lives as long as any part of it.
#[derive(Clone)]
pub(super) struct Mapped {
    file: Arc<Mmap>,
    range: Range<usize>,
}

impl Mapped {
    /// Maps a whole file.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|e| Error::read(path, e))?;
        // SAFETY: a mapping is sound as long as nobody changes the file under it. Models and caches are written under
        // another name and renamed when they are whole (`import`, `cache`), never written again, and removed by
        // unlinking, which leaves mappings alone; they stand in the user's own directories. The bytes are read as numbers, so that whatever they
        // are, each is a valid value.
        let map = unsafe { Mmap::map(&file) }.map_err(|e| Error::read(path, e))?;
        Ok(Self { range: 0..map.len(), file: Arc::new(map) })
    }

    /// Part of this part; `None` if it is not inside.
    pub(super) fn part(&self, range: Range<usize>) -> Option<Self> {
        self.get(range.clone())?;
        let start = self.range.start;
        Some(Self { file: Arc::clone(&self.file), range: start + range.start..start + range.end })
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.file.get(self.range.clone()).unwrap_or_default()
    }
}
