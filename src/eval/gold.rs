//! Gold: hand-made alignments.

use super::bead::IndexBead;
use super::files;
use crate::error::{Error, Result, json_cause};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The hand-made alignment of one pair of articles, as a `SLUG.gold.json` holds it; fields not named here are
/// ignored.
///
/// Every sentence should stand in one of the `beads`. Their numbers are not checked against the sentences: one
/// that is beyond them is merely never matched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gold {
    /// The file's name without `.gold.json`: the last part of the original's URL.
    #[serde(skip)]
    pub slug: String,
    /// The file of the Chinese page; empty where the gold does not say.
    #[serde(default)]
    pub zh_file: String,
    /// The file of the English page; empty where the gold does not say.
    #[serde(default)]
    pub en_file: String,
    /// The Chinese sentences.
    pub zh: Vec<String>,
    /// The English sentences.
    pub en: Vec<String>,
    /// For each Chinese sentence, the number of its paragraph; empty where the gold does not say.
    #[serde(default)]
    pub zh_paragraph: Vec<u32>,
    /// For each English sentence, the number of its paragraph; empty where the gold does not say.
    #[serde(default)]
    pub en_paragraph: Vec<u32>,
    /// What is translated by what; null beads are what is left out or added.
    pub beads: Vec<IndexBead>,
    /// What says again something that is translated elsewhere (most leads do). Such a Chinese sentence stands
    /// in `beads` too, as a null bead; a hypothesis may treat it either way.
    #[serde(default)]
    pub repeats: Vec<IndexBead>,
    /// Faults of the translation, as annotators found them.
    #[serde(default)]
    pub issues: Vec<Issue>,
}

/// An annotated fault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The Chinese sentences it touches.
    #[serde(default)]
    pub z: Vec<u32>,
    /// The English sentences it touches.
    #[serde(default)]
    pub e: Vec<u32>,
    /// What kind it is: `name`, `omission`, `term` …
    #[serde(rename = "type", default)]
    pub kind: String,
    /// How grave the annotators found it: `minor`, `major` or `critical`.
    #[serde(default)]
    pub severity: String,
}

/// Reads every `SLUG.gold.json` of the folder `dir`, in order of file name.
///
/// # Errors
/// If the folder cannot be read or holds no gold, or as [`parse_gold`] says.
pub fn read_gold(dir: &Path) -> Result<Vec<Gold>> {
    let files = files::with_suffix(dir, ".gold.json")?;
    if files.is_empty() {
        return Err(Error::input("no *.gold.json in this folder")
            .at(dir)
            .remedy("give the folder of the gold"));
    }
    files
        .into_iter()
        .map(|(slug, path)| parse_gold(slug, &files::read_text(&path)?).map_err(|e| e.at(&path)))
        .collect()
}

/// Reads the gold of the article `slug` from its JSON.
///
/// # Errors
/// If `json` is not an object with at least `zh`, `en` and `beads`.
pub fn parse_gold(slug: impl Into<String>, json: &str) -> Result<Gold> {
    let gold: Gold = serde_json::from_str(json).map_err(|e| {
        Error::input("not a gold alignment")
            .on_line(e.line() as u64)
            .caused_by(json_cause(&e))
            .remedy(r#"gold is {"zh": [sentence…], "en": [sentence…], "beads": [[[0], [0, 1]]…]}"#)
    })?;
    Ok(Gold { slug: slug.into(), ..gold })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn unknown_fields_are_ignored_and_the_file_names_the_slug() {
        let json = r#"{"slug":"other","zh":["甲。"],"en":["A."],"beads":[[[0],[0]]],"issues":[{"z":[0]}]}"#;
        let gold = parse_gold("a", json).unwrap();
        assert_eq!((gold.slug.as_str(), gold.beads.len(), gold.repeats.len()), ("a", 1, 0));
        assert_eq!(gold.issues, [Issue { z: vec![0], ..Issue::default() }]);
    }

    #[test]
    fn what_is_missing_is_named_with_its_line() {
        let error = parse_gold("a", "{\n\"zh\": [],\n\"en\": []}").unwrap_err();
        assert!(error.remedy_text().is_some());
        let text = error.at("a.gold.json").to_string();
        assert_eq!(text, "a.gold.json:3: not a gold alignment: missing field `beads` (column 9)");
    }

    #[test]
    fn a_folder_without_gold_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read_gold(dir.path()).unwrap_err().to_string().ends_with("no *.gold.json in this folder"));
        assert!(read_gold(&dir.path().join("absent")).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), near in r#"[\[\]{}:,"0-9zhenbads]{0,60}"#) {
            let _ = parse_gold("a", &text);
            let _ = parse_gold("a", &near);
        }
    }
}
