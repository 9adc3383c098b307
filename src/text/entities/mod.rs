//! Entities of security news: identifiers, indicators of compromise, code, versions. Text → what stands where.
//!
//! One scanner for both languages. The text is first folded (`fold.rs`): full-width forms, Markdown escapes and
//! defanging (`evil[.]com`, `hxxp://`, `evil(dot)com`) are undone, with the way back to the text kept. Then the kinds are
//! looked for one after the other, the most particular first; what one has taken is closed to those after it.

mod endings;
mod fold;
mod kinds;
#[cfg(test)]
mod tests;

pub use endings::{is_file_ending, is_tld};
pub use fold::Form;

use crate::model::Span;
use fold::Folded;
use kinds::RULES;

/// Something that has to be the same in both languages, letter for letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Where it stands, in bytes of the scanned text, with what defangs it.
    pub span: Span,
    /// What it is.
    pub kind: EntityKind,
    /// What it says: refanged, without escapes, in lower case where letter case means nothing.
    pub value: String,
    /// How its dots and colons are written.
    pub form: Form,
}

/// What an [`Entity`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EntityKind {
    /// `CVE-2025-1234`.
    Cve,
    /// Other advisories: `GHSA-…`, `ZDI-25-123`, `MS17-010`, `ICSA-25-001-01`, `RHSA-2024:1234`, `VU#123456`.
    Advisory,
    /// MITRE's lists: `T1059.001`, `TA0001`, `CWE-79`, `CAPEC-63`.
    Mitre,
    /// `KB5034441`.
    Kb,
    /// A CVSS vector.
    Vector,
    /// MD5, SHA-1, SHA-256, SHA-512.
    Hash,
    /// An address of a cryptocurrency wallet.
    Wallet,
    /// An IP address of either version, perhaps with port or prefix.
    Ip,
    /// A MAC address.
    Mac,
    /// An e-mail address.
    Email,
    /// A network port: `port 8080`, 8080端口, `TCP/26256`.
    Port,
    /// A web address.
    Url,
    /// A domain.
    Domain,
    /// A key of the Windows registry.
    Registry,
    /// A path of files.
    Path,
    /// A file name.
    File,
    /// An ending by itself: `.docx`.
    Extension,
    /// A version: `1.10.2`, `v2.0`, `version 3.1`, 3.1版本.
    Version,
    /// A date in figures with dots or an uncertain order, left for whoever reads dates.
    Date,
}

impl EntityKind {
    /// Whether it identifies a vulnerability, a sample, a host or a technique.
    pub fn is_identifier(self) -> bool {
        use EntityKind::{Advisory, Cve, Email, Hash, Ip, Kb, Mac, Mitre, Port, Vector, Wallet};
        matches!(self, Cve | Advisory | Mitre | Kb | Vector | Hash | Wallet | Ip | Mac | Email | Port)
    }

    /// Whether it is a host or an address on one.
    pub fn is_indicator(self) -> bool {
        matches!(self, Self::Url | Self::Domain)
    }

    /// Whether it is a piece of code or of a file system.
    pub fn is_code(self) -> bool {
        matches!(self, Self::Registry | Self::Path | Self::File | Self::Extension)
    }
}

/// The entities of a text, in order of appearance, without overlaps.
pub fn entities(text: &str) -> Vec<Entity> {
    if !text.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'.' | b'\\' | b'@' | b'[' | b'/' | b'#'))
        && !text.contains(['。', '．', '｡'])
        && !text.contains(|c| ('０'..='９').contains(&c))
    {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut taken = vec![false; folded.text.len()];
    let mut found = Vec::new();
    for rule in RULES {
        for captures in rule.regex.captures_iter(&folded.text) {
            let Some(whole) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            let Some(range) = (rule.cut)(&folded.text, whole.range()) else { continue };
            let free = taken.get(range.clone()).is_some_and(|cells| !cells.iter().any(|&t| t));
            let Some(words) = folded.text.get(range.clone()).filter(|words| free && !words.is_empty()) else {
                continue;
            };
            let form = folded.form(range.clone());
            let Some((kind, value)) = (rule.read)(words, form) else { continue };
            if let Some(cells) = taken.get_mut(range.clone()) {
                cells.fill(true);
            }
            found.push(Entity { span: folded.span(range), kind, value, form });
        }
    }
    found.sort_by_key(|entity| entity.span);
    found
}

/// A text with defanging and escapes undone and full-width forms folded, for looking something up in it.
pub fn refanged(text: &str) -> String {
    Folded::new(text).text
}
