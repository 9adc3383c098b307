//! The folder that a run writes: all files under temporary names first, renamed together at the end.
//!
//! The manifest is the commit mark. An earlier one goes just before the first file gets its name, the new one comes
//! last: where there is a manifest, all files are of one run.

use crate::error::{Error, ErrorKind, Result};
use crate::text::hex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// The file that says what made the others; written last.
pub const MANIFEST: &str = "manifest.json";
/// What a file's name ends in until the run is done.
const PARTIAL: &str = ".partial";
/// The folder of articles' pages, where a report is too long for one file.
const PAGES: &str = "report";

/// SHA-256 of a file, and its length.
///
/// # Errors
/// If it cannot be read.
pub fn hash_file(path: &Path) -> Result<(String, u64)> {
    let mut file = File::open(path).map_err(|e| Error::read(path, e))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        let read = file.read(&mut buffer).map_err(|e| Error::read(path, e))?;
        if read == 0 {
            return Ok((hex::digits(&hasher.finalize()), length));
        }
        length += read as u64;
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

/// The folder of a run's output.
pub struct OutputFolder {
    path: PathBuf,
    /// Names of files that still have their temporary ones, in the order in which they were begun.
    pending: VecDeque<String>,
}

impl OutputFolder {
    /// Opens or makes the folder.
    ///
    /// # Errors
    /// If it holds anything but an earlier run's output and `force` is not set, or cannot be made.
    pub fn open(path: &Path, force: bool) -> Result<Self> {
        if !force && path.exists() && !is_ours_or_empty(path)? {
            return Err(Error::usage("holds something that is not the output of an earlier run")
                .at(path)
                .remedy("choose another folder with --out, or give --force to write into it all the same"));
        }
        fs::create_dir_all(path).map_err(|e| Error::write(path, e))?;
        Ok(Self { path: path.to_owned(), pending: VecDeque::new() })
    }

    /// Begins a file; `name` may be that of an article's page in the folder of such.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn file(&mut self, name: &str) -> Result<OutputFile> {
        let path = self.path.join(format!("{name}{PARTIAL}"));
        if is_article_page(name) {
            let folder = self.path.join(PAGES);
            fs::create_dir_all(&folder).map_err(|e| Error::write(&folder, e))?;
        }
        let file = File::create(&path).map_err(|e| Error::write(&path, e))?;
        self.pending.push_back(name.to_owned());
        Ok(OutputFile {
            path,
            writer: BufWriter::with_capacity(1 << 16, file),
            hasher: Sha256::new(),
            length: 0,
        })
    }

    /// Writes the manifest and gives all files, which must be closed, their names; the manifest comes last. What only an
    /// earlier run wrote, as its manifest says, goes.
    ///
    /// # Errors
    /// If a file cannot be written or renamed. Files that have their names by then keep them, but no manifest says that
    /// they are a run's output; those that have not are taken away.
    pub fn finish(mut self, manifest: &Value) -> Result<()> {
        let mut text = serde_json::to_string_pretty(manifest).unwrap_or_default();
        text.push('\n');
        let mut file = self.file(MANIFEST)?;
        file.write(text.as_bytes())?;
        file.close()?;
        let earlier = self.path.join(MANIFEST);
        let outdated: Vec<String> =
            outputs_of(&earlier).filter(|name| !self.pending.contains(name)).collect();
        if let Err(e) = fs::remove_file(&earlier)
            && e.kind() != std::io::ErrorKind::NotFound
        {
            return Err(Error::write(&earlier, e));
        }
        for name in outdated {
            // Of no harm but to a reader who takes it for this run's, which the manifest does not say.
            let _ = fs::remove_file(self.path.join(name));
        }
        // Goes if it is empty.
        let _ = fs::remove_dir(self.path.join(PAGES));
        while let Some(name) = self.pending.front() {
            let (from, to) = (self.path.join(format!("{name}{PARTIAL}")), self.path.join(name));
            fs::rename(&from, &to).map_err(|e| {
                Error::write(&to, e).remedy("take away what is in its place and run again with --force")
            })?;
            self.pending.pop_front();
        }
        Ok(())
    }
}

impl Drop for OutputFolder {
    /// Takes away what an interrupted run has begun; what an earlier run left stays.
    fn drop(&mut self) {
        for name in &self.pending {
            // There is nobody left to tell; the next run writes over it.
            let _ = fs::remove_file(self.path.join(format!("{name}{PARTIAL}")));
        }
        if !self.pending.is_empty() {
            let _ = fs::remove_dir(self.path.join(PAGES));
        }
    }
}

/// The files that a manifest names; whatever is no plain name of a file of ours is passed over.
fn outputs_of(manifest: &Path) -> impl Iterator<Item = String> + use<> {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    let manifest: Value = serde_json::from_str(&text).unwrap_or_default();
    let ours = manifest.get("tool").and_then(Value::as_str) == Some("duizhao");
    let outputs =
        manifest.get("outputs").and_then(Value::as_object).filter(|_| ours).cloned().unwrap_or_default();
    let plain =
        |name: &String| is_article_page(name) || !name.starts_with('.') && !name.contains(['/', '\\', ':']);
    outputs.into_iter().map(|(name, _)| name).filter(plain)
}

/// Whether a name is that of an article's page: `report/0001.html`.
fn is_article_page(name: &str) -> bool {
    let number =
        name.strip_prefix(PAGES).and_then(|n| n.strip_prefix('/')).and_then(|n| n.strip_suffix(".html"));
    number.is_some_and(|n| n.len() >= 4 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a folder is empty, or holds a manifest of ours (and perhaps what was begun and not finished).
fn is_ours_or_empty(path: &Path) -> Result<bool> {
    if !path.is_dir() {
        return Err(Error::new(ErrorKind::Usage, "is not a folder").at(path).remedy("give --out a folder"));
    }
    let manifest = fs::read_to_string(path.join(MANIFEST)).unwrap_or_default();
    let tool =
        serde_json::from_str::<BTreeMap<String, Value>>(&manifest).ok().and_then(|m| m.get("tool").cloned());
    if tool.as_ref().and_then(Value::as_str) == Some("duizhao") {
        return Ok(true);
    }
    let entries = fs::read_dir(path).map_err(|e| Error::read(path, e))?;
    for entry in entries {
        let entry = entry.map_err(|e| Error::read(path, e))?;
        if !entry.file_name().to_string_lossy().ends_with(PARTIAL) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A file that is being written.
pub struct OutputFile {
    path: PathBuf,
    writer: BufWriter<File>,
    hasher: Sha256,
    length: u64,
}

impl OutputFile {
    /// Appends bytes; gives the place at which they begin.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<u64> {
        self.writer.write_all(bytes).map_err(|e| Error::write(&self.path, e))?;
        self.hasher.update(bytes);
        let start = self.length;
        self.length += bytes.len() as u64;
        Ok(start)
    }

    /// Makes everything written so far readable at the path that is given back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn flush(&mut self) -> Result<&Path> {
        self.writer.flush().map_err(|e| Error::write(&self.path, e))?;
        Ok(&self.path)
    }

    /// Ends the file, so that it is on the disk before it gets its name; gives its SHA-256 and length.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn close(mut self) -> Result<(String, u64)> {
        self.flush()?;
        self.writer.get_ref().sync_all().map_err(|e| Error::write(&self.path, e))?;
        Ok((hex::digits(&self.hasher.finalize()), self.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn strangers_are_not_written_over_and_an_unfinished_run_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.txt"), "years of work").unwrap();
        assert_eq!(OutputFolder::open(dir.path(), false).map(|_| ()).unwrap_err().kind(), ErrorKind::Usage);
        let mut folder = OutputFolder::open(dir.path(), true).unwrap();
        folder.file("aligned.tsv").unwrap().write(b"half").unwrap();
        drop(folder);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_renamed_leaves_no_manifest_and_nothing_half_done() {
        let dir = tempfile::tempdir().unwrap();
        let manifest = serde_json::json!({"tool": "duizhao"});
        let write = |text: &str| {
            let mut folder = OutputFolder::open(dir.path(), false)?;
            for name in ["a.tsv", "b.tsv", "c.tsv"] {
                let mut file = folder.file(name)?;
                file.write(text.as_bytes())?;
                file.close()?;
            }
            folder.finish(&manifest)
        };
        write("earlier").unwrap();
        fs::remove_file(dir.path().join("b.tsv")).unwrap();
        fs::create_dir_all(dir.path().join("b.tsv/in the way")).unwrap();
        let error = write("later").unwrap_err();
        assert!(error.kind() == ErrorKind::Io && error.to_string().contains("b.tsv"), "{error}");
        let names = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        assert_eq!(names.collect::<BTreeSet<_>>(), ["a.tsv", "b.tsv", "c.tsv"].map(String::from).into());
        let text = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!([text("a.tsv"), text("c.tsv")], ["later", "earlier"]);
    }

    #[test]
    fn pages_of_articles_go_with_the_run_that_they_are_of() {
        let dir = tempfile::tempdir().unwrap();
        let write = |names: &[&str]| {
            let mut folder = OutputFolder::open(dir.path(), false).unwrap();
            let outputs: BTreeMap<&str, u8> = names.iter().map(|&name| (name, 0)).collect();
            for name in names {
                folder.file(name).unwrap().close().unwrap();
            }
            folder.finish(&serde_json::json!({"tool": "duizhao", "outputs": outputs})).unwrap();
        };
        write(&["report.html", "report/0001.html", "report/0002.html"]);
        assert!(dir.path().join("report/0002.html").is_file());
        write(&["report.html", "report/0001.html"]);
        assert!(
            !dir.path().join("report/0002.html").exists() && dir.path().join("report/0001.html").is_file()
        );
        let unfinished = OutputFolder::open(dir.path(), false).unwrap().file("report/0003.html").unwrap();
        drop(unfinished);
        assert_eq!(fs::read_dir(dir.path().join("report")).unwrap().count(), 1);
        write(&["report.html"]);
        assert!(!dir.path().join("report").exists());
        for name in ["report/../../x.html", "report/1.html", "report/000a.html", "other/0001.html"] {
            assert!(!is_article_page(name), "{name}");
        }
    }

    #[test]
    fn a_finished_run_may_be_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        for _ in 0..2 {
            let folder = OutputFolder::open(&out, false).unwrap();
            folder.finish(&serde_json::json!({"tool": "duizhao"})).unwrap();
        }
        assert!(out.join(MANIFEST).exists());
    }
}
