//! Moses' plain pair: two files of the same number of lines.

use super::rows;
use super::set::{Named, lines, sides};
use crate::error::{Error, Result};
use crate::model::{Bitext, Sides};

/// Reads a pair. A line that is empty in one file has no counterpart in the other; one that is empty in both is passed over.
pub(super) fn read(files: &[Named<'_>]) -> Result<Vec<Bitext>> {
    let [first, second] = files else { return Err(Error::usage("a plain pair is two files")) };
    let (one, other) = (lines(first)?, lines(second)?);
    if one.len() != other.len() {
        let (wanted, found) = (one.len(), other.len());
        return Err(Error::input(format!("has {found} lines, {} has {wanted}", first.name))
            .at(second.name)
            .on_line(wanted.min(found) as u64 + 1)
            .remedy("give two files of which line n of one translates line n of the other"));
    }
    let Sides { zh, en } = sides(one, other, |lines| lines.as_slice());
    let rows: Vec<Sides<String>> =
        zh.into_iter().zip(en).map(|(zh, en)| Sides::new(zh.to_owned(), en.to_owned())).collect();
    Ok(vec![rows::bitext(first.name, &rows).map_err(|e| e.at(first.name))?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Relation;

    fn read_texts(first: &str, second: &str) -> Result<Bitext> {
        let texts = [("first.txt", first), ("second.txt", second)];
        let files = texts.map(|(name, text)| Named { name, bytes: text.as_bytes() });
        Ok(read(&files)?.remove(0))
    }

    #[test]
    fn lines_are_beads_whichever_file_is_first() {
        let texts = ("A \u{202e}bug.\r\n\r\nOnly here.\r\n", "一个\t漏洞\u{0}。\n\n\n");
        for bitext in [read_texts(texts.0, texts.1), read_texts(texts.1, texts.0)] {
            let bitext = bitext.unwrap();
            let beads: Vec<Relation> = bitext.alignment.beads().iter().map(|b| b.relation).collect();
            assert_eq!(beads, [Relation::Translation, Relation::Omitted]);
            let documents = &bitext.pair.documents;
            assert_eq!(
                (documents.zh.sentence(0), documents.en.sentence(0)),
                ("一个\t漏洞\u{0}。", "A \u{202e}bug.")
            );
        }
    }

    #[test]
    fn files_of_unequal_length_are_refused_where_one_ends() {
        let error = read_texts("A.\nB.\n", "甲。\n").unwrap_err();
        assert_eq!(error.to_string(), "second.txt:2: has 1 lines, first.txt has 2");
        assert!(error.remedy_text().is_some());
    }
}
