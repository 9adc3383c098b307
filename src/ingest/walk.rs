//! Which files to read.

use super::fetched::{FetchedFrom, Stores};
use super::{Config, InputFile, notice, sniff};
use crate::error::{Error, Result};
use crate::model::{Notice, Outcome};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

pub(super) fn list(inputs: &[PathBuf], config: &Config) -> Result<Outcome<Vec<InputFile>>> {
    if inputs.is_empty() {
        return Err(
            Error::usage("no input given").remedy("name a file or a folder, or `-` for standard input")
        );
    }
    let mut found = Found::new(config);
    let mut missing = None;
    for input in inputs {
        if input == Path::new("-") {
            found.add(input.clone(), "-".to_owned(), None);
        } else if !input.exists() {
            let remedy = "check the spelling; relative paths start at the folder you are in";
            missing.get_or_insert_with(|| {
                Error::input("no such file or folder").at(input).because("not-found").remedy(remedy)
            });
            found.skip(&slashed(input), "not-found", "there is no such file or folder".to_owned(), remedy);
        } else if input.is_dir() {
            found.folder(input);
        } else if !may_be_read(input) {
            let message = "is a device or a socket, and no file".to_owned();
            found.skip(&slashed(input), "not-a-file", message, "save the page to a file");
        } else {
            let name = input.file_name().map_or_else(|| slashed(input), |n| n.to_string_lossy().into_owned());
            found.file(input, &name);
        }
    }
    match missing {
        Some(error) if found.files.is_empty() => Err(error),
        _ => Ok(Outcome { output: found.files, notices: found.notices }),
    }
}

/// What has been found so far.
struct Found {
    files: Vec<InputFile>,
    notices: Vec<Notice>,
    names: HashSet<String>,
    /// The number to try next for a name that is taken.
    numbers: HashMap<String, usize>,
    /// Canonical paths, so that a file given twice is read once.
    seen: HashSet<PathBuf>,
    exclude: Vec<PathBuf>,
    /// What was fetched into the folders.
    fetched: Stores,
}

impl Found {
    fn new(config: &Config) -> Self {
        let exclude = config.exclude.iter().map(|p| canonical(p)).collect();
        let (names, numbers, seen) = (HashSet::new(), HashMap::new(), HashSet::new());
        let fetched = Stores::default();
        Self { files: Vec::new(), notices: Vec::new(), names, numbers, seen, exclude, fetched }
    }

    fn skip(&mut self, name: &str, reason: &str, message: String, remedy: &str) {
        self.notices.push(notice(name, reason, message, remedy));
    }

    fn add(&mut self, path: PathBuf, name: String, fetched: Option<Box<FetchedFrom>>) {
        let name = self.unused(name);
        self.names.insert(name.clone());
        self.files.push(InputFile { path, name, fetched });
    }

    /// `name`, or `name~2.md` and so on if it is taken.
    fn unused(&mut self, name: String) -> String {
        if !self.names.contains(&name) {
            return name;
        }
        let base_at = name.rfind('/').map_or(0, |i| i + 1);
        let dot = name.rfind('.').filter(|&i| i > base_at).unwrap_or(name.len());
        let (stem, ending) = name.split_at(dot);
        let number = self.numbers.entry(name.clone()).or_insert(2);
        loop {
            let numbered = format!("{stem}~{number}{ending}");
            *number += 1;
            if !self.names.contains(&numbered) {
                return numbered;
            }
        }
    }

    fn file(&mut self, path: &Path, name: &str) {
        let real = canonical(path);
        if self.exclude.iter().any(|excluded| real.starts_with(excluded)) {
            self.skip(name, "excluded", "was excluded".to_owned(), "do not exclude it if it is to be read");
        } else if !sniff::EXTENSIONS.contains(&sniff::extension(name).as_str()) {
            let message = format!("is no page: only {} are read", sniff::EXTENSIONS.join(", "));
            self.skip(name, "not-a-page", message, "rename it if it is a page after all");
        } else if self.fetched.is_index(path) {
            let message = "says what the pages beside it are, and is none".to_owned();
            self.skip(name, "index-of-pages", message, "nothing need be done");
        } else if !self.seen.insert(real) {
            self.skip(name, "given-twice", "was given more than once".to_owned(), "name it once");
        } else {
            let fetched = self.fetched.of(path);
            self.add(path.to_owned(), name.to_owned(), fetched);
        }
    }

    fn folder(&mut self, root: &Path) {
        let root_real = canonical(root);
        let mut walker = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(entry) = walker.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) => {
                    let name = e.path().map_or_else(|| slashed(root), |p| below(root, p));
                    self.skip(&name, "unreadable", format!("cannot be read: {e}"), "check its permissions");
                    continue;
                }
            };
            let name = below(root, entry.path());
            if entry.file_type().is_dir() && self.exclude.contains(&canonical(entry.path())) {
                // Whoever excludes a folder knows; its being there must not change what a second run says.
                walker.skip_current_dir();
            } else if let Some((reason, message, remedy)) = self.unwanted(&entry, &root_real) {
                let name = if name.is_empty() { slashed(root) } else { name };
                self.skip(&name, reason, message.to_owned(), remedy);
                if entry.file_type().is_dir() {
                    walker.skip_current_dir();
                }
            } else if !entry.file_type().is_dir() {
                self.file(entry.path(), &name);
            }
        }
    }

    /// Why an entry of a folder is passed over, if it is.
    fn unwanted(
        &self,
        entry: &DirEntry,
        root_real: &Path,
    ) -> Option<(&'static str, &'static str, &'static str)> {
        let base = entry.file_name().to_string_lossy();
        if entry.depth() > 0 && base.starts_with('.') {
            return Some(("hidden", "is hidden", "rename it if it is to be read"));
        }
        if entry.file_type().is_dir() {
            return is_own_output(entry.path()).then_some((
                "own-output",
                "is the output of an earlier run",
                "keep input and output apart; name a file in it to read it all the same",
            ));
        }
        if !entry.path_is_symlink() && !entry.file_type().is_file() {
            let remedy = "save the page to a file; a pipe has to be named itself to be read";
            return Some(("not-a-file", "is a pipe, a device or a socket, and no file", remedy));
        }
        if base.to_lowercase().starts_with("readme") {
            return Some(("readme", "describes the folder and is no page", "name it as a file to read it"));
        }
        if entry.path_is_symlink() {
            let target = canonical(entry.path());
            if !target.starts_with(root_real) || !target.is_file() {
                return Some((
                    "symlink",
                    "is a link that leads out of the folder, to a folder or nowhere",
                    "name what it leads to as an input",
                ));
            }
        }
        None
    }
}

/// A folder that a run of this program wrote.
fn is_own_output(folder: &Path) -> bool {
    let manifest = folder.join("manifest.json");
    let is_ours = || {
        use std::io::Read;
        let mut head = Vec::new();
        std::fs::File::open(&manifest).and_then(|f| f.take(65_536).read_to_end(&mut head)).is_ok()
            && String::from_utf8_lossy(&head).contains("duizhao")
    };
    folder.join("aligned.jsonl").is_file() && manifest.is_file() && is_ours()
}

/// Whether a file that was named itself can be read to its end: it is regular, or a pipe such as a shell makes of
/// `<(…)`.
fn may_be_read(path: &Path) -> bool {
    let Ok(about) = path.metadata() else { return true };
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if about.file_type().is_fifo() {
            return true;
        }
    }
    about.is_file()
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The path below `root`, always with `/`.
fn below(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    rest.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
