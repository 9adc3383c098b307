//! A run's output folder, read back.

use duizhao::model::Notice;
use duizhao::model::Record;
use duizhao::pipeline::{self, Settings, Silent, Understood};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

pub fn sample() -> PathBuf {
    corpora().join("sample")
}

/// Runs the pipeline on these inputs into a temporary folder.
pub fn run(inputs: &[PathBuf]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    pipeline::run(inputs, folder.path(), false, &Settings::default(), &Silent).unwrap();
    Output { folder }
}

/// What a run wrote; taken away when it is dropped.
pub struct Output {
    folder: TempDir,
}

impl Output {
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn records(&self) -> Vec<Record> {
        self.lines("aligned.jsonl")
    }

    pub fn skipped(&self) -> Vec<Notice> {
        self.lines("skipped.jsonl")
    }

    /// The articles by their pages' names.
    pub fn articles(&self) -> BTreeMap<String, Understood> {
        let articles = self.lines::<Understood>("articles.jsonl").into_iter();
        articles.map(|understood| (understood.document.article.id.clone(), understood)).collect()
    }

    fn lines<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        self.text(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Every file below a folder with its bytes, by its path there; nothing if there is no folder.
pub fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

/// The names of every file below a folder.
pub fn names_in(folder: &Path) -> BTreeSet<String> {
    files_in(folder).into_keys().collect()
}
