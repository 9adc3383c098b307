//! Walking through an XML file.

use crate::error::{Error, Result};
use crate::model::Lang;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

/// What one comes by.
pub(super) enum Piece<'x> {
    /// The start of an element.
    Open(&'x BytesStart<'x>),
    /// The end of one, by its name without a prefix.
    Close(&'x str),
    /// Text, references resolved; a text may come in several pieces.
    Text(&'x str),
}

/// Shows `see` every piece of the file, in order; an empty element is opened and closed. Entities that XML does not define
/// stay as they are written: files that define their own could hide anything behind them.
///
/// # Errors
/// If the file is not well-formed, with the line; or whatever `see` says.
pub(super) fn walk(xml: &str, mut see: impl FnMut(Piece<'_>) -> Result<()>) -> Result<()> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0u64;
    loop {
        let at = reader.buffer_position();
        let wrong = |cause: String| malformed(xml, at, &cause);
        match reader.read_event().map_err(|e| wrong(e.to_string()))? {
            Event::Start(tag) => {
                depth += 1;
                if let Some(broken) = tag.attributes().find_map(std::result::Result::err) {
                    return Err(wrong(broken.to_string()));
                }
                see(Piece::Open(&tag))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                see(Piece::Close(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => see(Piece::Text(&text))?,
            Event::CData(text) => see(Piece::Text(&text))?,
            Event::GeneralRef(reference) => {
                match reference.resolve_char_ref().map_err(|e| wrong(e.to_string()))? {
                    Some(c) => see(Piece::Text(c.encode_utf8(&mut [0; 4])))?,
                    None => match escape::resolve_predefined_entity(&reference) {
                        Some(text) => see(Piece::Text(text))?,
                        None => see(Piece::Text(&format!("&{};", &*reference)))?,
                    },
                }
            }
            Event::Eof if depth > 0 => return Err(wrong("it ends inside an element".to_owned())),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn malformed(xml: &str, at: u64, cause: &str) -> Error {
    let end = usize::try_from(at).unwrap_or(usize::MAX).min(xml.len());
    let before = xml.as_bytes().get(..end).unwrap_or_default();
    let line = before.iter().filter(|&&b| b == b'\n').count() as u64 + 1;
    Error::input(format!("is not well-formed XML: {cause}"))
        .on_line(line)
        .remedy("repair it, or export it anew")
}

/// A tag's attributes, names without prefixes, references in values resolved; values that hold references to nothing are left out.
pub(super) fn attributes<'t>(tag: &'t BytesStart<'_>) -> impl Iterator<Item = (String, String)> + 't {
    tag.attributes().flatten().filter_map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).ok()?;
        Some((attribute.key.local_name().as_ref().to_owned(), value.into_owned()))
    })
}

/// Which of the two languages a tag means.
pub(super) fn lang(tag: &str) -> Option<Lang> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "zh" | "cmn" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}
