//! Stand-off lines: where the texts of a bead stand in which pages, and what their hashes are, but no text. A corpus whose
//! pages may not be passed on can be passed on so; `duizhao corpus restore` makes it again of the pages.

use super::by_line::LineFormat;
use crate::error::{Error, Result, json_cause};
use crate::model::{Record, Sides, Standoff};
use crate::text::hex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The JSON Schema (draft 2020-12) of a line.
pub const SCHEMA: &str = include_str!("standoff.schema.json");

/// Beads without texts.
pub const FORMAT: LineFormat = LineFormat {
    name: "standoff",
    doc: "JSON Lines without a word of the pages: names, offsets and hashes, of which `corpus restore` makes the texts again",
    line,
};

fn line(text: &str, licence: Option<&str>) -> Result<String> {
    let mut record = Record::parse(text)?;
    if let Some(licence) = licence {
        record.licence = licence.to_owned();
    }
    let standoff = of(record)?;
    check_known(text, standoff.record())?;
    serde_json::to_string(&standoff).map_err(foreign)
}

/// A bead without its texts and findings, which quote it.
///
/// # Errors
/// If the bead does not say which pages it is of, or is broken.
pub fn of(record: Record) -> Result<Standoff> {
    if record.zh_page_sha256.is_none() || record.en_page_sha256.is_none() {
        return Err(Error::input(format!("bead {} does not say which pages it is of", record.id)).remedy(
            "make the file of the pages with this version's `duizhao run`; texts from other formats have no pages",
        ));
    }
    if record.revision.as_ref().is_some_and(|revision| !revision.edited.is_empty()) {
        return Err(Error::input(format!("bead {} was revised, and is not what its pages say", record.id))
            .remedy("export the file as it was before `corpus revise`, and pass the sheet on"));
    }
    let bare = Record { findings: Vec::new(), ..record };
    let sentences =
        Sides::new(&bare.zh, &bare.en).map(|texts| texts.iter().map(|text| sha256(text)).collect());
    let line = sha256(&written(&bare)?);
    Standoff::new(bare, sentences, line).map_err(Error::input)
}

/// A bead as a line of `aligned.jsonl`, without a line break.
///
/// # Errors
/// None, as long as beads are plain data.
pub fn written(record: &Record) -> Result<String> {
    serde_json::to_string(record).map_err(foreign)
}

/// The SHA-256 of a text in hexadecimal digits.
pub fn sha256(text: &str) -> String {
    hex::digits(&Sha256::digest(text))
}

/// What this version does not know would be lost, and nobody would see it.
fn check_known(text: &str, record: &Record) -> Result<()> {
    let given: BTreeMap<String, serde::de::IgnoredAny> = serde_json::from_str(text).map_err(foreign)?;
    let known = serde_json::to_value(record).map_err(foreign)?;
    let known = known.as_object().map(|fields: &serde_json::Map<String, Value>| fields);
    match given.keys().find(|key| known.is_none_or(|known| !known.contains_key(*key))) {
        Some(key) => Err(Error::input(format!("has a field `{key}` that this version does not know"))
            .remedy("use the version that wrote it, or take the field out")),
        None => Ok(()),
    }
}

fn foreign(error: serde_json::Error) -> Error {
    Error::input("is no line of an aligned.jsonl")
        .caused_by(json_cause(&error))
        .remedy("`duizhao schema` prints what a line looks like")
}
