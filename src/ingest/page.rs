//! A page out of a file's bytes or an archive's record.

use super::fetched::FetchedFrom;
use super::{decode, front_matter, notice, sniff};
use crate::error::json_cause;
use crate::model::{Media, Notice, Origin, Page};
use serde_json::Value;
use std::collections::BTreeMap;

/// The page in a file, behind a notice if some of its bytes were no characters.
pub(super) fn from_file(name: &str, bytes: &[u8], from: Option<&FetchedFrom>) -> Vec<Result<Page, Notice>> {
    from_bytes(name, name, bytes, from)
}

/// As [`from_file`], for the page `id` of a file; `like` is a name by whose ending it is known what the page is written in.
pub(super) fn from_bytes(
    id: &str,
    like: &str,
    bytes: &[u8],
    from: Option<&FetchedFrom>,
) -> Vec<Result<Page, Notice>> {
    let Some(decoded) = decode::decode(bytes, from.and_then(|from| from.charset.as_deref())) else {
        let message = "holds no text, but binary data".to_owned();
        return vec![Err(notice(id, "binary", message, "save the page as HTML, Markdown or plain text"))];
    };
    let mut out = Vec::new();
    if decoded.replaced > 0 {
        let message = format!("{} bytes are no {} and were replaced", decoded.replaced, decoded.charset);
        out.push(Err(notice(id, "undecodable-bytes", message, "save the page anew as UTF-8")));
    }
    let media = sniff::media(like, &decoded.text);
    let known = from.map(|from| from.origin.clone()).unwrap_or_default();
    let origin =
        Origin { file: if known.file.is_empty() { id.to_owned() } else { known.file.clone() }, ..known };
    let fields = from.map(|from| from.fields.clone()).unwrap_or_default();
    out.push(Ok(build(id.to_owned(), origin, media, decoded.text, fields)));
    out
}

/// The page in an archive's record, or what is wrong with the record.
pub(super) fn from_record(file: &str, line: u64, json: &str) -> Result<Page, Notice> {
    let id = format!("{file}#{line}");
    let bad = |reason: &str, message: String, remedy: &str| notice(&id, reason, message, remedy);
    let remedy = "mend the line: one JSON object with `html`, `markdown` or `text`";
    let value: Value = serde_json::from_str(json)
        .map_err(|e| bad("bad-record", format!("line {line} is no JSON: {}", json_cause(&e)), remedy))?;
    let Value::Object(fields) = value else {
        return Err(bad("bad-record", format!("line {line} is no JSON object"), remedy));
    };
    let mut given: BTreeMap<String, String> = fields
        .into_iter()
        .filter_map(|(key, value)| match value {
            Value::String(s) => Some((key.to_lowercase(), s)),
            Value::Number(n) => Some((key.to_lowercase(), n.to_string())),
            _ => None,
        })
        .collect();
    let kinds = [("html", Media::Html), ("markdown", Media::Markdown), ("text", Media::PlainText)];
    let Some((key, media)) = kinds.into_iter().find(|(key, _)| given.contains_key(*key)) else {
        let message = format!("line {line} has neither `html` nor `markdown` nor `text`");
        return Err(bad("no-page-in-record", message, remedy));
    };
    let text = given.remove(key).unwrap_or_default();
    for (other, _) in kinds {
        given.remove(other);
    }
    let media = if sniff::starts_as_html(&text) { Media::Html } else { media };
    let origin = Origin { file: file.to_owned(), record: Some(line), ..Origin::default() };
    Ok(build(id, origin, media, text, given))
}

/// What the record says of a page outranks what the page's front matter says.
fn build(
    id: String,
    mut origin: Origin,
    media: Media,
    text: String,
    given: BTreeMap<String, String>,
) -> Page {
    let (mut fields, body_start) =
        if media == Media::Html { (BTreeMap::new(), 0) } else { front_matter::read(&text) };
    fields.extend(given);
    if origin.final_url.is_none() {
        origin.url = fields.get("url").filter(|url| !url.is_empty()).cloned();
    }
    Page { id, origin, media, text, body_start, front_matter: fields }
}
