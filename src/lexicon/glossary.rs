//! The glossary: Chinese terms with their English renderings, one pair a line.

use crate::error::{Error, Result};

/// A term and one of its renderings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The Chinese term.
    pub zh: String,
    /// One English rendering, in lemma form.
    pub en: String,
    /// The group it belongs to, e.g. `malware`.
    pub category: String,
}

/// Reads tab-separated `zh`, `en`, `category`; the first line is the header; blank lines and lines that begin with
/// `#` are passed over.
///
/// # Errors
/// A line with fewer than two columns, with its number.
pub fn parse_glossary(text: &str) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut columns = line.split('\t').map(str::trim);
        match (columns.next(), columns.next()) {
            (Some(zh), Some(en)) if !zh.is_empty() && !en.is_empty() => entries.push(Entry {
                zh: zh.to_owned(),
                en: en.to_owned(),
                category: columns.next().unwrap_or_default().to_owned(),
            }),
            _ => {
                return Err(Error::input("a glossary line needs a Chinese and an English column")
                    .on_line(number as u64 + 1)
                    .remedy("separate zh, en and category by tabs"));
            }
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_terms_and_names_the_bad_line() {
        let good = parse_glossary("zh\ten\tcategory\n# note\n漏洞\tflaw\tvulnerability\n").unwrap();
        assert_eq!(good[0].en, "flaw");
        assert!(parse_glossary("zh\ten\n漏洞\n").unwrap_err().to_string().contains("needs"));
    }

    #[test]
    fn the_glossaries_compiled_in_are_well_formed() {
        let security = include_str!("../../corpora/glossary/security.tsv");
        let general = include_str!("../../corpora/glossary/general.tsv");
        for (text, least) in [(security, 800), (general, 400)] {
            let entries = parse_glossary(text).unwrap();
            assert!(entries.len() >= least, "only {} entries", entries.len());
            let mut seen = std::collections::HashSet::new();
            for e in &entries {
                assert!(seen.insert((&e.zh, &e.en)), "twice: {e:?}");
                assert!(!e.category.is_empty(), "no category: {e:?}");
            }
        }
    }
}
