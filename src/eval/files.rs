//! Reading the files of an evaluation.

use crate::error::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of `dir` whose names end in `suffix`, each with its name without it, in order of file name
/// (so `a-b` stands before `a`, as it does in a listing).
pub(super) fn with_suffix(dir: &Path, suffix: &str) -> Result<Vec<(String, PathBuf)>> {
    let remedy = format!("give a folder that holds SLUG{suffix} files");
    let failed = |e| Error::read(dir, e).remedy(remedy.clone());
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(suffix) {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    for (name, _) in &mut found {
        name.truncate(name.len() - suffix.len());
    }
    Ok(found)
}

/// The text of the file at `path`, which must be UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|e| Error::read(path, e))?;
    String::from_utf8(bytes).map_err(|e| {
        let valid = e.as_bytes().get(..e.utf8_error().valid_up_to()).unwrap_or_default();
        not_utf8(1 + valid.iter().filter(|&&b| b == b'\n').count() as u64).at(path)
    })
}

/// The error for bytes on `line` that are no UTF-8.
pub(super) fn not_utf8(line: u64) -> Error {
    Error::input("not UTF-8").on_line(line).remedy("save the file as UTF-8")
}

/// The lines of `text` with their numbers (from 1), at every line boundary that Python's `str.splitlines`
/// knows, since the reference scorer reads lines so; only a line feed counts as a new number.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let other_break =
        |c| matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    (1..).zip(text.split('\n')).flat_map(move |(n, l)| l.split(other_break).map(move |part| (n, part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_the_reference_scorer_ends_them() {
        let parts: Vec<_> = lines("a\r\nb\u{2028}c\nd").filter(|(_, l)| !l.is_empty()).collect();
        assert_eq!(parts, [(1, "a"), (2, "b"), (2, "c"), (3, "d")]);
    }

    #[test]
    fn files_stand_in_order_of_their_whole_name() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.beads", "a-b.beads", "c.txt"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let slugs: Vec<_> = with_suffix(dir.path(), ".beads").unwrap().into_iter().map(|(s, _)| s).collect();
        assert_eq!(slugs, ["a-b", "a"]);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.beads");
        fs::write(&path, b"[0]:[0]\n[1\xff]:[1]\n").unwrap();
        let error = read_text(&path).unwrap_err();
        assert!(error.to_string().ends_with("x.beads:2: not UTF-8"), "{error}");
        assert!(error.remedy_text().is_some());
    }
}
